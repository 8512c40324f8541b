// Data: package managers. Warnings, refusals, what changed in sum and audit findings stay; transfers and steps fold.
import type { Filter } from '../spec.js'

export const packages: readonly Filter[] = [
  {
    name: 'npm',
    version: 1,
    about: 'warnings, errors, audit findings and totals stay; fetches, timings and advice fold',
    match: [
      {
        program: ['npm', 'cnpm'],
        sub: [
          'install',
          'i',
          'ci',
          'add',
          'update',
          'up',
          'uninstall',
          'rm',
          'dedupe',
          'rebuild',
          'prune',
          'link',
          'publish',
          'pack',
          'audit',
          'fund',
          'outdated',
          'init',
          'create',
        ],
        not: ['--json'],
      },
    ],
    sign: [/^npm http fetch /, /^added \d+ packages?\b/],
    keep: [/^npm (?:ERR!|error|WARN|warn) /],
    summary: [
      /^(?:added|removed|changed|up to date|audited)\b.*\bpackages?\b|^up to date|^\d+ (?:\w+ severity )?vulnerabilit|^found \d+ vulnerabilit/,
    ],
    tail: 3,
    fold: [
      { pattern: /^npm http fetch \w+ [23]\d\d \S+ \d+ms(?! attempt)/, as: 'fetches' },
      { pattern: /^npm http cache \S+/, as: 'cache reads' },
      { pattern: /^npm (?:timing|verbose|silly|verb|sill|info) /, as: 'trace lines' },
      {
        pattern: /^npm notice\s*$|^npm notice (?:New \w+ version|Changelog|Run |To update)/,
        as: 'advice',
        certain: true,
      },
      { pattern: /^npm notice [\d.]+ ?[kM]?B \S/, as: 'packed files' },
      {
        pattern:
          /^\d+ packages? (?:are|is) looking for funding|^ {2}run `npm (?:fund|audit)`|^To address .*run:$|^ {2}npm audit fix/,
        as: 'advice',
        certain: true,
      },
    ],
    cases: [
      {
        name: 'folds fetches and keeps each warning',
        command: 'npm ci --loglevel http',
        output: `
x30 | npm http fetch GET 200 https://registry.npmjs.org/dep-{n} {n}ms (cache miss)
npm warn deprecated request@2.88.2: request has been deprecated
npm http fetch GET 404 https://registry.npmjs.org/@acme%2fsecret 41ms (cache skip)

added 412 packages, and audited 413 packages in 9s

42 packages are looking for funding
  run \`npm fund\` for details

3 vulnerabilities (1 moderate, 2 high)
`,
        shows: `
npm http fetch GET 200 https://registry.npmjs.org/dep-1 1ms (cache miss)
... 29 lines: fetches x29
npm warn deprecated request@2.88.2: request has been deprecated
npm http fetch GET 404 https://registry.npmjs.org/@acme%2fsecret 41ms (cache skip)

added 412 packages, and audited 413 packages in 9s

42 packages are looking for funding
  run \`npm fund\` for details

3 vulnerabilities (1 moderate, 2 high)
`,
      },
      {
        name: 'keeps a failed install whole',
        command: 'npm install',
        output: `
npm error code ERESOLVE
npm error ERESOLVE unable to resolve dependency tree
npm error
npm error While resolving: shop@1.0.0
npm error Found: react@18.2.0
npm error A complete log of this run can be found in: /root/.npm/_logs/x.log
`,
        shows: `
npm error code ERESOLVE
npm error ERESOLVE unable to resolve dependency tree
npm error
npm error While resolving: shop@1.0.0
npm error Found: react@18.2.0
npm error A complete log of this run can be found in: /root/.npm/_logs/x.log
`,
      },
    ],
  },
  {
    name: 'npm-ls',
    version: 1,
    about: 'direct dependencies and all that is wrong stay; deeper ones fold',
    match: [{ program: ['npm', 'pnpm', 'yarn'], sub: ['ls', 'list', 'll', 'why', 'explain'], not: ['--json'] }],
    keep: [/UNMET|invalid|extraneous|missing/, /^npm (?:ERR!|error) /],
    fold: [
      { pattern: /^(?:[│|] {0,2}|\s{2,}).*[├└].* deduped$/, as: 'deduped', certain: true },
      { pattern: /^(?:[│|]|\s)\s+.*[├└]/, as: 'deeper dependencies', certain: true },
    ],
    cases: [
      {
        name: 'keeps direct dependencies and the invalid one',
        command: 'npm ls --all',
        output: `
shop@1.0.0 /repo
├─┬ express@4.18.2
x12 | │ ├── dep-{n}@1.0.{n}
│ ├── debug@2.6.9 invalid: "^4.0.0" from node_modules/express
│ └── accepts@1.3.8 deduped
└── zod@3.22.4
`,
        shows: `
shop@1.0.0 /repo
├─┬ express@4.18.2
... 12 lines: deeper dependencies x12
│ ├── debug@2.6.9 invalid: "^4.0.0" from node_modules/express
│ └── accepts@1.3.8 deduped
└── zod@3.22.4
`,
      },
    ],
  },
  {
    name: 'yarn-pnpm',
    version: 1,
    about: 'warnings, peer problems, direct dependencies and totals stay; progress and fetches fold',
    match: [
      {
        program: ['pnpm', 'bun'],
        sub: [
          'install',
          'i',
          'add',
          'update',
          'up',
          'remove',
          'rm',
          'fetch',
          'import',
          'rebuild',
          'dedupe',
          'audit',
          'outdated',
        ],
      },
      {
        program: 'yarn',
        sub: ['install', 'add', 'up', 'upgrade', 'remove', 'dedupe', 'audit', 'outdated', 'workspaces'],
      },
    ],
    sign: [/^➤ YN0000: /, /^Progress: resolved \d+/],
    keep: [/^➤ YN(?!0000|0007|0008|0013|0019|0085)\d{4}/],
    summary: [/^Done in |^✨ {2}Done|^➤ YN0000: (?:·|Done|Failed)|^Already up.to.date|^\d+ packages? installed/],
    fold: [
      { pattern: /^Progress: resolved /, as: 'progress', certain: true },
      { pattern: /^[+-]{3,}$/, as: 'progress', certain: true },
      { pattern: /^➤ YN00(?:13|19|85|08|07): /, as: 'fetches and builds', certain: true },
      { pattern: /^➤ YN0000: [┌└│]/, as: 'step lines', certain: true },
      {
        pattern: /^\[\d\/\d\] (?:Resolving|Fetching|Linking|Building|Validating)|^(?:info|verbose) /,
        as: 'step lines',
        certain: true,
      },
      { pattern: /^[├└]─ \S+@\S+$/, as: 'packages', show: 15, certain: true },
      {
        pattern: /^\.\.\. .* (?:install|postinstall|prepare)\$|^\S+ (?:post|pre)?install[:$]/,
        as: 'script lines',
        show: 5,
      },
    ],
    cases: [
      {
        name: 'folds progress of pnpm and keeps the peer problem',
        command: 'pnpm install',
        output: `
x20 | Progress: resolved {n}, reused 40, downloaded 0, added 0
Packages: +412
++++++++++++++++++++++++++++++++
 WARN  Issues with peer dependencies found
└─┬ eslint-plugin-x 1.0.0
  └── ✕ unmet peer eslint@^7: found 9.1.0

dependencies:
+ zod 3.22.4

Done in 4.1s
`,
        shows: `
Progress: resolved 1, reused 40, downloaded 0, added 0
... 19 lines: progress x19
Packages: +412
... 1 line: progress x1
 WARN  Issues with peer dependencies found
└─┬ eslint-plugin-x 1.0.0
  └── ✕ unmet peer eslint@^7: found 9.1.0

dependencies:
+ zod 3.22.4

Done in 4.1s
`,
      },
      {
        name: 'keeps codes of yarn that tell of trouble',
        command: 'yarn install --immutable',
        output: `
➤ YN0000: ┌ Resolution step
➤ YN0002: │ shop@workspace:. doesn't provide react (p1a2b3), requested by react-dom
➤ YN0000: └ Completed
x12 | ➤ YN0013: │ dep-{n}@npm:1.0.{n} can't be found in the cache and will be fetched from the remote registry
➤ YN0028: │ The lockfile would have been modified by this install, which is explicitly forbidden.
➤ YN0000: Failed with errors in 1s 200ms
`,
        shows: `
➤ YN0000: ┌ Resolution step
➤ YN0002: │ shop@workspace:. doesn't provide react (p1a2b3), requested by react-dom
... 13 lines: fetches and builds x12, step lines x1
➤ YN0028: │ The lockfile would have been modified by this install, which is explicitly forbidden.
➤ YN0000: Failed with errors in 1s 200ms
`,
      },
    ],
  },
  {
    name: 'pip',
    version: 1,
    about: 'conflicts, failed builds and what was installed stay; downloads and met requirements fold',
    match: [
      {
        program: ['pip', 'pip3', 'pipx', 'pipenv', 'pip-compile', 'pip-sync'],
        sub: [
          'install',
          'download',
          'wheel',
          'uninstall',
          'sync',
          'lock',
          'update',
          'upgrade',
          'inject',
          'upgrade-all',
        ],
      },
      { program: 'uv', sub: 'pip' },
    ],
    sign: [/^Collecting \S+/, /^Requirement already satisfied: /],
    keep: [/^Successfully (?:installed|uninstalled|built)/],
    fold: [
      { pattern: /^\s*Requirement already satisfied: /, as: 'met requirements', certain: true },
      { pattern: /^\s*Collecting \S+/, as: 'collected packages', certain: true },
      {
        pattern:
          /^\s+(?<kind>Downloading|Using cached|Obtaining dependency information for|Attempting uninstall:|Found existing installation:|Uninstalling|Successfully uninstalled) /,
        as: '',
        certain: true,
      },
      {
        pattern:
          /^\s+(?:Created wheel for|Stored in directory|Building wheel for|Preparing metadata|Getting requirements|Installing build dependencies|Installing backend).*(?:done|finished with status 'done'|started|\.\.\.|\/\S+|=\w+)$/,
        as: 'build steps',
        certain: true,
      },
      { pattern: /^Building wheels for collected|^Looking in indexes/, as: 'build steps', certain: true },
      { pattern: /^\s*[━╸╺ ]*[━╸╺]+ +[\d.]+\/[\d.]+ \w+/, as: 'progress', certain: true },
      { pattern: /^(?: [+~-] )\S+==\S+/, as: 'changed packages', show: 15, certain: true },
      { pattern: /^\[notice\] /, as: 'advice', certain: true },
    ],
    cases: [
      {
        name: 'folds met requirements and keeps the conflict',
        command: 'python -m pip install -r requirements.txt',
        output: `
x30 | Requirement already satisfied: dep{n} in ./.venv/lib/python3.12/site-packages (1.{n})
Collecting flask
  Downloading flask-3.0.0-py3-none-any.whl (99 kB)
Installing collected packages: flask
ERROR: pip's dependency resolver does not currently take into account all the packages that are installed.
shop 1.0 requires flask<3, but you have flask 3.0.0 which is incompatible.
Successfully installed flask-3.0.0
`,
        shows: `
Requirement already satisfied: dep1 in ./.venv/lib/python3.12/site-packages (1.1)
... 31 lines: met requirements x29, collected packages x1, Downloading x1
Installing collected packages: flask
ERROR: pip's dependency resolver does not currently take into account all the packages that are installed.
shop 1.0 requires flask<3, but you have flask 3.0.0 which is incompatible.
Successfully installed flask-3.0.0
`,
      },
    ],
  },
  {
    name: 'uv-poetry',
    version: 1,
    about: 'conflicts, failures and totals stay; installed packages beyond the first fold',
    match: [
      { program: 'uv', sub: ['sync', 'add', 'lock', 'remove', 'venv', 'tool', 'python'] },
      {
        program: ['poetry', 'pdm', 'hatch', 'rye'],
        sub: ['install', 'update', 'add', 'lock', 'remove', 'sync', 'env', 'self'],
      },
      { program: ['conda', 'mamba', 'micromamba'], sub: ['install', 'create', 'update', 'env', 'remove'] },
    ],
    fold: [
      { pattern: /^ (?<kind>[+~-]) \S+==\S+/, as: 'packages', show: 8, certain: true },
      {
        pattern:
          /^\s+[-•] (?<kind>Installing|Updating|Removing|Downgrading) \S+ \(.*\)(?:: (?:Pending|Downloading|Installing).*)?$/,
        as: '',
        show: 8,
      },
      { pattern: /^\S+\s+\| [\d.]+ [KMG]?B\s+\| .*\d+%/, as: 'progress', certain: true },
      { pattern: /^ {2,4}\S+ +\S+ +\S*(?:py|h)\S+(?: \S+)?$/, as: 'packages of the plan', show: 8, certain: true },
      { pattern: /^(?: {2})?(?:Downloading|Downloaded|Building|Built|Preparing) \S+/, as: 'transfers', certain: true },
    ],
    cases: [
      {
        name: 'folds added packages of uv',
        command: 'uv sync',
        output: `
Resolved 42 packages in 12ms
x20 | Downloading dep{n} (1.{n}MiB)
Prepared 30 packages in 1.20s
Installed 30 packages in 40ms
x30 |  + dep{n}==1.0.{n}
`,
        shows: `
Resolved 42 packages in 12ms
... 20 lines: transfers x20
Prepared 30 packages in 1.20s
Installed 30 packages in 40ms
 + dep1==1.0.1
 + dep2==1.0.2
 + dep3==1.0.3
 + dep4==1.0.4
 + dep5==1.0.5
 + dep6==1.0.6
 + dep7==1.0.7
 + dep8==1.0.8
... 20 lines: packages + x20
 + dep29==1.0.29
 + dep30==1.0.30
`,
      },
    ],
  },
  {
    name: 'bundler',
    version: 1,
    about: 'failures, messages of gems and totals stay; fetched and used gems fold',
    match: [
      { program: ['bundle', 'bundler'], sub: ['install', 'update', 'check', 'outdated', 'add'] },
      { program: 'gem', sub: ['install', 'update'] },
    ],
    summary: [/^Bundle (?:complete|updated)|^\d+ gems? installed/],
    fold: [
      { pattern: /^(?<kind>Using|Fetching|Installing) \S+ [\d.]+.*$/, as: '', certain: true },
      {
        pattern:
          /^Fetching gem metadata|^Resolving dependencies|^(?:Parsing|Installing ri|Done installing) documentation/,
        as: 'steps',
        certain: true,
      },
    ],
    cases: [
      {
        name: 'folds used gems and keeps the failure',
        command: 'bundle install',
        output: `
Fetching gem metadata from https://rubygems.org/.......
x20 | Using dep{n} 1.0.{n}
Installing nokogiri 1.16.0 with native extensions
Gem::Ext::BuildError: ERROR: Failed to build gem native extension.
An error occurred while installing nokogiri (1.16.0), and Bundler cannot continue.
`,
        shows: `
Fetching gem metadata from https://rubygems.org/.......
... 13 lines: Using x13
Using dep14 1.0.14
Using dep15 1.0.15
Using dep16 1.0.16
Using dep17 1.0.17
Using dep18 1.0.18
Using dep19 1.0.19
Using dep20 1.0.20
Installing nokogiri 1.16.0 with native extensions
Gem::Ext::BuildError: ERROR: Failed to build gem native extension.
An error occurred while installing nokogiri (1.16.0), and Bundler cannot continue.
`,
      },
    ],
  },
  {
    name: 'composer',
    version: 1,
    about: 'problems, advisories and totals stay; locked, downloaded and installed packages fold',
    match: [
      {
        program: ['composer', 'composer.phar'],
        sub: ['install', 'update', 'require', 'remove', 'i', 'u', 'create-project', 'dump-autoload'],
      },
    ],
    keep: [/^ {2}Problem \d/],
    fold: [
      {
        pattern: /^ {2}- (?<kind>Locking|Downloading|Installing|Upgrading|Removing|Downgrading|Syncing) \S+ \(.*\).*$/,
        as: '',
        show: 3,
      },
      { pattern: /^ +\d+\/\d+ \[[=>-]+\]/, as: 'progress', certain: true },
      {
        pattern:
          /^\d+ packages? you are using are looking for funding|^Use the `composer fund`|^\d+ package suggestions were added/,
        as: 'advice',
        certain: true,
      },
    ],
    cases: [
      {
        name: 'folds installed packages and keeps the problem',
        command: 'composer install',
        output: `
Installing dependencies from lock file (including require-dev)
x30 |   - Installing acme/dep{n} (v1.{n}): Extracting archive
  Problem 1
    - Root composer.json requires php ^8.3 but your php version (8.1.2) does not satisfy that requirement.
`,
        shows: `
Installing dependencies from lock file (including require-dev)
  - Installing acme/dep1 (v1.1): Extracting archive
  - Installing acme/dep2 (v1.2): Extracting archive
  - Installing acme/dep3 (v1.3): Extracting archive
... 27 lines: Installing x27
  Problem 1
    - Root composer.json requires php ^8.3 but your php version (8.1.2) does not satisfy that requirement.
`,
      },
    ],
  },
  {
    name: 'apt',
    version: 1,
    about: 'warnings, failures, kept-back packages and totals stay; fetches and unpack steps are counted',
    match: [
      {
        program: ['apt', 'apt-get', 'aptitude'],
        sub: [
          'install',
          'update',
          'upgrade',
          'dist-upgrade',
          'full-upgrade',
          'remove',
          'purge',
          'autoremove',
          'build-dep',
          'clean',
          'source',
          'download',
        ],
      },
      { program: 'dpkg', flags: ['-i'] },
    ],
    sign: [/^Reading package lists\.\.\./, /^Setting up \S+ \(/],
    keep: [/^[EW]: |^Err:|^dpkg: /],
    summary: [
      /^\d+ (?:packages )?upgraded, \d+ newly installed|^\d+ packages can be upgraded|^All packages are up to date/,
    ],
    fold: [
      { pattern: /^(?<kind>Get|Hit|Ign):\d+ http\S+ /, as: '' },
      {
        pattern:
          /^(?<kind>Unpacking|Setting up|Preparing to unpack|Processing triggers for|Removing|Purging configuration files for) \S+/,
        as: '',
      },
      { pattern: /^(?<kind>Selecting previously unselected package) \S+/, as: '', certain: true },
      {
        pattern:
          /^(?:\(Reading database|Reading package lists|Building dependency tree|Reading state information|Fetched \d|Extracting templates|Preconfiguring)/,
        as: 'steps',
        certain: true,
      },
      { pattern: /^update-alternatives: using |^Created symlink /, as: 'links made', certain: true },
    ],
    cases: [
      {
        name: 'counts unpack steps and keeps the warning',
        command: 'sudo apt-get install -y libfoo',
        output: `
Reading package lists... Done
Building dependency tree... Done
The following NEW packages will be installed:
  libfoo libbar
x20 | Get:{n} http://deb.debian.org/debian bookworm/main amd64 lib{n} amd64 1.{n} [12 kB]
x20 | Unpacking lib{n} (1.{n}) ...
x20 | Setting up lib{n} (1.{n}) ...
W: Possible missing firmware /lib/firmware/x.bin for module x
0 upgraded, 20 newly installed, 0 to remove and 3 not upgraded.
`,
        shows: `
Reading package lists... Done
... 1 line: steps x1
The following NEW packages will be installed:
  libfoo libbar
... 60 lines: Get x20, Unpacking x20, Setting up x20
W: Possible missing firmware /lib/firmware/x.bin for module x
0 upgraded, 20 newly installed, 0 to remove and 3 not upgraded.
`,
      },
    ],
  },
  {
    name: 'dpkg-list',
    version: 1,
    about: 'packages that are not plainly installed and the first of those that are stay',
    match: [
      { program: ['dpkg', 'dpkg-query'], flags: ['-l'] },
      { program: 'apt', sub: 'list' },
      { program: ['rpm'], flags: ['-qa'] },
      { program: 'apk', sub: ['info', 'list'] },
    ],
    fold: [
      { pattern: /^ii {2}\S+\s+\S+\s+\S+/, as: 'installed packages', show: 25, certain: true },
      { pattern: /^\S+\/\S+ \S+ \S+(?: \[installed(?:,\w+)?\])?$/, as: 'packages', show: 25, certain: true },
    ],
    cases: [
      {
        name: 'keeps packages in another state',
        command: 'dpkg -l',
        output: `
||/ Name           Version      Architecture Description
x40 | ii  lib{n}         1.{n}          amd64        library {n}
rc  nginx          1.22.1       amd64        small, powerful web server
`,
        shows: `
||/ Name           Version      Architecture Description
ii  lib1         1.1          amd64        library 1
ii  lib2         1.2          amd64        library 2
ii  lib3         1.3          amd64        library 3
ii  lib4         1.4          amd64        library 4
ii  lib5         1.5          amd64        library 5
ii  lib6         1.6          amd64        library 6
ii  lib7         1.7          amd64        library 7
ii  lib8         1.8          amd64        library 8
ii  lib9         1.9          amd64        library 9
ii  lib10         1.10          amd64        library 10
ii  lib11         1.11          amd64        library 11
ii  lib12         1.12          amd64        library 12
ii  lib13         1.13          amd64        library 13
ii  lib14         1.14          amd64        library 14
ii  lib15         1.15          amd64        library 15
ii  lib16         1.16          amd64        library 16
ii  lib17         1.17          amd64        library 17
ii  lib18         1.18          amd64        library 18
ii  lib19         1.19          amd64        library 19
ii  lib20         1.20          amd64        library 20
ii  lib21         1.21          amd64        library 21
ii  lib22         1.22          amd64        library 22
ii  lib23         1.23          amd64        library 23
ii  lib24         1.24          amd64        library 24
ii  lib25         1.25          amd64        library 25
... 14 lines: installed packages x14
ii  lib40         1.40          amd64        library 40
rc  nginx          1.22.1       amd64        small, powerful web server
`,
      },
    ],
  },
  {
    name: 'brew-apk-dnf',
    version: 1,
    about: 'caveats, warnings, failures and totals stay; downloads and install steps fold',
    match: [
      { program: 'brew', sub: ['install', 'upgrade', 'update', 'reinstall', 'cleanup', 'bundle', 'uninstall', 'tap'] },
      { program: 'apk', sub: ['add', 'upgrade', 'update', 'del', 'fix'] },
      { program: ['dnf', 'yum', 'microdnf', 'zypper', 'pacman', 'tdnf'] },
    ],
    keep: [/^==> (?:Caveats|Summary)/],
    fold: [
      {
        pattern: /^==> (?<kind>Downloading|Fetching|Pouring|Installing dependencies|Auto-updated|Running `brew) ?/,
        as: '',
        certain: true,
      },
      { pattern: /^(?:Already downloaded: |#+\s+[\d.]+%$|#=+O)/, as: 'progress', certain: true },
      { pattern: /^Removing: \/\S+\.\.\. \(/, as: 'removed files', certain: true },
      {
        pattern:
          /^\(\d+\/\d+\) (?<kind>Installing|Upgrading|Purging|Downloading|upgrading|installing|checking|loading)\b/,
        as: '',
      },
      {
        pattern:
          /^ {2}(?<kind>Installing|Upgrading|Verifying|Cleanup|Running scriptlet|Erasing|Updating|Preparing|Obsoleting) *: /,
        as: '',
        certain: true,
      },
      { pattern: /^\(\d+\/\d+\): \S+\.rpm\s/, as: 'downloads' },
      { pattern: /^fetch https?:\/\//, as: 'fetches', certain: true },
      { pattern: /^Executing \S+\.(?:trigger|post-install|pre-install)$/, as: 'scripts', certain: true },
    ],
    cases: [
      {
        name: 'folds apk steps and keeps the error',
        command: 'apk add --no-cache build-base',
        output: `
fetch https://dl-cdn.alpinelinux.org/alpine/v3.19/main/x86_64/APKINDEX.tar.gz
x20 | ({n}/21) Installing lib{n} (1.{n}-r0)
ERROR: unable to select packages:
  libfoo (no such package):
    required by: world[libfoo]
`,
        shows: `
fetch https://dl-cdn.alpinelinux.org/alpine/v3.19/main/x86_64/APKINDEX.tar.gz
... 20 lines: Installing x20
ERROR: unable to select packages:
  libfoo (no such package):
    required by: world[libfoo]
`,
      },
    ],
  },
]

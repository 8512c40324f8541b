// Data: listings of files and disks. What was built, installed or generated folds; the largest and the fullest stay.
import type { Filter, Fold } from '../spec.js'

/** Where a listing was told from other text, its own compressor knows it better. */
const TYPES: Filter['types'] = ['log', 'plain', 'text']

/** Folders that hold what others wrote or a tool made. */
const MADE: Fold = {
  pattern:
    /(?:^|[/\s])(?<kind>node_modules|\.git|__pycache__|\.mypy_cache|\.pytest_cache|\.ruff_cache|\.gradle|\.next|\.turbo|\.tox|\.venv|site-packages)\/\S/,
  as: 'paths in',
  show: 3,
  certain: true,
}
const DENIED: Fold = { pattern: /Permission denied$/, as: 'permission denied', show: 3, certain: true }

export const files: readonly Filter[] = [
  {
    name: 'ls-long',
    version: 1,
    about: 'folders, links and the largest files stay; of many files of one extension the first stay',
    types: TYPES,
    match: [{ program: ['ls', 'll', 'gls'], flags: ['-l'] }],
    keep: [/^[dlbcps][rwxsStT-]{9}/],
    fold: [
      {
        pattern: /^-[rwxsStT-]{9}[.+@]?\s+\d+\s+\S+\s+\S+\s+(?<figure>\d+)\s.*(?<kind>\.\w{1,10})$/,
        as: 'files',
        show: 12,
        top: 4,
      },
      {
        pattern: /^-[rwxsStT-]{9}[.+@]?\s+\d+\s+\S+\s+\S+\s+\S+\s.*(?<kind>\.\w{1,10})$/,
        as: 'files',
        show: 12,
        top: 4,
      },
    ],
    cases: [
      {
        name: 'keeps folders and the first and largest of each extension',
        command: 'ls -la src',
        output: `
total 812
drwxr-xr-x 2 ada ada 4096 Mar 11 10:00 .
drwxr-xr-x 9 ada ada 4096 Mar 11 10:00 ..
x30 | -rw-r--r-- 1 ada ada  10{n} Mar 11 10:00 part-{n}.ts
-rw-r--r-- 1 ada ada 90210 Mar 11 10:00 schema.ts
-rwxr-xr-x 1 ada ada  312 Mar 11 10:00 run
`,
        shows: `
total 812
drwxr-xr-x 2 ada ada 4096 Mar 11 10:00 .
drwxr-xr-x 9 ada ada 4096 Mar 11 10:00 ..
-rw-r--r-- 1 ada ada  101 Mar 11 10:00 part-1.ts
-rw-r--r-- 1 ada ada  102 Mar 11 10:00 part-2.ts
-rw-r--r-- 1 ada ada  103 Mar 11 10:00 part-3.ts
-rw-r--r-- 1 ada ada  104 Mar 11 10:00 part-4.ts
-rw-r--r-- 1 ada ada  105 Mar 11 10:00 part-5.ts
-rw-r--r-- 1 ada ada  106 Mar 11 10:00 part-6.ts
-rw-r--r-- 1 ada ada  107 Mar 11 10:00 part-7.ts
-rw-r--r-- 1 ada ada  108 Mar 11 10:00 part-8.ts
-rw-r--r-- 1 ada ada  109 Mar 11 10:00 part-9.ts
-rw-r--r-- 1 ada ada  1010 Mar 11 10:00 part-10.ts
-rw-r--r-- 1 ada ada  1011 Mar 11 10:00 part-11.ts
-rw-r--r-- 1 ada ada  1012 Mar 11 10:00 part-12.ts
... 15 lines: files .ts x15
-rw-r--r-- 1 ada ada  1028 Mar 11 10:00 part-28.ts
-rw-r--r-- 1 ada ada  1029 Mar 11 10:00 part-29.ts
-rw-r--r-- 1 ada ada  1030 Mar 11 10:00 part-30.ts
-rw-r--r-- 1 ada ada 90210 Mar 11 10:00 schema.ts
-rwxr-xr-x 1 ada ada  312 Mar 11 10:00 run
`,
      },
    ],
  },
  {
    name: 'find',
    version: 1,
    about: 'paths stay; those in dependency and cache folders fold, repeated refusals too',
    types: TYPES,
    match: [
      { program: ['find', 'gfind'], not: ['-exec', '-delete', '-printf', '-print0', '-ok'] },
      { program: ['fd', 'fdfind'], not: ['-x', '-X'] },
      { program: 'ls', flags: ['-R'] },
      { program: 'rg', flags: ['--files'] },
    ],
    fold: [MADE, DENIED],
    cases: [
      {
        name: 'counts paths in node_modules',
        command: 'find . -name "*.json"',
        output: `
./package.json
x40 | ./node_modules/dep-{n}/package.json
./src/fixtures/cart.json
x9 | find: ‘/proc/{n}/fd’: Permission denied
`,
        shows: `
./package.json
./node_modules/dep-1/package.json
./node_modules/dep-2/package.json
./node_modules/dep-3/package.json
... 37 lines: paths in node_modules x37
./src/fixtures/cart.json
find: ‘/proc/1/fd’: Permission denied
find: ‘/proc/2/fd’: Permission denied
find: ‘/proc/3/fd’: Permission denied
... 4 lines: permission denied x4
find: ‘/proc/8/fd’: Permission denied
find: ‘/proc/9/fd’: Permission denied
`,
      },
    ],
  },
  {
    name: 'tree',
    version: 1,
    about: 'the tree and its totals stay; what is under dependency, cache and output folders folds',
    types: TYPES,
    match: [{ program: 'tree' }],
    summary: [/^\d+ director(?:y|ies)(?:, \d+ files?)?/],
    blocks: [
      {
        start:
          /[├└]── (?:node_modules|\.git|__pycache__|\.mypy_cache|\.pytest_cache|\.gradle|\.next|\.turbo|\.tox|\.venv|venv|site-packages|target|dist|build|coverage)\/?$/,
        as: 'paths under the folder above',
        do: 'fold',
        show: 1,
      },
    ],
    cases: [
      {
        name: 'keeps the name of a folded folder',
        output: `
.
├── dist
x20 | │   ├── chunk-{n}.js
│   └── index.js
├── package.json
└── src
    └── index.ts

2 directories, 24 files
`,
        shows: `
.
├── dist
... 21 lines: paths under the folder above x21
├── package.json
└── src
    └── index.ts

2 directories, 24 files
`,
      },
    ],
  },
  {
    name: 'du',
    version: 1,
    about: 'the largest entries and the total stay; refusals and small entries fold',
    types: TYPES,
    match: [{ program: ['du', 'gdu'] }],
    fold: [
      DENIED,
      { pattern: /^(?<figure>\d+)\t\S/, as: 'smaller entries', top: 20 },
      { pattern: /^[\d.]+[KMGTB]?\t\S/, as: 'smaller entries', top: 20 },
    ],
    cases: [
      {
        name: 'keeps the largest entries',
        command: 'du -h --max-depth=1 .',
        output: `
x60 | {n}K	./part-{n}
1.2G	./node_modules
12M	./dist
1.3G	.
`,
        shows: `
1K	./part-1
... 42 lines: smaller entries x42
44K	./part-44
45K	./part-45
46K	./part-46
47K	./part-47
48K	./part-48
49K	./part-49
50K	./part-50
51K	./part-51
52K	./part-52
53K	./part-53
54K	./part-54
55K	./part-55
56K	./part-56
57K	./part-57
58K	./part-58
59K	./part-59
60K	./part-60
1.2G	./node_modules
12M	./dist
1.3G	.
`,
      },
    ],
  },
  {
    name: 'wc',
    version: 1,
    about: 'the longest files and the total stay',
    types: TYPES,
    match: [{ program: 'wc' }],
    summary: [/^\s*\d+(?:\s+\d+){0,4} total$/],
    fold: [{ pattern: /^\s*(?<figure>\d+)(?:\s+\d+){0,2}\s+\S.*$/, as: 'shorter files', top: 25 }],
    cases: [
      {
        name: 'keeps the longest files and the total',
        command: 'find src -name "*.ts" | xargs wc -l',
        output: `
x60 |   {n} src/part-{n}.ts
  4638 src/schema.ts
  6468 total
`,
        shows: `
  1 src/part-1.ts
... 35 lines: shorter files x35
  37 src/part-37.ts
  38 src/part-38.ts
  39 src/part-39.ts
  40 src/part-40.ts
  41 src/part-41.ts
  42 src/part-42.ts
  43 src/part-43.ts
  44 src/part-44.ts
  45 src/part-45.ts
  46 src/part-46.ts
  47 src/part-47.ts
  48 src/part-48.ts
  49 src/part-49.ts
  50 src/part-50.ts
  51 src/part-51.ts
  52 src/part-52.ts
  53 src/part-53.ts
  54 src/part-54.ts
  55 src/part-55.ts
  56 src/part-56.ts
  57 src/part-57.ts
  58 src/part-58.ts
  59 src/part-59.ts
  60 src/part-60.ts
  4638 src/schema.ts
  6468 total
`,
      },
    ],
  },
  {
    name: 'df',
    version: 1,
    about: 'real disks and all that are 90 % full stay; pseudo file systems fold by type',
    types: TYPES,
    match: [{ program: 'df' }],
    fold: [
      {
        pattern:
          /^(?<kind>tmpfs|devtmpfs|overlay|udev|shm|none|squashfs|efivarfs|\/dev\/loop|cgroup)\S*\s.*\s(?:\d|[0-8]\d)%\s/,
        as: 'mounts of',
        show: 1,
        certain: true,
      },
      { pattern: /^\/dev\/loop\d+\s.*\s100%\s+\/(?:var\/lib\/)?snap/, as: 'snap images', certain: true },
    ],
    cases: [
      {
        name: 'keeps a full file system of any type',
        command: 'df -h',
        output: `
Filesystem      Size  Used Avail Use% Mounted on
/dev/sda1       100G   81G   19G  82% /
x20 | overlay         100G   81G   19G  82% /var/lib/docker/overlay2/{n}/merged
tmpfs           1.6G  1.6G    8M  99% /run
tmpfs           7.8G     0  7.8G   0% /dev/shm
`,
        shows: `
Filesystem      Size  Used Avail Use% Mounted on
/dev/sda1       100G   81G   19G  82% /
overlay         100G   81G   19G  82% /var/lib/docker/overlay2/1/merged
... 19 lines: mounts of overlay x19
tmpfs           1.6G  1.6G    8M  99% /run
tmpfs           7.8G     0  7.8G   0% /dev/shm
`,
      },
    ],
  },
]

// Data: what git prints. Changed paths, hashes, subjects and refusals stay; advice, progress and trailers fold.
import type { Filter } from '../spec.js'

const VALUED = ['-C', '-c', '--git-dir', '--work-tree'] as const

export const git: readonly Filter[] = [
  {
    name: 'git-status',
    version: 1,
    about: 'branch and changed paths stay; advice folds, untracked paths beyond the first of each folder too',
    match: [{ program: 'git', sub: 'status', not: ['-s', '--short', '--porcelain', '-v', '-z'], valued: VALUED }],
    keep: [/^\t(?:modified|new file|deleted|renamed|copied|typechange|both \w+|added by \w+|deleted by \w+):/],
    fold: [
      { pattern: /^ {2}\(use "git .*\)$/, as: 'advice', certain: true },
      { pattern: /^\t(?<kind>[^/\t:]+\/)[^\t:]*$/, as: 'paths in', show: 6, certain: true },
    ],
    cases: [
      {
        name: 'folds advice and counts untracked paths by folder',
        output: `
On branch main
Your branch is ahead of 'origin/main' by 2 commits.
  (use "git push" to publish your local commits)

Changes not staged for commit:
  (use "git add <file>..." to update what will be committed)
  (use "git restore <file>..." to discard changes in working directory)
	modified:   src/server.ts
	deleted:    src/old.ts

Untracked files:
  (use "git add <file>..." to include in what will be committed)
x20 | 	fixtures/case-{n}.json
	notes.md

no changes added to commit (use "git add" and/or "git commit -a")
`,
        shows: `
On branch main
Your branch is ahead of 'origin/main' by 2 commits.
... 2 lines: advice x1
Changes not staged for commit:
... 2 lines: advice x2
	modified:   src/server.ts
	deleted:    src/old.ts

Untracked files:
... 1 line: advice x1
	fixtures/case-1.json
	fixtures/case-2.json
	fixtures/case-3.json
	fixtures/case-4.json
	fixtures/case-5.json
	fixtures/case-6.json
... 14 lines: paths in fixtures/ x14
	notes.md

no changes added to commit (use "git add" and/or "git commit -a")
`,
      },
      {
        name: 'shows a clean tree as it is',
        command: 'git -C ../shop status',
        output: `
On branch main
Your branch is up to date with 'origin/main'.

nothing to commit, working tree clean
`,
        shows: `
On branch main
Your branch is up to date with 'origin/main'.

nothing to commit, working tree clean
`,
      },
      {
        name: 'keeps every conflict',
        output: `
On branch main
You have unmerged paths.
  (fix conflicts and run "git commit")
  (use "git merge --abort" to abort the merge)

Unmerged paths:
  (use "git add <file>..." to mark resolution)
	both modified:   src/cart.ts
	deleted by them: src/tax.ts
`,
        shows: `
On branch main
You have unmerged paths.
  (fix conflicts and run "git commit")
... 2 lines: advice x1
Unmerged paths:
... 1 line: advice x1
	both modified:   src/cart.ts
	deleted by them: src/tax.ts
`,
      },
    ],
  },
  {
    name: 'git-status-short',
    version: 1,
    about: 'changed paths stay; untracked paths beyond the first of each folder fold',
    match: [
      { program: 'git', sub: 'status', flags: ['-s'], not: ['-z'], valued: VALUED },
      { program: 'git', sub: 'status', flags: ['--short'], valued: VALUED },
      { program: 'git', sub: 'status', flags: ['--porcelain'], not: ['-z'], valued: VALUED },
    ],
    keep: [/^(?:[MADRCUT][ MADRCUT]|[ ?][MADRCUT]) /],
    fold: [{ pattern: /^(?:\?\?|!!) "?(?<kind>[^/]+\/).*$/, as: 'untracked in', show: 6, certain: true }],
    cases: [
      {
        name: 'keeps what changed, wherever it stands',
        command: 'cd app && git status --porcelain',
        output: `
 M src/server.ts
x12 | ?? fixtures/case-{n}.json
UU src/cart.ts
?? notes.md
`,
        shows: `
 M src/server.ts
?? fixtures/case-1.json
?? fixtures/case-2.json
?? fixtures/case-3.json
?? fixtures/case-4.json
?? fixtures/case-5.json
?? fixtures/case-6.json
... 6 lines: untracked in fixtures/ x6
UU src/cart.ts
?? notes.md
`,
      },
    ],
  },
  {
    name: 'git-log',
    version: 1,
    about: 'hash, author, date and subject of each commit stay; message bodies, trailers and per-file counts fold',
    match: [
      {
        program: 'git',
        sub: 'log',
        not: ['--oneline', '--format', '--pretty', '-p', '--patch', '--graph', '-L', '-S', '-G'],
        valued: VALUED,
      },
    ],
    keep: [/^commit [0-9a-f]{7,40}\b/],
    fold: [{ pattern: /^ (?:\S.*)? \|\s+(?<figure>\d+)(?: [+-]+)?$/, as: 'changed files', top: 12 }],
    blocks: [
      {
        start: /^ {4}\s*$/,
        before: /^commit [0-9a-f]|^ \S.* \| +\d|^ \d+ files? changed|^ {4}(?:BREAKING CHANGE|This reverts|CVE-)/,
        as: 'message body',
        do: 'fold',
      },
    ],
    cases: [
      {
        name: 'keeps subjects and folds bodies and trailers',
        command: 'git --no-pager log -3',
        output: `
commit 0c45036d6b0ddf42ab2fa44639dc8710825d5c0f (HEAD -> main)
Author: Ada <ada@example.com>
Date:   Mon Mar 11 10:00:00 2024 +0100

    fix(cart): round totals once
    
    Rounding each row first lost a cent.
    The total is now rounded at the end.
    
    Signed-off-by: Ada <ada@example.com>

commit 03a9416a13a681028011e23841ba89d1dd6c9a62
Author: Bo <bo@example.com>
Date:   Sun Mar 10 10:00:00 2024 +0100

    feat(mail): queue
`,
        shows: `
commit 0c45036d6b0ddf42ab2fa44639dc8710825d5c0f (HEAD -> main)
Author: Ada <ada@example.com>
Date:   Mon Mar 11 10:00:00 2024 +0100

    fix(cart): round totals once
... 6 lines: message body x3
commit 03a9416a13a681028011e23841ba89d1dd6c9a62
Author: Bo <bo@example.com>
Date:   Sun Mar 10 10:00:00 2024 +0100

    feat(mail): queue
`,
      },
    ],
  },
  {
    name: 'git-stat',
    version: 1,
    about: 'totals and the largest changes stay; other per-file counts fold',
    match: [
      {
        program: 'git',
        sub: ['diff', 'show', 'log', 'diff-tree', 'stash show'],
        flags: ['--stat'],
        not: ['-p', '--patch'],
        valued: VALUED,
      },
      { program: 'git', sub: ['diff', 'show'], flags: ['--numstat'], not: ['-p', '--patch'], valued: VALUED },
    ],
    keep: [/ \| +Bin /],
    summary: [/^ \d+ files? changed/, /^commit [0-9a-f]{7,40}\b/],
    fold: [
      { pattern: /^ (?:\S.*)? \|\s+(?<figure>\d+)(?: [+-]+)?$/, as: 'changed files', top: 15 },
      { pattern: /^(?<figure>\d+)\t\d+\t\S.*$/, as: 'changed files', top: 15 },
    ],
    cases: [
      {
        name: 'keeps the largest changes and the total',
        command: 'git diff --stat main..HEAD',
        output: `
x40 |  src/part-{n}.ts | {n} ++--
 package-lock.json | 812 +++++++++++
 logo.png | Bin 0 -> 1204 bytes
 42 files changed, 900 insertions(+), 732 deletions(-)
`,
        shows: `
 src/part-1.ts | 1 ++--
... 25 lines: changed files x25
 src/part-27.ts | 27 ++--
 src/part-28.ts | 28 ++--
 src/part-29.ts | 29 ++--
 src/part-30.ts | 30 ++--
 src/part-31.ts | 31 ++--
 src/part-32.ts | 32 ++--
 src/part-33.ts | 33 ++--
 src/part-34.ts | 34 ++--
 src/part-35.ts | 35 ++--
 src/part-36.ts | 36 ++--
 src/part-37.ts | 37 ++--
 src/part-38.ts | 38 ++--
 src/part-39.ts | 39 ++--
 src/part-40.ts | 40 ++--
 package-lock.json | 812 +++++++++++
 logo.png | Bin 0 -> 1204 bytes
 42 files changed, 900 insertions(+), 732 deletions(-)
`,
      },
    ],
  },
  {
    name: 'git-branches',
    version: 1,
    about: 'the current and local branches stay; remote branches beyond the first of each kind fold',
    match: [
      {
        program: 'git',
        sub: ['branch', 'for-each-ref', 'ls-remote', 'tag'],
        not: ['-d', '-D', '-m', '-f', '--format'],
        valued: VALUED,
      },
    ],
    keep: [/^\*/, /\bHEAD\b/],
    fold: [
      {
        pattern: /^ {2}(?<kind>remotes\/[^/\s]+\/(?:[^/\s]+\/)?)\S+(?:\s.*)?$/,
        as: 'branches in',
        show: 10,
        certain: true,
      },
      {
        pattern: /^ {2}(?<kind>(?:origin|upstream)\/(?:[^/\s]+\/)?)\S+(?:\s.*)?$/,
        as: 'branches in',
        show: 10,
        certain: true,
      },
      {
        pattern: /^[0-9a-f]{40}\s+refs\/(?<kind>pull|tags|heads|merge-requests|changes)\/\S+$/,
        as: 'refs of',
        show: 10,
        certain: true,
      },
    ],
    cases: [
      {
        name: 'counts remote branches by prefix',
        command: 'git branch -a',
        output: `
* main
  fix/cart
x20 |   remotes/origin/renovate/dep-{n}
  remotes/origin/main
`,
        shows: `
* main
  fix/cart
  remotes/origin/renovate/dep-1
  remotes/origin/renovate/dep-2
  remotes/origin/renovate/dep-3
  remotes/origin/renovate/dep-4
  remotes/origin/renovate/dep-5
  remotes/origin/renovate/dep-6
  remotes/origin/renovate/dep-7
  remotes/origin/renovate/dep-8
  remotes/origin/renovate/dep-9
  remotes/origin/renovate/dep-10
... 9 lines: branches in remotes/origin/renovate/ x9
  remotes/origin/renovate/dep-20
  remotes/origin/main
`,
      },
    ],
  },
  {
    name: 'git-transfer',
    version: 1,
    about: 'refs that moved, refusals and forced updates stay; progress folds, new refs beyond the first few too',
    match: [
      { program: 'git', sub: ['fetch', 'pull', 'push', 'clone', 'submodule', 'remote update', 'lfs'], valued: VALUED },
    ],
    keep: [/^ [!+-] /, /forced update|rejected|CONFLICT/],
    fold: [
      {
        pattern:
          /^(?:remote: )?(?:Enumerating|Counting|Compressing|Receiving|Resolving|Writing|Unpacking|Updating|Filtering|Checking|Downloading) (?:objects|deltas|files|content|out|LFS)\b.*$/,
        as: 'progress',
        certain: true,
      },
      {
        pattern: /^(?:remote: )?(?:Total \d+ \(delta|Delta compression using|Enumerating objects)/,
        as: 'progress',
        certain: true,
      },
      { pattern: /^remote:\s*$/, as: 'blank remote lines', certain: true },
      { pattern: /^ \* \[new (?<kind>branch|tag|ref)\]\s/, as: 'new', show: 5, certain: true },
      { pattern: /^ (?:\S.*)? \|\s+(?<figure>\d+)(?: [+-]+)?$/, as: 'changed files', top: 12 },
      { pattern: /^ (?:create|delete) mode \d{6} /, as: 'created or deleted files', show: 5, certain: true },
    ],
    cases: [
      {
        name: 'folds progress and keeps a refusal',
        command: 'git push origin main 2>&1',
        output: `
Enumerating objects: 12, done.
Counting objects: 100% (12/12), done.
Delta compression using up to 8 threads
Compressing objects: 100% (7/7), done.
Writing objects: 100% (7/7), 1.20 KiB | 1.20 MiB/s, done.
Total 7 (delta 5), reused 0 (delta 0), pack-reused 0
remote: error: GH006: Protected branch update failed for refs/heads/main.
To github.com:acme/shop.git
 ! [remote rejected] main -> main (protected branch hook declined)
error: failed to push some refs to 'github.com:acme/shop.git'
`,
        shows: `
Enumerating objects: 12, done.
... 5 lines: progress x5
remote: error: GH006: Protected branch update failed for refs/heads/main.
To github.com:acme/shop.git
 ! [remote rejected] main -> main (protected branch hook declined)
error: failed to push some refs to 'github.com:acme/shop.git'
`,
      },
      {
        name: 'counts new tags and keeps a forced update',
        command: 'git fetch --all --tags',
        output: `
Fetching origin
From github.com:acme/shop
   1a2b3c4..5d6e7f8  main       -> origin/main
x30 |  * [new tag]         v1.{n}.0     -> v1.{n}.0
 + 9f8e7d6...1a2b3c4 next       -> origin/next  (forced update)
`,
        shows: `
Fetching origin
From github.com:acme/shop
   1a2b3c4..5d6e7f8  main       -> origin/main
 * [new tag]         v1.1.0     -> v1.1.0
 * [new tag]         v1.2.0     -> v1.2.0
 * [new tag]         v1.3.0     -> v1.3.0
 * [new tag]         v1.4.0     -> v1.4.0
 * [new tag]         v1.5.0     -> v1.5.0
... 24 lines: new tag x24
 * [new tag]         v1.30.0     -> v1.30.0
 + 9f8e7d6...1a2b3c4 next       -> origin/next  (forced update)
`,
      },
    ],
  },
  {
    name: 'git-commit',
    version: 1,
    about: 'the commit line, conflicts and hook output stay; lists of created files and line-ending warnings fold',
    match: [
      {
        program: 'git',
        sub: [
          'commit',
          'merge',
          'rebase',
          'add',
          'checkout',
          'switch',
          'restore',
          'reset',
          'stash',
          'cherry-pick',
          'revert',
          'am',
          'mv',
          'rm',
          'clean',
          'gc',
        ],
        not: ['-p', '--patch'],
        valued: VALUED,
      },
    ],
    keep: [/CONFLICT|conflict/],
    fold: [
      { pattern: /^ create mode \d{6} /, as: 'created files', show: 5, certain: true },
      { pattern: /^ delete mode \d{6} /, as: 'deleted files', show: 5, certain: true },
      { pattern: /^ rename \S.* \(\d+%\)$/, as: 'renames', show: 5, certain: true },
      {
        pattern: /^warning: in the working copy of .*, (?:LF|CRLF) will be replaced by/,
        as: 'line-ending warnings',
        show: 2,
        certain: true,
      },
      { pattern: /^(?:rm|add) '.*'$/, as: 'paths', show: 10, certain: true },
      { pattern: /^(?:Removing|Would remove) \S/, as: 'removed paths', show: 10, certain: true },
      { pattern: /^(?:Rebasing|Applying|Auto-merging) /, as: 'progress', certain: true },
      { pattern: /^ (?:\S.*)? \|\s+(?<figure>\d+)(?: [+-]+)?$/, as: 'changed files', top: 12 },
      { pattern: /^[MADRCT]\t\S/, as: 'paths carried over', show: 10, certain: true },
    ],
    cases: [
      {
        name: 'keeps the commit and folds the list of files',
        command: 'git add -A && git commit -m "fix: round once"',
        output: `
[main 1a2b3c4] fix: round once
 31 files changed, 412 insertions(+), 2 deletions(-)
x30 |  create mode 100644 fixtures/case-{n}.json
`,
        shows: `
[main 1a2b3c4] fix: round once
 31 files changed, 412 insertions(+), 2 deletions(-)
 create mode 100644 fixtures/case-1.json
 create mode 100644 fixtures/case-2.json
 create mode 100644 fixtures/case-3.json
 create mode 100644 fixtures/case-4.json
 create mode 100644 fixtures/case-5.json
... 23 lines: created files x23
 create mode 100644 fixtures/case-29.json
 create mode 100644 fixtures/case-30.json
`,
      },
      {
        name: 'keeps every conflict of a merge',
        command: 'git merge next',
        output: `
x9 | Auto-merging src/part-{n}.ts
CONFLICT (content): Merge conflict in src/part-4.ts
CONFLICT (modify/delete): src/tax.ts deleted in next and modified in HEAD.
Automatic merge failed; fix conflicts and then commit the result.
`,
        shows: `
Auto-merging src/part-1.ts
... 8 lines: progress x8
CONFLICT (content): Merge conflict in src/part-4.ts
CONFLICT (modify/delete): src/tax.ts deleted in next and modified in HEAD.
Automatic merge failed; fix conflicts and then commit the result.
`,
      },
    ],
  },
]

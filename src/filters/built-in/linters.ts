// Data: linters and formatters. Every distinct finding stays with its place; the same message at many places is counted.
import type { Filter } from '../spec.js'

const SHOWN = 6

export const linters: readonly Filter[] = [
  {
    name: 'eslint',
    version: 1,
    about: 'errors, distinct warnings and totals stay; the same warning at more than a few places folds',
    match: [
      { program: ['eslint', 'xo', 'standard', 'oxlint', 'stylelint', 'next'], not: ['--format', '-f', '--json'] },
    ],
    sign: [/^✖ \d+ problems? \(\d+ errors?, \d+ warnings?\)/],
    summary: [/^✖ \d+ problems?/, /^\s+\d+ errors? and \d+ warnings? potentially fixable/],
    fold: [
      { pattern: /^\s+\d+:\d+\s+warning\s+(?<kind>.*\S)\s{2,}[\w@/-]+$/, as: 'warning', show: SHOWN, certain: true },
      { pattern: /^\s+\d+:\d+\s+error\s+(?<kind>.*\S)\s{2,}[\w@/-]+$/, as: 'error', show: 20, certain: true },
      { pattern: /^(?:\/|[A-Za-z]:\\)\S.*\.\w+$/, as: 'files', heading: true },
    ],
    cases: [
      {
        name: 'counts the same warning and keeps each error under its file',
        command: 'npx eslint src',
        output: `
/repo/src/cart.ts
x12 |   {n}:5  warning  Unexpected any. Specify a different type  @typescript-eslint/no-explicit-any

/repo/src/mail.ts
  7:3  warning  Unexpected any. Specify a different type  @typescript-eslint/no-explicit-any

/repo/src/tax.ts
  9:9  error  'tax' is not defined  no-undef

✖ 14 problems (1 error, 13 warnings)
`,
        shows: `
/repo/src/cart.ts
  1:5  warning  Unexpected any. Specify a different type  @typescript-eslint/no-explicit-any
  2:5  warning  Unexpected any. Specify a different type  @typescript-eslint/no-explicit-any
  3:5  warning  Unexpected any. Specify a different type  @typescript-eslint/no-explicit-any
  4:5  warning  Unexpected any. Specify a different type  @typescript-eslint/no-explicit-any
  5:5  warning  Unexpected any. Specify a different type  @typescript-eslint/no-explicit-any
  6:5  warning  Unexpected any. Specify a different type  @typescript-eslint/no-explicit-any
... 10 lines: warning Unexpected any. Specify a different type x7, files x1
/repo/src/tax.ts
  9:9  error  'tax' is not defined  no-undef

✖ 14 problems (1 error, 13 warnings)
`,
      },
    ],
  },
  {
    name: 'biome',
    version: 1,
    about: 'every diagnostic and the result stay; excerpts of very many diagnostics fold',
    match: [{ program: ['biome', 'rome', 'deno'], sub: ['check', 'ci', 'lint', 'format'] }],
    summary: [/^(?:Checked|Formatted|Skipped) \d+ files? in/, /^Found \d+ (?:errors?|warnings?|infos?)/],
    tail: 4,
    blocks: [
      {
        start:
          /^\S+(?::\d+:\d+)? (?:lint|assist|format|parse|organizeImports|check|suppressions|internalError)\S*.* ━+$/,
        before: /^\S+ .*━+$|^Checked |^Found /,
        as: 'diagnostic',
      },
    ],
    cases: [
      {
        name: 'keeps a diagnostic whole',
        command: 'biome check src',
        output: `
src/cart.ts:9:7 lint/style/useConst  FIXABLE  ━━━━━━━━━━━━━━━━━━

  × This let declares a variable that is only assigned once.

  > 9 │   let tax = 1
      │   ^^^

Checked 120 files in 31ms. No fixes applied.
Found 1 error.
`,
        shows: `
src/cart.ts:9:7 lint/style/useConst  FIXABLE  ━━━━━━━━━━━━━━━━━━

  × This let declares a variable that is only assigned once.

  > 9 │   let tax = 1
      │   ^^^

Checked 120 files in 31ms. No fixes applied.
Found 1 error.
`,
      },
    ],
  },
  {
    name: 'prettier',
    version: 1,
    about: 'errors and files to format stay up to thirty; unchanged files fold',
    match: [{ program: ['prettier', 'dprint'] }],
    keep: [/^\[error\]/],
    summary: [/^\[warn\] (?:Code style|All matched)|^(?:All matched files|Checking formatting)/],
    fold: [
      { pattern: /^\S+\.\w+ \d+ms \((?:unchanged|cached)\)(?: \(cached\))?$/, as: 'unchanged files', certain: true },
      { pattern: /^\S+\.\w+ \d+ms$/, as: 'formatted files', show: 30, certain: true },
      { pattern: /^\[warn\] \S+\.\w+$/, as: 'files to format', show: 30, certain: true },
    ],
    cases: [
      {
        name: 'folds unchanged files and keeps the changed one',
        command: 'prettier --write .',
        output: `
x30 | src/part-{n}.ts {n}ms (unchanged)
src/cart.ts 41ms
[error] src/tax.ts: SyntaxError: Unexpected token (9:1)
`,
        shows: `
src/part-1.ts 1ms (unchanged)
... 21 lines: unchanged files x21
src/part-23.ts 23ms (unchanged)
src/part-24.ts 24ms (unchanged)
src/part-25.ts 25ms (unchanged)
src/part-26.ts 26ms (unchanged)
src/part-27.ts 27ms (unchanged)
src/part-28.ts 28ms (unchanged)
src/part-29.ts 29ms (unchanged)
src/part-30.ts 30ms (unchanged)
src/cart.ts 41ms
[error] src/tax.ts: SyntaxError: Unexpected token (9:1)
`,
      },
    ],
  },
  {
    name: 'ruff',
    version: 1,
    about: 'distinct findings and totals stay; the same message at more than a few places folds',
    match: [
      {
        program: ['ruff', 'flake8', 'pycodestyle', 'pydocstyle', 'pyflakes', 'pylama', 'vulture'],
        not: ['--output-format=json'],
      },
      { program: ['pep8', 'autopep8', 'isort', 'yapf'] },
    ],
    sign: [/^\S+\.py:\d+:\d+: [A-Z]{1,4}\d{3,4} /],
    summary: [
      /^Found \d+ errors?/,
      /^\d+ files? (?:would be )?(?:reformatted|left unchanged|already formatted)/,
      /^All checks passed/,
      /^\[\*\] \d+ fixable/,
    ],
    fold: [{ pattern: /^\S+:\d+:\d+: (?<kind>[A-Z]{1,4}\d{3,4} .*)$/, as: '', show: SHOWN, certain: true }],
    cases: [
      {
        name: 'counts the same message and keeps each other one',
        command: 'ruff check .',
        output: `
x12 | src/part.py:{n}:1: E501 Line too long
src/cart.py:3:8: F401 [*] \`os\` imported but unused
Found 13 errors.
`,
        shows: `
src/part.py:1:1: E501 Line too long
src/part.py:2:1: E501 Line too long
src/part.py:3:1: E501 Line too long
src/part.py:4:1: E501 Line too long
src/part.py:5:1: E501 Line too long
src/part.py:6:1: E501 Line too long
... 6 lines: E501 Line too long x6
src/cart.py:3:8: F401 [*] \`os\` imported but unused
Found 13 errors.
`,
      },
    ],
  },
  {
    name: 'mypy',
    version: 1,
    about: 'distinct errors and totals stay; the same message at more than a few places folds',
    match: [{ program: ['mypy', 'dmypy', 'pyright', 'basedpyright', 'ty', 'pyre', 'pytype'], not: ['--outputjson'] }],
    sign: [/^Found \d+ errors? in \d+ files?/, /^Success: no issues found in/],
    summary: [/^Found \d+ errors?/, /^Success: /, /^\d+ errors?, \d+ warnings?/],
    fold: [
      { pattern: /^\S+:\d+(?::\d+)?: error: (?<kind>.*)$/, as: 'error', show: 12, certain: true },
      { pattern: /^\S+:\d+(?::\d+)?: note: (?<kind>.*)$/, as: 'note', show: 2, certain: true },
      { pattern: /^\s+\S+:\d+:\d+ - warning: (?<kind>.*)$/, as: 'warning', show: SHOWN, certain: true },
      { pattern: /^\s+\S+:\d+:\d+ - error: (?<kind>.*)$/, as: 'error', show: 12, certain: true },
    ],
    cases: [
      {
        name: 'counts the same note',
        command: 'poetry run mypy src',
        output: `
src/cart.py:9: error: Name "tax" is not defined  [name-defined]
x8 | src/part.py:{n}: note: See https://mypy.readthedocs.io/en/stable/running_mypy.html#missing-imports
Found 1 error in 1 file (checked 12 source files)
`,
        shows: `
src/cart.py:9: error: Name "tax" is not defined  [name-defined]
src/part.py:1: note: See https://mypy.readthedocs.io/en/stable/running_mypy.html#missing-imports
src/part.py:2: note: See https://mypy.readthedocs.io/en/stable/running_mypy.html#missing-imports
... 5 lines: note See https://mypy.readthedocs.io/en/stable/r x5
src/part.py:8: note: See https://mypy.readthedocs.io/en/stable/running_mypy.html#missing-imports
Found 1 error in 1 file (checked 12 source files)
`,
      },
    ],
  },
  {
    name: 'pylint',
    version: 1,
    about: 'distinct findings and the rating stay; the same message at more than a few places folds',
    match: [{ program: ['pylint', 'prospector'] }],
    sign: [/^Your code has been rated at /],
    summary: [/^Your code has been rated at/],
    fold: [
      { pattern: /^\S+:\d+:\d+: (?<kind>[CRWI]\d{4}: .*)$/, as: '', show: SHOWN, certain: true },
      { pattern: /^\*{5,} Module \S+$/, as: 'modules', heading: true },
    ],
    cases: [
      {
        name: 'counts the same convention and keeps the error',
        output: `
************* Module shop.cart
x12 | shop/cart.py:{n}:0: C0116: Missing function or method docstring (missing-function-docstring)
shop/cart.py:40:4: E0602: Undefined variable 'tax' (undefined-variable)
************* Module shop.mail
shop/mail.py:9:0: C0116: Missing function or method docstring (missing-function-docstring)

------------------------------------------------------------------
Your code has been rated at 6.10/10 (previous run: 6.10/10, +0.00)
`,
        shows: `
************* Module shop.cart
shop/cart.py:1:0: C0116: Missing function or method docstring (missing-function-docstring)
shop/cart.py:2:0: C0116: Missing function or method docstring (missing-function-docstring)
shop/cart.py:3:0: C0116: Missing function or method docstring (missing-function-docstring)
shop/cart.py:4:0: C0116: Missing function or method docstring (missing-function-docstring)
shop/cart.py:5:0: C0116: Missing function or method docstring (missing-function-docstring)
shop/cart.py:6:0: C0116: Missing function or method docstring (missing-function-docstring)
... 6 lines: C0116: Missing function or method docstring (mis x6
shop/cart.py:40:4: E0602: Undefined variable 'tax' (undefined-variable)
************* Module shop.mail
... 2 lines: C0116: Missing function or method docstring (mis x1
------------------------------------------------------------------
Your code has been rated at 6.10/10 (previous run: 6.10/10, +0.00)
`,
      },
    ],
  },
  {
    name: 'black',
    version: 1,
    about: 'files that could not be read, the first thirty reformatted files and totals stay',
    match: [{ program: ['black', 'blue'], not: ['--diff', '-c'] }],
    summary: [/^\d+ files? (?:would be )?(?:reformatted|left unchanged)/, /^(?:All done|Oh no)!/],
    tail: 3,
    fold: [
      { pattern: /^(?:would reformat|reformatted) \S/, as: 'files', show: 30, certain: true },
      { pattern: /^\S.* (?:already well formatted|wasn't modified on disk).*$/, as: 'unchanged files', certain: true },
    ],
    cases: [
      {
        name: 'counts reformatted files and keeps the one it cannot parse',
        output: `
x40 | reformatted /repo/src/part_{n}.py
error: cannot format /repo/src/tax.py: Cannot parse: 9:4: def f(:
Oh no! 💥 💔 💥
40 files reformatted, 3 files left unchanged, 1 file failed to reformat.
`,
        shows: `
reformatted /repo/src/part_1.py
reformatted /repo/src/part_2.py
reformatted /repo/src/part_3.py
reformatted /repo/src/part_4.py
reformatted /repo/src/part_5.py
reformatted /repo/src/part_6.py
reformatted /repo/src/part_7.py
reformatted /repo/src/part_8.py
reformatted /repo/src/part_9.py
reformatted /repo/src/part_10.py
reformatted /repo/src/part_11.py
reformatted /repo/src/part_12.py
reformatted /repo/src/part_13.py
reformatted /repo/src/part_14.py
reformatted /repo/src/part_15.py
reformatted /repo/src/part_16.py
reformatted /repo/src/part_17.py
reformatted /repo/src/part_18.py
reformatted /repo/src/part_19.py
reformatted /repo/src/part_20.py
reformatted /repo/src/part_21.py
reformatted /repo/src/part_22.py
reformatted /repo/src/part_23.py
reformatted /repo/src/part_24.py
reformatted /repo/src/part_25.py
reformatted /repo/src/part_26.py
reformatted /repo/src/part_27.py
reformatted /repo/src/part_28.py
reformatted /repo/src/part_29.py
reformatted /repo/src/part_30.py
... 10 lines: files x10
error: cannot format /repo/src/tax.py: Cannot parse: 9:4: def f(:
Oh no! 💥 💔 💥
40 files reformatted, 3 files left unchanged, 1 file failed to reformat.
`,
      },
    ],
  },
  {
    name: 'rubocop',
    version: 1,
    about: 'distinct offenses and totals stay; the same offense at more than a few places folds, excerpts too',
    match: [{ program: ['rubocop', 'standardrb', 'erblint'], not: ['-f', '--format'] }],
    summary: [/^\d+ files? inspected, /],
    fold: [
      { pattern: /^\S+:\d+:\d+: (?<kind>[CRWI]: .*)$/, as: '', show: SHOWN, certain: true },
      { pattern: /^\.+$/, as: 'progress', certain: true },
      { pattern: /^\s*\^+(?: \.\.\.)?$|^\s+\.\.\. *$/, as: 'underlines', certain: true },
    ],
    cases: [
      {
        name: 'counts the same offense',
        output: `
Inspecting 12 files
x12 | lib/part.rb:{n}:1: C: [Correctable] Style/StringLiterals: Prefer single-quoted strings.
lib/cart.rb:9:3: E: Lint/Syntax: unexpected token tRPAREN

12 files inspected, 13 offenses detected, 12 offenses autocorrectable
`,
        shows: `
Inspecting 12 files
lib/part.rb:1:1: C: [Correctable] Style/StringLiterals: Prefer single-quoted strings.
lib/part.rb:2:1: C: [Correctable] Style/StringLiterals: Prefer single-quoted strings.
lib/part.rb:3:1: C: [Correctable] Style/StringLiterals: Prefer single-quoted strings.
lib/part.rb:4:1: C: [Correctable] Style/StringLiterals: Prefer single-quoted strings.
lib/part.rb:5:1: C: [Correctable] Style/StringLiterals: Prefer single-quoted strings.
lib/part.rb:6:1: C: [Correctable] Style/StringLiterals: Prefer single-quoted strings.
... 6 lines: C: Correctable Style/StringLiterals: Prefer sing x6
lib/cart.rb:9:3: E: Lint/Syntax: unexpected token tRPAREN

12 files inspected, 13 offenses detected, 12 offenses autocorrectable
`,
      },
    ],
  },
  {
    name: 'shellcheck',
    version: 1,
    about: 'every finding stays with its line; links and excerpts of very many findings fold',
    match: [{ program: 'shellcheck', not: ['-f', '--format'] }],
    blocks: [{ start: /^In \S+ line \d+:$/, before: /^In \S+ line \d+:$|^For more information:$/, as: 'finding' }],
    fold: [{ pattern: /^ {2}https:\/\/www\.shellcheck\.net\/wiki\/SC\d+ -- /, as: 'links', certain: true }],
    tail: 1,
    cases: [
      {
        name: 'keeps a finding whole',
        output: `
In run.sh line 3:
rm -rf $dir/*
       ^--^ SC2086 (info): Double quote to prevent globbing and word splitting.

For more information:
x4 |   https://www.shellcheck.net/wiki/SC208{n} -- Double quote to prevent...
`,
        shows: `
In run.sh line 3:
rm -rf $dir/*
       ^--^ SC2086 (info): Double quote to prevent globbing and word splitting.

For more information:
... 3 lines: links x3
  https://www.shellcheck.net/wiki/SC2084 -- Double quote to prevent...
`,
      },
    ],
  },
  {
    name: 'pre-commit',
    version: 1,
    about: 'failed hooks with their output stay; passed and skipped hooks fold',
    match: [{ program: ['pre-commit', 'lefthook', 'lint-staged', 'husky'] }],
    fold: [
      { pattern: /^\S.*\.\.\.Passed$/, as: 'passed hooks' },
      { pattern: /^\S.*\.\.\.(?:\([^()]*\))?Skipped$/, as: 'skipped hooks', certain: true },
      {
        pattern: /^\[INFO\] (?:Initializing|Installing|Once installed|This may take)/,
        as: 'setup lines',
        certain: true,
      },
    ],
    cases: [
      {
        name: 'keeps the failed hook with its output',
        command: 'pre-commit run --all-files',
        output: `
x9 | check part {n}.........................................................Passed
black....................................................................Failed
- hook id: black
- files were modified by this hook

reformatted src/cart.py
`,
        shows: `
check part 1.........................................................Passed
... 8 lines: passed hooks x8
black....................................................................Failed
- hook id: black
- files were modified by this hook

reformatted src/cart.py
`,
      },
    ],
  },
]

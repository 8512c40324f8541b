// Data: test runners of JavaScript. Every failure, its name, its detail and the totals stay; passing tests fold.
import type { Filter, Fold } from '../spec.js'

const PASSED: Fold = { pattern: /^\s+[✓✔√] \S/, as: 'passed tests' }
const SUITE: Fold = { pattern: /^ {2,}\S.*$/, as: 'suites', heading: 'deeper' }
const COVERED: Fold = {
  pattern: /^\s*\S+\s+\|\s+100 \|\s+100 \|\s+100 \|\s+100 \|\s*$/,
  as: 'fully covered files',
  certain: true,
}

export const javascriptTests: readonly Filter[] = [
  {
    name: 'jest',
    version: 1,
    about: 'failing tests with their detail, console output and totals stay; passing files and tests fold',
    match: [
      { program: ['jest', 'jest-cli'], not: ['--json'] },
      { program: 'react-scripts', sub: 'test' },
    ],
    sign: [/^Test Suites: .*\d+ total$/, /^Ran all test suites\b/],
    keep: [/^\s*● /, /^(?:FAIL|RUNS) /, /^\s+[✕✗×] /],
    summary: [/^(?:Test Suites|Tests|Snapshots|Time): /, /^Ran all test suites/],
    fold: [
      { pattern: /^PASS \S/, as: 'passed files', heading: 'indented' },
      PASSED,
      { pattern: /^\s+○ (?:skipped )?\S/, as: 'skipped tests', show: 5, certain: true },
      { pattern: /^\s+✎ todo /, as: 'todo tests', show: 5, certain: true },
      COVERED,
      SUITE,
    ],
    blocks: [{ start: /^ {2}● \S/, before: /^ {2}● |^(?:PASS|FAIL) |^Test Suites: /, as: 'failure' }],
    cases: [
      {
        name: 'folds passing files, keeps the failing test whole',
        command: 'npx jest --ci',
        output: `
x20 | PASS src/part-{n}.test.ts
FAIL src/cart.test.ts
  ● cart › rounds totals once

    expect(received).toBe(expected) // Object.is equality

    Expected: 10.02
    Received: 10.03

      at Object.<anonymous> (src/cart.test.ts:12:20)

Test Suites: 1 failed, 20 passed, 21 total
Tests:       1 failed, 99 passed, 100 total
Snapshots:   0 total
Time:        3.2 s
`,
        shows: `
PASS src/part-1.test.ts
... 19 lines: passed files x19
FAIL src/cart.test.ts
  ● cart › rounds totals once

    expect(received).toBe(expected) // Object.is equality

    Expected: 10.02
    Received: 10.03

      at Object.<anonymous> (src/cart.test.ts:12:20)

Test Suites: 1 failed, 20 passed, 21 total
Tests:       1 failed, 99 passed, 100 total
Snapshots:   0 total
Time:        3.2 s
`,
      },
      {
        name: 'folds the tree of passing tests and keeps the slow and the skipped one',
        command: 'jest --verbose',
        output: `
PASS src/cart.test.ts
  cart
    totals
x12 |       ✓ adds row {n} (2 ms)
      ✓ renders the report (8123 ms)
      ○ skipped sorts by price

Test Suites: 1 passed, 1 total
Tests:       1 skipped, 13 passed, 14 total
`,
        shows: `
PASS src/cart.test.ts
  cart
    totals
... 12 lines: passed tests x12
      ✓ renders the report (8123 ms)
      ○ skipped sorts by price

Test Suites: 1 passed, 1 total
Tests:       1 skipped, 13 passed, 14 total
`,
      },
      {
        name: 'keeps what a passing file printed, under its name',
        command: 'yarn jest',
        output: `
x9 | PASS src/part-{n}.test.ts
PASS src/mail.test.ts
  ● Console

    console.warn
      retrying in 5 s

      at send (src/mail.ts:9:3)

Test Suites: 10 passed, 10 total
`,
        shows: `
PASS src/part-1.test.ts
... 8 lines: passed files x8
PASS src/mail.test.ts
  ● Console

    console.warn
      retrying in 5 s

      at send (src/mail.ts:9:3)

Test Suites: 10 passed, 10 total
`,
      },
    ],
  },
  {
    name: 'vitest',
    version: 1,
    about: 'failing tests with their detail, printed output and totals stay; passing files and tests fold',
    match: [{ program: 'vitest', not: ['--reporter=json'] }],
    sign: [/^\s*Test Files {2}.*\(\d+\)$/, /^ ?RUN {2}v\d/],
    keep: [/^\s*FAIL {2}/, /^\s+[×❯✗] /, /^(?:stdout|stderr) \| /],
    summary: [/^\s*(?:Test Files|Tests|Errors|Type Errors) {2}/, /^\s*Duration {2}/],
    fold: [
      {
        pattern: /^\s+[✓√] \S.*\(\d+ tests?(?: \| \d+ skipped)?\)(?: {1,2}\d+ ?ms)?$/,
        as: 'passed files',
        heading: 'indented',
      },
      PASSED,
      { pattern: /^\s+↓ \S/, as: 'skipped tests', show: 5, certain: true },
      COVERED,
    ],
    blocks: [{ start: /^ ?FAIL {2}\S/, before: /^ ?FAIL {2}\S|^\s*Test Files {2}/, as: 'failure' }],
    cases: [
      {
        name: 'folds passing files and keeps the failing one',
        command: 'pnpm exec vitest run',
        output: `
 RUN  v4.1.11 /repo

x20 |  ✓ src/part-{n}.test.ts (4 tests) 12ms
 ❯ src/cart.test.ts (3 tests | 1 failed) 31ms
   ✓ adds rows 1ms
   × rounds totals once 9ms

⎯⎯⎯⎯⎯⎯⎯ Failed Tests 1 ⎯⎯⎯⎯⎯⎯⎯

 FAIL  src/cart.test.ts > cart > rounds totals once
AssertionError: expected 10.03 to be 10.02
 ❯ src/cart.test.ts:12:20

 Test Files  1 failed | 20 passed (21)
      Tests  1 failed | 82 passed (83)
   Duration  1.42s
`,
        shows: `
 RUN  v4.1.11 /repo
... 21 lines: passed files x20
 ❯ src/cart.test.ts (3 tests | 1 failed) 31ms
... 1 line: passed tests x1
   × rounds totals once 9ms

⎯⎯⎯⎯⎯⎯⎯ Failed Tests 1 ⎯⎯⎯⎯⎯⎯⎯

 FAIL  src/cart.test.ts > cart > rounds totals once
AssertionError: expected 10.03 to be 10.02
 ❯ src/cart.test.ts:12:20

 Test Files  1 failed | 20 passed (21)
      Tests  1 failed | 82 passed (83)
   Duration  1.42s
`,
      },
      {
        name: 'keeps a slow file among passing ones',
        command: 'npm test',
        output: `
 RUN  v4.1.11 /repo

x20 |  ✓ src/part-{n}.test.ts (4 tests) 12ms
 ✓ src/slow.test.ts (2 tests) 9120ms

 Test Files  21 passed (21)
      Tests  82 passed (82)
`,
        shows: `
 RUN  v4.1.11 /repo
... 21 lines: passed files x20
 ✓ src/slow.test.ts (2 tests) 9120ms

 Test Files  21 passed (21)
      Tests  82 passed (82)
`,
      },
    ],
  },
  {
    name: 'mocha',
    version: 1,
    about: 'failing tests with their detail and totals stay; passing tests and their suites fold',
    match: [{ program: ['mocha', '_mocha', 'nyc', 'c8', 'electron-mocha'] }, { program: 'ng', sub: 'test' }],
    sign: [/^\s+\d+ passing \(\d/],
    keep: [/^\s+\d+\) /],
    summary: [/^\s+\d+ (?:passing|failing|pending)\b/],
    fold: [PASSED, { pattern: /^\s+- \S/, as: 'pending tests', show: 5, certain: true }, COVERED, SUITE],
    blocks: [{ start: /^\s+\d+ failing$/, before: /^npm (?:ERR!|error)|^-{20,}\|/, as: 'failures' }],
    cases: [
      {
        name: 'folds passing suites and keeps the failing test and its detail',
        output: `
  cart
x12 |     ✓ adds row {n}
    1) rounds totals once

  mail
x5 |     ✔ sends {n}


  17 passing (40ms)
  1 failing

  1) cart
       rounds totals once:
     AssertionError: expected 10.03 to equal 10.02
      at Context.<anonymous> (test/cart.js:9:14)
`,
        shows: `
  cart
... 12 lines: passed tests x12
    1) rounds totals once

  mail
... 7 lines: passed tests x5
  17 passing (40ms)
  1 failing

  1) cart
       rounds totals once:
     AssertionError: expected 10.03 to equal 10.02
      at Context.<anonymous> (test/cart.js:9:14)
`,
      },
    ],
  },
  {
    name: 'ava',
    version: 1,
    about: 'failing tests with their detail and totals stay; passing tests fold',
    match: [{ program: 'ava' }],
    sign: [/^ {2}\d+ tests? (?:passed|failed)$/],
    keep: [/^\s+✘ /],
    summary: [/^ {2}\d+ (?:tests?|known failures?|uncaught exceptions?|unhandled rejections?)\b/],
    fold: [PASSED, { pattern: /^\s+- (?:\[skip\] )?\S/, as: 'skipped tests', show: 5, certain: true }],
    cases: [
      {
        name: 'folds passing tests',
        output: `
x12 |   ✔ cart › adds row {n}
  ✘ [fail]: cart › rounds totals once Rounded twice
  ─

  cart › rounds totals once
  test/cart.js:9

  Rounded twice

  1 test failed
`,
        shows: `
  ✔ cart › adds row 1
... 11 lines: passed tests x11
  ✘ [fail]: cart › rounds totals once Rounded twice
  ─

  cart › rounds totals once
  test/cart.js:9

  Rounded twice

  1 test failed
`,
      },
    ],
  },
  {
    name: 'node-test',
    version: 1,
    about: 'failing tests with their detail and totals stay; passing tests, their details and suites fold',
    match: [{ program: ['node', 'tsx'], flags: ['--test'] }, { program: ['tap', 'tape', 'zora'] }],
    sign: [/^TAP version 1[34]$/, /^ℹ tests \d+$/, /^# tests \d+$/],
    keep: [/^\s*not ok /, /^\s*✖ /, /# TODO\b/],
    summary: [/^(?:ℹ|#) (?:tests|pass|fail|cancelled|skipped|todo|duration_ms|suites)\b/, /^1\.\.\d+$/],
    fold: [
      { pattern: /^\s*✔ \S/, as: 'passed tests' },
      { pattern: /^\s*ok \d+(?: -)? .*# SKIP\b/, as: 'skipped tests', show: 5, certain: true },
      { pattern: /^\s*ok \d+\b/, as: 'passed tests' },
      { pattern: /^\s*﹣ \S/, as: 'skipped tests', show: 5, certain: true },
      { pattern: /^\s*# Subtest: /, as: 'subtests', heading: true },
      { pattern: /^\s*▶ \S/, as: 'suites', heading: 'indented' },
      { pattern: /^\s+1\.\.\d+$/, as: 'plans', certain: true },
    ],
    blocks: [
      { start: /^\s*not ok /, until: /^\s+\.\.\.$/, before: /^\s*(?:ok|not ok) \d|^\s*# Subtest/, as: 'failure' },
      { start: /^\s+---$/, until: /^\s+\.\.\.$/, as: 'details', do: 'fold' },
    ],
    cases: [
      {
        name: 'keeps the failing TAP test with its detail',
        command: 'node --test --test-reporter=tap',
        output: `
TAP version 13
# Subtest: adds rows
ok 1 - adds rows
  ---
  duration_ms: 0.51
  type: 'test'
  ...
# Subtest: rounds once
not ok 2 - rounds once
  ---
  duration_ms: 0.9
  failureType: 'testCodeFailure'
  error: '10.03 !== 10.02'
  ...
# Subtest: sums
ok 3 - sums
  ---
  duration_ms: 0.3
  ...
1..3
# tests 3
# pass 2
# fail 1
`,
        shows: `
TAP version 13
... 6 lines: details x4, subtests x1, passed tests x1
# Subtest: rounds once
not ok 2 - rounds once
  ---
  duration_ms: 0.9
  failureType: 'testCodeFailure'
  error: '10.03 !== 10.02'
  ...
# Subtest: sums
... 4 lines: details x3, passed tests x1
1..3
# tests 3
# pass 2
# fail 1
`,
      },
      {
        name: 'folds passing suites of the spec reporter',
        command: 'node --test',
        output: `
▶ cart
x12 |   ✔ adds row {n} (0.4ms)
▶ cart (3.1ms)
ℹ tests 12
ℹ pass 12
ℹ fail 0
`,
        shows: `
▶ cart
... 13 lines: passed tests x12, suites x1
ℹ tests 12
ℹ pass 12
ℹ fail 0
`,
      },
    ],
  },
  {
    name: 'playwright',
    version: 1,
    about: 'failing and flaky tests with their detail and totals stay; passing tests and progress fold',
    match: [{ program: 'playwright', sub: 'test' }],
    sign: [/^Running \d+ tests? using \d+ workers?$/],
    keep: [/^\s+[✘×] /, /^\s+\d+\) \[/, /^\s+\d+ (?:failed|flaky|did not run|interrupted)/, /^ {4}\[/],
    summary: [/^\s+\d+ (?:passed|failed|flaky|skipped|did not run|interrupted)\b/],
    fold: [
      { pattern: /^\s+[✓✔] {1,4}\d+ /, as: 'passed tests' },
      { pattern: /^\s+- {1,4}\d+ /, as: 'skipped tests', show: 5, certain: true },
      { pattern: /^\[\d+\/\d+\] /, as: 'progress', certain: true },
    ],
    blocks: [
      { start: /^ {2}\d+\) \[/, before: /^ {2}\d+\) \[|^ {2}\d+ (?:passed|failed|flaky|skipped)/, as: 'failure' },
    ],
    cases: [
      {
        name: 'folds passing tests and keeps the failing one',
        command: 'npx playwright test',
        output: `
Running 13 tests using 4 workers

x12 |   ✓  {n} [chromium] › cart.spec.ts:{n}:1 › adds row (1.2s)
  ✘  13 [chromium] › cart.spec.ts:40:1 › pays (5.1s)

  1) [chromium] › cart.spec.ts:40:1 › pays ───────────

    Error: Timed out 5000ms waiting for expect(locator).toBeVisible()

  1 failed
    [chromium] › cart.spec.ts:40:1 › pays
  12 passed (9.8s)
`,
        shows: `
Running 13 tests using 4 workers
... 13 lines: passed tests x12
  ✘  13 [chromium] › cart.spec.ts:40:1 › pays (5.1s)

  1) [chromium] › cart.spec.ts:40:1 › pays ───────────

    Error: Timed out 5000ms waiting for expect(locator).toBeVisible()

  1 failed
    [chromium] › cart.spec.ts:40:1 › pays
  12 passed (9.8s)
`,
      },
    ],
  },
  {
    name: 'cypress',
    version: 1,
    about: 'failing tests with their detail and the final table stay; passing tests and specs fold',
    match: [{ program: 'cypress', sub: 'run' }],
    sign: [/^ {2}\(Run Finished\)$/, /^ {2}\(Run Starting\)$/],
    keep: [/✖/, /^\s+\d+\) /],
    summary: [/^\s+\d+ (?:passing|failing|pending)\b/, /All specs passed|of \d+ failed/],
    fold: [
      PASSED,
      { pattern: /^ {2}│ ✔ {2}\S.*│$/, as: 'passed specs' },
      { pattern: /^ {2}├[─┤┼]+$/, as: 'rules', certain: true },
      {
        pattern: /^ {2}│ (?:Video|Screenshots|Duration|Spec Ran|Pending|Skipped): .*│$/,
        as: 'result details',
        certain: true,
      },
      SUITE,
    ],
    cases: [
      {
        name: 'folds passing tests and specs',
        output: `
  (Run Starting)

  cart
x10 |     ✓ adds row {n} (312ms)
    1) pays

  10 passing (4s)
  1 failing

  1) cart
       pays:
     AssertionError: Timed out retrying after 4000ms: Expected to find element: #pay

  (Run Finished)

x9 |   │ ✔  part-{n}.cy.js      00:04       10       10        -        -        - │
  │ ✖  cart.cy.js           00:09       11       10        1        -        - │
    ✖  1 of 10 failed (10%)
`,
        shows: `
  (Run Starting)

  cart
... 10 lines: passed tests x10
    1) pays

  10 passing (4s)
  1 failing

  1) cart
       pays:
     AssertionError: Timed out retrying after 4000ms: Expected to find element: #pay

  (Run Finished)
... 10 lines: passed specs x9
  │ ✖  cart.cy.js           00:09       11       10        1        -        - │
    ✖  1 of 10 failed (10%)
`,
      },
    ],
  },
]

// Data: cargo, rustc and go. Diagnostics, failing tests with their output and totals stay; progress and passes fold.
import type { Block, Filter, Fold } from '../spec.js'

const PROGRESS: Fold = {
  pattern:
    /^\s{2,}(?<kind>Compiling|Checking|Downloaded|Downloading|Adding|Updating|Locking|Fresh|Unpacking|Installing|Installed|Replacing|Blocking|Documenting|Building|Dirty|Removing|Vendoring|Packaging|Scraping|Waiting) /,
  as: '',
  certain: true,
}
const DIAGNOSTIC: Block = { start: /^(?:warning|error)(?:\[\w+\])?: /, before: /^$/, as: 'diagnostic' }

export const rustGo: readonly Filter[] = [
  {
    name: 'cargo-build',
    version: 1,
    about: 'warnings, errors and the result stay; compiled and fetched crates are counted',
    match: [
      {
        program: 'cargo',
        sub: [
          'build',
          'b',
          'check',
          'c',
          'clippy',
          'run',
          'r',
          'doc',
          'install',
          'update',
          'fetch',
          'fix',
          'publish',
          'package',
          'vendor',
          'add',
          'remove',
          'fmt',
          'rustc',
          'bench',
        ],
        not: ['--message-format=json'],
      },
      { program: ['rustc', 'rustup', 'wasm-pack', 'maturin', 'trunk', 'cross'] },
    ],
    keep: [/^(?:warning|error)(?:\[\w+\])?[: ]/],
    summary: [
      /^\s+Finished /,
      /^error: (?:could not compile|aborting|build failed|failed to)/,
      /^(?:warning|error): .*generated \d+ warnings?/,
    ],
    fold: [
      PROGRESS,
      {
        pattern: /^info: (?:downloading|installing|syncing|latest update|using) /,
        as: 'toolchain steps',
        certain: true,
      },
    ],
    blocks: [DIAGNOSTIC],
    cases: [
      {
        name: 'counts crates and keeps the warning whole',
        command: 'cargo build --release',
        output: `
    Updating crates.io index
x20 |    Compiling dep-{n} v1.0.{n}
   Compiling shop v0.1.0 (/repo)
warning: unused variable: \`tax\`
 --> src/cart.rs:9:9
  |
9 |     let tax = 1;
  |         ^^^ help: if this is intentional, prefix it with an underscore: \`_tax\`

warning: \`shop\` (bin "shop") generated 1 warning
    Finished \`release\` profile [optimized] target(s) in 12.31s
`,
        shows: `
    Updating crates.io index
... 21 lines: Compiling x21
warning: unused variable: \`tax\`
 --> src/cart.rs:9:9
  |
9 |     let tax = 1;
  |         ^^^ help: if this is intentional, prefix it with an underscore: \`_tax\`

warning: \`shop\` (bin "shop") generated 1 warning
    Finished \`release\` profile [optimized] target(s) in 12.31s
`,
      },
      {
        name: 'keeps the error and what could not be compiled',
        command: 'cargo check',
        output: `
x12 |     Checking dep-{n} v1.0.{n}
error[E0308]: mismatched types
 --> src/cart.rs:4:5
  |
4 |     "1"
  |     ^^^ expected \`u32\`, found \`&str\`

For more information about this error, try \`rustc --explain E0308\`.
error: could not compile \`shop\` (bin "shop") due to 1 previous error
`,
        shows: `
    Checking dep-1 v1.0.1
... 11 lines: Checking x11
error[E0308]: mismatched types
 --> src/cart.rs:4:5
  |
4 |     "1"
  |     ^^^ expected \`u32\`, found \`&str\`

For more information about this error, try \`rustc --explain E0308\`.
error: could not compile \`shop\` (bin "shop") due to 1 previous error
`,
      },
    ],
  },
  {
    name: 'cargo-test',
    version: 1,
    about: 'failing tests with their output and all results that say something stay; passing tests and empty runs fold',
    match: [{ program: 'cargo', sub: ['test', 't', 'nextest', 'nextest run', 'llvm-cov', 'miri'] }],
    sign: [/^test result: (?:ok|FAILED)\. \d+ passed/],
    keep: [/^test .* \.\.\. FAILED/, /^error(?:\[\w+\])?: /, /^ {4}\S+::\S+$/, /^\s+(?:FAIL|SIGABRT|TIMEOUT|SLOW) \[/],
    summary: [
      /^test result: (?:ok|FAILED)\. (?:[1-9]\d* passed|\d+ passed; (?:[1-9]\d* failed|0 failed; [1-9]))/,
      /^\s+Summary \[/,
    ],
    fold: [
      PROGRESS,
      { pattern: /^test .* \.\.\. ok(?: <[\d.]+s>)?$/, as: 'passed tests' },
      { pattern: /^test .* \.\.\. ignored(?:, .*)?$/, as: 'ignored tests', show: 5, certain: true },
      { pattern: /^\s+PASS \[ *[\d.]+s\]/, as: 'passed tests' },
      { pattern: /^\s+(?:SKIP) \[/, as: 'skipped tests', show: 5, certain: true },
      { pattern: /^running 0 tests$/, as: 'empty runs', certain: true },
      { pattern: /^test result: ok\. 0 passed; 0 failed; 0 ignored/, as: 'empty runs', certain: true },
      { pattern: /^ {5}Running \S|^ {3}Doc-tests \S/, as: 'test binaries', heading: true },
      { pattern: /^running [1-9]\d* tests?$/, as: 'starts', certain: true },
    ],
    blocks: [
      DIAGNOSTIC,
      { start: /^---- .* ----$/, before: /^---- .* ----$|^failures:$|^test result: /, as: 'output of a failing test' },
    ],
    cases: [
      {
        name: 'folds passing tests and empty runs, keeps the failing test',
        command: 'cargo test --all',
        output: `
   Compiling shop v0.1.0 (/repo)
    Finished \`test\` profile [unoptimized + debuginfo] target(s) in 1.02s
     Running unittests src/lib.rs (target/debug/deps/shop-1a2b3c4d)

running 22 tests
x20 | test cart::tests::adds_{n} ... ok
test cart::tests::needs_network ... ignored
test cart::tests::rounds ... FAILED

failures:

---- cart::tests::rounds stdout ----
thread 'cart::tests::rounds' panicked at src/cart.rs:9:5:
assertion \`left == right\` failed
  left: 1003
 right: 1002

failures:
    cart::tests::rounds

test result: FAILED. 20 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s

     Running unittests src/main.rs (target/debug/deps/shop-5e6f7a8b)

running 0 tests

test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
`,
        shows: `
   Compiling shop v0.1.0 (/repo)
    Finished \`test\` profile [unoptimized + debuginfo] target(s) in 1.02s
     Running unittests src/lib.rs (target/debug/deps/shop-1a2b3c4d)
... 22 lines: passed tests x20, starts x1
test cart::tests::needs_network ... ignored
test cart::tests::rounds ... FAILED

failures:

---- cart::tests::rounds stdout ----
thread 'cart::tests::rounds' panicked at src/cart.rs:9:5:
assertion \`left == right\` failed
  left: 1003
 right: 1002

failures:
    cart::tests::rounds

test result: FAILED. 20 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s

     Running unittests src/main.rs (target/debug/deps/shop-5e6f7a8b)

running 0 tests

test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
`,
      },
    ],
  },
  {
    name: 'go-test',
    version: 1,
    about: 'failing tests with their output and package results that failed stay; passing tests and packages fold',
    match: [{ program: 'go', sub: 'test', not: ['-json'] }, { program: ['gotestsum', 'richgo', 'ginkgo'] }],
    sign: [/^(?:ok {2}|FAIL|\? {3})\t\S+\t/],
    keep: [/^\s*--- FAIL: /, /^FAIL\b/, /^panic: /, /^# \S/],
    fold: [
      { pattern: /^=== (?:RUN|PAUSE|CONT|NAME) /, as: 'starts', heading: true },
      { pattern: /^\s*--- PASS: \S+ \((?<figure>[\d.]+)s\)$/, as: 'passed tests' },
      { pattern: /^\s*--- SKIP: /, as: 'skipped tests', show: 5, certain: true },
      { pattern: /^ok {2}\t\S+\t(?:\(cached\)|[\d.]+s)(?:\tcoverage: .*)?$/, as: 'passed packages' },
      { pattern: /^\? {3}\t\S+\t\[no test files\]$/, as: 'packages without tests', certain: true },
      { pattern: /^\t\S+\t\tcoverage: 0\.0% of statements$/, as: 'packages without tests', certain: true },
      { pattern: /^PASS$/, as: 'verdicts PASS', certain: true },
      { pattern: /^go: downloading \S+ v\S+$/, as: 'downloads', certain: true },
    ],
    cases: [
      {
        name: 'folds passing tests and keeps the failing one with its output',
        command: 'go test -v ./...',
        output: `
x20 | === RUN   TestAdd{n}
x20 | --- PASS: TestAdd{n} (0.00s)
=== RUN   TestRound
    cart_test.go:41: got 1003, want 1002
--- FAIL: TestRound (0.02s)
--- SKIP: TestCluster (0.00s)
--- PASS: TestLoad (94.11s)
FAIL
FAIL	acme.io/shop/cart	94.210s
x12 | ok  	acme.io/shop/part{n}	0.0{n}s
x6 | ?   	acme.io/shop/cmd{n}	[no test files]
FAIL
`,
        shows: `
=== RUN   TestAdd1
... 39 lines: passed tests x20, starts x19
=== RUN   TestRound
    cart_test.go:41: got 1003, want 1002
--- FAIL: TestRound (0.02s)
--- SKIP: TestCluster (0.00s)
--- PASS: TestLoad (94.11s)
FAIL
FAIL	acme.io/shop/cart	94.210s
... 17 lines: passed packages x12, packages without tests x5
?   	acme.io/shop/cmd6	[no test files]
FAIL
`,
      },
    ],
  },
  {
    name: 'go-build',
    version: 1,
    about: 'every diagnostic stays under its package; downloads fold',
    match: [
      { program: 'go', sub: ['build', 'vet', 'install', 'get', 'mod', 'run', 'generate', 'work', 'fix'] },
      { program: ['staticcheck', 'gofmt', 'goimports', 'govulncheck'] },
    ],
    keep: [/^# \S/],
    fold: [
      { pattern: /^go: (?:downloading|extracting|finding) \S+ v\S+$/, as: 'downloads', certain: true },
      { pattern: /^go: (?:added|upgraded) \S+ .*v\S+$/, as: 'added modules', show: 10, certain: true },
      { pattern: /^\tused by .*$/, as: 'users of a module', show: 10, certain: true },
    ],
    cases: [
      {
        name: 'folds downloads and keeps each diagnostic',
        command: 'go vet ./...',
        output: `
x20 | go: downloading github.com/acme/dep{n} v1.{n}.0
# acme.io/shop/cart
cart/cart.go:9:2: undefined: tax
cart/cart.go:12:9: cannot use "1" (untyped string constant) as int value in return statement
`,
        shows: `
go: downloading github.com/acme/dep1 v1.1.0
... 19 lines: downloads x19
# acme.io/shop/cart
cart/cart.go:9:2: undefined: tax
cart/cart.go:12:9: cannot use "1" (untyped string constant) as int value in return statement
`,
      },
    ],
  },
  {
    name: 'golangci-lint',
    version: 1,
    about: 'every finding stays with its place; the same message at more than a few places folds',
    match: [{ program: 'golangci-lint' }],
    summary: [/^\d+ issues[.:]/, /^\* \w+: \d+$/],
    fold: [
      { pattern: /^\S+\.go:\d+(?::\d+)?: (?<kind>.*\(\w+\))$/, as: '', show: 6, certain: true },
      { pattern: /^level=(?:info|debug) /, as: 'info lines', certain: true },
    ],
    cases: [
      {
        name: 'keeps the first places of each message',
        command: 'golangci-lint run ./...',
        output: `
x9 | cart/cart.go:{n}:2: Error return value of \`f.Close\` is not checked (errcheck)
cart/tax.go:4:6: func \`tax\` is unused (unused)
10 issues:
* errcheck: 9
* unused: 1
`,
        shows: `
cart/cart.go:1:2: Error return value of \`f.Close\` is not checked (errcheck)
cart/cart.go:2:2: Error return value of \`f.Close\` is not checked (errcheck)
cart/cart.go:3:2: Error return value of \`f.Close\` is not checked (errcheck)
cart/cart.go:4:2: Error return value of \`f.Close\` is not checked (errcheck)
cart/cart.go:5:2: Error return value of \`f.Close\` is not checked (errcheck)
cart/cart.go:6:2: Error return value of \`f.Close\` is not checked (errcheck)
... 3 lines: Error return value of \`f.Close\` is not checked ( x3
cart/tax.go:4:6: func \`tax\` is unused (unused)
10 issues:
* errcheck: 9
* unused: 1
`,
      },
    ],
  },
]

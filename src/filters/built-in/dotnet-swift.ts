// Data: .NET, Swift, Xcode, Flutter, Elixir and PHP and Ruby test runners. Failures with their detail and totals stay.
import type { Filter } from '../spec.js'

export const dotnetSwift: readonly Filter[] = [
  {
    name: 'dotnet-build',
    version: 1,
    about: 'warnings, errors and the result stay; restored and built projects fold',
    match: [
      {
        program: 'dotnet',
        sub: ['build', 'restore', 'publish', 'pack', 'run', 'add', 'clean', 'tool', 'format', 'ef'],
      },
      { program: ['msbuild', 'nuget', 'xbuild'] },
    ],
    summary: [/^Build (?:succeeded|FAILED)/, /^\s+\d+ (?:Warning|Error)\(s\)/, /^Time Elapsed/],
    tail: 4,
    fold: [
      {
        pattern: /^ {2}Restored \S+\.\w+proj \(in (?<figure>[\d.]+) m?s(?:ec)?\)\.$/,
        as: 'restored projects',
        certain: true,
      },
      { pattern: /^ {2}\S+ -> \S+\.(?:dll|exe|nupkg)$/, as: 'built projects' },
      {
        pattern:
          /^ {2}(?:Determining projects to restore|All projects are up-to-date|\d+ of \d+ projects are up-to-date)/,
        as: 'restore lines',
        certain: true,
      },
      { pattern: /^\s*(?:GET|OK|CACHE) https?:\/\//, as: 'fetches' },
    ],
    cases: [
      {
        name: 'folds projects and keeps each diagnostic',
        command: 'dotnet build',
        output: `
  Determining projects to restore...
x12 |   Restored /repo/Part{n}/Part{n}.csproj (in 2{n} ms).
x12 |   Part{n} -> /repo/Part{n}/bin/Debug/net8.0/Part{n}.dll
/repo/Cart/Cart.cs(9,13): warning CS0168: The variable 'tax' is declared but never used [/repo/Cart/Cart.csproj]
/repo/Cart/Cart.cs(12,9): error CS0103: The name 'sum' does not exist in the current context [/repo/Cart/Cart.csproj]

Build FAILED.
    1 Warning(s)
    1 Error(s)

Time Elapsed 00:00:04.12
`,
        shows: `
  Determining projects to restore...
... 24 lines: restored projects x12, built projects x12
/repo/Cart/Cart.cs(9,13): warning CS0168: The variable 'tax' is declared but never used [/repo/Cart/Cart.csproj]
/repo/Cart/Cart.cs(12,9): error CS0103: The name 'sum' does not exist in the current context [/repo/Cart/Cart.csproj]

Build FAILED.
    1 Warning(s)
    1 Error(s)

Time Elapsed 00:00:04.12
`,
      },
    ],
  },
  {
    name: 'dotnet-test',
    version: 1,
    about: 'failing tests with their detail and totals stay; passing tests fold',
    match: [{ program: 'dotnet', sub: ['test', 'vstest'] }],
    sign: [/^(?:Passed|Failed)! {2}- Failed: +\d+, Passed: +\d+/],
    keep: [/^\s+Failed \S/],
    summary: [/^(?:Passed|Failed)! {2}- /, /^Total tests: |^Test Run (?:Failed|Successful)/],
    tail: 4,
    fold: [
      { pattern: /^\s+Passed \S.*\[(?:<? ?[\d.]+ m?s|[\d.]+ m(?: [\d.]+ s)?)\]$/, as: 'passed tests' },
      { pattern: /^\s+Skipped \S/, as: 'skipped tests', show: 5, certain: true },
      {
        pattern: /^ {2}\S+ -> \S+\.dll$|^ {2}Determining projects|^ {2}Restored /,
        as: 'built projects',
        certain: true,
      },
    ],
    blocks: [
      {
        start: /^ {2}Failed \S/,
        before: /^ {2}(?:Passed|Failed|Skipped) \S|^(?:Passed|Failed)! |^Total tests|^Test Run/,
        as: 'failure',
      },
    ],
    cases: [
      {
        name: 'folds passing tests',
        command: 'dotnet test -v n',
        output: `
x20 |   Passed Shop.CartTests.Adds{n} [2 ms]
  Failed Shop.CartTests.Rounds [12 ms]
  Error Message:
   Assert.Equal() Failure: Values differ
  Stack Trace:
     at Shop.CartTests.Rounds() in /repo/CartTests.cs:line 12

Failed!  - Failed:     1, Passed:    20, Skipped:     0, Total:    21, Duration: 41 ms - Shop.dll (net8.0)
`,
        shows: `
  Passed Shop.CartTests.Adds1 [2 ms]
... 19 lines: passed tests x19
  Failed Shop.CartTests.Rounds [12 ms]
  Error Message:
   Assert.Equal() Failure: Values differ
  Stack Trace:
     at Shop.CartTests.Rounds() in /repo/CartTests.cs:line 12

Failed!  - Failed:     1, Passed:    20, Skipped:     0, Total:    21, Duration: 41 ms - Shop.dll (net8.0)
`,
      },
    ],
  },
  {
    name: 'swift',
    version: 1,
    about: 'diagnostics, failing tests and totals stay; compile steps and passing tests fold',
    match: [
      { program: 'swift', sub: ['build', 'test', 'package', 'run'] },
      { program: ['xcodebuild', 'xctest', 'fastlane', 'swiftlint'] },
    ],
    sign: [/^Test Suite '.*' (?:passed|failed) at /, /^\*\* (?:BUILD|TEST) (?:SUCCEEDED|FAILED) \*\*$/],
    keep: [/^\*\* /, /failed/],
    summary: [/^\s+Executed \d+ tests?/, /^Build complete|^\*\* (?:BUILD|TEST) /],
    fold: [
      { pattern: /^Test [Cc]ase '.*' (?:started|passed \([\d.]+ seconds\))\.?$/, as: 'passed tests and starts' },
      { pattern: /^Test Suite '.*' (?:started|passed) at /, as: 'suites', certain: true },
      {
        pattern: /^\[\d+\/\d+\] (?<kind>Compiling|Emitting|Linking|Build|Write|Copying|Planning|Wrapping|Merging)\b/,
        as: '',
      },
      {
        pattern:
          /^(?<kind>CompileSwift|CompileC|SwiftCompile|SwiftDriver|Ld|CpResource|CopySwiftLibs|ProcessInfoPlistFile|PhaseScriptExecution|WriteAuxiliaryFile|CreateBuildDirectory|CodeSign|MkDir|Touch|Libtool|ProcessProductPackaging|SwiftEmitModule|SwiftMergeGeneratedHeaders|EmitSwiftModule|Copy|ClangStatCache|RegisterExecutionPolicyException|GenerateDSYMFile|Validate|LinkStoryboards|CompileAssetCatalog|CompileStoryboard)\s/,
        as: 'steps',
        certain: true,
      },
      { pattern: /^ {4}(?:cd|export|builtin-\S+|\/\S+|setenv|write-file) .*$/, as: 'commands of steps', certain: true },
      {
        pattern: /^(?:Fetching|Fetched|Computing version|Computed|Creating working copy|Working copy of|Building for) /,
        as: 'package steps',
        certain: true,
      },
    ],
    cases: [
      {
        name: 'keeps the failing test',
        command: 'swift test',
        output: `
x12 | [{n}/13] Compiling Shop Part{n}.swift
x12 | Test Case '-[CartTests test{n}]' passed (0.00{n} seconds).
/repo/CartTests.swift:12: error: -[CartTests testRounds] : XCTAssertEqual failed: ("1003") is not equal to ("1002")
Test Case '-[CartTests testRounds]' failed (0.010 seconds).
	 Executed 13 tests, with 1 failure (0 unexpected) in 0.1 (0.1) seconds
`,
        shows: `
[1/13] Compiling Shop Part1.swift
... 23 lines: passed tests and starts x12, Compiling x11
/repo/CartTests.swift:12: error: -[CartTests testRounds] : XCTAssertEqual failed: ("1003") is not equal to ("1002")
Test Case '-[CartTests testRounds]' failed (0.010 seconds).
	 Executed 13 tests, with 1 failure (0 unexpected) in 0.1 (0.1) seconds
`,
      },
    ],
  },
  {
    name: 'flutter',
    version: 1,
    about: 'failing tests with their detail and totals stay; passing tests and progress fold',
    match: [{ program: ['flutter', 'dart', 'fvm'], sub: ['test', 'build', 'pub', 'run', 'analyze'] }],
    sign: [/^\d\d:\d\d \+\d+(?: ~\d+)?(?: -\d+)?: /],
    keep: [/\[E\]$/],
    summary: [/^\d\d:\d\d \+\d+.*: (?:All tests passed|Some tests failed)/],
    fold: [
      { pattern: /^\d\d:\d\d \+\d+(?: ~\d+)?: (?!All tests|Some tests).*$/, as: 'passed tests', certain: true },
      {
        pattern: /^\d\d:\d\d \+\d+(?: ~\d+)? -\d+: (?!.*\[E\]$|Some tests).*$/,
        as: 'tests run after a failure',
        certain: true,
      },
      { pattern: /^[+>] \S+ \d\S*(?: \(.*\))?$/, as: 'changed packages', show: 10, certain: true },
      { pattern: /^ {2}\S+ \d\S* \(\d\S* available\)$/, as: 'packages with newer versions', show: 3, certain: true },
    ],
    cases: [
      {
        name: 'keeps the failing test',
        command: 'flutter test',
        output: `
x20 | 00:0{n} +{n}: cart adds row {n}
00:03 +20 -1: cart rounds totals once [E]
  Expected: <1002>
    Actual: <1003>
00:04 +21 -1: Some tests failed.
`,
        shows: `
00:01 +1: cart adds row 1
... 8 lines: passed tests x8
00:010 +10: cart adds row 10
00:011 +11: cart adds row 11
00:012 +12: cart adds row 12
00:013 +13: cart adds row 13
00:014 +14: cart adds row 14
00:015 +15: cart adds row 15
00:016 +16: cart adds row 16
00:017 +17: cart adds row 17
00:018 +18: cart adds row 18
00:019 +19: cart adds row 19
00:020 +20: cart adds row 20
00:03 +20 -1: cart rounds totals once [E]
  Expected: <1002>
    Actual: <1003>
00:04 +21 -1: Some tests failed.
`,
      },
    ],
  },
  {
    name: 'rspec',
    version: 1,
    about: 'failures with their detail, failed examples and totals stay; rows of dots fold',
    match: [
      { program: ['rspec', 'parallel_rspec', 'cucumber', 'minitest', 'm'] },
      { program: ['rails', 'rake'], sub: ['test', 'spec', 'test:all'] },
    ],
    sign: [/^\d+ examples?, \d+ failures?/, /^\d+ runs, \d+ assertions, \d+ failures/],
    keep: [/^rspec \.\/\S+:\d+ # /, /\(FAILED - \d+\)$/],
    summary: [/^\d+ (?:examples?|runs|tests|scenarios?)\b.*\d+ /, /^Finished in /],
    fold: [
      { pattern: /^\.+$/, as: 'rows of passes', certain: true },
      { pattern: /^\S+#test_\S+ = (?<figure>[\d.]+) s = \.$/, as: 'passed tests' },
      { pattern: /^\S+#test_\S+ = [\d.]+ s = S$/, as: 'skipped tests', show: 5, certain: true },
      { pattern: /^\s+# (?:\/\S+\/gems\/|\.\/vendor\/)/, as: 'frames of gems', certain: true },
    ],
    blocks: [{ start: /^ {2}\d+\) \S/, before: /^ {2}\d+\) \S|^Finished in /, as: 'failure' }],
    cases: [
      {
        name: 'keeps the failure and the failed example',
        command: 'bundle exec rspec',
        output: `
....................F...

Failures:

  1) Cart rounds totals once
     Failure/Error: expect(total).to eq(1002)

       expected: 1002
            got: 1003
x6 |      # /usr/lib/ruby/gems/3.2.0/gems/rspec-core-3.12/lib/rspec/core/example.rb:{n}
     # ./spec/cart_spec.rb:12

Finished in 0.41 seconds (files took 0.2 seconds to load)
24 examples, 1 failure

Failed examples:

rspec ./spec/cart_spec.rb:9 # Cart rounds totals once
`,
        shows: `
....................F...

Failures:

  1) Cart rounds totals once
     Failure/Error: expect(total).to eq(1002)

       expected: 1002
            got: 1003
... 6 lines: frames of gems x6
     # ./spec/cart_spec.rb:12

Finished in 0.41 seconds (files took 0.2 seconds to load)
24 examples, 1 failure

Failed examples:

rspec ./spec/cart_spec.rb:9 # Cart rounds totals once
`,
      },
    ],
  },
  {
    name: 'phpunit',
    version: 1,
    about: 'failures with their detail and totals stay; rows of dots and passing tests fold',
    match: [
      { program: ['phpunit', 'pest', 'paratest', 'codecept'] },
      { program: ['php', 'artisan'], sub: ['artisan test', 'vendor/bin/phpunit', 'test', './vendor/bin/phpunit'] },
    ],
    sign: [/^PHPUnit \d+\.\d+/],
    keep: [/^\d+\) \S/, /^\s+[✘⨯] /],
    summary: [/^OK \(\d+ tests?|^(?:FAILURES|ERRORS|WARNINGS)!$|^Tests: \d+, /, /^ {2}Tests: {2,}/],
    fold: [
      { pattern: /^\.+\s+\d+ \/ \d+ \( *\d+%\)$/, as: 'rows of passes', certain: true },
      { pattern: /^\s+[✔✓] \S/, as: 'passed tests' },
      { pattern: /^ {3}PASS {2}\S+$/, as: 'passed classes', heading: 'indented' },
    ],
    blocks: [{ start: /^\d+\) \S/, before: /^\d+\) \S|^(?:FAILURES|ERRORS)!|^--$/, as: 'failure' }],
    cases: [
      {
        name: 'keeps the failure',
        command: './vendor/bin/phpunit',
        output: `
PHPUnit 10.5.1 by Sebastian Bergmann and contributors.

x9 | .............................................................  {n}1 / 612 ( {n}%)
..........F..................................................  610 / 612 ( 99%)
..                                                             612 / 612 (100%)

There was 1 failure:

1) CartTest::testRounds
Failed asserting that 1003 is identical to 1002.

/repo/tests/CartTest.php:12

FAILURES!
Tests: 612, Assertions: 900, Failures: 1.
`,
        shows: `
PHPUnit 10.5.1 by Sebastian Bergmann and contributors.
... 10 lines: rows of passes x9
..........F..................................................  610 / 612 ( 99%)
... 2 lines: rows of passes x1
There was 1 failure:

1) CartTest::testRounds
Failed asserting that 1003 is identical to 1002.

/repo/tests/CartTest.php:12

FAILURES!
Tests: 612, Assertions: 900, Failures: 1.
`,
      },
    ],
  },
  {
    name: 'mix',
    version: 1,
    about: 'failures, warnings and totals stay; compiled dependencies and rows of dots fold',
    match: [{ program: ['mix', 'rebar3', 'lein', 'sbt', 'stack', 'cabal'] }],
    sign: [/^\d+ (?:doctests?, )?(?:\d+ )?tests?, \d+ failures?/],
    keep: [/^\s+\d+\) test /],
    summary: [/^\d+ .*tests?, \d+ failures?/, /^\[(?:success|error)\] Total time/],
    fold: [
      { pattern: /^\.+$/, as: 'rows of passes', certain: true },
      { pattern: /^==> \S+$/, as: 'dependencies', heading: true, certain: true },
      {
        pattern: /^(?:Compiling \d+ files?|Generated \S+ app|===> (?:Compiling|Fetching|Analyzing|Verifying))/,
        as: 'compile steps',
        certain: true,
      },
      {
        pattern:
          /^\[info\] (?:compiling|downloading|resolving|loading|set current|welcome|done compiling|\[SUCCESSFUL)/,
        as: 'info lines',
        certain: true,
      },
      { pattern: /^\[info\] (?:- |\S+:$)/, as: 'passed tests' },
      { pattern: /^\[\s*\d+ of \s*\d+\] Compiling /, as: 'compiled modules', certain: true },
    ],
    blocks: [{ start: /^ {2}\d+\) test /, before: /^ {2}\d+\) test |^Finished in /, as: 'failure' }],
    cases: [
      {
        name: 'folds dependencies and keeps the failure',
        command: 'mix test',
        output: `
==> jason
Compiling 10 files (.ex)
Generated jason app
............

  1) test rounds totals once (CartTest)
     test/cart_test.exs:9
     Assertion with == failed
     left:  1003
     right: 1002

Finished in 0.1 seconds
13 tests, 1 failure
`,
        shows: `
==> jason
... 4 lines: compile steps x2, rows of passes x1
  1) test rounds totals once (CartTest)
     test/cart_test.exs:9
     Assertion with == failed
     left:  1003
     right: 1002

Finished in 0.1 seconds
13 tests, 1 failure
`,
      },
    ],
  },
]

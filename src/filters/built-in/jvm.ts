// Data: build tools of the JVM, and Bazel. Failed tasks, tests with their detail and results stay; downloads and tasks fold.
import type { Filter } from '../spec.js'

export const jvm: readonly Filter[] = [
  {
    name: 'maven',
    version: 1,
    about: 'warnings, errors, failing tests and the result stay; downloads, passing classes and plug-in steps fold',
    match: [{ program: ['mvn', 'mvnw', 'mvnd'] }],
    sign: [/^\[INFO\] (?:Scanning for projects|BUILD (?:SUCCESS|FAILURE))/],
    keep: [
      /^\[(?:ERROR|WARNING|FATAL)\] ?\S/,
      /FAILURE|<<< ERROR/,
      /^\[INFO\] (?:BUILD|Reactor Summary|Total time|Finished at|Results)/,
    ],
    summary: [
      /^\[\w+\] BUILD (?:SUCCESS|FAILURE)/,
      /^\[\w+\] Tests run: \d+, Failures: \d+, Errors: \d+, Skipped: \d+$/,
    ],
    tail: 4,
    fold: [
      { pattern: /^(?:\[INFO\] )?(?<kind>Downloading|Downloaded)(?: from \S+)?: http/, as: '' },
      { pattern: /^Progress \(\d+\)/, as: 'progress', certain: true },
      { pattern: /^\[INFO\] *$|^\[INFO\] [-=]{5,}(?:< .* >-*|\[ \w+ \]-*)?$/, as: 'rules', certain: true },
      { pattern: /^\[INFO\] --- \S+:\S+.* @ \S+ ---$/, as: 'plug-in runs', heading: true, certain: true },
      { pattern: /^\[INFO\] Running \S+$/, as: 'started classes', certain: true },
      {
        pattern:
          /^(?:\[INFO\] )?Tests run: \d+, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: (?<figure>[\d.]+) s.*$/,
        as: 'passed classes',
      },
      {
        pattern:
          /^\[INFO\] (?:Copying \d+|skip non existing|Nothing to compile|Using '|Changes detected|Compiling \d+|Building jar|Installing \/|Deleting \/|Recompiling|argLine|Loading execution|Analyzed bundle|No sources|No tests|No dependencies|Not copying|Using auto detected|Encoding|Toolchain|from \S+pom\.xml)/,
        as: 'steps',
        certain: true,
      },
      { pattern: /^\[INFO\] \S.* \.{3,} SUCCESS \[.*\]$/, as: 'modules SUCCESS' },
    ],
    cases: [
      {
        name: 'folds downloads and passing classes, keeps the failing test and the result',
        command: './mvnw -B verify',
        output: `
[INFO] Scanning for projects...
x30 | [INFO] Downloaded from central: https://repo.maven.apache.org/maven2/org/acme/dep{n}/1.0/dep{n}-1.0.jar (12 kB at 1.2 MB/s)
[WARNING] The POM for org.acme:legacy:jar:1.0 is missing, no dependency information available
[INFO] --- surefire:3.1.2:test (default-test) @ shop ---
x12 | [INFO] Tests run: {n}, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.0{n} s -- in acme.Part{n}Test
[ERROR] Tests run: 3, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 0.031 s <<< FAILURE! -- in acme.CartTest
[ERROR] acme.CartTest.rounds -- Time elapsed: 0.009 s <<< FAILURE!
org.opentest4j.AssertionFailedError: expected: <1002> but was: <1003>
	at acme.CartTest.rounds(CartTest.java:12)

[INFO] Tests are skipped.
[ERROR] Tests run: 15, Failures: 1, Errors: 0, Skipped: 0
[INFO] ------------------------------------------------------------------------
[INFO] BUILD FAILURE
[INFO] ------------------------------------------------------------------------
[INFO] Total time:  9.120 s
[INFO] Finished at: 2024-03-11T10:00:00Z
`,
        shows: `
[INFO] Scanning for projects...
... 30 lines: Downloaded x30
[WARNING] The POM for org.acme:legacy:jar:1.0 is missing, no dependency information available
[INFO] --- surefire:3.1.2:test (default-test) @ shop ---
... 12 lines: passed classes x12
[ERROR] Tests run: 3, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 0.031 s <<< FAILURE! -- in acme.CartTest
[ERROR] acme.CartTest.rounds -- Time elapsed: 0.009 s <<< FAILURE!
org.opentest4j.AssertionFailedError: expected: <1002> but was: <1003>
	at acme.CartTest.rounds(CartTest.java:12)

[INFO] Tests are skipped.
[ERROR] Tests run: 15, Failures: 1, Errors: 0, Skipped: 0
... 1 line: rules x1
[INFO] BUILD FAILURE
[INFO] ------------------------------------------------------------------------
[INFO] Total time:  9.120 s
[INFO] Finished at: 2024-03-11T10:00:00Z
`,
      },
    ],
  },
  {
    name: 'gradle',
    version: 1,
    about: 'failed tasks and tests with their detail, warnings and the result stay; other tasks fold by outcome',
    match: [{ program: ['gradle', 'gradlew'] }],
    sign: [/^BUILD (?:SUCCESSFUL|FAILED) in /, /^> Task :\S+/],
    keep: [/^\* What went wrong:|^> Task .* FAILED$|\bFAILED$/],
    summary: [/^BUILD (?:SUCCESSFUL|FAILED)/, /^\d+ actionable tasks?/, /^\d+ tests? completed/],
    fold: [
      { pattern: /^> Task :\S+ (?<kind>UP-TO-DATE|NO-SOURCE|FROM-CACHE|SKIPPED)$/, as: 'tasks', certain: true },
      { pattern: /^> Task :\S+$/, as: 'tasks run', heading: true },
      { pattern: /^Download(?:ing)? https?:\/\//, as: 'downloads', certain: true },
      { pattern: /^<[-=]*> \d+% /, as: 'progress', certain: true },
      { pattern: /^> IDLE$|^> :\S+ > /, as: 'progress', certain: true },
      { pattern: /^\S.* > .* PASSED(?: \([\d.]+m?s\))?$/, as: 'passed tests' },
      { pattern: /^\S.* > .* SKIPPED$/, as: 'skipped tests', show: 5, certain: true },
      {
        pattern: /^(?:Starting a Gradle Daemon|Welcome to Gradle|Here are the highlights|For more details see| - )/,
        as: 'greetings',
        certain: true,
      },
    ],
    blocks: [
      {
        start: /^\S.* > .* FAILED$/,
        before: /^\S.* > .* (?:PASSED|FAILED|SKIPPED)|^> Task|^\d+ tests? completed/,
        as: 'failure',
      },
    ],
    cases: [
      {
        name: 'folds tasks by outcome and keeps the failing test whole',
        command: './gradlew test',
        output: `
x20 | > Task :part{n}:compileJava UP-TO-DATE
> Task :cart:compileKotlin
w: file:///repo/cart/Cart.kt:9:5 Variable 'x' is never used
> Task :cart:test
x12 | CartTest > adds{n}() PASSED
CartTest > rounds() FAILED
    org.opentest4j.AssertionFailedError: expected: <1002> but was: <1003>
        at CartTest.rounds(CartTest.java:12)
13 tests completed, 1 failed
> Task :cart:test FAILED

* What went wrong:
Execution failed for task ':cart:test'.

BUILD FAILED in 9s
21 actionable tasks: 1 executed, 20 up-to-date
`,
        shows: `
> Task :part1:compileJava UP-TO-DATE
... 19 lines: tasks UP-TO-DATE x19
> Task :cart:compileKotlin
w: file:///repo/cart/Cart.kt:9:5 Variable 'x' is never used
> Task :cart:test
... 12 lines: passed tests x12
CartTest > rounds() FAILED
    org.opentest4j.AssertionFailedError: expected: <1002> but was: <1003>
        at CartTest.rounds(CartTest.java:12)
13 tests completed, 1 failed
> Task :cart:test FAILED

* What went wrong:
Execution failed for task ':cart:test'.

BUILD FAILED in 9s
21 actionable tasks: 1 executed, 20 up-to-date
`,
      },
    ],
  },
  {
    name: 'ant',
    version: 1,
    about: 'failures, warnings and the result stay; targets and file steps fold',
    match: [{ program: 'ant' }],
    sign: [/^Buildfile: \S/],
    keep: [/^BUILD (?:SUCCESSFUL|FAILED)/, /FAILED$/],
    summary: [/^BUILD (?:SUCCESSFUL|FAILED)/, /^Total time: /],
    fold: [
      {
        pattern: /^\s+\[(?<kind>copy|mkdir|delete|jar|unzip|echo|move|touch|zip|war|get|propertyfile|javadoc)\] /,
        as: 'steps of',
      },
      { pattern: /^\s+\[javac\] Compiling \d+ source files?/, as: 'compile steps', certain: true },
      { pattern: /^\s+\[junit\] (?:Testsuite: |Running |Tests run: \d+, Failures: 0, Errors: 0)/, as: 'passed suites' },
      { pattern: /^[\w.-]+:$/, as: 'targets', heading: true },
    ],
    cases: [
      {
        name: 'keeps the diagnostic under its target',
        output: `
Buildfile: /repo/build.xml

init:
x12 |     [mkdir] Created dir: /repo/build/part{n}

compile:
    [javac] Compiling 12 source files to /repo/build
    [javac] /repo/src/Cart.java:9: error: cannot find symbol

BUILD FAILED
/repo/build.xml:12: Compile failed; see the compiler error output for details.

Total time: 1 second
`,
        shows: `
Buildfile: /repo/build.xml
... 15 lines: steps of mkdir x12, targets x1
compile:
... 1 line: compile steps x1
    [javac] /repo/src/Cart.java:9: error: cannot find symbol

BUILD FAILED
/repo/build.xml:12: Compile failed; see the compiler error output for details.

Total time: 1 second
`,
      },
    ],
  },
  {
    name: 'bazel',
    version: 1,
    about: 'failed targets and tests, warnings and totals stay; progress and passing targets fold',
    match: [{ program: ['bazel', 'bazelisk', 'buck2', 'pants'] }],
    sign: [/^INFO: (?:Analyzed|Build completed|Elapsed time)/],
    keep: [/^(?:ERROR|FAILED|WARNING|FAIL): /, /\b(?:FAILED|TIMEOUT|FLAKY|NO STATUS)\b/],
    summary: [
      /^INFO: (?:Build completed|Build did NOT|Elapsed time)|^Executed \d+ out of/,
      /^(?:ERROR|FAILED): Build did NOT/,
    ],
    fold: [
      { pattern: /^\/\/\S+\s+(?:\(cached\) )?PASSED(?: in (?<figure>[\d.]+)s)?$/, as: 'passed targets' },
      { pattern: /^\[[\d,]+ \/ [\d,]+\] /, as: 'progress', certain: true },
      {
        pattern: /^(?:Loading|Analyzing|Computing main repo mapping|Extracting Bazel|Starting local Bazel)\b/,
        as: 'progress',
        certain: true,
      },
      { pattern: /^INFO: (?:From |Invocation ID|Streaming|Found \d+|\d+ processes)/, as: 'info lines', certain: true },
      { pattern: /^ {4}\S+ /, as: 'running actions', certain: true },
    ],
    cases: [
      {
        name: 'folds passing targets and keeps the failed one',
        command: 'bazel test //...',
        output: `
INFO: Analyzed 13 targets (0 packages loaded).
x12 | [{n} / 300] 4 actions running
FAIL: //cart:cart_test (see /out/cart/test.log)
x12 | //part{n}:part_test      PASSED in 0.{n}s
//cart:cart_test         FAILED in 1.2s
  /out/cart/test.log

Executed 13 out of 13 tests: 12 tests pass and 1 fails locally.
`,
        shows: `
INFO: Analyzed 13 targets (0 packages loaded).
... 12 lines: progress x12
FAIL: //cart:cart_test (see /out/cart/test.log)
... 12 lines: passed targets x12
//cart:cart_test         FAILED in 1.2s
  /out/cart/test.log

Executed 13 out of 13 tests: 12 tests pass and 1 fails locally.
`,
      },
    ],
  },
]

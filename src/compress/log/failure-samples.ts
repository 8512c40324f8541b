// Small failures as build and test tools print them, for tests. Lines that begin with `!` must be kept; the mark is not part of the text.

export const FAILURE_SAMPLES: Readonly<Record<string, string>> = {
  'python traceback': `
!Traceback (most recent call last):
!  File "/app/worker.py", line 41, in run
!    self.handle(job)
!  File "/app/worker.py", line 77, in handle
!    raise ValueError(f"bad job {job.id}")
!ValueError: bad job 7781`,
  'pytest block': `
=================================== FAILURES ===================================
!______________________________ test_total_is_rounded ______________________________

    def test_total_is_rounded():
        cart = Cart([Item(9.999)])
!>       assert cart.total == 10.00
!E       assert 9.999 == 10.0
!E        +  where 9.999 = <Cart items=1>.total

!tests/test_cart.py:18: AssertionError
=========================== short test summary info ============================
!FAILED tests/test_cart.py::test_total_is_rounded - assert 9.999 == 10.0
!========================= 1 failed, 41 passed in 2.17s =========================`,
  unittest: `
======================================================================
!ERROR: test_open_missing (store.tests.DiskTests)
----------------------------------------------------------------------
!Traceback (most recent call last):
!  File "/src/store/tests.py", line 210, in test_open_missing
!    self.disk.open("nope")
!FileNotFoundError: [Errno 2] No such file or directory: 'nope'

----------------------------------------------------------------------
!Ran 214 tests in 3.871s

!FAILED (errors=1, skipped=2)`,
  jest: `
!FAIL src/cart/total.test.ts
!  ● Cart › rounds the total

!    expect(received).toBe(expected) // Object.is equality

!    Expected: 10
!    Received: 9.999

      16 |   const cart = new Cart([item(9.999)])
!    > 17 |   expect(cart.total).toBe(10)
         |                      ^

!      at Object.toBe (src/cart/total.test.ts:17:22)

!Tests:       1 failed, 88 passed, 89 total`,
  mocha: `
!  1) parser
       rejects an empty document:

!      AssertionError [ERR_ASSERTION]: Missing expected exception.
!      + expected - actual

!      -undefined
!      +Error: empty document

!      at Context.<anonymous> (test/parser.spec.js:31:12)
      at process.processImmediate (node:internal/timers:476:21)`,
  'go test': `
=== RUN   TestRetryBackoff
!    retry_test.go:64: backoff after 3 tries = 800ms, want 400ms
!--- FAIL: TestRetryBackoff (0.81s)
!FAIL
!FAIL	example.com/svc/retry	1.204s`,
  'go panic': `
!panic: runtime error: invalid memory address or nil pointer dereference
![signal SIGSEGV: segmentation violation code=0x1 addr=0x18 pc=0x6b2f41]

!goroutine 34 [running]:
!example.com/svc/cache.(*Cache).Get(0x0, {0xc000120030, 0x5})
!	/src/cache/cache.go:88 +0x41
!example.com/svc/api.handler(0xc0001a2000)
!	/src/api/handler.go:31 +0x8e
!exit status 2`,
  'rust compiler': `
!error[E0382]: borrow of moved value: \`config\`
!  --> src/main.rs:42:18
   |
!40 |     let server = Server::new(config);
   |                              ------ value moved here
!42 |     println!("{}", config.port);
!   |                    ^^^^^^^^^^^ value borrowed here after move
   |
!   = help: consider cloning the value

!error: could not compile \`svc\` (bin "svc") due to 1 previous error`,
  'rust test': `
test cache::tests::evicts_oldest ... FAILED

failures:

!---- cache::tests::evicts_oldest stdout ----
!thread 'cache::tests::evicts_oldest' panicked at src/cache.rs:120:9:
!assertion \`left == right\` failed
!  left: 3
! right: 2

!test result: FAILED. 57 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.42s`,
  typescript: `
!src/wire/edit.ts(48,11): error TS2345: Argument of type 'string' is not assignable to parameter of type 'number'.
!src/wire/scan.ts:12:7 - error TS2322: Type 'undefined' is not assignable to type 'Block'.`,
  eslint: `
!/src/app/main.js
!  12:7   error  'total' is assigned a value but never used  no-unused-vars
!  40:15  error  Unexpected console statement                no-console

!✖ 2 problems (2 errors, 0 warnings)`,
  'java exception': `
!Exception in thread "main" java.lang.IllegalStateException: pool is closed
!	at com.acme.pool.Pool.take(Pool.java:91)
!	at com.acme.api.Server.serve(Server.java:44)
	at com.acme.Main.main(Main.java:12)
!Caused by: java.net.SocketException: Connection reset
!	at java.base/sun.nio.ch.SocketChannelImpl.throwConnectionReset(SocketChannelImpl.java:394)
	... 3 more`,
  javac: `
!/src/com/acme/Pool.java:57: error: cannot find symbol
!    return takeNow(timeout);
!           ^
!  symbol:   method takeNow(long)
!  location: class Pool
!1 error`,
  maven: `
![ERROR] Tests run: 12, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 0.31 s <<< FAILURE! - in com.acme.PoolTest
![ERROR] takeTimesOut(com.acme.PoolTest)  Time elapsed: 0.02 s  <<< FAILURE!
!org.opentest4j.AssertionFailedError: expected: <true> but was: <false>
!	at com.acme.PoolTest.takeTimesOut(PoolTest.java:40)

[INFO] ------------------------------------------------------------------------
![INFO] BUILD FAILURE
[INFO] ------------------------------------------------------------------------
![ERROR] Failed to execute goal org.apache.maven.plugins:maven-surefire-plugin:2.22.2:test (default-test) on project pool: There are test failures.`,
  gradle: `
!> Task :core:compileKotlin FAILED
!e: /src/core/Main.kt: (14, 9): Unresolved reference: takeNow

!FAILURE: Build failed with an exception.

!* What went wrong:
!Execution failed for task ':core:compileKotlin'.
!> Compilation error. See log for more details

!BUILD FAILED in 12s`,
  rspec: `
Failures:

!  1) Cart#total rounds to cents
!     Failure/Error: expect(cart.total).to eq(10.0)

!       expected: 10.0
!            got: 9.999

!     # ./spec/cart_spec.rb:17:in \`block (3 levels) in <top (required)>'

!44 examples, 1 failure

!rspec ./spec/cart_spec.rb:15 # Cart#total rounds to cents`,
  phpunit: `
!There was 1 failure:

!1) Acme\\CartTest::testTotalIsRounded
!Failed asserting that 9.999 matches expected 10.0.

!/app/tests/CartTest.php:23

!FAILURES!
!Tests: 88, Assertions: 190, Failures: 1.`,
  'php fatal': `
!PHP Fatal error:  Uncaught TypeError: Cart::add(): Argument #1 ($item) must be of type Item, null given in /app/src/Cart.php:14
!Stack trace:
!#0 /app/src/Api.php(30): Cart->add(NULL)
!#1 {main}
!  thrown in /app/src/Cart.php on line 14`,
  'dotnet test': `
!  Failed Acme.Tests.CartTests.TotalIsRounded [14 ms]
!  Error Message:
!   Assert.Equal() Failure
!Expected: 10
!Actual:   9.999
!  Stack Trace:
!     at Acme.Tests.CartTests.TotalIsRounded() in /src/tests/CartTests.cs:line 21

!Failed!  - Failed:     1, Passed:    40, Skipped:     0, Total:    41, Duration: 98 ms`,
  'c compiler and make': `
!src/lvm.c:410:15: error: use of undeclared identifier 'luaV_tonum'
!  n = luaV_tonum(o);
!      ^
!1 error generated.
!make[1]: *** [Makefile:88: lvm.o] Error 1
!make: *** [Makefile:12: all] Error 2`,
  linker: `
!/usr/bin/ld: main.o: in function \`main':
!main.c:(.text+0x1a): undefined reference to \`cache_open'
!collect2: error: ld returned 1 exit status`,
  sanitizer: `
!==4141==ERROR: AddressSanitizer: heap-use-after-free on address 0x602000000010 at pc 0x0000004f8a0c
!READ of size 4 at 0x602000000010 thread T0
!    #0 0x4f8a0b in pop /src/queue.c:31:12
!    #1 0x4f9001 in main /src/main.c:9:3
!SUMMARY: AddressSanitizer: heap-use-after-free /src/queue.c:31:12 in pop`,
  cmake: `
!CMake Error at CMakeLists.txt:14 (find_package):
!  By not providing "FindZstd.cmake" in CMAKE_MODULE_PATH this project has
!  asked CMake to find a package configuration file provided by "Zstd", but
!  CMake did not find one.

!-- Configuring incomplete, errors occurred!`,
  npm: `
!npm ERR! code ERESOLVE
!npm ERR! ERESOLVE unable to resolve dependency tree
!npm ERR! Found: react@18.2.0
!npm ERR! Could not resolve dependency:
!npm ERR! peer react@"^17.0.0" from old-widget@2.1.0`,
  apt: `
!E: Unable to locate package libfoo-dev
!E: Couldn't find any package by glob 'libfoo-dev'`,
  docker: `
!Step 4/9 : RUN pip install -r requirements.txt
!ERROR: Could not find a version that satisfies the requirement torch==9.9 (from versions: 2.0.0, 2.1.0)
!ERROR: No matching distribution found for torch==9.9
!The command '/bin/sh -c pip install -r requirements.txt' returned a non-zero code: 1`,
  'exit without words': `
+ ./bin/check-schema --strict tables.json
!column price: number wanted, text given
!table orders is 3 migrations behind
!The command "./bin/check-schema --strict tables.json" exited with 3.`,
  'github exit': `
Run ./scripts/verify.sh
!checksum of dist/app.js differs from the manifest
!##[error]Process completed with exit code 1.`,
  terraform: `
!│ Error: Unsupported argument
!│
!│   on main.tf line 12, in resource "aws_instance" "web":
!│   12:   instance_typ = "t3.micro"
!│
!│ An argument named "instance_typ" is not expected here. Did you mean "instance_type"?
!╵`,
  ansible: `
!TASK [web : install packages] **************************************************
!fatal: [web-1]: FAILED! => {"changed": false, "msg": "No package matching 'nginxx' found available"}
!web-1                      : ok=4    changed=1    unreachable=0    failed=1    skipped=0`,
  elixir: `
!  1) test total is rounded (CartTest)
!     test/cart_test.exs:9
!     Assertion with == failed
!     code:  assert Cart.total(cart) == 10.0
!     left:  9.999
!     right: 10.0`,
  ghc: `
!src/Cart.hs:14:9: error:
!    • Couldn't match expected type ‘Int’ with actual type ‘[Char]’
!    • In the first argument of ‘(+)’, namely ‘"a"’
!   |
!14 |   total + "a"`,
  swift: `
!/src/Cart.swift:21:16: error: cannot convert return expression of type 'String' to return type 'Int'
!        return total
!               ^~~~~
!** BUILD FAILED **`,
  tap: `
!not ok 12 - rounds the total
!  ---
!  operator: equal
!  expected: 10
!  actual:   9.999
!  ...
!# failed 1`,
  'segfault in a script': `
!./run-tests.sh: line 31: 20411 Segmentation fault      (core dumped) ./unit --all`,
}

// Data: compilers and what drives them. Diagnostics, failed targets and results stay; calls and steps fold.
import type { Filter, Fold } from '../spec.js'

const CALLS: Fold = {
  pattern:
    /^\s*(?:ccache |libtool: (?:compile|link):\s+)?(?:\S*\/)?(?:[a-z0-9_]+-[a-z0-9_]+-(?:[a-z0-9_]+-)?)?(?<kind>gcc|g\+\+|cc|c\+\+|clang\+\+|clang|ar|ranlib|ld|nvcc|gfortran|javac|libtool|rustc|strip|nasm|windres|moc|uic|protoc|yacc|bison|flex)(?:-\d+)? -/,
  as: 'calls of',
  certain: true,
}
const STEPS: readonly Fold[] = [
  CALLS,
  {
    pattern:
      /^\s{1,3}(?<kind>CC|CXX|LD|AR|AS|GEN|LINK|HOSTCC|HOSTLD|CCLD|CXXLD|OBJCOPY|CHK|UPD|CALL|DESCEND|INSTALL|SYMLINK|WRAP|RANLIB|STRIP|DTC|MODPOST|YACC|LEX)(?: \[M\])?\s+\S+$/,
    as: 'steps',
    certain: true,
  },
  { pattern: /^make(?:\[\d+\])?: (?:Entering|Leaving) directory /, as: 'directory lines', certain: true },
  {
    pattern: /^make(?:\[\d+\])?: (?:Nothing to be done for|'.*' is up to date)/,
    as: 'targets up to date',
    certain: true,
  },
  {
    pattern: /^\[ *\d+%\] (?<kind>Building \w+|Linking \w+|Built target|Generating|Running \w+|Automatic \w+)/,
    as: '',
  },
  {
    pattern:
      /^\[\d+\/\d+\] (?<kind>Building \w+|Linking \w+|Generating|Compiling|Linking|Automatic \w+|Copying|Installing)\b/,
    as: '',
  },
  {
    pattern: /^Scanning dependencies of target |^Consolidate compiler generated/,
    as: 'dependency scans',
    certain: true,
  },
  { pattern: /^-- (?:Installing|Up-to-date): /, as: 'installed files', certain: true },
  {
    pattern: /^-- (?:Looking for|Checking|Check|Detecting|Performing Test) .* - Failed$/,
    as: 'configure checks answered no',
    show: 10,
    certain: true,
  },
  { pattern: /^-- (?:Looking for|Checking|Check|Detecting|Performing Test) /, as: 'configure checks' },
  { pattern: /^checking .*\.\.\. (?!no$)/, as: 'configure checks', certain: true },
  { pattern: /^checking .*\.\.\. no$/, as: 'configure checks answered no', show: 10, certain: true },
  { pattern: /^config\.status: (?:creating|executing|linking)/, as: 'created files', certain: true },
  { pattern: /^\s*(?:\/usr\/bin\/)?install -\S+ /, as: 'install calls', certain: true },
  { pattern: /^\s*(?:mkdir -p|rm -f|cp -f|ln -sf?|mv -f) \S/, as: 'file commands', certain: true },
]

export const compilers: readonly Filter[] = [
  {
    name: 'make',
    version: 1,
    about: 'diagnostics, failed targets and other output stay; compiler calls and steps are counted',
    match: [
      {
        program: [
          'make',
          'gmake',
          'mingw32-make',
          'ninja',
          'samu',
          'bear',
          'scons',
          'waf',
          'meson',
          'autoreconf',
          'configure',
        ],
      },
      { program: 'cmake', not: ['-E'] },
    ],
    sign: [/^make(?:\[\d+\])?: /, /^\[ *\d+%\] Built target /, /^ninja: /],
    keep: [
      /Could NOT find|NOT FOUND|not found/,
      /^make(?:\[\d+\])?: \*\*\*/,
      /^(?:FAILED|ninja): /,
      /^-- (?:The \w+ compiler|Configuring (?:done|incomplete)|Build files)/,
    ],
    fold: STEPS,
    blocks: [{ start: /^In file included from /, before: /^$|^\[ *\d+|^make/, as: 'diagnostic' }],
    cases: [
      {
        name: 'counts calls of the compiler and keeps the diagnostic with its excerpt',
        command: 'make -j8 2>&1',
        output: `
make[1]: Entering directory '/repo/lib'
x30 | gcc -O2 -Wall -Iinclude -c src/part{n}.c -o build/part{n}.o
src/queue.c:88:13: warning: implicit declaration of function 'drain' [-Wimplicit-function-declaration]
   88 |             drain(q);
      |             ^~~~~
src/queue.c:91:5: error: 'struct q' has no member named 'head'
make[1]: *** [Makefile:12: build/queue.o] Error 1
make[1]: Leaving directory '/repo/lib'
make: *** [Makefile:3: all] Error 2
`,
        shows: `
make[1]: Entering directory '/repo/lib'
... 30 lines: calls of gcc x30
src/queue.c:88:13: warning: implicit declaration of function 'drain' [-Wimplicit-function-declaration]
   88 |             drain(q);
      |             ^~~~~
src/queue.c:91:5: error: 'struct q' has no member named 'head'
make[1]: *** [Makefile:12: build/queue.o] Error 1
make[1]: Leaving directory '/repo/lib'
make: *** [Makefile:3: all] Error 2
`,
      },
      {
        name: 'folds checks of cmake and keeps what is missing',
        command: 'cmake -B build && cmake --build build',
        output: `
-- The C compiler identification is GNU 12.2.0
-- Detecting C compiler ABI info
-- Detecting C compiler ABI info - done
x12 | -- Looking for header{n}.h - found
-- Could NOT find ZLIB (missing: ZLIB_LIBRARY)
-- Configuring done (0.4s)
-- Generating done (0.0s)
-- Build files have been written to: /repo/build
x20 | [ 5{n}%] Building C object CMakeFiles/shop.dir/part{n}.c.o
[100%] Linking C executable shop
[100%] Built target shop
`,
        shows: `
-- The C compiler identification is GNU 12.2.0
... 14 lines: configure checks x14
-- Could NOT find ZLIB (missing: ZLIB_LIBRARY)
-- Configuring done (0.4s)
-- Generating done (0.0s)
-- Build files have been written to: /repo/build
... 20 lines: Building C x20
[100%] Linking C executable shop
[100%] Built target shop
`,
      },
      {
        name: 'names the tests of a failing make test',
        command: 'make test',
        output: `
x20 | ok {n} - part {n}
not ok 21 - rounds totals once
make: *** [Makefile:9: test] Error 1
`,
        shows: `
ok 1 - part 1
ok 2 - part 2
ok 3 - part 3
... 16 lines: alike x16
ok 20 - part 20
not ok 21 - rounds totals once
make: *** [Makefile:9: test] Error 1
`,
      },
    ],
  },
  {
    name: 'ctest',
    version: 1,
    about: 'failing tests and totals stay; starts and passes fold',
    match: [{ program: 'ctest' }],
    sign: [/^\d+% tests passed, \d+ tests failed out of \d+$/],
    keep: [/\*\*\*/],
    summary: [/^\d+% tests passed/, /^Total Test time/],
    fold: [
      { pattern: /^\s+Start +\d+: /, as: 'starts', certain: true },
      { pattern: /^ *\d+\/\d+ Test +#\d+: .* Passed +[\d.]+ sec$/, as: 'passed tests' },
    ],
    cases: [
      {
        name: 'keeps the failing test',
        output: `
Test project /repo/build
x12 |  {n}/13 Test  #{n}: part{n} ...........   Passed    0.01 sec
13/13 Test #13: rounds .............***Failed    0.02 sec

92% tests passed, 1 tests failed out of 13

Total Test time (real) =   0.20 sec

The following tests FAILED:
	 13 - rounds (Failed)
Errors while running CTest
`,
        shows: `
Test project /repo/build
... 12 lines: passed tests x12
13/13 Test #13: rounds .............***Failed    0.02 sec

92% tests passed, 1 tests failed out of 13

Total Test time (real) =   0.20 sec

The following tests FAILED:
	 13 - rounds (Failed)
Errors while running CTest
`,
      },
    ],
  },
  {
    name: 'gcc',
    version: 1,
    about: 'every diagnostic with its excerpt stays; the same warning from many files folds',
    match: [
      {
        program: [
          'gcc',
          'g++',
          'cc',
          'c++',
          'clang',
          'clang++',
          'clang-tidy',
          'cppcheck',
          'nvcc',
          'gfortran',
          'javac',
          'kotlinc',
          'scalac',
          'ghc',
        ],
        not: ['-E', '-S'],
      },
    ],
    summary: [/^\d+ (?:errors?|warnings?)(?: and \d+ errors?)?(?: generated)?\.?$/, /^compilation terminated/],
    blocks: [{ start: /^\S+\.\w+:\d+(?::\d+)?: (?:fatal )?(?:error|warning)\b/, before: /^\S|^$/, as: 'diagnostic' }],
    tail: 4,
    fold: [{ pattern: /^\d+ warnings? (?:treated|suppressed)/, as: 'suppressed warnings', certain: true }],
    cases: [
      {
        name: 'folds the same warning of one header after a few',
        command: 'gcc -Wall -c src/*.c',
        output: `
x12 | include/q.h:7:13: warning: 'drain' defined but not used [-Wunused-function]
src/queue.c:91:5: error: 'struct q' has no member named 'head'
   91 |     q->head = 0;
      |      ^~
`,
        shows: `
include/q.h:7:13: warning: 'drain' defined but not used [-Wunused-function]
include/q.h:7:13: warning: 'drain' defined but not used [-Wunused-function]
include/q.h:7:13: warning: 'drain' defined but not used [-Wunused-function]
... 2 lines: repeated x2
include/q.h:7:13: warning: 'drain' defined but not used [-Wunused-function]
include/q.h:7:13: warning: 'drain' defined but not used [-Wunused-function]
include/q.h:7:13: warning: 'drain' defined but not used [-Wunused-function]
include/q.h:7:13: warning: 'drain' defined but not used [-Wunused-function]
include/q.h:7:13: warning: 'drain' defined but not used [-Wunused-function]
include/q.h:7:13: warning: 'drain' defined but not used [-Wunused-function]
include/q.h:7:13: warning: 'drain' defined but not used [-Wunused-function]
src/queue.c:91:5: error: 'struct q' has no member named 'head'
   91 |     q->head = 0;
      |      ^~
`,
      },
    ],
  },
  {
    name: 'tsc',
    version: 1,
    about: 'every error stays; source excerpts of very many errors, file lists and watch notices fold',
    match: [{ program: ['tsc', 'vue-tsc', 'tsgo', 'svelte-check', 'attw'] }],
    sign: [/^\S+\.[cm]?tsx?[(:]\d+[,:]\d+\)?(?::| -) error TS\d+: /],
    keep: [/\berror TS\d+: /],
    summary: [/^Found \d+ errors?/, /^Errors {2}Files$/],
    tail: 4,
    fold: [
      { pattern: /^(?:\/|[A-Z]:\/|\.\.?\/).*\.(?:d\.)?[cm]?ts$/, as: 'listed files', show: 5, certain: true },
      {
        pattern:
          /^\[?\d{1,2}:\d\d:\d\d(?: [AP]M)?\]? (?:File change detected|Starting compilation|Projects in this build)/,
        as: 'watch notices',
        certain: true,
      },
    ],
    blocks: [
      {
        start: /^\S+\.[cm]?tsx?:\d+:\d+ - error TS\d+: /,
        before: /^\S+\.[cm]?tsx?:\d+:\d+ - error TS|^Found \d+ error/,
        as: 'error',
      },
    ],
    cases: [
      {
        name: 'keeps every error',
        command: 'npx tsc --noEmit -p .',
        output: `
x14 | src/part.ts({n},7): error TS2322: Type 'string' is not assignable to type 'number{n}'.
src/cart.ts(9,3): error TS2304: Cannot find name 'tax'.
`,
        shows: `
src/part.ts(1,7): error TS2322: Type 'string' is not assignable to type 'number1'.
src/part.ts(2,7): error TS2322: Type 'string' is not assignable to type 'number2'.
src/part.ts(3,7): error TS2322: Type 'string' is not assignable to type 'number3'.
src/part.ts(4,7): error TS2322: Type 'string' is not assignable to type 'number4'.
src/part.ts(5,7): error TS2322: Type 'string' is not assignable to type 'number5'.
src/part.ts(6,7): error TS2322: Type 'string' is not assignable to type 'number6'.
src/part.ts(7,7): error TS2322: Type 'string' is not assignable to type 'number7'.
src/part.ts(8,7): error TS2322: Type 'string' is not assignable to type 'number8'.
src/part.ts(9,7): error TS2322: Type 'string' is not assignable to type 'number9'.
src/part.ts(10,7): error TS2322: Type 'string' is not assignable to type 'number10'.
src/part.ts(11,7): error TS2322: Type 'string' is not assignable to type 'number11'.
src/part.ts(12,7): error TS2322: Type 'string' is not assignable to type 'number12'.
src/part.ts(13,7): error TS2322: Type 'string' is not assignable to type 'number13'.
src/part.ts(14,7): error TS2322: Type 'string' is not assignable to type 'number14'.
src/cart.ts(9,3): error TS2304: Cannot find name 'tax'.
`,
      },
      {
        name: 'folds the list of files',
        command: 'tsc --listFiles',
        output: `
x20 | /repo/node_modules/typescript/lib/lib.es{n}.d.ts
src/cart.ts(9,3): error TS2304: Cannot find name 'tax'.
`,
        shows: `
/repo/node_modules/typescript/lib/lib.es1.d.ts
/repo/node_modules/typescript/lib/lib.es2.d.ts
/repo/node_modules/typescript/lib/lib.es3.d.ts
/repo/node_modules/typescript/lib/lib.es4.d.ts
/repo/node_modules/typescript/lib/lib.es5.d.ts
... 6 lines: listed files x6
/repo/node_modules/typescript/lib/lib.es12.d.ts
/repo/node_modules/typescript/lib/lib.es13.d.ts
/repo/node_modules/typescript/lib/lib.es14.d.ts
/repo/node_modules/typescript/lib/lib.es15.d.ts
/repo/node_modules/typescript/lib/lib.es16.d.ts
/repo/node_modules/typescript/lib/lib.es17.d.ts
/repo/node_modules/typescript/lib/lib.es18.d.ts
/repo/node_modules/typescript/lib/lib.es19.d.ts
/repo/node_modules/typescript/lib/lib.es20.d.ts
src/cart.ts(9,3): error TS2304: Cannot find name 'tax'.
`,
      },
    ],
  },
  {
    name: 'bundlers',
    version: 1,
    about: 'warnings, errors, the largest chunks and the result stay; other chunks and modules fold',
    match: [
      {
        program: [
          'webpack',
          'webpack-cli',
          'rollup',
          'esbuild',
          'rolldown',
          'tsup',
          'tsdown',
          'parcel',
          'swc',
          'unbuild',
        ],
      },
      {
        program: [
          'vite',
          'next',
          'nuxt',
          'astro',
          'remix',
          'ng',
          'vue-cli-service',
          'turbo',
          'expo',
          'gatsby',
          'rspack',
          'rsbuild',
        ],
        sub: ['build', 'run', 'export'],
      },
    ],
    sign: [/^vite v\d.* building /, /^✓ \d+ modules transformed/, /^webpack \d[\d.]* compiled/, /^ {2}▲ Next\.js \d/],
    keep: [/^\(!\)/],
    summary: [/^✓ built in|^webpack \d.*compiled|^✨|built in [\d.]+ ?m?s|Compiled successfully|Build complete/i],
    tail: 4,
    fold: [
      {
        pattern: /^\s*(?:dist|build|out|\.next|public|\.output)\/\S+\s+(?<figure>[\d,.]+) kB\b.*$/,
        as: 'smaller chunks',
        top: 8,
      },
      { pattern: /^asset \S+ [\d.]+ (?:KiB|bytes|MiB) .*$/, as: 'smaller assets', top: 8 },
      { pattern: /^\s+(?:modules by path|\.\/\S+ [\d.]+ (?:KiB|bytes)|asset \S+).*$/, as: 'modules', certain: true },
      { pattern: /^(?:├|└|┌|│)\s*[○●ƒλ]?\s*\/\S*\s+.*kB.*$/, as: 'routes', top: 12 },
    ],
    cases: [
      {
        name: 'keeps the largest chunks and the warning',
        command: 'vite build',
        output: `
vite v5.1.0 building for production...
✓ 912 modules transformed.
x30 | dist/assets/part-{n}.js     {n}.10 kB │ gzip: 1.10 kB
dist/assets/vendor-1a2b3c4d.js    4,812.33 kB │ gzip: 1,312.70 kB

(!) Some chunks are larger than 500 kB after minification.
✓ built in 3.21s
`,
        shows: `
vite v5.1.0 building for production...
✓ 912 modules transformed.
... 23 lines: smaller chunks x23
dist/assets/part-24.js     24.10 kB │ gzip: 1.10 kB
dist/assets/part-25.js     25.10 kB │ gzip: 1.10 kB
dist/assets/part-26.js     26.10 kB │ gzip: 1.10 kB
dist/assets/part-27.js     27.10 kB │ gzip: 1.10 kB
dist/assets/part-28.js     28.10 kB │ gzip: 1.10 kB
dist/assets/part-29.js     29.10 kB │ gzip: 1.10 kB
dist/assets/part-30.js     30.10 kB │ gzip: 1.10 kB
dist/assets/vendor-1a2b3c4d.js    4,812.33 kB │ gzip: 1,312.70 kB

(!) Some chunks are larger than 500 kB after minification.
✓ built in 3.21s
`,
      },
    ],
  },
]

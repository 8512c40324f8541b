// Builds, tests and tables of commands: one line among routine lines is not like the others.
import { clock, iso, pad, type Random } from './random.js'
import { type Family, type LineFamily, lineFamily } from './sample.js'

const PARTS = ['auth', 'cart', 'mail', 'search', 'queue', 'theme', 'export'] as const
const name = (random: Random): string => `${random.pick(PARTS)}_${random.pick(PARTS)}_${random.hex(4)}`
const shell = (command: string): LineFamily['tool'] => ({ name: 'Bash', input: { command } })
const cell = (value: string | number, width: number): string => String(value).padEnd(width)
const cellLeft = (value: string | number, width: number): string => String(value).padStart(width)

const BUILDS: readonly LineFamily[] = [
  {
    name: 'test/pytest',
    kind: 'log',
    head: () => [
      '============================= test session starts ==============================',
      'platform linux -- Python 3.12.1, pytest-8.0.0',
      'collected 999 items',
      '',
    ],
    line: (random, index) =>
      `tests/test_${random.pick(PARTS)}.py::test_${name(random)} PASSED [${cellLeft(index % 100, 3)}%]`,
    odd: [
      (random) => `tests/test_cart.py::test_${name(random)} FAILED [ 41%]`,
      (random) => `tests/test_cart.py::test_${name(random)} SKIPPED (needs GPU) [ 41%]`,
      (random) => `tests/test_cart.py::test_${name(random)} XPASS [ 41%]`,
    ],
    tail: (_, count) => ['', `======================== ${count} tests in 12.31s =========================`],
  },
  {
    name: 'test/jest',
    kind: 'log',
    line: (random) => `    ✓ keeps ${name(random)} (${random.int(1, 9)} ms)`,
    odd: [
      () => '    ✕ merges carts of two sessions (31 ms)',
      () => '    ○ skipped sorts by price',
      () => '    ✓ renders the report (8123 ms)',
    ],
    head: () => ['PASS src/cart.test.ts', '  cart'],
    tail: () => ['', 'Test Suites: 1 total', 'Time:        3.2 s'],
  },
  {
    name: 'test/go',
    kind: 'log',
    count: [100, 400],
    line: (random, index) =>
      index % 2 === 0 ? `=== RUN   Test_${name(random)}` : `--- PASS: Test_${name(random)} (0.0${random.int(0, 9)}s)`,
    odd: [
      () => ['--- FAIL: TestMerge (0.02s)', '    merge_test.go:41: got 3, want 4'],
      () => '--- SKIP: TestCluster (0.00s)',
      () => '--- PASS: TestLoad (94.11s)',
    ],
    tail: () => ['ok  \tacme.io/shop/cart\t4.112s'],
  },
  {
    name: 'test/cargo',
    kind: 'log',
    head: () => ['running 300 tests'],
    line: (random) => `test ${random.pick(PARTS)}::tests::${name(random)} ... ok`,
    odd: [
      () => 'test queue::tests::drains_twice ... FAILED',
      () => 'test queue::tests::needs_network ... ignored',
      () => 'test queue::tests::slow_one has been running for over 60 seconds',
    ],
    tail: () => ['', 'test result: finished in 2.41s'],
  },
  {
    name: 'test/tap',
    kind: 'log',
    head: () => ['TAP version 13'],
    line: (random, index) => `ok ${index + 1} - ${name(random)}`,
    odd: [
      (_, index) => `not ok ${index + 1} - closes the socket`,
      (_, index) => `ok ${index + 1} - reads utf-16 # TODO not written yet`,
    ],
    tail: (_, count) => [`1..${count}`],
  },
  {
    name: 'build/make-gcc',
    kind: 'log',
    line: (random) => `gcc -O2 -Wall -Iinclude -c src/${name(random)}.c -o build/${name(random)}.o`,
    odd: [
      () => "src/queue.c:88:13: warning: implicit declaration of function 'drain' [-Wimplicit-function-declaration]",
      () => "src/queue.c:91:5: error: 'struct q' has no member named 'head'",
      () => 'make: *** [Makefile:12: build/queue.o] Error 1',
    ],
  },
  {
    name: 'build/ninja',
    kind: 'log',
    line: (random, index) => `[${index + 1}/400] Building CXX object lib/CMakeFiles/core.dir/${name(random)}.cpp.o`,
    odd: [
      (_, index) => `FAILED: [${index + 1}/400] lib/CMakeFiles/core.dir/io.cpp.o`,
      (_, index) => `[${index + 1}/400] Re-running CMake because CMakeLists.txt changed`,
    ],
  },
  {
    name: 'build/maven',
    kind: 'log',
    line: (random) =>
      `[INFO] Downloaded from central: https://repo.maven.apache.org/maven2/org/acme/${name(random)}/1.${random.int(0, 9)}/${random.hex(6)}.jar (${random.int(10, 900)} kB at 1.2 MB/s)`,
    odd: [
      () => '[WARNING] The POM for org.acme:legacy:jar:1.0 is missing, no dependency information available',
      () =>
        '[ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.11.0:compile on project shop',
      () => '[INFO] Tests are skipped.',
    ],
  },
  {
    name: 'build/gradle',
    kind: 'log',
    line: (random) =>
      `> Task :${random.pick(PARTS)}:${random.pick(['compileJava', 'processResources', 'classes', 'jar'])}${random.hex(3)} UP-TO-DATE`,
    odd: [
      () => '> Task :cart:compileKotlin FAILED',
      () => "w: file:///repo/cart/Cart.kt:9:5 Variable 'x' is never used",
    ],
    tail: () => ['', 'BUILD finished in 9s'],
  },
  {
    name: 'build/vite',
    kind: 'log',
    head: () => ['vite v5.1.0 building for production...', 'transforming...'],
    line: (random) =>
      `dist/assets/${name(random)}-${random.hex(8)}.js${' '.repeat(random.int(2, 6))}${random.near(24, 9)}.${random.int(10, 99)} kB │ gzip: ${random.near(8, 3)}.${random.int(10, 99)} kB`,
    odd: [
      () => 'dist/assets/vendor-1a2b3c4d.js    4,812.33 kB │ gzip: 1,312.70 kB',
      () => '(!) Some chunks are larger than 500 kB after minification.',
      () => 'warnings when minifying css: unexpected "}"',
    ],
  },
  {
    name: 'build/docker',
    kind: 'log',
    line: (random, index) =>
      `#${8 + (index % 3)} ${(index * 0.31).toFixed(3)} Get:${index + 1} http://deb.debian.org/debian bookworm/main amd64 lib${random.pick(PARTS)}${random.hex(4)} amd64 ${random.int(1, 9)}.${random.int(0, 9)}-1 [${random.near(120, 60)} kB]`,
    odd: [
      () => '#9 31.221 E: Unable to locate package libfoo-dev',
      () => '#9 31.221 W: GPG error: http://deb.debian.org/debian bookworm InRelease: signatures were invalid',
      () =>
        '#9 ERROR: process "/bin/sh -c apt-get install -y libfoo-dev" did not complete successfully: exit code: 100',
    ],
  },
  {
    name: 'build/github-actions',
    kind: 'log',
    line: (random, index) =>
      `${iso(index)} ${random.pick(['##[debug]Evaluating condition', 'Cache hit for restore-key:', 'Downloading action'])} ${random.hex(10)}`,
    odd: [
      (_, index) => `${iso(index)} ##[error]Process completed with exit code 2.`,
      (_, index) => `${iso(index)} ##[warning]Node.js 16 actions are deprecated.`,
    ],
  },
  {
    name: 'build/ansible',
    kind: 'log',
    line: (random, index) =>
      index % 4 === 0
        ? `TASK [${random.pick(PARTS)} : install ${random.hex(5)}] *********************`
        : `ok: [web-${pad(random.int(1, 60))}.prod]`,
    odd: [
      () => 'fatal: [web-17.prod]: UNREACHABLE! => {"msg": "Failed to connect to the host via ssh"}',
      () => 'changed: [web-17.prod] => (item=/etc/sudoers)',
    ],
  },
  {
    name: 'build/terraform',
    kind: 'log',
    line: (random) => `aws_instance.${name(random)}: Refreshing state... [id=i-0${random.hex(12)}]`,
    odd: [
      () => 'aws_db_instance.main: Destroying... [id=prod-main]',
      () => '│ Error: error reading S3 Bucket (logs): AccessDenied: Access Denied',
    ],
  },
  {
    name: 'build/npm',
    kind: 'log',
    line: (random, index) =>
      `npm http fetch GET 200 https://registry.npmjs.org/${random.pick(PARTS)}-${random.hex(5)} ${random.near(80, 40)}ms (cache ${index % 5 === 0 ? 'miss' : 'hit'})`,
    odd: [
      () => 'npm warn deprecated request@2.88.2: request has been deprecated',
      () => 'npm http fetch GET 404 https://registry.npmjs.org/@acme%2fsecret 41ms (cache skip)',
      () => 'npm error code ERESOLVE',
    ],
    tool: shell('npm install --loglevel http'),
  },
]

const TABLES: readonly LineFamily[] = [
  {
    name: 'table/kubectl-pods',
    kind: 'log',
    tool: shell('kubectl get pods -A'),
    head: () => ['NAMESPACE     NAME                          READY   STATUS    RESTARTS   AGE'],
    line: (random) =>
      `prod          web-${random.hex(10)}-${random.hex(5)}          1/1     Running   0          ${random.int(2, 40)}d`,
    odd: [
      (random) =>
        `prod          web-${random.hex(10)}-${random.hex(5)}          0/1     CrashLoopBackOff   88         2d`,
      (random) => `prod          web-${random.hex(10)}-${random.hex(5)}          1/1     Running   412        9d`,
      (random) => `prod          web-${random.hex(10)}-${random.hex(5)}          0/1     Pending   0          3m`,
    ],
  },
  {
    name: 'table/docker-ps',
    kind: 'log',
    head: () => ['CONTAINER ID   IMAGE         COMMAND       CREATED       STATUS                 NAMES'],
    line: (random) =>
      `${random.hex(12)}   web:2.4.1     "/app/run"    3 days ago    Up 3 days              web_${random.hex(6)}`,
    odd: [
      (random) =>
        `${random.hex(12)}   web:2.4.1     "/app/run"    3 days ago    Exited (137) 2 hours ago   web_${random.hex(6)}`,
      (random) =>
        `${random.hex(12)}   web:2.4.1     "/app/run"    3 days ago    Up 3 days (unhealthy)   web_${random.hex(6)}`,
      (random) =>
        `${random.hex(12)}   xmrig:latest  "/xmrig"      3 days ago    Up 3 days              web_${random.hex(6)}`,
    ],
  },
  {
    name: 'table/ps',
    kind: 'log',
    tool: shell('ps aux'),
    head: () => ['USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND'],
    line: (random) =>
      `deploy   ${cellLeft(random.int(300, 32000), 7)}  0.${random.int(0, 9)}  0.${random.int(1, 9)} ${cellLeft(random.near(220000, 30000), 6)} ${cellLeft(random.near(9000, 2000), 5)} ?        S    Mar03   0:0${random.int(0, 9)} /usr/bin/worker --id ${random.hex(6)}`,
    odd: [
      () => 'deploy      4711 99.8  0.3 221000  9100 ?        R    Mar03 412:33 /usr/bin/worker --id 00spin',
      () => 'deploy      4712  0.0  0.0      0     0 ?        Z    Mar03   0:00 [worker] <defunct>',
      () => 'root        4713  0.1  0.3 221000  9100 ?        S    Mar03   0:01 /tmp/.x/miner',
    ],
  },
  {
    name: 'table/ls',
    kind: 'log',
    tool: shell('ls -l'),
    head: () => ['total 4312'],
    line: (random) =>
      `-rw-r--r-- 1 deploy deploy ${cellLeft(random.near(4200, 1500), 8)} Mar  ${random.int(1, 4)} ${pad(random.int(0, 23))}:${pad(random.int(0, 59))} ${name(random)}.json`,
    odd: [
      () => '-rw-r--r-- 1 deploy deploy        0 Mar  4 04:01 ledger_final.json',
      () => '-rwsr-xr-x 1 root   root       8812 Mar  4 04:01 helper.json',
      () => '-rw-r--r-- 1 deploy deploy 98123412 Mar  4 04:01 dump_all.json',
      () => 'lrwxrwxrwx 1 deploy deploy       11 Mar  4 04:01 cfg.json -> /etc/passwd',
    ],
  },
  {
    name: 'table/units',
    kind: 'log',
    tool: shell('systemctl list-units'),
    head: () => ['  UNIT                                LOAD   ACTIVE SUB     DESCRIPTION'],
    line: (random) => `  ${cell(`${name(random)}.service`, 34)}  loaded active running ${random.pick(PARTS)} daemon`,
    odd: [
      () => `● ${cell('backup_nightly.service', 34)}  loaded failed failed  nightly backup`,
      () => `  ${cell('cups_old.service', 34)}  masked inactive dead  old printing`,
    ],
  },
  {
    name: 'table/ss',
    kind: 'log',
    tool: shell('ss -tn'),
    head: () => ['State    Recv-Q   Send-Q      Local Address:Port        Peer Address:Port'],
    line: (random) =>
      `ESTAB    0        0             10.0.0.5:443         10.9.${random.int(0, 99)}.${random.int(1, 254)}:${random.int(20000, 60000)}`,
    odd: [
      () => 'ESTAB    0        981232        10.0.0.5:443         10.9.1.77:51022',
      () => 'SYN-SENT 0        1             10.0.0.5:51000       203.0.113.9:6667',
      () => 'CLOSE-WAIT 1      0             10.0.0.5:443         10.9.4.8:40112',
    ],
  },
  {
    name: 'table/psql',
    kind: 'log',
    tool: shell('psql -c "select * from jobs"'),
    head: () => [
      '   id   |   name             | state | attempts | ms  ',
      '--------+--------------------+-------+----------+-----',
    ],
    line: (random, index) =>
      ` ${cellLeft(1000 + index, 6)} | ${cell(name(random), 18)} | done  | ${cellLeft(1, 8)} | ${cellLeft(random.near(40, 12), 3)}`,
    odd: [
      (random, index) => ` ${cellLeft(1000 + index, 6)} | ${cell(name(random), 18)} | stuck | ${cellLeft(1, 8)} |  41`,
      (random, index) => ` ${cellLeft(1000 + index, 6)} | ${cell(name(random), 18)} | done  | ${cellLeft(77, 8)} |  41`,
      (random, index) =>
        ` ${cellLeft(1000 + index, 6)} | ${cell(name(random), 18)} | done  | ${cellLeft(1, 8)} | 99871`,
    ],
    tail: (_, count) => [`(${count} rows)`],
  },
  {
    name: 'table/vmstat',
    kind: 'log',
    tool: shell('vmstat 1 200'),
    head: () => [
      'procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu-----',
      ' r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st',
    ],
    line: (random) =>
      ` ${random.int(0, 2)}  0      0 ${random.near(812000, 9000)}  90112 402112    0    0     ${random.int(0, 9)}    ${random.int(10, 40)}  ${random.near(300, 60)}  ${random.near(500, 80)}  ${random.int(1, 6)}  ${random.int(0, 2)} ${random.int(90, 97)}  0  0`,
    odd: [() => '31 12 481232   4012    112   9112 8123 9981 40123 51234 9812 19233  3 41  0 56  0'],
  },
  {
    name: 'table/ping',
    kind: 'log',
    head: () => ['PING db-1 (10.0.0.9) 56(84) bytes of data.'],
    line: (random, index) => `64 bytes from 10.0.0.9: icmp_seq=${index + 1} ttl=64 time=0.${random.int(180, 420)} ms`,
    odd: [
      (_, index) => `64 bytes from 10.0.0.9: icmp_seq=${index + 1} ttl=64 time=2412 ms`,
      (_, index) => `From 10.0.0.1 icmp_seq=${index + 1} Destination Host Unreachable`,
    ],
    tail: (_, count) => ['', '--- db-1 ping statistics ---', `${count} packets transmitted`],
  },
  {
    name: 'table/strace',
    kind: 'log',
    line: (random, index) =>
      `${clock(index)} read(${random.int(3, 9)}, "${random.hex(12)}"..., 4096) = ${random.near(3800, 200)}`,
    odd: [
      (_, index) => `${clock(index)} openat(AT_FDCWD, "/etc/app/key.pem", O_RDONLY) = -1 EACCES (Permission denied)`,
      (_, index) => `${clock(index)} --- SIGSEGV {si_signo=SIGSEGV, si_code=SEGV_MAPERR, si_addr=0x8} ---`,
    ],
  },
  {
    name: 'table/du-tabs',
    kind: 'log',
    tool: shell('du -k data'),
    line: (random) => `${random.near(5200, 800)}\tdata/${random.pick(PARTS)}/${random.hex(8)}`,
    odd: [
      () => '98123456\tdata/cart/tmp-core',
      () => "du: cannot read directory 'data/mail/private': Permission denied",
    ],
  },
  {
    name: 'table/pip',
    kind: 'log',
    tool: shell('pip list'),
    head: () => ['Package                  Version', '------------------------ -------'],
    line: (random) =>
      `${cell(`${random.pick(PARTS)}-${random.hex(6)}`, 24)} ${random.int(1, 9)}.${random.int(0, 20)}.${random.int(0, 9)}`,
    odd: [
      () => `${cell('internal-auth', 24)} 0.0.0.dev0 /home/u/src/internal-auth`,
      () => 'WARNING: Ignoring invalid distribution -umpy (/usr/lib/python3/dist-packages)',
    ],
  },
]

export const commandFamilies: readonly Family[] = [...BUILDS, ...TABLES].map(lineFamily)

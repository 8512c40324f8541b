// Logs and service output: one line, or one stack, among routine lines is not like the others.
import { accessTime, clock, day, iso, pad, type Random, syslogTime } from './random.js'
import { type Family, type LineFamily, lineFamily } from './sample.js'

const PATHS = ['/api/cart', '/api/users', '/health', '/static/app.js', '/api/orders'] as const
const TASKS = ['refresh cache', 'sync calendar', 'send digest', 'rotate keys'] as const
const ip = (random: Random): string => `10.4.${random.int(0, 9)}.${random.int(1, 254)}`
const app = (level: string, text: string, index: number): string =>
  `${iso(index)} ${level.padEnd(5)} [worker-${index % 4}] ${text}`
const routine = (random: Random, index: number): string =>
  app('INFO', `finished ${random.pick(TASKS)} job=${random.hex(8)} in ${random.near(120, 40)}ms`, index)
const APP_ODDS: LineFamily['odd'] = [
  (random, index) => app('ERROR', `job=${random.hex(8)} aborted: quota exceeded for tenant 17`, index),
  (random, index) => app('WARN', `disk usage at 97% on /var/lib/data job=${random.hex(8)}`, index),
  (random, index) => app('INFO', `finished refresh cache job=${random.hex(8)} in 48123ms`, index),
  (_, index) => app('INFO', 'leader changed from node-2 to node-5', index),
  (_, index) => app('FATAL', 'out of file descriptors, giving up', index),
]
const access = (random: Random, index: number, status = 200, path: string = random.pick(PATHS)): string =>
  `${ip(random)} - - [${accessTime(index)}] "GET ${path} HTTP/1.1" ${status} ${random.near(5200, 900)} "-" "Mozilla/5.0 (X11; Linux x86_64)" rt=0.0${random.int(10, 40)}`
const sys = (index: number, text: string): string => `${syslogTime(index)} host-3 ${text}`
const klog = (index: number, text: string): string => `[${(1200 + index * 0.731).toFixed(6).padStart(12)}] ${text}`
const pg = (index: number, text: string): string =>
  `${day(index)} ${clock(index)}.${pad(index % 1000, 3)} UTC [${400 + (index % 7)}] ${text}`
const java = (level: string, index: number, text: string): string =>
  `${day(index)} ${clock(index)},${pad(index % 1000, 3)} ${level.padEnd(5)} [http-nio-8080-exec-${index % 8}] c.a.shop.OrderService - ${text}`
const color = (code: number, text: string): string => `\u001b[${code}m${text}\u001b[0m`

export const serviceLogs: readonly LineFamily[] = [
  { name: 'log/app-iso', kind: 'log', line: routine, odd: APP_ODDS },
  { name: 'log/app-crlf', kind: 'log', line: routine, odd: APP_ODDS, finish: (text) => text.replaceAll('\n', '\r\n') },
  {
    name: 'log/app-gutter',
    kind: 'log',
    line: routine,
    odd: APP_ODDS,
    dress: (line, index) => `${String(index + 1).padStart(6)}\t${line}`,
  },
  {
    name: 'log/app-stdout',
    kind: 'log',
    shape: 'boxed',
    line: routine,
    odd: APP_ODDS,
    finish: (text) => JSON.stringify({ stdout: text, stderr: '', exit_code: 0 }),
  },
  {
    name: 'log/app-python-escapes',
    kind: 'log',
    shape: 'boxed',
    line: routine,
    odd: APP_ODDS,
    finish: (text) => JSON.stringify({ output: text, metadata: { exit_code: 0, duration_seconds: 1.2 } }),
  },
  {
    name: 'log/app-codex',
    kind: 'log',
    line: routine,
    odd: APP_ODDS,
    finish: (text) => `Exit code: 0\nWall time: 1.2 seconds\nOutput:\n${text}`,
  },
  {
    name: 'log/app-tool',
    kind: 'log',
    line: routine,
    odd: APP_ODDS,
    tool: { name: 'Bash', input: { command: 'docker logs app' } },
  },
  {
    name: 'log/app-no-time',
    kind: 'log',
    line: (random, index) => routine(random, index).slice(25),
    odd: APP_ODDS.map((odd) => (random, index) => String(odd(random, index)).slice(25)),
  },
  {
    name: 'log/access',
    kind: 'log',
    count: [80, 500],
    line: access,
    odd: [
      (random, index) => access(random, index, 500, '/api/cart'),
      (random, index) => access(random, index, 200, '/wp-login.php'),
      (random, index) => access(random, index, 401, '/admin/export?all=1'),
      (random, index) => access(random, index).replace(/rt=.*/, 'rt=29.871'),
      (random, index) => access(random, index).replace('"GET ', '"DELETE '),
    ],
  },
  {
    name: 'log/syslog',
    kind: 'log',
    line: (random, index) =>
      sys(
        index,
        random.pick([
          `CRON[${random.int(2000, 9000)}]: (root) CMD (run-parts /etc/cron.hourly)`,
          `systemd[1]: Started Session ${random.int(10, 999)} of user deploy.`,
          `sshd[${random.int(2000, 9000)}]: Accepted publickey for deploy from 10.0.0.${random.int(2, 60)} port ${random.int(30000, 60000)} ssh2`,
        ]),
      ),
    odd: [
      (_, index) =>
        sys(
          index,
          'kernel: EXT4-fs error (device sda1): ext4_find_entry:1455: inode #2: comm ls: reading directory lblock 0',
        ),
      (_, index) => sys(index, 'sshd[4242]: Accepted password for root from 198.51.100.23 port 4711 ssh2'),
      (_, index) => sys(index, 'systemd[1]: postgresql.service: Main process exited, code=killed, status=9/KILL'),
    ],
  },
  {
    name: 'log/dmesg',
    kind: 'log',
    line: (random, index) =>
      klog(
        index,
        random.pick([
          `usb 1-1: new high-speed USB device number ${random.int(2, 90)} using xhci_hcd`,
          `audit: type=1400 audit(${1772600000 + index}.${random.int(100, 999)}:${index}): apparmor="STATUS"`,
          `eth0: link up, 1000Mbps, full-duplex, lpa 0x${random.hex(4)}`,
        ]),
      ),
    odd: [
      (_, index) => klog(index, 'Out of memory: Killed process 2817 (java) total-vm:8123456kB'),
      (_, index) => klog(index, 'BUG: unable to handle page fault for address: ffffb2c0403fe000'),
      (_, index) => klog(index, 'nvme0n1: I/O Cmd(0x2) @ LBA 8231, 8 blocks, I/O Error (sct 0x2 / sc 0x81)'),
    ],
  },
  {
    name: 'log/logfmt',
    kind: 'log',
    line: (random, index) =>
      `ts=${iso(index)} level=info caller=main.go:${random.pick([88, 91])} msg="scrape done" target=${ip(random)} samples=${random.near(410, 30)} dur=${random.near(31, 8)}ms`,
    odd: [
      (random, index) =>
        `ts=${iso(index)} level=error caller=main.go:120 msg="scrape failed" target=${ip(random)} err="context deadline exceeded"`,
      (random, index) =>
        `ts=${iso(index)} level=info caller=main.go:88 msg="scrape done" target=${ip(random)} samples=0 dur=31ms`,
      (_, index) => `ts=${iso(index)} level=warn caller=wal.go:17 msg="WAL segment corrupt, repaired" segment=00000231`,
    ],
  },
  {
    name: 'log/python-traceback',
    kind: 'log',
    line: (random, index) =>
      `${day(index)} ${clock(index)},${pad(index % 1000, 3)} - etl.load - INFO - loaded batch ${index} (${random.near(500, 20)} rows) from s3://bucket/part-${random.hex(6)}`,
    odd: [
      (_, index) => [
        `${day(index)} ${clock(index)},000 - etl.load - ERROR - batch failed`,
        'Traceback (most recent call last):',
        '  File "/srv/etl/load.py", line 88, in run',
        '    row = parse(line)',
        "ValueError: invalid literal for int() with base 10: '12,5'",
      ],
      (_, index) => `${day(index)} ${clock(index)},000 - etl.load - WARNING - schema drift: column price is now text`,
    ],
  },
  {
    name: 'log/java-stack',
    kind: 'log',
    line: (random, index) => java('INFO', index, `order ${random.hex(10)} accepted in ${random.near(45, 10)} ms`),
    odd: [
      (_, index) => [
        java('ERROR', index, 'order failed'),
        'java.lang.NullPointerException: Cannot invoke "Price.amount()" because "price" is null',
        '\tat com.acme.shop.OrderService.total(OrderService.java:88)',
        '\tat com.acme.shop.OrderController.post(OrderController.java:41)',
        'Caused by: java.sql.SQLTimeoutException: timeout after 30s',
      ],
      (_, index) => java('WARN', index, 'HikariPool-1 - Connection is not available, request timed out after 30001ms'),
    ],
  },
  {
    name: 'log/dotnet',
    kind: 'log',
    count: [80, 300],
    line: (random, index) =>
      index % 2 === 0
        ? 'info: Acme.Web.Startup[0]'
        : `      Executed endpoint Orders.Get id ${random.hex(8)} in ${random.near(12, 4)} ms`,
    odd: [
      () => [
        'fail: Acme.Web.Startup[13]',
        '      Unhandled exception: System.TimeoutException: The operation has timed out.',
      ],
      () => '      Application is shutting down because of a missing license',
    ],
  },
  {
    name: 'log/go-std',
    kind: 'log',
    line: (random, index) =>
      `${day(index).replaceAll('-', '/')} ${clock(index)} server.go:${random.pick([31, 77])}: served ${random.pick(PATHS)} to ${ip(random)} in ${random.near(900, 300)}µs`,
    odd: [
      (_, index) => [
        `${day(index).replaceAll('-', '/')} ${clock(index)} server.go:99: http: panic serving 10.4.1.9:51022: runtime error: index out of range [3] with length 3`,
        'goroutine 812 [running]:',
      ],
      (_, index) => `${day(index).replaceAll('-', '/')} ${clock(index)} tls.go:12: remote error: tls: bad certificate`,
    ],
  },
  {
    name: 'log/rust-ansi',
    kind: 'log',
    line: (random, index) =>
      `${color(2, iso(index))} ${color(32, ' INFO')} ${color(2, 'gateway::proxy:')} forwarded req=${random.hex(8)} bytes=${random.near(800, 90)}`,
    odd: [
      (random, index) =>
        `${color(2, iso(index))} ${color(31, 'ERROR')} ${color(2, 'gateway::proxy:')} upstream reset req=${random.hex(8)}`,
      (_, index) =>
        `${color(2, iso(index))} ${color(33, ' WARN')} ${color(2, 'gateway::limits:')} connection limit 1024 reached`,
    ],
  },
  {
    name: 'log/postgres',
    kind: 'log',
    line: (random, index) =>
      pg(
        index,
        random.pick([
          `LOG:  checkpoint complete: wrote ${random.near(90, 20)} buffers (0.5%)`,
          `LOG:  duration: ${random.near(40, 9)}.${random.int(100, 999)} ms  statement: SELECT 1`,
          `LOG:  connection received: host=${ip(random)} port=${random.int(30000, 60000)}`,
        ]),
      ),
    odd: [
      (_, index) => pg(index, 'ERROR:  deadlock detected'),
      (_, index) => pg(index, 'PANIC:  could not write to file "pg_wal/xlogtemp.88": No space left on device'),
      (_, index) => pg(index, 'LOG:  duration: 93412.118 ms  statement: SELECT * FROM events'),
    ],
  },
  {
    name: 'log/redis',
    kind: 'log',
    line: (random, index) =>
      `1:M 04 Mar 2026 ${clock(index)}.${pad(index % 1000, 3)} * ${random.pick(['100 changes in 300 seconds. Saving...', 'Background saving terminated with success', `DB saved on disk in ${random.int(20, 60)} ms`])}`,
    odd: [
      (_, index) =>
        `1:M 04 Mar 2026 ${clock(index)}.100 # MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist`,
      (_, index) => `1:S 04 Mar 2026 ${clock(index)}.100 # Connection with master lost.`,
    ],
  },
  {
    name: 'log/kafka',
    kind: 'log',
    line: (random, index) =>
      `[${day(index)} ${clock(index)},${pad(index % 1000, 3)}] INFO [Partition orders-${random.int(0, 11)} broker=2] Log loaded for partition with high watermark ${random.int(1000, 99999)} (kafka.cluster.Partition)`,
    odd: [
      (_, index) =>
        `[${day(index)} ${clock(index)},000] INFO [Partition orders-4 broker=2] Shrinking ISR from 1,2,3 to 2. (kafka.cluster.Partition)`,
      (_, index) =>
        `[${day(index)} ${clock(index)},000] ERROR Disk error while locking directory /kafka/data (kafka.server.LogDirFailureChannel)`,
    ],
  },
  {
    name: 'log/cjk',
    kind: 'log',
    line: (random, index) => `${iso(index)} 信息 用户 ${random.hex(6)} 登录成功，耗时 ${random.near(40, 9)} 毫秒`,
    odd: [
      (_, index) => `${iso(index)} 错误 数据库连接失败：超时`,
      (_, index) => `${iso(index)} 警告 磁盘空间不足 3%`,
      (_, index) => `${iso(index)} 信息 管理员修改了系统时间`,
    ],
  },
  {
    name: 'log/emoji',
    kind: 'log',
    line: (random, index) => `${clock(index)} ✅ built package ${random.hex(7)} 📦 in ${random.near(30, 9)}ms`,
    odd: [
      (_, index) => `${clock(index)} ❌ package 77aa failed to link 💥`,
      (_, index) => `${clock(index)} ⚠️  package ui falls back to an old lockfile`,
    ],
  },
  {
    name: 'log/windows-events',
    kind: 'log',
    line: (random, index) =>
      `${day(index)} ${clock(index)}\tInformation\tService Control Manager\t7036\tThe ${random.pick(['Print Spooler', 'Windows Update', 'BITS'])} service entered the running state. (${random.hex(4)})`,
    odd: [
      (_, index) =>
        `${day(index)} ${clock(index)}\tCritical\tKernel-Power\t41\tThe system has rebooted without cleanly shutting down first.`,
      (_, index) =>
        `${day(index)} ${clock(index)}\tWarning\tDisk\t153\tThe IO operation at logical block address 0x8 for Disk 1 was retried.`,
    ],
    finish: (text) => text.replaceAll('\n', '\r\n'),
  },
  {
    name: 'log/kube-events',
    kind: 'log',
    head: () => ['LAST SEEN   TYPE      REASON      OBJECT                 MESSAGE'],
    line: (random, index) =>
      `${`${index % 59}m`.padEnd(12)}Normal    ${random.pick(['Pulled', 'Created', 'Started']).padEnd(12)}pod/web-${random.hex(5).padEnd(15)}Container image "web:2.4.1" already present on machine`,
    odd: [
      () =>
        '3m          Warning   BackOff     pod/web-77c1f            Back-off restarting failed container app in pod',
      () =>
        '9m          Warning   Unhealthy   pod/web-0d11a            Readiness probe failed: HTTP probe failed with statuscode: 503',
    ],
  },
  {
    name: 'log/journal',
    kind: 'log',
    head: () => ['-- Journal begins at Mon 2026-02-02 09:00:00 UTC. --'],
    line: (random, index) =>
      `${iso(index).slice(0, 19)}+0000 edge-1 traefik[811]: time="${iso(index).slice(0, 19)}Z" level=info msg="Configuration reloaded" provider=docker id=${random.hex(6)}`,
    odd: [
      (_, index) =>
        `${iso(index).slice(0, 19)}+0000 edge-1 traefik[811]: time="${iso(index).slice(0, 19)}Z" level=error msg="Unable to obtain ACME certificate for domains [shop.example]"`,
      (_, index) => `${iso(index).slice(0, 19)}+0000 edge-1 dockerd[500]: container 91ab exited with status 139`,
    ],
  },
]

export const serviceLogFamilies: readonly Family[] = serviceLogs.map(lineFamily)

// Seeded generator of routine logs with one planted anomaly, for tests.

export type PlantKind = 'error' | 'template' | 'latency' | 'status' | 'host' | 'gap' | 'order' | 'level'

export interface PlantedLog {
  readonly family: string
  readonly kind: PlantKind
  readonly text: string
  /** Lines that must be seen for the anomaly to be noticed. */
  readonly plants: readonly string[]
}

/** What one routine line says; a plant changes one field. */
interface Event {
  readonly index: number
  readonly seconds: number
  readonly host: string
  readonly ms: number
  readonly status: number
  readonly level: string
  readonly pick: (values: readonly string[]) => string
  readonly number: (from: number, to: number) => number
}

interface Family {
  readonly name: string
  readonly line: (event: Event) => string
  /** Fields that its lines show. */
  readonly shows: readonly ('ms' | 'status' | 'host' | 'level')[]
  /** Lines come at even intervals. */
  readonly beats?: boolean
}

const PATHS = ['/api/users', '/api/orders', '/api/cart', '/login', '/static/app.js', '/health', '/search']
const MESSAGES = ['request completed', 'cache refreshed', 'session renewed', 'job finished', 'message acknowledged']
const DAY = Date.UTC(2024, 2, 11, 6, 0, 0)

const two = (value: number): string => String(value).padStart(2, '0')
const clock = (seconds: number): string =>
  `${two(6 + (Math.floor(seconds / 3600) % 12))}:${two(Math.floor(seconds / 60) % 60)}:${two(Math.floor(seconds) % 60)}`
const iso = (seconds: number): string =>
  `2024-03-11T${clock(seconds)}.${String(Math.floor((seconds % 1) * 1000)).padStart(3, '0')}Z`
const syslog = (seconds: number): string => `Mar 11 ${clock(seconds)}`
const hex = (event: Event, digits: number): string =>
  Array.from({ length: digits }, () => event.number(0, 15).toString(16)).join('')
const ip = (event: Event): string => `10.0.${event.number(0, 3)}.${event.number(2, 250)}`

const FAMILIES: readonly Family[] = [
  {
    name: 'web access',
    shows: ['status'],
    line: (e) =>
      `${ip(e)} - - [11/Mar/2024:${clock(e.seconds)} +0000] "GET ${e.pick(PATHS)} HTTP/1.1" ${e.status} ${e.number(300, 9000)}`,
  },
  {
    name: 'web access with time',
    shows: ['status', 'ms'],
    line: (e) => `${iso(e.seconds)} GET ${e.pick(PATHS)} status=${e.status} bytes=${e.number(100, 900)} took=${e.ms}ms`,
  },
  {
    name: 'service with level',
    shows: ['level', 'ms', 'host'],
    line: (e) =>
      `${iso(e.seconds)} ${e.level} [${e.host}] OrderService - order ${e.number(10000, 99999)} processed in ${e.ms} ms`,
  },
  {
    name: 'json lines',
    shows: ['ms', 'status', 'host'],
    line: (e) =>
      JSON.stringify({
        level: 30,
        time: DAY + Math.round(e.seconds * 1000),
        pid: 1,
        hostname: e.host,
        reqId: `req-${e.index}`,
        res: { statusCode: e.status },
        responseTime: e.ms,
        msg: 'request completed',
      }),
  },
  {
    name: 'logfmt',
    shows: ['level', 'ms', 'host'],
    line: (e) =>
      `time="${iso(e.seconds)}" level=${e.level.toLowerCase()} msg="${e.pick(MESSAGES)}" host=${e.host} duration=${e.ms}ms`,
  },
  {
    name: 'ssh daemon',
    shows: ['host'],
    line: (e) =>
      `${syslog(e.seconds)} ${e.host} sshd[${e.number(1000, 30000)}]: Accepted publickey for deploy from ${ip(e)} port ${e.number(30000, 60000)} ssh2`,
  },
  {
    name: 'cron',
    shows: ['host'],
    beats: true,
    line: (e) =>
      `${syslog(e.seconds)} ${e.host} CRON[${4000 + e.index}]: (root) CMD (/usr/bin/run-parts /etc/cron.minutely)`,
  },
  {
    name: 'heartbeat',
    shows: ['host', 'ms'],
    beats: true,
    line: (e) => `${iso(e.seconds)} INFO heartbeat from ${e.host} ok rtt=${e.ms}ms`,
  },
  {
    name: 'health check',
    shows: ['status', 'ms'],
    beats: true,
    line: (e) => `[${iso(e.seconds)}] health: backend=payments code=${e.status} latency_ms=${e.ms}`,
  },
  {
    name: 'block store',
    shows: ['level'],
    line: (e) =>
      `240311 ${clock(e.seconds).replaceAll(':', '')} ${e.number(10, 999)} ${e.level} dfs.DataNode: ${e.pick(['Received', 'Served', 'Verified'])} block blk_${e.number(1e9, 9e9)} of size 67108864 from /${ip(e)}`,
  },
  {
    name: 'coordinator',
    shows: ['level'],
    line: (e) =>
      `2024-03-11 ${clock(e.seconds)},${two(e.number(10, 99))}0 - ${e.level}  [NIOServerCxn:2181:NIOServerCnxn@${e.pick(['1001', '197'])}] - Accepted socket connection from /${ip(e)}:${e.number(30000, 60000)}`,
  },
  {
    name: 'cluster component',
    shows: ['ms'],
    line: (e) =>
      `I0311 ${clock(e.seconds)}.${e.number(100000, 999999)}       1 reconciler.go:${e.pick(['224', '311'])}] Reconciled pod "web-${e.number(0, 40)}" in ${e.ms}ms`,
  },
  {
    name: 'database',
    shows: ['ms', 'level'],
    line: (e) =>
      `2024-03-11 ${clock(e.seconds)} UTC [${e.number(100, 140)}] ${e.level}:  duration: ${e.ms}.${e.number(100, 999)} ms  statement: SELECT * FROM ${e.pick(['orders', 'users', 'items'])} WHERE id = $1`,
  },
  {
    name: 'queue',
    shows: ['host', 'ms'],
    line: (e) =>
      `[2024-03-11 ${clock(e.seconds)},${e.number(100, 999)}] INFO consumer ${e.host} committed offset ${900000 + e.index * 10} partition ${e.number(0, 7)} lag ${e.ms}`,
  },
  {
    name: 'mail relay',
    shows: ['host'],
    line: (e) =>
      `${syslog(e.seconds)} mail postfix/smtp[${e.number(100, 9000)}]: ${hex(e, 10).toUpperCase()}: to=<user${e.number(1, 500)}@example.com>, relay=${e.host}, delay=0.${e.number(10, 90)}, status=sent (250 2.0.0 Ok)`,
  },
  {
    name: 'sensor',
    shows: ['ms', 'host'],
    beats: true,
    line: (e) => `${iso(e.seconds)},${e.host},temperature,${e.ms}.${e.number(0, 9)},C,ok`,
  },
  {
    name: 'garbage collector',
    shows: ['ms'],
    line: (e) =>
      `[${e.seconds.toFixed(3)}s][info][gc] GC(${e.index}) Pause Young (Normal) (G1 Evacuation Pause) ${e.number(400, 800)}M->${e.number(90, 140)}M(2048M) ${e.ms}.${e.number(100, 999)}ms`,
  },
  {
    name: 'proxy',
    shows: ['status', 'host', 'ms'],
    line: (e) =>
      `${syslog(e.seconds)} lb haproxy[2211]: ${ip(e)}:${e.number(30000, 60000)} front backend/${e.host} 0/0/1/${e.ms}/${e.ms + 1} ${e.status} ${e.number(200, 4000)} - - ---- "GET ${e.pick(PATHS)} HTTP/1.1"`,
  },
  {
    name: 'name server',
    shows: ['host'],
    line: (e) =>
      `11-Mar-2024 ${clock(e.seconds)}.${e.number(100, 999)} queries: info: client @0x7f${hex(e, 6)} ${ip(e)}#${e.number(1024, 65000)} (${e.host}.example.com): query: ${e.host}.example.com IN A + (10.0.0.2)`,
  },
  {
    name: 'test runner',
    shows: ['ms'],
    line: (e) => `  ✓ ${e.pick(['parses', 'renders', 'saves', 'loads'])} case number ${e.index} (${e.ms} ms)`,
  },
  {
    name: 'batch job',
    shows: ['ms', 'level'],
    line: (e) =>
      `${clock(e.seconds)} ${e.level} batch ${e.index + 1}/5000 loaded rows=${e.number(990, 1000)} elapsed=${e.ms}ms`,
  },
  {
    name: 'backup',
    shows: ['ms'],
    line: (e) => `copied chunk ${String(e.index).padStart(6, '0')} sha1=${hex(e, 12)} size=4096KB speed=${e.ms}MB`,
  },
  {
    name: 'scheduler',
    shows: ['status', 'host'],
    line: (e) =>
      `[${iso(e.seconds)}] {taskinstance.py:1150} INFO - Task exited with return code 0 worker=${e.host} http=${e.status} attempt 1 of 3`,
  },
  {
    name: 'message bus',
    shows: ['host', 'level'],
    line: (e) =>
      `${iso(e.seconds)} ${e.level} ${e.pick(['publish', 'deliver', 'ack'])} topic=orders broker=${e.host} id=${hex(e, 8)}-${hex(e, 4)}`,
  },
]

const UNIQUE: readonly string[] = [
  'configuration file reloaded by operator root',
  'switching to read-only mode',
  'certificate expires in 2 days',
  'leader changed, this node is now follower',
  'rate limiter engaged for tenant acme',
]
const ERRORS: readonly string[] = [
  'ERROR connection refused by upstream db-primary',
  'Traceback (most recent call last):',
  'java.lang.OutOfMemoryError: Java heap space',
  'panic: runtime error: index out of range',
  'FATAL could not write to disk: No space left on device',
]

/** Small fast generator (mulberry32, public domain by Tommy Ettinger). */
const random = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const kindsOf = (family: Family): PlantKind[] => {
  const kinds: PlantKind[] = ['error', 'template']
  if (family.shows.includes('ms')) kinds.push('latency')
  if (family.shows.includes('status')) kinds.push('status')
  if (family.shows.includes('host')) kinds.push('host')
  if (family.shows.includes('level')) kinds.push('level')
  if (family.beats) kinds.push('gap')
  if (/\d\d:\d\d/.test(sampleOf(family))) kinds.push('order')
  return kinds
}

const sampleOf = (family: Family): string =>
  family.line({
    index: 0,
    seconds: 1,
    host: 'h',
    ms: 1,
    status: 200,
    level: 'INFO',
    pick: (v) => v[0] ?? '',
    number: (from) => from,
  })

export const plantedLog = (seed: number): PlantedLog => {
  const next = random(seed)
  const number = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1))
  const pick = (values: readonly string[]): string => values[number(0, values.length - 1)]!
  const family = FAMILIES[seed % FAMILIES.length]!
  const kinds = kindsOf(family)
  const kind = kinds[Math.floor(seed / FAMILIES.length) % kinds.length]!
  const size = number(90, 600)
  const at = number(0, 9) === 0 ? pick(['1', String(size - 2)]) : String(number(1, size - 2))
  const hosts = Array.from({ length: number(2, 6) }, (_, i) => `node-${i + 1}`)
  const base = number(8, 60)
  const lines: string[] = []
  const plants: string[] = []
  let seconds = number(0, 9000)
  for (let index = 0; index < size; index++) {
    const planted = index === Number(at)
    seconds += family.beats ? 10 : next() * 3
    if (planted && kind === 'gap') {
      seconds += 50
      plants.push(lines.at(-1)!)
    }
    const ms = base + number(0, base)
    const event: Event = {
      index,
      seconds: planted && kind === 'order' ? Math.max(0, seconds - 900) : seconds,
      host: planted && kind === 'host' ? 'node-77' : pick(hosts),
      ms: planted && kind === 'latency' ? ms * 10 : ms,
      status: planted && kind === 'status' ? Number(pick(['500', '503', '404'])) : 200,
      level: planted && kind === 'level' ? 'WARN' : 'INFO',
      pick,
      number,
    }
    let line = family.line(event)
    if (planted && (kind === 'error' || kind === 'template'))
      line = replaced(line, pick(kind === 'error' ? ERRORS : UNIQUE))
    if (planted) plants.push(line)
    lines.push(line)
  }
  return { family: family.name, kind, text: `${lines.join('\n')}\n`, plants }
}

/** Keeps the timestamp of a line and changes what it says. */
const replaced = (line: string, message: string): string => {
  const stamp = /^.*?\d\d:\d\d:\d\d(?:[.,]\d+)?Z?\]?/.exec(line)?.[0]
  return stamp === undefined || line.startsWith('{') ? message : `${stamp} ${message}`
}

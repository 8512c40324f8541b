// JSON as services, package managers and cloud tools print it: one record among routine ones is not like the others.
import { day, iso, type Random } from './random.js'
import { type Family, type Row, type RowFamily, rowFamily } from './sample.js'

const NAMES = ['ada', 'boris', 'chen', 'dita', 'emil', 'farah', 'goran', 'hana', 'ivo', 'june'] as const
const CITIES = ['Lyon', 'Porto', 'Graz', 'Turku', 'Ghent', 'Brno', 'Malmö'] as const
const ZONES = ['eu-west-1a', 'eu-west-1b', 'us-east-2c'] as const
const compact = (rows: unknown): string => JSON.stringify(rows)
const pretty = (rows: unknown): string => JSON.stringify(rows, null, 2)
const lines = (rows: readonly unknown[]): string => `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`
const by = (rows: readonly unknown[], key: string): Record<string, unknown> =>
  Object.fromEntries(rows.map((row) => [String((row as Row)[key]), row]))

/** Replaces members; the plant is the row's id and the new values as written. */
const set =
  (id: string, change: Row) =>
  (row: Row): { row: Row; plant: string[] } => ({
    row: { ...row, ...change },
    plant: [String(row[id]), ...Object.values(change).map((value) => JSON.stringify(value).replace(/^"|"$/g, ''))],
  })

const without =
  (id: string, key: string) =>
  (row: Row): { row: Row; plant: string[] } => {
    const { [key]: _, ...rest } = row
    return { row: rest, plant: [String(row[id])] }
  }

const idOf =
  (key: string) =>
  (row: Row): string =>
    String(row[key])

const order = (random: Random, index: number): Row => ({
  id: `ord_${random.hex(8)}`,
  customer: random.pick(NAMES),
  city: random.pick(CITIES),
  total: random.near(4200, 1800) / 100,
  items: random.int(1, 5),
  status: random.pick(['shipped', 'delivered', 'delivered']),
  created: iso(index * 71),
})
const ORDER_ODDS: RowFamily['odd'] = [
  set('id', { total: 98123.5 }),
  set('id', { status: 'chargeback' }),
  set('id', { total: -41.2 }),
  set('id', { items: null }),
  set('id', { customer: '' }),
  without('id', 'total'),
  set('id', { note: 'double charged, refund pending' }),
  set('id', { created: '1970-01-01T00:00:00.000Z' }),
]

const SERVICE_ODDS: RowFamily['odd'] = [
  set('name', { healthy: false, lastError: 'dial tcp 10.2.0.9:5432: connect: connection refused' }),
  set('name', { p99_ms: 18734 }),
  set('name', { version: '0.0.1-dirty' }),
  set('name', { replicas: 0 }),
]
const service = (random: Random): Row => ({
  name: `svc-${random.pick(NAMES)}-${random.hex(6)}`,
  healthy: true,
  version: random.pick(['4.12.0', '4.12.1']),
  replicas: random.int(2, 4),
  p99_ms: random.near(140, 40),
  region: random.pick(ZONES),
  lastError: null,
})

const LOG_TEMPLATES = [
  ['INFO', 'request # served'],
  ['INFO', 'heartbeat ok'],
  ['DEBUG', 'cache hit for key s:#'],
  ['WARN', 'queue depth # of 500'],
  ['WARN', 'retry #/5 for $'],
  ['ERROR', 'cannot reach $:8080'],
  ['ERROR', 'no answer from $ after # ms'],
] as const
const LOG_ODDS: RowFamily['odd'] = [
  set('trace', { message: 'rolled out build 77ac1d by jsantos' }),
  set('trace', { message: 'pool size changed from 100 to 10' }),
  set('trace', { message: 'leader election won by node kappa' }),
  set('trace', { level: 'ERROR', message: 'certificate of cdn.example.net is no longer valid' }),
  set('trace', { level: 'FATAL' }),
]
const logEntry = (random: Random, index: number): Row => {
  const service = `${random.pick(NAMES)}-api`
  const [level, template] = random.pick(LOG_TEMPLATES)
  const message = template.replace('#', String(random.int(1, 9999))).replace('$', service)
  return {
    time: iso(index * 9),
    level,
    service,
    message,
    trace: random.hex(16),
    host: `ip-10-0-0-${random.int(1, 12)}`,
  }
}

const pod = (random: Random, index: number): Row => ({
  metadata: {
    name: `web-${random.hex(9)}-${random.hex(5)}`,
    namespace: 'prod',
    labels: { app: 'web', 'pod-template-hash': random.hex(9) },
    creationTimestamp: iso(index * 13),
    uid: `${random.hex(8)}-${random.hex(4)}`,
  },
  spec: { nodeName: `node-${random.int(1, 9)}`, containers: [{ name: 'app', image: 'registry.local/web:2.4.1' }] },
  status: {
    phase: 'Running',
    podIP: `10.1.${random.int(0, 255)}.${random.int(1, 254)}`,
    containerStatuses: [{ name: 'app', ready: true, restartCount: 0, state: { running: { startedAt: iso(index) } } }],
  },
})
const podName = (row: Row): string => String((row.metadata as Row).name)
const podState =
  (phase: string, state: Row, restarts: number) =>
  (row: Row): { row: Row; plant: string[] } => ({
    row: {
      ...row,
      status: {
        ...(row.status as Row),
        phase,
        containerStatuses: [{ name: 'app', ready: false, restartCount: restarts, state }],
      },
    },
    plant: [podName(row), String(Object.values(Object.values(state)[0] as Row)[0])],
  })

const event = (random: Random, index: number): Row => ({
  time: iso(index * 3),
  level: 'info',
  msg: random.pick(['request handled', 'cache refreshed', 'job picked']),
  trace: random.hex(16),
  ms: random.near(30, 12),
})
const EVENT_ODDS: RowFamily['odd'] = [
  set('trace', { level: 'error', msg: 'payment gateway answered 402' }),
  set('trace', { ms: 61234 }),
  set('trace', { msg: 'fallback to replica because primary vanished' }),
  set('trace', { level: 'warn', msg: 'certificate expires in 2 days' }),
]

const issue = (random: Random, index: number): Row => ({
  number: 1200 + index,
  title: `${random.pick(['Fix', 'Add', 'Document', 'Speed up'])} ${random.pick(['login', 'export', 'search', 'upload'])} ${random.hex(5)}`,
  state: 'open',
  user: { login: random.pick(NAMES), id: random.int(100, 999), type: 'User' },
  labels: [{ name: random.pick(['bug', 'docs', 'feature']), color: random.hex(6) }],
  comments: random.int(0, 6),
  created_at: iso(index * 5000),
  html_url: `https://git.example/org/repo/issues/${1200 + index}`,
})

const change = (random: Random): Row => ({
  address: `aws_s3_object.file_${random.hex(7)}`,
  type: 'aws_s3_object',
  name: `file_${random.hex(4)}`,
  change: { actions: ['no-op'], before: { acl: 'private' }, after: { acl: 'private' } },
})

const CASES = ['parses', 'rejects', 'keeps', 'sorts', 'merges'] as const
const test = (random: Random): Row => ({
  fullName: `${random.pick(CASES)} ${random.pick(NAMES)} ${random.hex(6)}`,
  status: 'passed',
  duration: random.int(1, 14),
  failureMessages: [],
  location: null,
})

const lintFile = (random: Random): Row => ({
  filePath: `/repo/src/${random.pick(NAMES)}/${random.hex(6)}.ts`,
  messages: [],
  errorCount: 0,
  warningCount: 0,
  source: null,
})

const metric = (random: Random, index: number): Row => ({
  metric: {
    __name__: 'up',
    instance: `10.0.${index % 256}.${random.int(1, 254)}:9100`,
    job: 'node',
    pod: random.hex(8),
  },
  value: [1772600767, '1'],
})

const place = (random: Random): Row => ({
  type: 'Feature',
  properties: { name: `stop ${random.hex(6)}`, zone: random.pick(['A', 'B']), wheelchair: true },
  geometry: { type: 'Point', coordinates: [4.8 + random.next() / 10, 45.7 + random.next() / 10] },
})

const hit = (random: Random, index: number): Row => ({
  _index: 'articles-2026.03',
  _id: random.hex(12),
  _score: Math.round((9 - index / 60) * 1e4) / 1e4,
  _source: {
    title: `Notes on ${random.pick(['ferns', 'tides', 'clocks'])} ${random.hex(4)}`,
    views: random.near(900, 300),
    lang: 'en',
  },
})

const person = (random: Random, index: number): Row => ({
  编号: `用户${random.hex(6)}`,
  姓名: random.pick(['王芳', '李伟', '张敏', '刘洋']),
  城市: random.pick(['北京', '上海', '成都']),
  状态: '正常',
  登录次数: random.near(40, 15),
  日期: day(index * 90000),
})

const chat = (random: Random, index: number): Row => ({
  id: `m-${random.hex(8)}`,
  from: random.pick(NAMES),
  text: random.pick(['ok 👍', 'on my way 🚲', 'see you\tlater "soon"', 'café ☕ at 9?']),
  reactions: random.int(0, 3),
  at: iso(index * 40),
})

const trail = (random: Random, index: number): Row => ({
  eventVersion: '1.08',
  eventTime: iso(index * 11),
  eventName: random.pick(['GetObject', 'ListBuckets', 'DescribeInstances']),
  eventID: random.hex(12),
  sourceIPAddress: `10.3.0.${random.int(1, 40)}`,
  userIdentity: { type: 'AssumedRole', arn: `arn:aws:sts::1:assumed-role/app/${random.pick(NAMES)}` },
  errorCode: null,
  readOnly: true,
})

const instance = (random: Random, index: number): Row => ({
  InstanceId: `i-0${random.hex(15)}`,
  InstanceType: 't3.medium',
  State: { Code: 16, Name: 'running' },
  Placement: { AvailabilityZone: random.pick(ZONES), Tenancy: 'default' },
  PrivateIpAddress: `172.31.${index % 200}.${random.int(1, 254)}`,
  Tags: [{ Key: 'Name', Value: `worker-${index}` }],
})

const column = (random: Random, index: number): Row => ({
  table: `t_${random.hex(6)}`,
  rows: random.near(52000, 9000),
  bytes: random.near(8_400_000, 900_000),
  last_vacuum: iso(index * 600),
  dead_pct: random.near(4, 3),
})

/** Rows as parallel arrays. */
const columns = (rows: readonly unknown[]): Row => {
  const keys = Object.keys(rows[0] as Row)
  return Object.fromEntries(keys.map((key) => [key, rows.map((row) => (row as Row)[key] ?? null)]))
}

const table = (rows: readonly unknown[]): Row => {
  const keys = Object.keys(rows[0] as Row)
  return { fields: keys, records: rows.map((row) => keys.map((key) => (row as Row)[key] ?? null)) }
}

const nestedSet =
  (path: readonly [string, string], value: unknown, id: (row: Row) => string) =>
  (row: Row): { row: Row; plant: string[] } => {
    const inner = Array.isArray(row[path[0]]) ? value : { ...(row[path[0]] as Row), [path[1]]: value }
    return { row: { ...row, [path[0]]: inner }, plant: [id(row), ...scalarsOf(value)] }
  }

const scalarsOf = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(scalarsOf)
    : [JSON.stringify(value).replace(/^"|"$/g, '')]

const ORDERS = { row: order, odd: ORDER_ODDS, idOf: idOf('id') }
const EVENTS = { row: event, odd: EVENT_ODDS, idOf: idOf('trace') }
const SERVICES = { row: service, odd: SERVICE_ODDS, idOf: idOf('name') }
const PODS = {
  row: pod,
  odd: [
    podState('Pending', { waiting: { reason: 'ImagePullBackOff' } }, 0),
    podState('Running', { waiting: { reason: 'CrashLoopBackOff' } }, 57),
    podState('Failed', { terminated: { reason: 'OOMKilled', exitCode: 137 } }, 3),
  ],
  idOf: podName,
}
const METRICS = (row: Row): string => String((row.metric as Row).pod)

const FAMILIES: readonly RowFamily[] = [
  { name: 'json/orders-compact', ...ORDERS, write: compact },
  { name: 'json/orders-pretty', ...ORDERS, write: pretty },
  { name: 'json/orders-crlf', ...ORDERS, write: (rows) => pretty(rows).replaceAll('\n', '\r\n') },
  { name: 'json/orders-tabs', ...ORDERS, write: (rows) => JSON.stringify(rows, null, '\t') },
  { name: 'json/orders-bom', ...ORDERS, write: (rows) => `\ufeff${compact(rows)}` },
  {
    name: 'json/orders-page',
    ...ORDERS,
    write: (rows) => compact({ page: 1, per_page: rows.length, data: rows, next: null }),
  },
  { name: 'json/orders-columns', ...ORDERS, odd: ORDER_ODDS.slice(0, 5), write: (rows) => compact(columns(rows)) },
  { name: 'json/orders-records', ...ORDERS, odd: ORDER_ODDS.slice(0, 5), write: (rows) => compact(table(rows)) },
  { name: 'json/orders-by-id', ...ORDERS, write: (rows) => pretty(by(rows, 'id')) },
  { name: 'json/orders-in-string', ...ORDERS, write: (rows) => compact({ status: 200, body: compact(rows) }) },
  {
    name: 'json/orders-stdout',
    ...ORDERS,
    write: (rows) => compact({ stdout: pretty(rows), stderr: '', exit_code: 0 }),
  },
  { name: 'json/orders-mcp', ...ORDERS, write: (rows) => compact([{ type: 'text', text: compact(rows) }]) },
  { name: 'json/orders-fence', ...ORDERS, write: (rows) => `\`\`\`json\n${pretty(rows)}\n\`\`\`` },
  { name: 'json/events-lines', ...EVENTS, write: lines },
  { name: 'json/events-lines-crlf', ...EVENTS, write: (rows) => lines(rows).replaceAll('\n', '\r\n') },
  {
    name: 'json/events-lines-stdout',
    ...EVENTS,
    write: (rows) => compact({ stdout: lines(rows), stderr: '', code: 0 }),
  },
  {
    name: 'json/events-nested',
    ...EVENTS,
    write: (rows) => pretty({ meta: { took: 12, ok: true }, result: { log: { events: rows } } }),
  },
  { name: 'json/services', ...SERVICES, write: pretty },
  { name: 'json/services-map', ...SERVICES, write: (rows) => compact({ services: by(rows, 'name') }) },
  {
    name: 'json/pods',
    ...PODS,
    count: [20, 120],
    write: (rows) => pretty({ apiVersion: 'v1', kind: 'List', items: rows }),
  },
  { name: 'json/pods-lines', ...PODS, count: [20, 120], write: lines },
  {
    name: 'json/issues',
    row: issue,
    odd: [
      nestedSet(['user', 'type'], 'Bot', (row) => String(row.number)),
      set('number', { state: 'locked' }),
      set('number', { comments: 911 }),
      set('number', { title: 'URGENT data loss after upgrade' }),
      set('number', { labels: [] }),
    ],
    idOf: idOf('title'),
    count: [20, 100],
    write: pretty,
  },
  {
    name: 'json/terraform-plan',
    row: change,
    odd: [
      nestedSet(['change', 'actions'], ['delete', 'create'], (row) => String(row.address)),
      nestedSet(['change', 'after'], { acl: 'public-read' }, (row) => String(row.address)),
    ],
    idOf: idOf('address'),
    write: (rows) => compact({ format_version: '1.2', resource_changes: rows }),
  },
  {
    name: 'json/test-results',
    row: test,
    odd: [
      set('fullName', { status: 'failed', failureMessages: ['Error: expected 3 to be 4'] }),
      set('fullName', { status: 'skipped' }),
      set('fullName', { duration: 9134 }),
    ],
    idOf: idOf('fullName'),
    write: (rows) => pretty({ numTotalTests: rows.length, success: true, testResults: [{ assertionResults: rows }] }),
  },
  {
    name: 'json/lint',
    row: lintFile,
    odd: [
      set('filePath', {
        messages: [{ ruleId: 'no-undef', severity: 2, message: 'foo is not defined', line: 3 }],
        errorCount: 1,
      }),
      set('filePath', { warningCount: 14 }),
    ],
    idOf: idOf('filePath'),
    write: compact,
  },
  {
    name: 'json/prometheus',
    row: metric,
    odd: [
      (row) => ({ row: { ...row, value: [1772600767, '0'] }, plant: [METRICS(row)] }),
      (row) => ({ row: { ...row, value: [1772600767, 'NaN'] }, plant: [METRICS(row), 'NaN'] }),
    ],
    idOf: METRICS,
    write: (rows) => compact({ status: 'success', data: { resultType: 'vector', result: rows } }),
  },
  {
    name: 'json/geojson',
    row: place,
    odd: [
      nestedSet(['geometry', 'coordinates'], [0, 0], (row) => String((row.properties as Row).name)),
      nestedSet(['properties', 'wheelchair'], false, (row) => String((row.properties as Row).name)),
    ],
    idOf: (row) => String((row.properties as Row).name),
    write: (rows) => compact({ type: 'FeatureCollection', features: rows }),
  },
  {
    name: 'json/search-hits',
    row: hit,
    odd: [
      nestedSet(['_source', 'views'], 8_234_111, idOf('_id')),
      nestedSet(['_source', 'lang'], 'xx', idOf('_id')),
      set('_id', { _ignored: ['body'] }),
    ],
    idOf: idOf('_id'),
    write: (rows) => pretty({ took: 4, timed_out: false, hits: { total: { value: rows.length }, hits: rows } }),
  },
  {
    name: 'json/cjk',
    row: person,
    odd: [set('编号', { 状态: '已冻结' }), set('编号', { 登录次数: 98213 }), set('编号', { 城市: null })],
    idOf: idOf('编号'),
    write: pretty,
  },
  {
    name: 'json/emoji-escapes',
    row: chat,
    odd: [
      set('id', { text: 'server room is on fire' }),
      set('id', { reactions: 512 }),
      set('id', { from: 'unknown-sender' }),
    ],
    idOf: idOf('id'),
    write: (rows) =>
      compact(rows).replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`),
  },
  {
    name: 'json/cloudtrail',
    row: trail,
    odd: [
      set('eventID', { errorCode: 'AccessDenied' }),
      set('eventID', { eventName: 'DeleteTrail', readOnly: false }),
      set('eventID', { sourceIPAddress: '203.0.113.66' }),
      nestedSet(['userIdentity', 'type'], 'Root', idOf('eventID')),
    ],
    idOf: idOf('eventID'),
    write: (rows) => compact({ Records: rows }),
  },
  {
    name: 'json/instances',
    row: instance,
    odd: [
      nestedSet(['State', 'Name'], 'shutting-down', idOf('InstanceId')),
      set('InstanceId', { InstanceType: 'p4d.24xlarge' }),
      nestedSet(['Placement', 'AvailabilityZone'], 'ap-south-1a', idOf('InstanceId')),
    ],
    idOf: idOf('InstanceId'),
    count: [20, 120],
    write: (rows) => pretty({ Reservations: [{ ReservationId: 'r-1', Instances: rows }] }),
  },
  {
    name: 'json/table-sizes',
    row: column,
    odd: [
      set('table', { rows: 0 }),
      set('table', { bytes: 912_345_678_901 }),
      set('table', { last_vacuum: null }),
      set('table', { dead_pct: 93 }),
      set('table', { rows: '52k' }),
    ],
    idOf: idOf('table'),
    write: compact,
  },
  {
    name: 'json/series',
    row: (random, index) => ({
      t: 1772600000 + index * 60,
      v: Math.round((20 + Math.sin(index / 9) * 3 + random.next()) * 100) / 100,
    }),
    odd: [set('t', { v: 87.55 }), set('t', { v: -12.4 }), set('t', { v: null })],
    idOf: idOf('t'),
    write: (rows) => compact({ series: 'temp', points: rows }),
  },
  {
    name: 'json/series-parallel',
    row: (random, index) => ({ t: 1772600000 + index * 60, v: random.near(2000, 150) / 100 }),
    odd: [set('t', { v: 87.55 }), set('t', { v: -12.4 })],
    idOf: idOf('t'),
    write: (rows) => compact({ name: 'temp', ...columns(rows) }),
  },
  {
    name: 'json/scalars',
    row: (random) => ({ value: random.near(500, 80) }),
    odd: [set('value', { value: 91234 }), set('value', { value: -7 })].map((odd) => (row: Row) => ({
      ...odd(row),
      plant: odd(row).plant.slice(1),
    })),
    idOf: idOf('value'),
    count: [200, 900],
    write: (rows) => compact(rows.map((row) => (row as Row).value)),
  },
  {
    name: 'json/paths',
    row: (random) => ({ path: `src/${random.pick(NAMES)}/${random.pick(NAMES)}-${random.hex(5)}.ts` }),
    odd: [
      () => ({ row: { path: '/etc/shadow' }, plant: ['/etc/shadow'] }),
      () => ({ row: { path: 'src/ada/.env.production' }, plant: ['src/ada/.env.production'] }),
    ],
    idOf: idOf('path'),
    write: (rows) => pretty(rows.map((row) => (row as Row).path)),
  },
  {
    name: 'json/translations',
    row: (random) => ({
      key: `page.${random.pick(NAMES)}.${random.hex(6)}`,
      text: `${random.pick(['Speichern', 'Abbrechen', 'Weiter'])} ${random.pick(CITIES)}`,
    }),
    odd: [
      (row) => ({ row: { ...row, text: '' }, plant: [String(row.key)] }),
      (row) => ({ row: { ...row, text: 'TODO translate me' }, plant: [String(row.key), 'TODO translate me'] }),
    ],
    idOf: idOf('key'),
    count: [60, 300],
    write: (rows) => pretty(Object.fromEntries(rows.map((row) => [(row as Row).key, (row as Row).text]))),
  },
  {
    name: 'json/service-log',
    row: logEntry,
    odd: LOG_ODDS,
    idOf: idOf('trace'),
    count: [80, 400],
    write: (rows) => pretty({ total: rows.length * 10, returned: rows.length, entries: rows }),
  },
  {
    name: 'json/packages',
    row: (random) => ({
      name: `@acme/${random.pick(NAMES)}-${random.hex(5)}`,
      version: `${random.int(1, 3)}.${random.int(0, 9)}.${random.int(0, 9)}`,
      resolved: true,
    }),
    odd: [
      set('name', { version: '0.0.0-deprecated' }),
      set('name', { resolved: false, problems: ['missing: left-pad@^1.3.0'] }),
      set('name', { extraneous: true }),
    ],
    idOf: idOf('name'),
    write: (rows) => pretty({ name: 'app', version: '1.0.0', dependencies: by(rows, 'name') }),
  },
]

export const jsonFamilies: readonly Family[] = FAMILIES.map(rowFamily)

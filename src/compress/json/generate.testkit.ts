// Seeded families of JSON results as tools give them, each with one planted oddity whose text must survive.

export interface Planted {
  readonly family: string
  readonly oddity: string
  readonly text: string
  /** Stands in the text only where the oddity is; a row's id as written. */
  readonly needle: string
}

type Row = Record<string, unknown>
type Rng = () => number

/** mulberry32 (public domain). */
export const rngOf = (seed: number): Rng => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const pick = <T>(rng: Rng, list: readonly T[]): T => list[Math.floor(rng() * list.length)]!
const int = (rng: Rng, low: number, high: number): number => low + Math.floor(rng() * (high - low + 1))
const hex = (rng: Rng, chars: number): string =>
  Array.from({ length: chars }, () => int(rng, 0, 15).toString(16)).join('')
const uuid = (rng: Rng): string => `${hex(rng, 8)}-${hex(rng, 4)}-4${hex(rng, 3)}-a${hex(rng, 3)}-${hex(rng, 12)}`
const iso = (minute: number): string => new Date(Date.UTC(2026, 0, 5) + minute * 60_000).toISOString()
const NAMES = [
  'amara',
  'bruno',
  'chidi',
  'dalia',
  'emeka',
  'farah',
  'goran',
  'hana',
  'ines',
  'jonas',
  'kofi',
  'lena',
] as const
const CITIES = ['Lagos', 'Porto', 'Oslo', 'Quito', 'Hanoi', 'Turin'] as const
const WORDS = ['cache', 'index', 'queue', 'shard', 'route', 'cart', 'token', 'batch', 'bucket', 'panel'] as const

/** One uniform row; `id` is unique and `label` says which key holds it. */
type Family = { readonly key: string; readonly row: (rng: Rng, index: number) => Row }

export const FAMILIES: Readonly<Record<string, Family>> = {
  users: {
    key: 'user_id',
    row: (rng, index) => ({
      user_id: `u-${7000 + index * 3}`,
      name: `${pick(rng, NAMES)} ${pick(rng, NAMES)}`,
      email: `${pick(rng, NAMES)}.${hex(rng, 4)}@example.com`,
      plan: pick(rng, ['free', 'team', 'pro']),
      state: 'enabled',
      logins: int(rng, 3, 60),
    }),
  },
  orders: {
    key: 'order',
    row: (rng, index) => ({
      order: `SO-${41000 + index}`,
      customer: pick(rng, NAMES),
      city: pick(rng, CITIES),
      items: int(rng, 1, 6),
      total: Number((rng() * 180 + 12).toFixed(2)),
      status: pick(rng, ['shipped', 'delivered']),
    }),
  },
  pods: {
    key: 'name',
    row: (rng, index) => ({
      name: `web-${hex(rng, 8)}-${index}`,
      namespace: 'shop',
      status: { phase: 'Running', restarts: 0, ip: `10.4.${int(rng, 0, 9)}.${int(rng, 1, 250)}` },
      node: `node-${int(rng, 1, 5)}`,
      cpu: int(rng, 90, 140),
    }),
  },
  metrics: {
    key: 'ts',
    row: (rng, index) => ({
      ts: iso(index),
      host: 'db-1',
      load: Number((1 + rng()).toFixed(3)),
      mem: int(rng, 40, 55),
      ok: true,
    }),
  },
  http: {
    key: 'req',
    row: (rng, index) => ({
      req: `r${hex(rng, 6)}${index}`,
      method: pick(rng, ['GET', 'GET', 'POST']),
      path: `/api/v2/${pick(rng, WORDS)}/${int(rng, 1, 900)}`,
      status: 200,
      ms: int(rng, 8, 70),
    }),
  },
  sensors: {
    key: 'reading',
    row: (rng, index) => ({
      reading: index + 500,
      sensor: `s${int(rng, 1, 8)}`,
      celsius: Number((20 + rng() * 4).toFixed(1)),
      valid: true,
    }),
  },
  events: {
    key: 'event_id',
    row: (rng, index) => ({
      event_id: uuid(rng),
      at: iso(index * 7),
      level: 'info',
      message: `job ${int(rng, 100, 999)} finished in ${int(rng, 20, 90)} ms`,
      actor: { id: int(rng, 1, 40), role: pick(rng, ['admin', 'member']) },
    }),
  },
  files: {
    key: 'path',
    row: (rng, index) => ({
      path: `src/${pick(rng, WORDS)}/${pick(rng, WORDS)}-${index}.ts`,
      mode: '100644',
      type: 'blob',
      size: int(rng, 300, 5200),
      sha: hex(rng, 40),
    }),
  },
  packages: {
    key: 'package',
    row: (rng, index) => ({
      package: `${pick(rng, WORDS)}-${index}`,
      current: `${int(rng, 1, 6)}.${int(rng, 0, 9)}.0`,
      wanted: `${int(rng, 1, 6)}.${int(rng, 0, 9)}.1`,
      licence: 'MIT',
      deprecated: false,
    }),
  },
  tests: {
    key: 'test',
    row: (rng, index) => ({
      test: `suite ${pick(rng, WORDS)} case ${index}`,
      outcome: 'passed',
      duration: Number((rng() * 0.4 + 0.02).toFixed(3)),
      retries: 0,
      error: null,
    }),
  },
  invoices: {
    key: 'invoice',
    row: (rng, index) => ({
      invoice: 90000 + index,
      vendor: pick(rng, ['Acme', 'Globex', 'Initech']),
      net: int(rng, 200, 900),
      tax: 19,
      currency: 'EUR',
      paid: true,
      tags: ['q1', pick(rng, WORDS)],
    }),
  },
  nested: {
    key: 'uid',
    row: (rng, index) => ({
      uid: `n-${index}-${hex(rng, 4)}`,
      spec: {
        replicas: 2,
        image: `registry/${pick(rng, WORDS)}:1.4.${int(rng, 0, 9)}`,
        limits: { cpu: '500m', memory: '256Mi' },
      },
      conditions: [
        { type: 'Ready', status: 'True' },
        { type: 'Synced', status: 'True' },
      ],
    }),
  },
  flights: {
    key: 'flight',
    row: (rng, index) => ({
      flight: `HR${1200 + index}`,
      from: pick(rng, CITIES),
      to: pick(rng, CITIES),
      at: iso(index * 35),
      seats: int(rng, 90, 180),
      state: pick(rng, ['on time', 'boarding', 'on time']),
    }),
  },
  tickets: {
    key: 'ticket',
    row: (rng, index) => ({
      ticket: `T-${index * 2 + 310}`,
      title: `${pick(rng, WORDS)} ${pick(rng, WORDS)} is slow on page ${int(rng, 1, 30)}`,
      assignee: { login: pick(rng, NAMES), id: int(rng, 1, 12) },
      level: pick(rng, ['minor', 'major']),
      votes: int(rng, 0, 9),
    }),
  },
  devices: {
    key: 'serial',
    row: (rng, index) => ({
      serial: `${hex(rng, 6)}${index}`,
      model: pick(rng, ['A1', 'A2', 'B1']),
      battery: int(rng, 60, 100),
      position: { lat: Number((40 + rng()).toFixed(4)), lon: Number((8 + rng()).toFixed(4)) },
      active: true,
    }),
  },
  builds: {
    key: 'build',
    row: (rng, index) => ({
      build: 5100 + index,
      branch: pick(rng, ['main', 'develop']),
      commit: hex(rng, 12),
      outcome: 'success',
      seconds: int(rng, 200, 320),
      steps: [
        { step: 'install', exit: 0 },
        { step: 'test', exit: 0 },
      ],
    }),
  },
  transfers: {
    key: 'transfer',
    row: (rng, index) => ({
      transfer: uuid(rng),
      at: iso(index * 3),
      amount: Number((rng() * 90 + 10).toFixed(2)),
      currency: 'EUR',
      state: 'settled',
    }),
  },
  repos: {
    key: 'full_name',
    row: (rng, index) => ({
      full_name: `octo/${pick(rng, WORDS)}-${index}`,
      url: `https://api.example.com/repos/octo/${index}`,
      private: false,
      stars: int(rng, 10, 90),
      language: pick(rng, ['Go', 'Rust', 'TypeScript']),
      topics: [],
    }),
  },
  queues: {
    key: 'queue',
    row: (rng, index) => ({
      queue: `q-${pick(rng, WORDS)}-${index}`,
      depth: int(rng, 0, 30),
      consumers: 3,
      durable: true,
      policy: { ttl: 3600, max: 1000 },
    }),
  },
  patients: {
    key: 'record',
    row: (rng, index) => ({
      record: `P${60000 + index * 7}`,
      age: int(rng, 20, 80),
      pulse: int(rng, 58, 92),
      ward: pick(rng, ['north', 'south', 'east']),
      notes: `stable, seen by ${pick(rng, NAMES)}`,
    }),
  },
}

/** How one row is made odd. Returns undefined where the oddity does not apply to the family. */
const ODDITIES: Readonly<Record<string, (row: Row, rng: Rng, key: string) => Row | undefined>> = {
  'failing value': (row, rng) =>
    withFirst(row, (value, name) =>
      /status|state|level|outcome/.test(name) && typeof value === 'string' ? pick(rng, ['failed', 'error']) : undefined,
    ),
  'odd category': (row) =>
    withFirst(row, (value, name) =>
      /state|currency|licence|level|outcome|type|namespace|mode/.test(name) && typeof value === 'string'
        ? 'zz-other'
        : undefined,
    ),
  'http status': (row) => withFirst(row, (value, name) => (name === 'status' && value === 200 ? 503 : undefined)),
  'huge number': (row, _, key) =>
    withFirst(row, (value, name) =>
      name !== key && typeof value === 'number' ? Math.round(value * 40 + 4000) : undefined,
    ),
  'negative number': (row, _, key) =>
    withFirst(row, (value, name) => (name !== key && typeof value === 'number' && value > 0 ? -value : undefined)),
  'missing field': (row, _, key) => {
    const names = Object.keys(row).filter((name) => name !== key)
    return Object.fromEntries(Object.entries(row).filter(([name]) => name !== names[names.length - 1]))
  },
  'extra field': (row) => ({ ...row, note: 'checked by hand' }),
  'null value': (row, _, key) =>
    withFirst(row, (value, name) => (name !== key && value !== null && typeof value !== 'object' ? null : undefined)),
  'changed type': (row, _, key) =>
    withFirst(row, (value, name) => (name !== key && typeof value === 'number' ? String(value) : undefined)),
  'false flag': (row) => withFirst(row, (value) => (typeof value === 'boolean' ? !value : undefined)),
  'long text': (row, _, key) =>
    withFirst(row, (value, name) =>
      name !== key && typeof value === 'string' && !/status|state|ts|at|sha/.test(name)
        ? `${value} and then it went on for much longer than any other of these`
        : undefined,
    ),
  'out of order': (row) => withFirst(row, (_, name) => (name === 'at' ? '2019-03-01T00:00:00.000Z' : undefined)),
  'failing exit': (row) =>
    'steps' in row
      ? {
          ...row,
          steps: [
            { step: 'install', exit: 0 },
            { step: 'test', exit: 137 },
          ],
        }
      : undefined,
  'error object': (row) => ('error' in row ? { ...row, error: 'expected 3 to equal 4' } : undefined),
}

export const ODDITY_NAMES: readonly string[] = Object.keys(ODDITIES)

/** The row with its first value (nested ones too) for which `change` gives something. */
const withFirst = (row: Row, change: (value: unknown, name: string) => unknown): Row | undefined => {
  for (const [name, value] of Object.entries(row)) {
    const other = change(value, name)
    if (other !== undefined) return { ...row, [name]: other }
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      const inner = withFirst(value as Row, change)
      if (inner) return { ...row, [name]: inner }
    }
  }
  return undefined
}

/** How rows are laid out in the text. */
const LAYOUTS: Readonly<Record<string, (rows: readonly Row[], key: string) => string>> = {
  array: (rows) => JSON.stringify(rows),
  pretty: (rows) => JSON.stringify(rows, null, 2),
  wrapped: (rows) => JSON.stringify({ total: rows.length, next: null, items: rows }, null, 1),
  lines: (rows) => rows.map((row) => JSON.stringify(row)).join('\n'),
  map: (rows, key) => JSON.stringify(Object.fromEntries(rows.map((row) => [`k:${String(row[key])}`, row]))),
  text: (rows) => JSON.stringify({ content: [{ type: 'text', text: JSON.stringify(rows) }], isError: false }),
}

export const LAYOUT_NAMES: readonly string[] = Object.keys(LAYOUTS)

export const plantedCase = (seed: number): Planted | undefined => {
  const rng = rngOf(seed * 7919 + 11)
  const families = Object.keys(FAMILIES)
  const family = families[seed % families.length]!
  const oddity = ODDITY_NAMES[Math.floor(seed / families.length) % ODDITY_NAMES.length]!
  const layout = pick(rng, LAYOUT_NAMES)
  const { key, row } = FAMILIES[family]!
  const rows = Array.from({ length: int(rng, 40, 220) }, (_, index) => row(rng, index))
  const at = int(rng, 0, rows.length - 1)
  const odd = ODDITIES[oddity]!(rows[at]!, rng, key)
  if (!odd) return undefined
  rows[at] = odd
  const needle = String(odd[key])
  return { family: `${family}/${layout}`, oddity, text: LAYOUTS[layout]!(rows, key), needle }
}

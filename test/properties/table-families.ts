// Tables, listings and lock files as tools print them, with one row that is not like the others; and YAML lists.
import type { Random } from './random.js'
import { type Family, type LineFamily, lineFamily, type Sample } from './sample.js'

const CITIES = ['Berlin', 'Paris', 'Oslo', 'Rome', 'Lima'] as const
const STATES = ['paid', 'paid', 'paid', 'open'] as const
const PARTS = ['cart', 'auth', 'search', 'queue', 'mail', 'price'] as const
const pad = (value: number, width = 2): string => String(value).padStart(width, '0')
const shell = (command: string): LineFamily['tool'] => ({ name: 'Bash', input: { command } })

interface Order {
  readonly id: number
  readonly name: string
  readonly city: string
  readonly amount: string
  readonly state: string
  readonly date: string
}

const order = (random: Random, index: number): Order => ({
  id: 1000 + index,
  name: `cust-${random.hex(5)}`,
  city: random.pick(CITIES),
  amount: `${random.near(50, 12)}.${pad(random.int(0, 99))}`,
  state: random.pick(STATES),
  date: `2026-0${random.int(1, 6)}-${pad(random.int(10, 28))}`,
})

/** Ways in which an order is unlike all others. */
const ODD_ORDERS: readonly ((order: Order) => Order)[] = [
  (one) => ({ ...one, amount: '98123.50' }),
  (one) => ({ ...one, amount: '-12.00' }),
  (one) => ({ ...one, state: 'chargeback' }),
  (one) => ({ ...one, city: '' }),
  (one) => ({ ...one, amount: 'n/a' }),
  (one) => ({ ...one, date: '1970-01-01' }),
]

const COLUMNS = ['id', 'name', 'city', 'amount', 'state', 'date'] as const
const cellsOf = (one: Order): readonly string[] => COLUMNS.map((column) => String(one[column]))

const orders = (name: string, write: (cells: readonly string[]) => string, more: Partial<LineFamily>): LineFamily => ({
  name,
  kind: 'table',
  line: (random, index) => write(cellsOf(order(random, index))),
  odd: ODD_ORDERS.map((change) => (random, index) => write(cellsOf(change(order(random, index))))),
  head: () => [write(COLUMNS)],
  ...more,
})

const WIDTHS = [6, 12, 8, 10, 12, 12]
const padded = (cells: readonly string[]): string[] => cells.map((cell, at) => cell.padEnd(WIDTHS[at]!))
const mysqlRule = `+${WIDTHS.map((width) => '-'.repeat(width + 2)).join('+')}+`
const piped = (cells: readonly string[]): string => `| ${padded(cells).join(' | ')} |`

const TABLES: readonly LineFamily[] = [
  orders('tables/csv', (cells) => cells.join(','), {}),
  orders('tables/csv-crlf', (cells) => cells.join(','), { finish: (text) => text.replaceAll('\n', '\r\n') }),
  orders('tables/semicolons', (cells) => cells.join(';'), { tool: shell('sqlite3 shop.db "select * from orders"') }),
  orders('tables/tsv', (cells) => cells.join('\t'), {}),
  orders('tables/quoted', (cells) => cells.map((cell) => `"${cell}"`).join(','), {}),
  orders('tables/markdown', (cells) => `| ${cells.join(' | ')} |`, {
    head: () => [`| ${COLUMNS.join(' | ')} |`, '|---:|---|---|---:|---|---|'],
  }),
  orders('tables/psql', (cells) => ` ${padded(cells).join(' | ')} `, {
    head: () => [` ${padded(COLUMNS).join(' | ')} `, WIDTHS.map((width) => '-'.repeat(width + 2)).join('+')],
    tail: (_, count) => [`(${count + 1} rows)`, ''],
    tool: shell('psql -c "select * from orders"'),
  }),
  orders('tables/mysql', piped, {
    head: () => [mysqlRule, piped(COLUMNS), mysqlRule],
    tail: (_, count) => [mysqlRule, `${count + 1} rows in set (0.01 sec)`],
  }),
  {
    name: 'tables/metrics',
    kind: 'table',
    head: () => ['ts,host,cpu,mem,errors'],
    line: (random, index) =>
      `2026-03-04T05:${pad(Math.floor(index / 60))}:${pad(index % 60)},web-${random.int(1, 4)},${random.near(30, 9)},${random.near(512, 40)},0`,
    odd: [
      (_, index) => `2026-03-04T05:${pad(Math.floor(index / 60))}:${pad(index % 60)},web-2,99,511,0`,
      (_, index) => `2026-03-04T05:${pad(Math.floor(index / 60))}:${pad(index % 60)},web-2,31,513,17`,
      (_, index) => `2026-03-04T05:${pad(Math.floor(index / 60))}:${pad(index % 60)},db-9,31,513,0`,
    ],
    count: [60, 400],
  },
]

const fileOf = (index: number): string => `src/${PARTS[Math.floor(index / 30) % PARTS.length]}/part-${pad(index, 3)}.ts`

const LISTINGS: readonly LineFamily[] = [
  {
    name: 'listing/find',
    kind: 'table',
    tool: shell('find . -type f'),
    line: (_, index) => `./${fileOf(index)}`,
    odd: [() => './src/auth/id_rsa', () => './src/cart/core.dump', () => "find: './lib/private': Permission denied"],
  },
  {
    name: 'listing/wc',
    kind: 'table',
    tool: shell('wc -l src/*'),
    line: (random, index) => `${String(random.near(240, 60)).padStart(7)} ${fileOf(index)}`,
    odd: [
      (_, index) => `${String(98123).padStart(7)} ${fileOf(index)}`,
      () => `${String(0).padStart(7)} src/cart/empty.ts`,
    ],
    tail: () => ['  99999 total'],
  },
  {
    name: 'listing/du',
    kind: 'table',
    line: (random, index) => `${random.near(40, 9)}K\t${fileOf(index)}`,
    odd: [() => '8.1G\tsrc/cart/tmp-core', () => "du: cannot read directory 'src/private': Permission denied"],
  },
  {
    name: 'listing/ls',
    kind: 'table',
    head: () => ['total 4312'],
    line: (random, index) =>
      `-rw-r--r-- 1 deploy deploy ${String(random.near(4200, 900)).padStart(8)} Mar ${String(random.int(1, 4)).padStart(2)} ${pad(random.int(0, 23))}:${pad(random.int(0, 59))} part-${pad(index, 3)}.json`,
    odd: [
      () => '-rwsr-xr-x 1 root   root       4412 Mar  4 04:01 helper.json',
      () => '-rw-r--r-- 1 deploy deploy 98123412 Mar  4 04:01 dump-all.json',
      () => 'lrwxrwxrwx 1 deploy deploy       11 Mar  4 04:01 cfg.json -> /etc/passwd',
    ],
  },
  {
    name: 'listing/tree',
    kind: 'table',
    head: () => ['.'],
    line: (_, index) => (index % 30 === 0 ? `├── dir-${pad(index / 30)}` : `│   ├── part-${pad(index, 3)}.ts`),
    odd: [() => '│   ├── .env.production', () => '│   ├── server.pem'],
    tail: (_, count) => ['', `9 directories, ${count} files`],
  },
  {
    name: 'listing/npm-ls',
    kind: 'table',
    head: () => ['shop@1.0.0 /home/dev/shop'],
    line: (random) => `├── ${random.pick(PARTS)}-${random.hex(5)}@${random.int(1, 9)}.${random.int(0, 20)}.0`,
    odd: [
      () => '├── UNMET DEPENDENCY left-pad@^1.3.0',
      () => '├── lodash@2.4.2 invalid: "^4.17.0" from the root project',
    ],
  },
  {
    name: 'listing/status',
    kind: 'table',
    tool: shell('git diff --name-status main'),
    line: (_, index) => `M\t${fileOf(index)}`,
    odd: [() => 'D\tsrc/cart/ledger.ts', () => 'A\tsrc/auth/id_rsa'],
  },
]

const LOCKS: readonly LineFamily[] = [
  {
    name: 'lock/yarn',
    kind: 'table',
    head: () => ['# yarn lockfile v1', ''],
    line: (random, index) =>
      yarnBlock(`${random.pick(PARTS)}-${pad(index, 3)}`, random, 'https://registry.yarnpkg.com'),
    odd: [(random) => yarnBlock('left-pad', random, 'http://10.0.0.9:8080'), (random) => bare('right-pad', random)],
    count: [40, 160],
  },
  {
    name: 'lock/go-sum',
    kind: 'table',
    line: (random, index) =>
      `github.com/acme/${random.pick(PARTS)}-${pad(index, 3)} v1.${random.int(0, 9)}.0 h1:${random.hex(43)}=`,
    odd: [() => '<<<<<<< HEAD', () => 'github.com/acme/unhashed v1.0.0'],
  },
]

function yarnBlock(name: string, random: Random, registry: string): string {
  const version = `${random.int(0, 9)}.${random.int(0, 20)}.${random.int(0, 9)}`
  return `${name}@^${version}:\n  version "${version}"\n  resolved "${registry}/${name}/-/${name}-${version}.tgz#${random.hex(40)}"\n  integrity sha512-${random.hex(80)}==\n`
}

function bare(name: string, random: Random): string {
  return `${name}@^1.0.0:\n  version "1.0.${random.int(0, 9)}"\n  resolved "file:../vendor/${name}.tgz"\n`
}

const SERVICES: readonly LineFamily[] = [
  {
    name: 'yaml/services',
    kind: 'yaml',
    head: () => ['version: "3.9"', 'services:'],
    line: (random, index) => service(index, random, 'restart: unless-stopped'),
    odd: [
      (random, index) => service(index, random, 'restart: "no"'),
      (random, index) => `${service(index, random, 'restart: unless-stopped')}\n    privileged: true`,
    ],
    count: [30, 120],
  },
  {
    name: 'yaml/pods',
    kind: 'yaml',
    head: () => ['apiVersion: v1', 'kind: List', 'items:'],
    line: (random, index) => pod(index, random, 'web:2.4.1', 'Running'),
    odd: [
      (random, index) => pod(index, random, 'web:2.3.9-debug', 'Running'),
      (random, index) => pod(index, random, 'web:2.4.1', 'CrashLoopBackOff'),
    ],
    count: [20, 80],
  },
]

function service(index: number, random: Random, restart: string): string {
  const port = 8000 + index
  return `  svc-${pad(index, 3)}:\n    image: acme/svc:1.${random.int(0, 9)}\n    ${restart}\n    ports:\n      - "${port}:${port}"\n    depends_on:\n      - db`
}

function pod(index: number, random: Random, image: string, phase: string): string {
  return `- metadata:\n    name: web-${index}-${random.hex(5)}\n    uid: ${random.hex(12)}\n  spec:\n    containers:\n    - name: web\n      image: ${image}\n      env:\n      - name: PORT\n        value: "8080"\n    nodeName: node-${random.int(1, 9)}\n  status:\n    phase: ${phase}`
}

/** A block is known by the lines that no other block has, and asked for by one of its lines. */
const byLine = (family: Family): Family => ({
  ...family,
  sample(seed, size): Sample {
    const { plant, needle, ...sample } = family.sample(seed, size)
    const lines = plant.flatMap((block) => block.split('\n')).filter((line) => line.trim() !== '')
    const isOnly = (line: string): boolean => sample.text.split(`${line}\n`).length === 2
    return {
      ...sample,
      plant: lines.filter((line) => isOnly(line) && !ROUTINE.test(line)),
      needle: {
        ...needle,
        answer: needle.answer.split('\n').find((line) => line.includes(needle.word)) ?? needle.word,
      },
    }
  },
})

/** Lines of an odd block that differ from block to block in every block. */
const ROUTINE = /uid:|node-|ports|"\d{4}:|^ {2}(?:resolved|integrity)/

const isBlock = ({ kind, name }: LineFamily): boolean => kind === 'yaml' || name === 'lock/yarn'

export const tableFamilies: readonly Family[] = [...TABLES, ...LISTINGS, ...LOCKS, ...SERVICES].map((family) =>
  isBlock(family) ? byLine(lineFamily(family)) : lineFamily(family),
)

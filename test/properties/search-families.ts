// Search results in the forms that search tools print: one hit among routine hits is not like the others.
import type { Random } from './random.js'
import { type Family, type LineFamily, lineFamily } from './sample.js'

const DIRS = ['src/cart', 'src/auth', 'src/search', 'lib/queue', 'lib/mail'] as const
const WORDS = ['price', 'token', 'queue', 'user', 'index', 'total'] as const

/** Hits of a sorted run: files come in order, line numbers rise. */
const fileOf = (index: number): string =>
  `${DIRS[Math.floor(index / 40) % DIRS.length]}/part-${String(Math.floor(index / 8)).padStart(3, '0')}.ts`
const numberOf = (index: number): number => 10 + (index % 8) * 17
const hit = (random: Random): string =>
  random.pick([
    `  const ${random.pick(WORDS)}${random.hex(4)} = await loadConfig('${random.pick(WORDS)}')`,
    `    return loadConfig('${random.pick(WORDS)}-${random.hex(4)}')`,
    `import { loadConfig } from '../config/${random.hex(3)}.js'`,
  ])
const ODD_HITS = [
  "export const loadConfig = (name: string): Config => JSON.parse(readFileSync(name, 'utf8'))",
  '  // FIXME loadConfig leaks the admin password into the log',
  "  eval(loadConfig('remote').script)",
  "  throw new Error('loadConfig called after shutdown')",
] as const
const direct = (separator: string, path: (index: number) => string = fileOf) => ({
  line: (random: Random, index: number): string =>
    `${path(index)}${separator}${numberOf(index)}${separator}${hit(random)}`,
  odd: ODD_HITS.map(
    (text) => (_: Random, index: number) => `${path(index)}${separator}${numberOf(index)}${separator}${text}`,
  ),
})
const tool = { name: 'Grep', input: { pattern: 'loadConfig', path: 'src', output_mode: 'content' } }
const shell = (command: string): LineFamily['tool'] => ({ name: 'Bash', input: { command } })
const DIRECT = direct(':')
const listed = (index: number, random: Random): string =>
  `${DIRS[Math.floor(index / 40) % DIRS.length]}/${random.pick(WORDS)}-${random.hex(5)}.ts`

const FAMILIES: readonly LineFamily[] = [
  { name: 'search/rg', kind: 'search', ...DIRECT },
  { name: 'search/rg-tool', kind: 'search', ...DIRECT, tool },
  { name: 'search/grep-shell', kind: 'search', ...DIRECT, tool: shell('grep -rn loadConfig .') },
  { name: 'search/git-grep', kind: 'search', ...DIRECT, tool: shell('git grep -n loadConfig'), count: [40, 150] },
  { name: 'search/rg-crlf', kind: 'search', ...DIRECT, finish: (text) => text.replaceAll('\n', '\r\n') },
  {
    name: 'search/rg-codex',
    kind: 'search',
    ...DIRECT,
    finish: (text) => `Exit code: 0\nWall time: 0.1 seconds\nOutput:\n${text}`,
  },
  {
    name: 'search/rg-stdout',
    kind: 'search',
    shape: 'boxed',
    ...DIRECT,
    finish: (text) => JSON.stringify({ stdout: text, stderr: '', exit_code: 0 }),
  },
  { name: 'search/found-header', kind: 'search', ...DIRECT, head: () => ['Found 300 matches'] },
  {
    name: 'search/rg-column',
    kind: 'search',
    line: (random, index) => `${fileOf(index)}:${numberOf(index)}:${random.int(3, 30)}:${hit(random)}`,
    odd: ODD_HITS.map((text) => (_, index) => `${fileOf(index)}:${numberOf(index)}:9:${text}`),
  },
  {
    name: 'search/rg-ansi',
    kind: 'search',
    line: (random, index) =>
      `\u001b[35m${fileOf(index)}\u001b[0m:\u001b[32m${numberOf(index)}\u001b[0m:${hit(random).replace('loadConfig', '\u001b[1m\u001b[31mloadConfig\u001b[0m')}`,
    odd: ODD_HITS.map(
      (text) => (_, index) => `\u001b[35m${fileOf(index)}\u001b[0m:\u001b[32m${numberOf(index)}\u001b[0m:${text}`,
    ),
  },
  {
    name: 'search/windows',
    kind: 'search',
    ...direct(':', (index) => `C:\\work\\${fileOf(index).replaceAll('/', '\\')}`),
  },
  { name: 'search/dot-slash', kind: 'search', ...direct(':', (index) => `./${fileOf(index)}`) },
  { name: 'search/absolute', kind: 'search', ...direct(':', (index) => `/home/dev/shop/${fileOf(index)}`) },
  {
    name: 'search/heading',
    kind: 'search',
    line: (random, index) =>
      `${index % 8 === 0 ? `${index === 0 ? '' : '\n'}${fileOf(index)}\n` : ''}${numberOf(index)}:${hit(random)}`,
    odd: ODD_HITS.map(
      (text) => (_, index) => `${index % 8 === 0 ? `\n${fileOf(index)}\n` : ''}${numberOf(index)}:${text}`,
    ),
  },
  {
    name: 'search/context',
    kind: 'search',
    line: (random, index) =>
      [
        `${fileOf(index)}-${numberOf(index) - 1}-  // ${random.pick(WORDS)} ${random.hex(4)}`,
        `${fileOf(index)}:${numberOf(index)}:${hit(random)}`,
        `${fileOf(index)}-${numberOf(index) + 1}-}`,
        '--',
      ].join('\n'),
    odd: ODD_HITS.map((text) => (_, index) => `${fileOf(index)}:${numberOf(index)}:${text}`),
    count: [40, 160],
  },
  {
    name: 'search/rg-json',
    kind: 'search',
    line: (random, index) => event(fileOf(index), numberOf(index), hit(random)),
    odd: ODD_HITS.map((text) => (_, index) => event(fileOf(index), numberOf(index), text)),
    count: [40, 160],
  },
  {
    name: 'search/single-file',
    kind: 'search',
    line: (random, index) => `${10 + index * 3}:${hit(random)}`,
    odd: ODD_HITS.map((text) => (_, index) => `${10 + index * 3}:${text}`),
    tool: shell('grep -n loadConfig src/all.ts'),
  },
  {
    name: 'search/cjk',
    kind: 'search',
    line: (random, index) =>
      `文档/章节-${String(Math.floor(index / 8)).padStart(3, '0')}.md:${numberOf(index)}:请在${random.pick(['设置', '首页', '菜单'])}中调用 loadConfig（${random.hex(4)}）`,
    odd: [
      (_, index) =>
        `文档/章节-${String(Math.floor(index / 8)).padStart(3, '0')}.md:${numberOf(index)}:警告：loadConfig 会删除所有数据`,
    ],
  },
  {
    name: 'search/log-files',
    kind: 'search',
    line: (random, index) =>
      `var/log/app-${Math.floor(index / 30)}.log:${numberOf(index) + index}:2026-03-04 05:0${index % 10}:11 INFO loadConfig done ${random.hex(6)}`,
    odd: [
      (_, index) =>
        `var/log/app-${Math.floor(index / 30)}.log:${numberOf(index) + index}:2026-03-04 05:01:11 ERROR loadConfig failed: EACCES`,
    ],
  },
  {
    name: 'search/odd-file',
    kind: 'search',
    ...DIRECT,
    odd: ['vendor/patched/backdoor.php', '.github/workflows/deploy.yml', 'secrets/prod.env'].map(
      (path) => () => `${path}:3:loadConfig`,
    ),
  },
  {
    name: 'search/files',
    kind: 'search',
    line: (random, index) => listed(index, random),
    odd: [() => '.env.production', () => 'src/cart/core.dump', () => 'src/auth/id_rsa'],
    tool: shell('rg -l loadConfig'),
  },
  {
    name: 'search/find',
    kind: 'search',
    line: (random, index) => `./${listed(index, random)}`,
    odd: [
      () => './src/cart/price.ts.orig',
      () => './lib/mail/.htpasswd',
      () => "find: './lib/private': Permission denied",
    ],
    tool: shell('find . -type f'),
  },
  {
    name: 'search/counts',
    kind: 'search',
    line: (random, index) => `${listed(index, random)}:${random.int(1, 4)}`,
    odd: [() => 'src/cart/generated-all.ts:9812'],
    tool: shell('rg -c loadConfig'),
  },
  {
    name: 'search/minified',
    kind: 'search',
    line: (random, index) =>
      `${fileOf(index).replace('.ts', '.min.js')}:1:!function(){${`var ${random.hex(5)}=loadConfig("${random.hex(8)}");`.repeat(6)}}()`,
    odd: [(_, index) => `${fileOf(index)}:7:  eval(loadConfig('remote').script)`],
    count: [40, 120],
  },
]

function event(path: string, line: number, text: string): string {
  return JSON.stringify({
    type: 'match',
    data: {
      path: { text: path },
      lines: { text: `${text}\n` },
      line_number: line,
      absolute_offset: line * 31,
      submatches: [{ match: { text: 'loadConfig' }, start: 8, end: 18 }],
    },
  })
}

export const searchFamilies: readonly Family[] = FAMILIES.map(lineFamily)

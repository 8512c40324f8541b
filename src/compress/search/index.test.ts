import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conformsToCompressor, countApprox, inputOf, outputOf, printGap } from '../../../test/conformance/compressor.js'
import { elides, render } from '../../base/plan.js'
import { isSkip } from '../../base/skip.js'
import type { CompressInput } from '../../spec/compressor.js'
import { unfold } from './fold.js'
import { search } from './index.js'

/** Small seeded generator: the same searches on every run. */
const seeded = (seed: number) => {
  let state = seed * 2654435761 + 1
  const below = (limit: number): number => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0
    return ((state ^ (state >>> 13)) >>> 0) % limit
  }
  return { below, of: <T>(items: readonly T[]): T => items[below(items.length)]! }
}
type Random = ReturnType<typeof seeded>

const FOLDERS = [
  'src/core',
  'src/http/client',
  'lib',
  'pkg/cmd/issue',
  'test/unit',
  'tools',
  'internal/store/disk',
  '.',
]
const NOUNS = [
  'user',
  'cache',
  'index',
  'stream',
  'query',
  'token',
  'block',
  'merge',
  'table',
  'frame',
  'route',
  'queue',
]
const USES = [
  (name: string, random: Random) =>
    `    const ${random.of(NOUNS)} = ${name}(${random.of(NOUNS)}, ${random.below(90)});`,
  (name: string, random: Random) => `  if (${name}(${random.of(NOUNS)}) === ${random.below(9)}) {`,
  (name: string, random: Random) => `\treturn ${name}(self.${random.of(NOUNS)})`,
  (name: string, random: Random) => `   * calls ${name} with the ${random.of(NOUNS)}`,
  (name: string, random: Random) => `import { ${name} } from './${random.of(NOUNS)}'`,
]

/** Look like definitions and mention the name: only the name in the defining place tells them from the planted one. */
const DECOYS = [
  (name: string, nth: number) => `export function other${nth}(): number { return ${name}(1) }`,
  (name: string, nth: number) => `def helper_${nth}(x=${name}(2)):`,
  (name: string, nth: number) => `const wrapped${nth} = ${name}(input)`,
]

interface Search {
  readonly lines: string[]
  readonly paths: readonly string[]
}

const searchFor = (name: string, random: Random, files: number): Search => {
  const lines: string[] = []
  const paths: string[] = []
  for (let index = 0; index < files; index++) {
    const path = `${random.of(FOLDERS)}/${random.of(NOUNS)}-${index}.ts`
    paths.push(path)
    const uses = 4 + random.below(14)
    for (let nth = 0, at = 1; nth < uses; nth++) {
      at += 1 + random.below(60)
      lines.push(`${path}:${at}:${random.of(USES)(name, random)}`)
    }
  }
  return { lines, paths }
}

const DEFINITIONS = [
  (name: string) => `export function ${name}(user: string): number {`,
  (name: string) => `def ${name}(self, user):`,
  (name: string) => `func (c *Client) ${name}(ctx context.Context) error {`,
  (name: string) => `pub fn ${name}<T>(user: &T) -> usize {`,
  (name: string) => `static int ${name}(struct user *u)`,
  (name: string) => `#define ${name}(x) ((x) + 1)`,
  (name: string) => `export const ${name} = async (user) => {`,
  (name: string) => `    public static boolean ${name}(final User user) {`,
  (name: string) => `  async ${name}(user: User): Promise<void> {`,
  (name: string) => `class ${name}:`,
  (name: string) => `LUALIB_API int ${name} (lua_State *L, int n) {`,
  (name: string) => `${name}(struct user *u, int flags)`,
]

const saved = (text: string, out: string): number => 1 - countApprox(out) / countApprox(text)
const place = (lines: string[], line: string, random: Random): void =>
  void lines.splice(random.below(lines.length + 1), 0, line)

/** Puts decoys and one definition among the matches of a busy file; returns the definition's line. */
const withDefinition = (
  lines: string[],
  { name, path, shape }: { name: string; path: string; shape: number },
  random: Random,
): string => {
  const own = lines.findIndex((line) => line.startsWith(`${path}:`))
  for (let nth = 0; nth < 40; nth++) {
    const decoyPath = lines[random.below(lines.length)]!.split(':')[0]!
    const at = lines.findIndex((line) => line.startsWith(`${decoyPath}:`))
    lines.splice(at, 0, `${decoyPath}:${nth + 1}:${random.of(DECOYS)(name, nth)}`)
  }
  const definition = `${path}:${900 + random.below(90)}:${DEFINITIONS[shape % DEFINITIONS.length]!(name)}`
  const from = Math.max(
    own,
    lines.findIndex((line) => line.startsWith(`${path}:`)),
  )
  lines.splice(from + 1 + random.below(3), 0, definition)
  return definition
}

const grepText = searchFor('readToken', seeded(1), 12).lines.join('\n')
const headingText = [0, 1, 2, 3]
  .map((file) =>
    [`src/part-${file}.rs`, ...Array.from({ length: 9 }, (_, i) => `${i * 7 + 1}:    call(${file}, ${i})`), ''].join(
      '\n',
    ),
  )
  .join('\n')
/** As `grep -r` prints it. */
const unnumberedText = grepText.replace(/:\d+:/g, ':')
const contextText = Array.from(
  { length: 9 },
  (_, i) => `src/a.c-${i * 9 + 1}-\tint x;\nsrc/a.c:${i * 9 + 2}:\trun(${i});\nsrc/a.c-${i * 9 + 3}-}\n--`,
).join('\n')
const listText = Array.from({ length: 300 }, (_, i) => `./${FOLDERS[i % 7]}/${NOUNS[i % 12]}-${i}.c`).join('\n')
const countText = Array.from({ length: 60 }, (_, i) => `src/dir${i % 4}/file-${i}.c:${(i * 37) % 91}`).join('\n')
const openCodeText = `Found 40 matches\n${[0, 1, 2, 3].map((file) => `/home/u/f${file}.ts:\n${Array.from({ length: 10 }, (_, i) => `  Line ${i + 1}: foo(${file}, ${i})`).join('\n')}\n`).join('\n')}`
const jsonText = Array.from({ length: 30 }, (_, i) =>
  JSON.stringify({
    type: 'match',
    data: { path: { text: `src/f${i % 5}.ts` }, lines: { text: `  foo(${i})\n` }, line_number: i, submatches: [] },
  }),
).join('\n')

const matchLine = fc
  .tuple(
    fc.constantFrom('src/a.ts', 'src/b/c.ts', 'lib/[id]/d.ts', 'e f/g.ts', 'C:\\x\\y.cs'),
    fc.nat(9999),
    fc.string({ maxLength: 40 }),
  )
  .map(([path, number, text]) => `${path}:${number}:${text.replace(/[\r\n]/g, ' ')}`)
const anyLine = fc.oneof(
  { weight: 8, arbitrary: matchLine },
  fc.constantFrom(
    '--',
    '',
    'Binary file x matches',
    'rg: x: Permission denied',
    'src/a.ts',
    'src/a.ts-12-context',
    '12:bare',
  ),
)
const unnumberedLine = fc
  .tuple(
    fc.constantFrom('src/a.ts', 'src/b/c.ts', 'e f/g.ts'),
    fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom('x-1-y', '12', '7:x', ':', 'src/a.ts:2')),
  )
  .map(([path, text]) => `${path}:${text.replace(/[\r\n]/g, ' ')}`)
const anySearch = fc
  .tuple(
    fc.oneof(
      { weight: 3, arbitrary: fc.array(anyLine, { minLength: 8, maxLength: 80 }) },
      fc.array(unnumberedLine, { minLength: 8, maxLength: 40 }),
    ),
    fc.constantFrom('\n', '\r\n'),
  )
  .map(([lines, end]) => lines.join(end))

conformsToCompressor(search, {
  texts: [
    grepText,
    `${grepText}\n`,
    unnumberedText,
    headingText,
    contextText,
    listText,
    countText,
    openCodeText,
    jsonText,
  ],
  arbitrary: anySearch,
})

describe('search', () => {
  it('emits only path:line:text triples of the input, in input order (A-2)', () => {
    fc.assert(
      fc.property(
        anySearch,
        fc.option(fc.constantFrom('Where is a defined?', 'src/b/c.ts'), { nil: undefined }),
        (text, query) => {
          const plan = search.compress(inputOf(text, search, query === undefined ? {} : { query }))
          if (isSkip(plan) || !elides(plan)) return
          const source = text.split('\n')
          let at = 0
          for (const line of render(plan, text, printGap).split('\n')) {
            if (/^\[\d+ lines? not shown/.test(line)) continue
            const found = source.indexOf(line, at)
            expect([line, found >= at]).toEqual([line, true])
            at = found + 1
          }
        },
      ),
      { numRuns: 10_000 },
    )
  }, 120_000)

  it('counts every line as kept or as part of a disclosed gap (A-3)', () => {
    fc.assert(
      fc.property(anySearch, (text) => {
        const plan = search.compress(inputOf(text, search))
        if (isSkip(plan) || !elides(plan)) return
        const out = render(plan, text, printGap).split('\n')
        const counts = out.map((line) => Number(/^\[(\d+) lines? not shown/.exec(line)?.[1] ?? -1))
        const total = counts.reduce((sum, count) => sum + (count === -1 ? 1 : count), 0)
        expect(total).toBe(text.split('\n').length)
      }),
      { numRuns: 2000 },
    )
  })

  it('keeps the definition of the queried name among routine uses, in every language it knows, at 60 % saved (A-5, A-7)', () => {
    let kept = 0
    let ratio = 0
    const cases = 300
    for (let seed = 0; seed < cases; seed++) {
      const random = seeded(seed)
      const name = `${random.of(NOUNS)}${random.of(['Of', 'From', '_to_', 'For'])}${random.of(NOUNS)}`
      const { lines, paths } = searchFor(name, random, 10 + random.below(20))
      const definition = withDefinition(lines, { name, path: random.of(paths), shape: seed }, random)
      const text = lines.join('\n')
      const out = outputOf(search, text, { query: `Where is ${name} defined?` })
      if (out.split('\n').includes(definition)) kept++
      ratio += saved(text, out)
    }
    expect(kept / cases).toBeGreaterThanOrEqual(0.98)
    expect(ratio / cases).toBeGreaterThanOrEqual(0.6)
  })

  it('keeps the definition also where nobody asks, from the name that all matches hold', () => {
    let kept = 0
    for (let seed = 0; seed < 120; seed++) {
      const random = seeded(seed)
      const { lines, paths } = searchFor('mergeQueue', random, 14)
      const definition = withDefinition(lines, { name: 'mergeQueue', path: random.of(paths), shape: seed }, random)
      if (outputOf(search, lines.join('\n')).split('\n').includes(definition)) kept++
    }
    expect(kept / 120).toBeGreaterThanOrEqual(0.98)
  })

  it('keeps the one line with a literal of the question, and all lines of a file that it names (A-7)', () => {
    let kept = 0
    for (let seed = 0; seed < 150; seed++) {
      const random = seeded(seed)
      const { lines, paths } = searchFor('readToken', random, 20)
      const odd = `${random.of(paths)}:5:  readToken(options.zz_${seed}_limit)`
      const only = `deep/odd/only-${seed}.ts:44:  readToken("the only match here")`
      place(lines, odd, random)
      place(lines, only, random)
      const text = lines.join('\n')
      const byLiteral = outputOf(search, text, { query: `Which file uses zz_${seed}_limit?` })
      const byFile = outputOf(search, text, {
        query: `What does deep/odd/only-${seed}.ts contain for this search (its only match)?`,
      })
      if (byLiteral.includes(odd) && byFile.includes(only)) kept++
      expect(saved(text, byFile)).toBeGreaterThan(0.5)
    }
    expect(kept / 150).toBeGreaterThanOrEqual(0.98)
  })

  it('names every path with its true count, in lines that stay or in the gaps (A-3)', () => {
    for (let seed = 0; seed < 60; seed++) {
      const { lines, paths } = searchFor('readToken', seeded(seed), 30 + seed)
      const out = outputOf(search, lines.join('\n'))
      for (const path of paths) expect([seed, path, out.includes(path.split('/').at(-1)!)]).toEqual([seed, path, true])
      expect(countsIn(out)).toEqual(countsIn(lines.join('\n')))
    }
    const single = Array.from(
      { length: 130 },
      (_, i) =>
        `pkg/cmd/part${i % 9}/verb-${i}/verb-${i}.go:${i + 3}:\treturn cmdutil.FlagErrorf("the flag number ${i} is not supported here")`,
    ).sort()
    expect(countsIn(outputOf(search, single.join('\n'), { policy: 'max' }))).toEqual(countsIn(single.join('\n')))
  })

  it('folds a file list by folder with true counts and keeps what the question names', () => {
    const lines = Array.from(
      { length: 2000 },
      (_, i) => `app/${FOLDERS[i % 7]}/part${i % 23}/${NOUNS[i % 12]}${i}.java`,
    )
    lines.splice(1234, 0, 'app/lib/part3/billing_gateway.java')
    const text = lines.join('\n')
    const out = outputOf(search, text, { query: 'Which file holds the billing gateway?' })
    expect(out.split('\n')).toContain('app/lib/part3/billing_gateway.java')
    expect(saved(text, out)).toBeGreaterThan(0.6)
  })

  it('keeps messages of the search tool itself', () => {
    const text = `${grepText}\nrg: ./locked: Permission denied (os error 13)\nBinary file logo.png matches`
    const out = outputOf(search, text)
    expect(out).toContain('rg: ./locked: Permission denied (os error 13)')
    expect(out).toContain('Binary file logo.png matches')
  })

  it('keeps the heading of each line that it keeps, right above the lines of that file', () => {
    let checked = 0
    for (const text of [headingText, openCodeText]) {
      let heading = ''
      for (const line of outputOf(search, text, { query: 'What calls (2, 5)? "(2, 5)"' }).split('\n')) {
        if (/^(?:src|\/home)/.test(line)) heading = line
        const file = /\((\d), \d\)$/.exec(line)?.[1]
        if (file === undefined) continue
        expect([line, /(\d)\.(?:rs|ts)/.exec(heading)?.[1]]).toEqual([line, file])
        checked++
      }
    }
    expect(checked).toBeGreaterThan(3)
  })

  it('cuts a minified line around the hit and says how many characters are missing', () => {
    const long = `dist/app.min.js:1:${'var a=1;'.repeat(400)}window.zz_token=7;${'var b=2;'.repeat(400)}`
    const out = outputOf(search, `${grepText}\n${long}`, { query: 'Where is zz_token set?' })
    expect(out).toContain('window.zz_token=7;')
    expect(out).toMatch(/^dist\/app\.min\.js:1:var a=1;.*\[\d+ chars not shown/m)
    const hidden = [...out.matchAll(/\[(\d+) chars not shown[^\]]*\]/g)].reduce(
      (sum, [, count]) => sum + Number(count),
      0,
    )
    const shown = out
      .split('\n')
      .find((line) => line.startsWith('dist/'))!
      .replace(/\[\d+ chars not shown[^\]]*\]/g, '')
    expect(hidden + shown.length).toBe(long.length)
  })

  it('writes each path once where nothing may be elided, and unfolds to the very source (A-1)', () => {
    const strict: Partial<CompressInput> = { mayElide: false, policy: 'strict' }
    const plan = search.compress(inputOf(grepText, search, strict))
    if (isSkip(plan)) throw new Error('no plan')
    const out = render(plan, grepText, printGap)
    expect(plan.form).toBe('search/heading')
    expect(saved(grepText, out)).toBeGreaterThan(0.2)
    expect(unfold(out)).toBe(grepText)
    expect(
      search.verify!(grepText, `${out} `, {
        ...plan,
        segments: plan.segments.map((s) => (s.kind === 'rewrite' ? { ...s, text: `${s.text}x` } : s)),
      }),
    ).toBe(false)
    fc.assert(
      fc.property(anySearch, (text) => {
        const folded = search.compress(inputOf(text, search, strict))
        if (!isSkip(folded)) expect(search.verify!(text, render(folded, text, printGap), folded)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('reads hits without line numbers: each path with its count, the definition kept, nothing lost where nothing may be', () => {
    expect(countsIn(outputOf(search, unnumberedText))).toEqual(countsIn(unnumberedText))
    const random = seeded(9)
    const { lines, paths } = searchFor('mergeQueue', random, 14)
    const definition = withDefinition(lines, { name: 'mergeQueue', path: paths[3]!, shape: 0 }, random)
    const out = outputOf(search, lines.join('\n').replace(/:\d+:/g, ':'))
    expect(out.split('\n')).toContain(definition.replace(/:\d+:/, ':'))
    const plan = search.compress(inputOf(unnumberedText, search, { mayElide: false, policy: 'strict' }))
    if (isSkip(plan)) throw new Error('no plan')
    const folded = render(plan, unnumberedText, printGap)
    expect(saved(unnumberedText, folded)).toBeGreaterThan(0.2)
    expect(unfold(folded)).toBe(unnumberedText)
  })

  it('takes time linear in the input', () => {
    const cpu = (files: number): number => {
      const text = searchFor('readToken', seeded(3), files).lines.join('\n')
      // Best of some: a collection of garbage or a compilation in between says nothing about the growth.
      const times = Array.from({ length: 5 }, () => {
        const started = process.cpuUsage()
        search.compress(inputOf(text, search, { query: 'Where is readToken defined?' }))
        const used = process.cpuUsage(started)
        return (used.user + used.system) / 1000
      })
      return Math.min(...times)
    }
    expect(cpu(4000)).toBeLessThan(40 + cpu(400) * 25)
  })
})

/** Matches by folder and file name: direct lines, and what the gaps say of each file. */
const countsIn = (out: string): Record<string, number> => {
  const counts: Record<string, number> = {}
  const add = (path: string, count: number) => {
    counts[path] = (counts[path] ?? 0) + count
  }
  let above = ''
  for (const line of out.split('\n')) {
    const gap = /^\[(\d+) lines? not shown: (.*?)(?:; full text kept.*)?\]$/.exec(line)
    if (!gap) {
      above = line.slice(0, line.indexOf(':'))
      add(above, 1)
      continue
    }
    const items = gap[2]!.replace(/^in /, '').split(', ')
    let folder = ''
    for (const item of items) {
      const [, name = '', number] = /^(.*?)(?: (\d+))?$/.exec(item)!
      const count = number === undefined ? (items.length === 1 ? Number(gap[1]) : 1) : Number(number)
      if (name === 'same file') add(above, count)
      else {
        const path = name.includes('/') ? name : `${folder}${name}`
        folder = path.slice(0, path.lastIndexOf('/') + 1)
        add(path, count)
      }
    }
  }
  return counts
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conformsToCompressor } from '../../test/conformance/compressor.js'
import { elides, planFault, render } from '../base/plan.js'
import { readShell } from '../detect/shell.js'
import { parseQuery } from '../salience/query.js'
import { severityOf } from '../salience/severity.js'
import type { CompressInput } from '../spec/compressor.js'
import type { ContentType } from '../spec/content.js'
import type { Plan } from '../spec/plan.js'
import type { Skip } from '../spec/skip.js'
import { expand } from './cases.js'
import { createCommand } from './index.js'
import { builtIn } from './list.js'

const sight = { readShell, severityOf, parseQuery }

const command = createCommand(sight)

const input = (text: string, line: string, more: Partial<CompressInput> = {}): CompressInput => ({
  text,
  type: 'log',
  origin: { command: line },
  tokens: Math.ceil(text.length / 3.5),
  protectedSpans: [],
  mayElide: true,
  policy: 'balanced',
  count: (value) => Math.ceil(value.length / 3.5),
  ...more,
})

const shownOf = (text: string, plan: Plan | Skip): string =>
  'skip' in plan
    ? text
    : render(
        plan,
        text,
        (gap) => `[${gap.count} lines: ${gap.range?.join('-')}${gap.note === undefined ? '' : `, ${gap.note}`}]`,
      )

const show = (text: string, line: string, more: Partial<CompressInput> = {}): string =>
  shownOf(text, command.compress(input(text, line, more)))

const claims = (line: string): boolean => command.claims?.({ command: line }) === true

describe('command claims', () => {
  it('what a filter knows, through wrappers and beside silent commands', () => {
    for (const line of [
      'git status',
      'git -C /r log --stat',
      'cd app && npx jest --ci 2>&1 | tee log',
      'npm ci && npm test',
      'bash -lc "cd /r && make test"',
      'docker compose exec web pytest',
      './scripts/ci.sh',
      'cargo +nightly test',
    ])
      expect(claims(line), line).toBe(true)
  })

  it('nothing that the user has filtered, and nothing that it does not know', () => {
    for (const line of [
      'npm test | grep FAIL',
      'pytest -q | tail -5',
      'cat src/a.ts',
      'pytest; cat report.txt',
      'jq . a.json',
      'make > log',
      'awk 1 x',
      'sed -n 1,20p x',
      'unheard-of --flag',
    ])
      expect(claims(line), line).toBe(false)
    expect(command.claims?.({ toolName: 'Read', path: 'a.log' })).toBe(false)
  })

  it('no form that another compressor knows better', () => {
    const text = expand('x90 | PASS src/part-{n}.test.ts\nTests: 90 passed, 90 total')
    for (const type of ['json', 'diff', 'html', 'table', 'listing', 'yaml', 'lock'] as ContentType[])
      expect(command.compress(input(text, 'npx jest', { type }))).toMatchObject({ skip: 'no-compressor' })
    expect(command.compress(input(text, 'npx jest', { mayElide: false }))).toEqual({ skip: 'policy-lossless-only' })
  })
})

const LINES = [
  'tests/test_a.py::test_{n} PASSED [ 10%]',
  'tests/test_a.py::test_{n} FAILED [ 10%]',
  'E   assert {n} == 2',
  'PASS src/a{n}.test.ts',
  '   Compiling dep{n} v1.0.{n}',
  'warning: unused variable',
  'src/a.c:{n}:2: error: no member',
  'gcc -c a{n}.c -o a{n}.o',
  'make: *** [Makefile:{n}: all] Error 2',
  'something nobody knows {n}',
  '',
  '\x1b[32m✓\x1b[0m adds {n} (2 ms)',
  '10%\r20%\r30% done',
  '  indented {n}',
] as const

const anyOutput = fc
  .array(fc.tuple(fc.constantFrom(...LINES), fc.integer({ min: 1, max: 30 })), { maxLength: 25 })
  .chain((runs) =>
    fc
      .constantFrom('\n', '\r\n')
      .map((end) =>
        runs
          .flatMap(([line, times]) =>
            Array.from({ length: times }, (_, index) => line.replaceAll('{n}', String(index))),
          )
          .join(end),
      ),
  )
const anyCommand = fc.constantFrom(
  'pytest -v',
  'npx jest',
  'cargo test',
  'make',
  'make test',
  'npm ci && npm test',
  'cmake .',
)

describe('command', () => {
  it('keeps lines as they are, in order, with true counts between them (A-2, A-3)', () => {
    fc.assert(
      fc.property(anyOutput, anyCommand, (text, line) => {
        const plan = command.compress(input(text, line))
        if ('skip' in plan) return
        expect(planFault(plan, text)).toBeUndefined()
        expect(elides(plan)).toBe(true)
        for (const segment of plan.segments) {
          if (segment.kind === 'rewrite') throw new Error('no rewriting')
          if (segment.kind !== 'elide') continue
          const hidden = text.slice(segment.start, segment.end)
          expect(segment.gap.count).toBe(hidden.replace(/\r?\n$/, '').split('\n').length)
          expect(segment.gap.range![1] - segment.gap.range![0] + 1).toBe(segment.gap.count)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('never hides a line that names trouble and stands nowhere else (A-5)', () => {
    fc.assert(
      fc.property(anyOutput, anyCommand, fc.nat(), (text, line, at) => {
        for (const odd of [
          'ERROR: disk quota exceeded',
          '--- FAIL: TestMerge (0.02s)',
          'Segmentation fault (core dumped)',
          'a line unlike all others',
          "src/q.c:88:13: warning: implicit declaration of function 'drain'",
        ]) {
          const lines = text.split('\n')
          lines.splice(at % (lines.length + 1), 0, odd)
          expect(show(lines.join('\n'), line)).toContain(odd)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('lets words of trouble outrank a pattern of routine lines (A-5)', () => {
    const lines = Array.from(
      { length: 120 },
      (_, index) => `npm verb stack at part ${index % 7} of ${'x'.repeat(index % 5)}`,
    )
    for (const at of [3, 60, 118]) {
      const odd = 'npm verb stack Error: EACCES: permission denied, open package.json'
      const text = [...lines.slice(0, at), odd, ...lines.slice(at), 'added 1 package in 2s'].join('\n')
      const shown = show(text, 'npm install --verbose')
      expect(shown).toContain(odd)
      expect(shown).toContain('trace lines x')
    }
  })

  it('keeps a rare kind and a far figure among routine lines (A-5)', () => {
    const text = expand(`
x80 | --- PASS: TestPart{n} (0.01s)
--- PASS: TestLoad (94.11s)
x80 | --- PASS: TestMore{n} (0.01s)
?   	acme.io/shop/cmd	[no test files]
ok  	acme.io/shop/cart	94.4s
ok  	acme.io/shop/mail	0.1s
`)
    expect(show(text, 'go test -v ./...')).toContain('TestLoad (94.11s)')
    expect(show(text, 'go test -v ./...')).toContain('acme.io/shop/cart')
  })

  it('keeps what the question names, and the last where it asks for the last', () => {
    const text = expand('x200 | tests/test_a.py::test_part_{n} PASSED [ 10%]\n200 passed in 1.00s')
    expect(show(text, 'pytest -v', { query: 'did test_part_117 pass?' })).toContain('test_part_117 PASSED')
    expect(show(text, 'pytest -v', { query: 'which test ran last?' })).toContain('test_part_200 PASSED')
    expect(show(text, 'pytest -v')).not.toContain('test_part_117')
  })

  it('names every failing test, however many there are and however long their detail', () => {
    const failures = Array.from({ length: 300 }, (_, index) =>
      [
        `____ test_part_${index} ____`,
        '',
        ...Array.from({ length: 30 }, (_, line) => `    line ${line} of ${index}`),
        `E   assert ${index} == 0`,
        '',
      ].join('\n'),
    )
    const text = `=== FAILURES ===\n${failures.join('\n')}\n=== 300 failed in 9.00s ===`
    const shown = show(text, 'pytest')
    expect(shown.length).toBeLessThan(text.length * 0.6)
    for (let index = 0; index < 300; index++) {
      expect(shown).toContain(`____ test_part_${index} ____`)
      expect(shown).toContain(`E   assert ${index} == 0`)
    }
  })

  it('applies the filters of all steps, and those that the output bears the signs of', () => {
    const text = expand(`
x40 | npm http fetch GET 200 https://registry.example.com/dep-{n} {n}ms (cache miss)
added 40 packages in 2s
x40 | PASS src/part-{n}.test.ts
Test Suites: 40 passed, 40 total
`)
    const plan = command.compress(input(text, 'npm ci --loglevel http && npm test'))
    expect(plan).toMatchObject({ form: 'command/npm+jest' })
    expect(shownOf(text, plan)).toContain('passed files x38')
  })

  it('lets a user’s own filter come first', () => {
    const own = createCommand({
      ...sight,
      filters: [
        {
          name: 'jest',
          version: 1,
          about: 'mine',
          match: [{ program: 'jest' }],
          fold: [{ pattern: '^PASS', as: 'mine' }],
          cases: [],
        },
      ],
    })
    const text = expand('x90 | PASS src/part-{n}.test.ts\nend')
    expect(shownOf(text, own.compress(input(text, 'jest')))).toContain('mine x88')
  })

  it('gives the same plan twice, and reads an output of any size in linear time', () => {
    const text = (lines: number): string =>
      expand(`x${lines} | tests/test_a.py::test_{n} PASSED [ 10%]\n${lines} passed in 1s`)
    expect(command.compress(input(text(500), 'pytest -v'))).toEqual(command.compress(input(text(500), 'pytest -v')))
    const cost = (lines: number): number => {
      const sample = Array.from({ length: lines / 5000 }, () => text(5000)).join('\n')
      const start = process.cpuUsage().user
      command.compress(input(sample, 'pytest -v'))
      return process.cpuUsage().user - start
    }
    cost(10_000)
    const [small, large] = [Math.min(cost(10_000), cost(10_000)), Math.min(cost(80_000), cost(80_000))]
    expect(Math.log(large / small) / Math.log(8)).toBeLessThan(1.3)
  })
})

describe('command with its origin', () => {
  conformsToCompressor(
    { ...command, accepts: ['log'], compress: (one) => command.compress({ ...one, origin: { command: 'make test' } }) },
    {
      texts: [
        expand('x90 | PASS src/part-{n}.test.ts\nTest Suites: 90 passed, 90 total'),
        expand('x90 | gcc -c a{n}.c -o a{n}.o\nmake: *** [all] Error 1'),
      ],
      arbitrary: anyOutput,
    },
  )
})

describe('patterns of built-in filters', () => {
  const hostile = [
    ' ',
    '\t',
    'a',
    '1',
    '-',
    '.',
    'a ',
    '1 ',
    '- ',
    '[1/1] ',
    'a/',
    'a::',
    '# ',
    ': ',
    '| ',
    'E',
    'warning: ',
    '(a) ',
    '1.1',
    '\u2500',
    'x = ',
    '" ',
    'at a.b:1:1 ',
  ]
  it('take forty hostile lines of a thousand characters in bounded time (J-7)', () => {
    const slow: string[] = []
    for (const unit of hostile) {
      const line = unit.repeat(990).slice(0, 990)
      const text = `${line}!\n`.repeat(40)
      for (const filter of builtIn) {
        const only = createCommand({ ...sight, filters: [{ ...filter, match: [{ program: 'it' }] }] })
        const start = process.cpuUsage().user
        only.compress(input(text, 'it'))
        const ms = (process.cpuUsage().user - start) / 1000
        if (ms > 40) slow.push(`${filter.name} ${JSON.stringify(unit)}: ${ms.toFixed(0)} ms`)
      }
    }
    expect(slow).toEqual([])
  }, 120_000)
})

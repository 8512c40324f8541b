import { describe, expect, it } from 'vitest'
import { outputOf } from '../../../test/conformance/compressor.js'
import { lineTable } from '../../base/lines.js'
import { factsOf } from './facts.js'
import { log } from './index.js'

const routine = (lines: number, from = 0): string[] =>
  Array.from({ length: lines }, (_, at) => `src/part-${at + from}.ts formatted in ${at % 9} ms`)

const PLACE = (line: number): string => `src/session.ts:${line}:8 parse ${'━'.repeat(40)}`
/** As biome prints it: words of the quoted source are none of the linter's. */
const diagnostic = (line: number, message: string): string[] => [
  PLACE(line),
  '',
  `  × ${message}`,
  '  ',
  `    ${line - 2} │ \t * @throws Error if no model was selected (${line})`,
  `    ${line - 1} │ \t */ // part ${line}`,
  `  > ${line} │ \tasync prompt${line}(text: string): Promise<void> {`,
  '        │ \t      ^^^^^^',
  `    ${line + 1} │ \t\tconst expand${line} = options?.expand ?? true;`,
  '  ',
  '',
]

describe('diagnostics', () => {
  const lines = [210, 230, 250, 270, 290, 310, 330, 350]
  const messages = ['a semicolon', 'an identifier', 'a comma', 'a brace', 'a colon', 'a name', 'a type', 'a string']
  const text = [
    '> app@1.0.0 check',
    '> biome check --write .',
    '',
    ...lines.flatMap((line, at) => diagnostic(line, `wanted here is ${messages[at]}`)),
    'Checked 232 files in 117ms. No fixes applied.',
    'Found 8 errors.',
    'Command exited with code 1',
  ].join('\n')

  it('stay with message and place, each of them, before the source around', () => {
    const out = outputOf(log, text)
    for (const [at, line] of lines.entries()) {
      expect(out).toContain(PLACE(line))
      expect(out).toContain(`wanted here is ${messages[at]}`)
    }
    expect(out).toContain('Found 8 errors.')
    expect(out).not.toContain('@throws Error if no model was selected (310)')
    expect(out.length).toBeLessThan(text.length * 0.8)
  })

  it('quote source, whose words are no errors of the run', () => {
    const { classes, scan } = factsOf(lineTable(text))
    const errors = Array.from(classes.severity.keys()).filter((line) => classes.severity[line]! >= 2)
    const shown = errors.map((line) => scan.table.text.slice(scan.table.starts[line], scan.table.starts[line + 1]))
    expect(shown.filter((line) => line.includes('│'))).toEqual([])
    expect(shown.filter((line) => line.includes('×'))).toHaveLength(8)
  })

  it.each([
    [
      'process ids before levels',
      (id: number, level: string) => `${4800 + (id % 7)} | ${level} | order ${id} was served`,
    ],
    ['rows of a table', (id: number, level: string) => ` ${id + 1} | job-${id % 9} | ${level} | 20 s`],
    ['rows with a caret in them', (id: number, level: string) => ` ${id + 1} | a ^ b | ${level} | 20 s`],
  ])("are not %s: their errors are the run's own (A-5)", (_, row) => {
    const rows = Array.from({ length: 90 }, (__, id) => row(id, id % 30 === 11 ? 'ERROR' : 'INFO'))
    const { classes } = factsOf(lineTable(rows.join('\n')))
    expect(Array.from(classes.severity).filter((severity) => severity >= 2)).toHaveLength(3)
  })

  it('that are marked as warnings keep their message (A-5)', () => {
    const warned = [
      ...routine(60),
      'src/a.ts:16:22 lint/correctness/noUnusedImports',
      '  ! Several of these are not used here.',
      ...routine(60, 60),
      "error: 'x' is not defined",
    ].join('\n')
    expect(outputOf(log, warned)).toContain('  ! Several of these are not used here.')
  })

  it('that warn stay with their place where others failed', () => {
    const warned = [
      '> app@1.0.0 check',
      PLACE(16),
      '',
      '  ! Several of these are not used here.',
      '  ',
      ...Array.from({ length: 12 }, (_, at) => `    ${at + 11} │ import { name${at} } from './name-${at}.js'`),
      '',
      ...lines.slice(0, 3).flatMap((line, at) => diagnostic(line, `wanted here is ${messages[at]}`)),
      'Found 1 warning.',
      'Found 3 errors.',
      'Command exited with code 1',
    ].join('\n')
    const out = outputOf(log, warned)
    expect(out).toContain(PLACE(16))
    expect(out).toContain('  ! Several of these are not used here.')
    expect(out).not.toContain("from './name-6.js'")
  })

  it('that were mended by the tool are told: files are not what they were', () => {
    const mended = [
      'Running formatting, linting, and type checking...',
      '',
      ...['core', 'disk', 'http', 'mail', 'tax', 'web'].flatMap((name, at) => [
        `> @app/${name}@1.0.0 check`,
        '> biome check --write .',
        '',
        `Checked ${at + 20} files in ${at + 30}ms. ${name === 'disk' ? 'Fixed 2 files' : 'No fixes applied'}.`,
        '',
      ]),
      'All pre-commit checks passed!',
      '[main 1507f8b] Add a plan',
      ' 1 file changed, 1668 insertions(+)',
    ].join('\n')
    const out = outputOf(log, mended)
    expect(out).toContain('Fixed 2 files')
    expect(out).not.toContain('Checked 20 files')
  })

  it('before a failing exit are wanted up to where the step began', () => {
    const steps = ['lint', 'types', 'units', 'docs'].flatMap((name, at) => [
      `> app-${name}@1.0.0 check`,
      ...Array.from({ length: 40 }, (_, part) => `${name} looked at module ${part} of ${at + 4} and went on`),
      ...(at === 3 ? ["docs/a.md: error: link 'b' is dead", 'one page was left out'] : []),
    ])
    const out = outputOf(log, [...steps, 'Command exited with code 2'].join('\n'))
    expect(out).toContain("docs/a.md: error: link 'b' is dead")
    expect(out).toContain('> app-docs@1.0.0 check')
    expect(out).not.toContain('units looked at module 4')
  })
})

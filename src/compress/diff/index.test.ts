import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conformsToCompressor, inputOf, outputOf } from '../../../test/conformance/compressor.js'
import { lineTable } from '../../base/lines.js'
import { isSkip } from '../../base/skip.js'
import type { CompressInput } from '../../spec/compressor.js'
import { Dice, editOf, fileOf } from './edits.testkit.js'
import { isContext } from './hunk.js'
import { diff } from './index.js'
import { parseDiff } from './parse.js'
import { printDiff } from './print.testkit.js'

const diffOf = (seed: number, context = 3, path = `src/file-${seed}.ts`): string => {
  const dice = new Dice(seed)
  const before = fileOf(dice, 20 + dice.below(80))
  return printDiff(path, before, editOf(dice, before), context)
}

const HEADER = /^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@/

conformsToCompressor(diff, {
  texts: [
    diffOf(1) + diffOf(2),
    `From: A B <a@b.c>\nSubject: [PATCH] one thing\n\n${diffOf(3, 8)}-- \n2.39.2\n`,
    (diffOf(4, 20) + diffOf(5, 1)).replaceAll('\n', '\r\n'),
    diffOf(6, 3, 'package-lock.json') + diffOf(7),
  ],
  arbitrary: fc
    .tuple(fc.nat(100_000), fc.constantFrom(1, 3, 10), fc.constantFrom('a.ts', 'yarn.lock', 'dist/a.js'))
    .map(([seed, context, path]) => diffOf(seed, context, path) + diffOf(seed + 1, context)),
  mayRewrite: ({ text }) => text === '' || (HEADER.test(text) && text.indexOf('\n') === text.length - 1),
})

/** Added and removed lines of each file, in order. */
const changesOf = (text: string): Map<string, string[]> => {
  const table = lineTable(text)
  const changes = new Map<string, string[]>()
  for (const file of parseDiff(table).files)
    for (const hunk of file.hunks) {
      expect(hunk.complete).toBe(true)
      const lines = changes.get(file.newPath) ?? []
      for (let index = hunk.first; index < hunk.end; index++)
        if (!isContext(table, index, 1)) lines.push(text.slice(table.starts[index], table.starts[index + 1]))
      changes.set(file.newPath, lines)
    }
  return changes
}

const shown = (text: string, more: Partial<CompressInput> = {}): string => outputOf(diff, text, more)

describe('diffs', () => {
  it('keeps every changed line of every file under headers that add up (A-2)', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.constantFrom(1, 2, 3, 7, 30), (seed, context) => {
        const source = diffOf(seed, context) + diffOf(seed + 1, context)
        expect(changesOf(shown(source))).toEqual(changesOf(source))
      }),
      { numRuns: 300 },
    )
  })

  it('stands each hunk on the very lines that its header names', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.constantFrom(1, 3, 12),
        fc.constantFrom('', 'cart price'),
        (seed, context, query) => {
          const dice = new Dice(seed)
          const before = fileOf(dice, 10 + dice.below(120))
          const after = editOf(dice, before)
          const output = shown(printDiff('a.ts', before, after, context), { query })
          const table = lineTable(output)
          for (const hunk of parseDiff(table).files.flatMap((file) => file.hunks)) {
            const body = output.slice(table.starts[hunk.first], table.starts[hunk.end]).split('\n').slice(0, -1)
            const side = (sign: string): string[] =>
              body.filter((line) => line[0] !== sign).map((line) => line.slice(1))
            const [old = 0, fresh = 0] = hunk.starts
            expect(before.slice(Math.max(0, old - 1)).slice(0, side('+').length)).toEqual(side('+'))
            expect(after.slice(Math.max(0, fresh - 1)).slice(0, side('-').length)).toEqual(side('-'))
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  it('keeps the one odd change at any position (A-5)', () => {
    const before = Array.from({ length: 300 }, (_, row) => `  call(${row})`)
    const odd = "  eval(remote('script'))"
    for (let at = 0; at < 300; at += 7) {
      const after = before.map((line, row) => (row === at ? odd : row % 10 === 5 ? `${line} // seen` : line))
      expect(shown(printDiff('src/a.js', before, after, 3))).toContain(`+${odd}`)
    }
  })

  it('counts in its gaps the lines that it does not show (A-3)', () => {
    for (let seed = 1; seed < 40; seed++) {
      const source = diffOf(seed, 8) + diffOf(seed + 1, 8, 'yarn.lock')
      const output = shown(source)
      const told = [...output.matchAll(/^\[(\d+) lines not shown/gm)].reduce((sum, match) => sum + Number(match[1]), 0)
      const lines = (text: string): number => text.split('\n').filter((line) => !HEADER.test(line)).length
      const gaps = output.split('\n').filter((line) => / lines not shown/.test(line)).length
      const headers = source.split('\n').filter((line) => HEADER.test(line)).length
      const folded = /lock file/.test(output) ? headersOf(source, 'yarn.lock') - headersOf(output, 'yarn.lock') : 0
      expect(lines(source) - (lines(output) - gaps), `seed ${seed} of ${headers}`).toBe(told - folded)
    }
  })

  it('says of a context line that names the function where it went', () => {
    const before = ['class A {', '  x', 'function late() {', '  1', '  2', '  3', '  4', '}']
    const after = before.map((line) => (line === '  4' ? '  5' : line))
    const source = printDiff('a.ts', before, after, 5).replace(/ @@\n/, ' @@ class Before {\n')
    expect(shown(source)).toContain(' @@ function late() {\n   3\n-  4\n+  5\n }\n')
  })

  it('keeps context that the question names', () => {
    const before = Array.from({ length: 40 }, (_, row) => `  step(${row})`)
    before[18] = '  const zebraLimit = 9'
    const after = before.map((line, row) => (row === 25 ? '  changed()' : line))
    const source = printDiff('a.ts', before, after, 12)
    expect(shown(source)).not.toContain('zebraLimit')
    expect(shown(source, { query: 'what is zebraLimit?' })).toContain('   const zebraLimit = 9\n')
    expect(changesOf(shown(source, { query: 'what is zebraLimit?' }))).toEqual(changesOf(source))
  })

  it('folds a lock file to its header, true counts and what the question names', () => {
    const lock = (version: number): string[] =>
      Array.from({ length: 90 }, (_, row) => (row === 40 ? `leftpad@${version}` : `dep-${row}@${version}`))
    const source = printDiff('yarn.lock', lock(1), lock(2), 3) + diffOf(9)
    expect(shown(source)).toMatch(/\+\+\+ b\/yarn\.lock\n@@ .* @@\n\[180 lines not shown[^\n]*\+90 -90, lock file/)
    expect(shown(source)).not.toContain('+dep-7@2')
    expect(shown(source, { query: 'which leftpad is it now?' })).toContain('+leftpad@2\n')
    expect(shown(source, { query: 'what changed in yarn.lock?' })).toContain('+dep-7@2\n')
  })

  it('shows generated code where the diff holds nothing else, or the command names it', () => {
    const before = Array.from({ length: 60 }, (_, row) => `  int32 field_${row} = ${row};`)
    const made = printDiff(
      'api/user.pb.go',
      before,
      before.map((line) => line.replace('int32', 'int64')),
      3,
    )
    expect(shown(made + diffOf(2))).toContain('+60 -60, generated')
    expect(shown(made, { query: 'what changed?' })).toContain('+  int64 field_7 = 7;\n')
    expect(shown(made + diffOf(2), { origin: { command: 'git diff -- api/user.pb.go src' } })).toContain(
      '+  int64 field_7',
    )
  })

  it('folds a built file whose source stands beside it, and keeps the line that only it has', () => {
    const before = Array.from({ length: 60 }, (_, row) => `const value${row} = old(${row})`)
    const after = before.map((line) => line.replace('old', 'fresh'))
    const source = printDiff('src/a.js', before, after, 3) + printDiff('dist/a.js', before, [...after, 'steal()'], 3)
    const output = shown(source)
    expect(output).toContain('built, changed lines also in src/a.js')
    expect(output).toContain('+steal()')
    const alone = printDiff('dist/a.js', before, after, 3) + diffOf(2)
    expect(shown(alone)).toContain('+const value7 = fresh(7)\n')
  })

  it('leaves out a line of data that nobody reads, unless it was asked for', () => {
    const before = ['one', 'two', 'three']
    const long = `const BLOB = '${'QUJD'.repeat(2000)} needle ${'REVG'.repeat(2000)}'`
    const source = printDiff('a.ts', before, ['one', long, 'three'], 3) + diffOf(3)
    expect(shown(source)).toMatch(/\n\[1 lines not shown: added line of 16023 chars[^\n]*\]\n/)
    expect(shown(source, { query: 'find "needle"' })).toMatch(/chars not shown: in this added line[^\n]* needle /)
  })

  it('folds runs of like lines and deleted files under max only', () => {
    const rows = Array.from({ length: 40 }, (_, row) => `  "key-${row}": "word ${row * 7}",`)
    rows[20] = '  "key-20": run(20),'
    const table = printDiff('src/words.js', ['{', '}'], ['{', ...rows, '}'], 3)
    expect(shown(`${table}${diffOf(3)}`)).toContain('"key-9": ')
    const short = shown(table, { policy: 'max', query: 'what is key-31?' })
    expect(short).toMatch(/\[17 lines not shown[^\n]*lines of the same shape/)
    expect(short).toContain('+  "key-20": run(20),\n')
    expect(short).toContain('+  "key-31": "word 217",\n')
    const gone = printDiff('src/old.js', fileOf(new Dice(8), 60), [], 3).replace('+++ b/src/old.js', '+++ /dev/null')
    expect(shown(`${gone}${diffOf(3)}`)).not.toContain('deleted file')
    expect(shown(gone, { policy: 'max' })).toMatch(/\[60 lines not shown[^\n]*\+0 -60, deleted file/)
  })

  it('folds a binary patch and keeps the line that says there is one', () => {
    const source = [
      'diff --git a/x.png b/x.png',
      'index 1234567..89abcde 100644',
      'GIT binary patch',
      'literal 4000',
      ...Array.from({ length: 60 }, (_, row) => `zc${'mV'.repeat(30)}${row}`),
      '',
      'literal 0',
      'HcmV?d00001',
      '',
      diffOf(4),
    ].join('\n')
    expect(shown(source)).toMatch(/100644\nGIT binary patch\n\[65 lines not shown: binary[^\n]*\]\ndiff --git/)
  })

  it('leaves out nothing under strict and reads what is no diff as none', () => {
    expect(diff.compress(inputOf(diffOf(1), diff, { mayElide: false }))).toMatchObject({ skip: 'nothing-to-drop' })
    expect(diff.compress(inputOf('a\nb\n', diff))).toMatchObject({ skip: 'not-parsable' })
  })

  it('leaves hunks alone whose lines do not add up', () => {
    const source = 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,9 +1,9 @@\n a\n b\n c\n-d\n+e\n f\n g\n h\n'
    expect(isSkip(diff.compress(inputOf(source, diff)))).toBe(true)
  })

  it('trims a combined diff and recounts all of its ranges', () => {
    const source = [
      'diff --cc a.c',
      'index 1234567,89abcde..fedcba9',
      '--- a/a.c',
      '+++ b/a.c',
      '@@@ -10,8 -10,7 +10,8 @@@ int main(void)',
      '    one',
      '    two',
      '    three',
      '- theirs',
      ' -ours',
      '++both',
      '    four',
      '    five',
      '    six',
      ' +seven',
      '',
    ].join('\n')
    const output = shown(source)
    expect(output).toContain(
      '@@@ -12,6 -12,5 +12,6 @@@ int main(void)\n    three\n- theirs\n -ours\n++both\n    four\n',
    )
  })

  it('stays linear on big diffs and on hostile ones', () => {
    const big = Array.from({ length: 600 }, (_, seed) => diffOf(seed, 6)).join('')
    const started = process.cpuUsage()
    shown(big, { query: 'where is the cart price set?' })
    shown(`${'@@ -1,9999999 +1,9999999 @@\n'.repeat(30_000)}`)
    shown(`diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,400000 +1,400001 @@\n${' a\n'.repeat(399_999)}+b\n a\n`)
    shown('--- a\n+++ b\n'.repeat(80_000))
    shown(`diff --git ${'a/b'.repeat(300_000)}`)
    const used = process.cpuUsage(started)
    expect((used.user + used.system) / 1000).toBeLessThan(4000)
  })
})

const headersOf = (text: string, path: string): number => {
  const from = text.indexOf(`diff --git a/${path}`)
  return text
    .slice(from)
    .split('\n')
    .filter((line) => HEADER.test(line)).length
}

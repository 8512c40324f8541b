import { describe, expect, it } from 'vitest'
import { outputOf } from '../../../test/conformance/compressor.js'
import { FAILURE_SAMPLES } from './failure-samples.js'
import { log } from './index.js'

const NOISE: readonly ((i: number) => string)[] = [
  (i) => `[${String(i % 100).padStart(3)}%] Building CXX object src/CMakeFiles/core.dir/part_${i}.cpp.o`,
  (i) => `  ✓ handles error case ${i} of the reader (${i % 17} ms)`,
  (i) => `Get:${i} http://archive.example.org/ubuntu jammy/main amd64 libgpg-error0 amd64 1.43-${i} [69 kB]`,
  (i) => `Downloading crate dependency-${i} v1.${i % 9}.0`,
  (i) => `test case_${i} ... ok`,
]

const WORDS =
  'module widget handler loads cache index route table view panel query writer reader bundle asset style theme locale image font layer shader buffer stream codec socket timer queue worker'.split(
    ' ',
  )
/** Lines of which each is its own template. */
const prose = (i: number): string =>
  Array.from({ length: 4 + (i % 6) }, (_, k) => WORDS[(i * 7 + k * k * 13 + (i >> 3) * k) % WORDS.length]).join(' ')

/** A sample in the middle, or at the end, of routine output; with timestamps where asked. */
const embed = (
  name: string,
  options: { end: boolean; stamped: boolean; unique: boolean },
): { text: string; wanted: string[] } => {
  const noise = options.unique ? prose : NOISE[name.length % NOISE.length]!
  const stamp = (line: string, i: number): string =>
    options.stamped ? `2024-03-11T06:0${i % 10}:11.1234567Z ${line}` : line
  const sample = FAILURE_SAMPLES[name]!.slice(1).split('\n')
  const before = Array.from({ length: 420 }, (_, i) => stamp(noise(i), i))
  const after = options.end ? [] : Array.from({ length: 260 }, (_, i) => stamp(noise(i + 420), i))
  const lines = sample.map((line, i) => stamp(line.replace(/^!/, ''), i))
  return {
    text: `${[...before, ...lines, ...after].join('\n')}\n`,
    wanted: lines.filter((_, i) => sample[i]!.startsWith('!')),
  }
}

describe('failures stay whole', () => {
  for (const name of Object.keys(FAILURE_SAMPLES))
    for (const end of [false, true])
      it(`keeps what ${name} says, ${end ? 'at the end' : 'in the middle'} of output of any kind (A-7)`, () => {
        for (const stamped of [false, true])
          for (const unique of [false, true]) {
            const { text, wanted } = embed(name, { end, stamped, unique })
            const out = outputOf(log, text)
            const shown = new Set(out.split('\n'))
            expect(wanted.filter((line) => !shown.has(line))).toEqual([])
            expect(out.length).toBeLessThan(text.length * 0.4)
          }
      })
})

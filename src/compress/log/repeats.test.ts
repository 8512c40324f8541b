import { describe, expect, it } from 'vitest'
import { inputOf, outputOf } from '../../../test/conformance/compressor.js'
import { lineTable } from '../../base/lines.js'
import { isSkip } from '../../base/skip.js'
import { factsOf } from './facts.js'
import { log } from './index.js'

const PACKAGES = ['core', 'disk', 'http', 'queue', 'store', 'web']

/** A check of a monorepo in which every package fails for what one of them did. */
const checkOf = (packages: readonly string[]): string =>
  [
    ...packages.flatMap((name) => [
      `> @app/${name}@1.4.0 check`,
      `> tsc --noEmit --project tsconfig.json`,
      '',
      `../shared/src/session.ts(532,34): error TS2339: Property 'tokensAfter' does not exist on type 'Entry'.`,
      `../shared/src/session.ts(593,34): error TS2339: Property 'tokensBefore' does not exist on type 'Entry'.`,
      'npm error Lifecycle script `check` failed with error:',
      'npm error code 2',
      `npm error workspace @app/${name}@1.4.0`,
      '',
      `Checked ${name.length * 3} files`,
      'Found 2 errors.',
    ]),
    'Command exited with code 2',
  ].join('\n')

const count = (text: string, part: string): number => text.split(part).length - 1

describe('lines that a log has said before', () => {
  it('are told as such, while who failed and each verdict stay', () => {
    const text = checkOf(PACKAGES)
    const out = outputOf(log, text)
    expect(count(out, "Property 'tokensAfter'")).toBe(1)
    expect(count(out, "Property 'tokensBefore'")).toBe(1)
    for (const name of PACKAGES) expect(out).toContain(`@app/${name}@1.4.0`)
    expect(count(out, 'Found 2 errors.')).toBe(PACKAGES.length)
    expect(out).toMatch(/\[4 lines not shown: .*all shown above/)
    expect(out).toContain('Command exited with code 2')
    expect(out.length).toBeLessThan(text.length * 0.65)
  })

  it('are all above the gap that says so', () => {
    for (const packages of [2, 3, 4, 6].map((many) => PACKAGES.slice(0, many))) {
      const text = checkOf(packages)
      const plan = log.compress(inputOf(text, log))
      if (isSkip(plan)) continue
      const kept = new Set<string>()
      for (const segment of plan.segments) {
        const lines = text.slice(segment.start, segment.end).split('\n')
        if (segment.kind !== 'elide') for (const line of lines) kept.add(line)
        else if (segment.gap.note === 'all shown above')
          for (const line of lines) expect([line, kept.has(line) || line === '']).toEqual([line, true])
      }
    }
  })

  it('are no repeats alone: what comes up again after it went down is news', () => {
    const repeated = (...lines: string[]): number[] => {
      const { repeats } = factsOf(lineTable(lines.join('\n')))
      return [...(repeats ?? [])]
    }
    expect(repeated('link up', 'ping 1', 'link down', 'ping 2', 'link up', 'ping 3')).toEqual([-1, -1, -1, -1, -1, -1])
    expect(repeated('link up', 'ping 1', '', 'link up', '', 'ping 1')).toEqual([-1, -1, -1, 0, -1, 1])
    expect(repeated('step one', '3 passed', 'step one', '3 passed')).toEqual([-1, -1, 0, -1])
    expect(factsOf(lineTable('step one\nstep two\n'.repeat(5000))).repeats).toBeUndefined()
  })
})

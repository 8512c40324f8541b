import { describe, expect, it } from 'vitest'
import { readLines } from '../../../test/properties/read-lines.js'
import { planFault, render } from '../../base/plan.js'
import type { CompressInput } from '../../spec/compressor.js'
import type { Gap, Plan } from '../../spec/plan.js'
import { progress } from './index.js'

const count = (text: string): number => Math.ceil(text.length / 3)
const marker = ({ count: n, unit, note = '' }: Gap): string =>
  `[${n} ${n === 1 ? unit.slice(0, -1) : unit} not shown: ${note}]`
const shown = (text: string): string => {
  const input: CompressInput = {
    text,
    type: 'progress',
    origin: {},
    tokens: count(text),
    protectedSpans: [],
    mayElide: true,
    policy: 'balanced',
    count,
  }
  const plan = progress.compress(input) as Plan
  expect(plan).not.toHaveProperty('skip')
  expect(planFault(plan, text)).toBeUndefined()
  const out = render(plan, text, marker)
  expect(readLines(text, out).fault).toBeUndefined()
  return out
}
const times = (n: number, write: (at: number) => string): string =>
  Array.from({ length: n }, (_, at) => write(at)).join('')

describe('progress', () => {
  it('shows the last state of a line that was drawn over, and says how many there were (A-3)', () => {
    const out = shown(`${times(101, (at) => `\rtrain: ${at}%|###| ${at}/100`)}\nfinal loss 0.01\n`)
    expect(out).toContain('train: 100%|###| 100/100\nfinal loss 0.01')
    expect(out).toContain('100 earlier states of this line')
    expect(out).not.toContain('99/100')
  })

  it('keeps errors among states, and every line that is no progress', () => {
    const pull = times(60, (at) => `aaaaaaaaaaaa: Downloading [==>   ]  ${at}MB/60MB\n`)
    const out = shown(`latest: Pulling from web\n${pull}error: 41% unexpected EOF\n${pull}Digest: sha256:00\n`)
    for (const line of ['latest: Pulling from web', 'error: 41% unexpected EOF', '59MB/60MB', 'Digest: sha256:00'])
      expect(out).toContain(line)
  })
})

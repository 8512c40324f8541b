import { expect, it } from 'vitest'
import { render } from '../../base/plan.js'
import { isSkip } from '../../base/skip.js'
import { markers } from '../../store/marker.js'
import { log } from './index.js'

const outputOf = (text: string): string => {
  const tokens = Math.ceil(text.length / 4)
  const plan = log.compress({
    text,
    type: 'log',
    origin: {},
    tokens,
    protectedSpans: [],
    mayElide: true,
    policy: 'balanced',
    count: (value) => Math.ceil(value.length / 4),
  })
  if (isSkip(plan)) throw new Error(plan.skip)
  return render(plan, text, (gap, first) => markers.print(gap, first ? { ref: '0123456789abcdef' } : undefined))
}
const lines = Array.from({ length: 200 }, (_, index) =>
  JSON.stringify({ time: 1772600000 + index, level: index === 90 ? 'error' : 'info', msg: `job ${index % 5} "done"` }),
)

it('writes a gap among JSON lines as a JSON string, so that every line parses (A-4)', () => {
  for (const text of [`${lines.join('\n')}\n`, lines.join('\n')]) {
    const output = outputOf(text).trimEnd().split('\n')
    expect(output.length).toBeLessThan(60)
    for (const line of output) expect(() => JSON.parse(line), line).not.toThrow()
  }
})

it('writes it bare where other lines are among them', () => {
  const output = outputOf(`${[...lines.slice(0, 100), 'panic: out of memory', ...lines.slice(100)].join('\n')}\n`)
  expect(output).toMatch(/^\[\d+ lines not shown/m)
})

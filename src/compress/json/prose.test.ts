import { describe, expect, it } from 'vitest'
import { inputOf, outputOf, printGap } from '../../../test/conformance/compressor.js'
import { render } from '../../base/plan.js'
import { isSkip } from '../../base/skip.js'
import { json } from './index.js'

const TOPICS = ['harbour', 'weaver', 'orchard', 'quarry', 'lantern', 'ferry', 'granary', 'mill'] as const
const filler = (topic: string, index: number): string =>
  `The ${topic} of valley ${index} has a long tradition, and people come to see the ${topic} on quiet days. ` +
  `Its walls were built from local stone, and "old" paths lead from the ${topic} to the river.\n`

/** Retrieved documents, one of which has the answer in the middle of a long text. */
const documents = (at: number, answer: string): string =>
  JSON.stringify({
    documents: Array.from({ length: 14 }, (_, index) => {
      const topic = TOPICS[index % TOPICS.length]!
      const parts = Array.from({ length: 8 }, (_, part) => filler(topic, index * 8 + part))
      if (index === at) parts.splice(4, 0, answer)
      return { id: `doc-${index}`, title: `About the ${topic} ${index}`, content: parts.join('') }
    }),
  })

describe('json keeps the passage that answers', () => {
  const answer = 'In 1887 the keeper Edda Halvorsen planted 214 apple trees behind the chapel. '

  it('in any retrieved document, whole, and stays JSON with true gaps (A-3)', () => {
    for (let at = 0; at < 14; at++) {
      const source = documents(at, answer)
      const output = outputOf(json, source, { query: 'How many trees did the keeper plant?' })
      expect(output).toContain(answer.trim())
      expect(output.length).toBeLessThan(source.length * 0.4)
      expect(JSON.parse(output)).toBeTypeOf('object')
      expect(output).toContain(`doc-${at}`)
    }
  })

  it('cuts prose only where a sentence or a line ends (A-6)', () => {
    const source = documents(5, answer)
    const plan = json.compress(inputOf(source, json, { query: 'How many trees did the keeper plant?' }))
    if (isSkip(plan)) throw new Error('skipped')
    let cuts = 0
    for (const segment of plan.segments) {
      if (segment.kind !== 'elide' || segment.gap.unit !== 'chars') continue
      cuts++
      expect(source.slice(0, segment.start)).toMatch(/(?:[.] ?|\\n|:")$/)
      expect(segment.gap.count).toBe(segment.end - segment.start)
    }
    expect(cuts).toBeGreaterThan(0)
    expect(render(plan, source, printGap)).toContain(answer.trim())
  })
})

import { describe, expect, it } from 'vitest'
import { countApprox, outputOf } from '../../../test/conformance/compressor.js'
import { log } from './index.js'
import { plantedLog } from './planted-logs.js'

const CASES = 1000
const QUESTIONS = ['anything unusual?', 'Is anything wrong here?', 'What stands out in this log?', undefined]

describe('rare survives', () => {
  it(`keeps the one odd line of ${CASES} routine logs of 24 families, at any position (A-5)`, () => {
    const lost: string[] = []
    let before = 0
    let after = 0
    for (let seed = 1; seed <= CASES; seed++) {
      const planted = plantedLog(seed)
      const query = QUESTIONS[seed % QUESTIONS.length]
      const out = outputOf(log, planted.text, query === undefined ? {} : { query })
      const shown = new Set(out.split('\n'))
      before += countApprox(planted.text)
      after += countApprox(out)
      for (const plant of planted.plants)
        if (!shown.has(plant)) lost.push(`${seed} ${planted.family}, ${planted.kind}: ${plant}`)
    }
    expect(lost).toEqual([])
    expect(1 - after / before).toBeGreaterThan(0.6)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outputOf } from '../../../test/conformance/compressor.js'
import { Random } from '../../../test/properties/random.js'
import { json } from './index.js'

const SERVICES = ['checkout', 'ledger', 'mailer', 'search-api', 'edge'] as const
const INFO = ['request # done', 'heartbeat ok', 'cache hit for key s:#', 'user # signed in'] as const
const WARN = ['queue depth # of 500', 'retry #/5 for $', 'slow query of # ms'] as const
const ERROR = ['cannot reach $:8080', 'no answer from $ after # ms', 'broken pipe'] as const
const ONE_OFF = [
  'rolled out build 77ac1d by jsantos',
  'pool size changed from 100 to 10',
  'leader election won by node kappa',
  'operator switched maintenance mode on',
] as const

/** Entries of a service log; the one at `at` is an INFO of the asked service that no template made. */
const logWith = (seed: number, at: number, message: string): string => {
  const random = new Random(seed)
  const entries = Array.from({ length: 140 }, (_, index) => {
    const level = random.pick(['INFO', 'INFO', 'DEBUG', 'WARN', 'ERROR'] as const)
    const service = random.pick(SERVICES)
    const templates = level === 'ERROR' ? ERROR : level === 'WARN' ? WARN : INFO
    const routine = random
      .pick(templates)
      .replace('$', service)
      .replace('#', String(random.int(1, 9999)))
    return index === at
      ? { time: index, level: 'INFO', service: 'checkout', message, trace: random.hex(16) }
      : { time: index, level, service, message: routine, trace: random.hex(16) }
  })
  return JSON.stringify({ total: 1400, entries })
}

describe('a message worded like no other', () => {
  it('outranks routine rows that hold the words of the question, at any position (A-5)', () => {
    const any = [fc.nat(), fc.nat(139), fc.constantFrom(...ONE_OFF)] as const
    fc.assert(
      fc.property(...any, (seed, at, message) => {
        const text = logWith(seed, at, message)
        for (const query of [undefined, 'We see 500 errors in the checkout service. What is the root cause?']) {
          const out = outputOf(json, text, query === undefined ? {} : { query })
          expect(out).toContain(message)
          expect(out.length).toBeLessThan(text.length * 0.4)
        }
      }),
      { numRuns: 120 },
    )
  })

  it('is no reason to stay where most are worded like no other', () => {
    const words = ['harbour', 'weaver', 'orchard', 'quarry', 'lantern', 'ferry', 'granary', 'mill', 'thatch', 'anvil']
    const random = new Random(7)
    const rows = Array.from({ length: 200 }, (_, id) => ({
      id,
      note: Array.from({ length: 6 }, () => `${random.pick(words)}${random.pick(words)}${random.pick(words)}`).join(
        ' ',
      ),
    }))
    const text = JSON.stringify(rows)
    expect(outputOf(json, text).length).toBeLessThan(text.length * 0.3)
  })
})

describe('failures that are the rule', () => {
  it('are told of by number where they are not all shown (A-4)', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const text = logWith(seed, 70, 'heartbeat ok')
        const errors = text.split('"level":"ERROR"').length - 1
        const out = outputOf(json, text)
        if (errors > 14) expect(out).toContain(`level ERROR in ${errors} of all 140 rows`)
        else expect(out).not.toContain('level ERROR in')
      }),
      { numRuns: 40 },
    )
  })
})

// Two days of agents at work, on a clock that runs fast: three sessions at a time, pauses, a store that has to let go of the oldest.
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { createHeadroom } from '../../src/create.js'
import { spliceBytes } from '../../src/wire/edit.js'
import { tempHome } from '../support/home.js'
import { growingSession } from '../support/session.js'

const SPAN_MS = 2 * 86_400_000
const REQUESTS = 1500
const AT_ONCE = 3
const STORE_BYTES = 500_000
/** The sweep comes two seconds after a request, on the real clock. */
const SWEEP_MS = 4000

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const heapMb = (): number => {
  collect()
  return process.memoryUsage().heapUsed / 1e6
}

interface Live {
  readonly name: string
  readonly bodies: readonly Buffer[]
  next: number
  sent?: Buffer
  refs: readonly string[]
}

describe('two days', () => {
  it('keeps every prefix, every original that a request points to, and memory and store within their bounds', async () => {
    let nowMs = Date.UTC(2026, 0, 5, 0)
    const engine = createHeadroom({ home: tempHome(), nowMs: () => nowMs, storeMaxBytes: STORE_BYTES })
    let seed = 0
    const begin = (): Live => {
      seed++
      return { name: `s${seed}`, bodies: growingSession(seed, 30_000).map(({ body }) => body), next: 0, refs: [] }
    }
    const live = Array.from({ length: AT_ONCE }, begin)
    const heaps: number[] = []
    let earliest: string | undefined
    let dead = 0
    for (let request = 0; request < REQUESTS; request++) {
      nowMs += SPAN_MS / REQUESTS
      const at = request % AT_ONCE
      if (live[at]!.next >= live[at]!.bodies.length) live[at] = begin()
      const one = live[at]!
      const body = one.bodies[one.next++]!
      const { edits, report } = await engine.run({ dialect: 'anthropic', body, session: one.name, loopback: true })
      const out = Buffer.from(spliceBytes(body, edits))
      if (one.sent !== undefined && report.repack === undefined)
        expect(out.subarray(0, one.sent.length - 2).equals(one.sent.subarray(0, one.sent.length - 2)), one.name).toBe(
          true,
        )
      one.sent = out
      one.refs = report.blocks.flatMap(({ ref }) => (ref === undefined ? [] : [ref]))
      earliest ??= one.refs[0]
      engine.settle(report.id, 200, { inputTokens: 10, cacheReadTokens: 100, cacheWriteTokens: 10, outputTokens: 5 })
      if (request % 250 === 249) {
        await sleep(SWEEP_MS)
        for (const { refs } of live) for (const ref of refs) if (!(await engine.retrieve(ref)).found) dead++
      }
      if (request === REQUESTS / 3 || request === REQUESTS - 1) heaps.push(heapMb())
    }
    expect(dead).toBe(0)
    // Sweeps have let go of the first morning's; what was used within a day never goes.
    expect((await engine.retrieve(earliest!)).found).toBe(false)
    expect(seed).toBeGreaterThan(60)
    const { totals } = await engine.stats()
    expect(totals.requests).toBe(REQUESTS)
    expect((await engine.money()).total.requests).toBe(REQUESTS)
    expect(heaps[1]! - heaps[0]!, `heap in MB: ${heaps}`).toBeLessThan(25)
    await engine.close()
  }, 240_000)
})

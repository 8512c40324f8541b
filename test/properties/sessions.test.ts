// A thousand made sessions, bent as clients, users and machines bend them. Whatever happens, what was sent stays the beginning of
// what is sent next wherever the client's own bytes did, and nothing but tool results is touched.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createHeadroom } from '../../src/create.js'
import type { Engine } from '../../src/spec/engine.js'
import type { Dialect } from '../../src/spec/wire.js'
import { spliceBytes } from '../../src/wire/edit.js'
import { bodyFor, type Conversation, plainHabits, requestPoints, type Step } from '../e2e/sessions/conversation.js'
import { foreignChanges } from '../e2e/sessions/literals.js'
import { madeConversation } from '../e2e/sessions/made.js'
import { prefixFaults, type Sent, sentOf } from '../e2e/sessions/prefix.js'
import { type Random, randomOf } from '../support/bodies.js'

const SESSIONS = 1000
const DIALECTS: readonly Dialect[] = ['anthropic', 'openai-chat', 'openai-responses', 'gemini']
const MINUTE_MS = 60_000
/** No provider forgets sooner: Anthropic's five minutes. */
const LEAST_LIFETIME_MS = 5 * MINUTE_MS

/** Two processes of one machine, each of which may end and begin again, on one clock. */
class Machine {
  nowMs = Date.UTC(2026, 0, 5)
  readonly #home: string
  readonly #engines: (Engine | undefined)[] = [undefined, undefined]

  constructor(home: string) {
    this.#home = home
  }

  engine(which: number): Engine {
    const open = this.#engines[which] ?? createHeadroom({ home: this.#home, nowMs: () => this.nowMs })
    this.#engines[which] = open
    return open
  }

  async restart(which: number): Promise<void> {
    await this.#engines[which]?.close()
    this.#engines[which] = undefined
  }

  async close(): Promise<void> {
    for (const which of [0, 1]) await this.restart(which)
  }
}

interface Play {
  readonly machine: Machine
  readonly random: Random
  readonly dialect: Dialect
  readonly seed: number
}

/** What a client does to its own history before the next request. */
const bent = (steps: readonly Step[], { random, seed }: Play): readonly Step[] => {
  const points = requestPoints({ steps } as Conversation)
  const at = points[random.int(points.length)] ?? steps.length
  // Goes back to an earlier request and on with other words, or begins anew with a summary of what was.
  const other = madeConversation(seed + 5000 + random.int(1000), 4).steps
  if (random.chance(0.6)) return [...steps.slice(0, at), ...other.slice(1)]
  return [{ kind: 'user', texts: [`Summary so far: ${steps.length} steps. Go on.`] }, ...other.slice(1)]
}

const JUMPS_MS: readonly number[] = [MINUTE_MS, 4 * MINUTE_MS, 20 * MINUTE_MS, 26 * 60 * MINUTE_MS]

const faultsOf = async (play: Play): Promise<string[]> => {
  const { machine, random, dialect, seed } = play
  const made = madeConversation(seed, 3 + random.int(5))
  const habits = {
    ...plainHabits,
    parts: random.chance(0.5),
    lean: random.chance(0.5),
    retrieve: random.chance(0.5),
    session: random.chance(0.5) ? `s-${seed}` : undefined,
  }
  let steps = made.steps
  let sent: Sent[] = []
  let lastMs = machine.nowMs
  const faults: string[] = []
  for (let request = 0, next = 0; request < 12; request++) {
    if (random.chance(0.15)) steps = bent(steps, play)
    if (random.chance(0.15)) machine.nowMs += random.pick(JUMPS_MS)
    const which = random.chance(0.15) ? 1 : 0
    if (random.chance(0.15)) await machine.restart(which)
    const points = requestPoints({ ...made, steps })
    next = Math.min(next, points.length - 1)
    const body = bodyFor(dialect, { ...made, steps }, steps.slice(0, points[next]), habits)
    const { edits, report } = await machine.engine(which).run({ dialect, body, loopback: true })
    const now = sentOf(dialect, body, Buffer.from(spliceBytes(body, edits)))
    faults.push(...foreignChanges(dialect, now.came, now.went))
    if (report.repack !== undefined) {
      if (machine.nowMs - lastMs <= LEAST_LIFETIME_MS) faults.push('history changed while it was cached')
      sent = []
    }
    faults.push(...sent.flatMap((earlier) => prefixFaults(earlier, now)).map((fault) => `request ${request}: ${fault}`))
    sent.push(now)
    lastMs = machine.nowMs
    machine.nowMs += 20_000
    if (!random.chance(0.1)) next++
    if (next >= points.length) break
  }
  return faults
}

describe('a thousand sessions', () => {
  for (const dialect of DIALECTS)
    it(`keep what was sent the beginning of what is sent next: ${dialect} (B-2, B-3, B-4, B-5)`, async () => {
      const faults: string[] = []
      for (let from = 0; from < SESSIONS / DIALECTS.length; from += 25) {
        const home = mkdtempSync(join(tmpdir(), 'headroom-sessions-'))
        const machine = new Machine(home)
        for (let seed = from + 1; seed <= from + 25; seed++) {
          const play = { machine, random: randomOf(seed * 31 + 7), dialect, seed }
          faults.push(...(await faultsOf(play)).map((fault) => `session ${seed}: ${fault}`))
        }
        await machine.close()
        rmSync(home, { recursive: true, force: true })
      }
      expect(faults).toEqual([])
    }, 120_000)
})

// Changing history: only when nothing of it can be cached, or when later reads outweigh the rewrite; then frozen again.
import { describe, expect, it } from 'vitest'
import { tempHome } from '../../test/support/home.js'
import { growingSession } from '../../test/support/session.js'
import { createHeadroom } from '../create.js'
import type { CacheBreak } from '../spec/drift.js'
import type { Engine, EngineResult } from '../spec/engine.js'
import type { Stats } from '../spec/ledger.js'
import type { Repack } from '../spec/repack.js'
import { spliceBytes } from '../wire/edit.js'

const MINUTE_MS = 60_000
const START_MS = Date.UTC(2026, 0, 5)

/** An engine on a clock that the test turns, with what each turn sent. */
class Session {
  nowMs = START_MS
  readonly home: string = tempHome()
  readonly #rule: 'cold' | 'net-cost'
  #engine: Engine

  constructor(rule: 'cold' | 'net-cost') {
    this.#rule = rule
    this.#engine = this.#open()
  }

  #open(): Engine {
    return createHeadroom({ home: this.home, nowMs: () => this.nowMs, repack: this.#rule })
  }

  async restart(): Promise<void> {
    await this.#engine.close()
    this.#engine = this.#open()
  }

  async send(body: Buffer): Promise<{ out: Buffer; result: EngineResult }> {
    const result = await this.#engine.run({ dialect: 'anthropic', body, loopback: true })
    return { out: Buffer.from(spliceBytes(body, result.edits)), result }
  }

  /** A request nobody waits for any more once the earlier forms are there. */
  async sendLate(body: Buffer): Promise<{ out: Buffer; result: EngineResult }> {
    let replayed: EngineResult['edits'] = []
    const result = await this.#engine.run({
      dialect: 'anthropic',
      body,
      loopback: true,
      lease: {
        replayed: (edits) => {
          replayed = edits
          return true
        },
        waiting: () => true,
        claim: () => false,
      },
    })
    return { out: Buffer.from(spliceBytes(body, replayed)), result }
  }

  /** What the explainer says of the answer to a request. */
  unread(id: string, what: Partial<CacheBreak> = {}): void {
    const figures = { cachedTokens: 20_000, readTokens: 0, lostTokens: 20_000 }
    this.#engine.noteBreak({ id, atMs: this.nowMs, turn: 1, cause: 'unknown', ...figures, ...what })
  }

  stats(): Promise<Stats> {
    return this.#engine.stats()
  }

  close(): Promise<void> {
    return this.#engine.close()
  }
}

const prefixOf = (body: Buffer): Buffer => body.subarray(0, body.length - 2)
const extendsFrom = (before: Buffer, after: Buffer): boolean =>
  after.subarray(0, before.length - 2).equals(prefixOf(before))

const within = async (use: (session: Session) => Promise<void>, rule: 'cold' | 'net-cost' = 'cold'): Promise<void> => {
  const session = new Session(rule)
  try {
    await use(session)
  } finally {
    await session.close()
  }
}

const turns = growingSession(21, 60_000).map(({ body }) => body)
/** The conversation is this long when it first comes through us. */
const MET = 14

describe('a conversation that came to us half-way', () => {
  it('keeps its history while the provider may hold it, and shortens it once it cannot (B-5)', () =>
    within(async (session) => {
      const first = await session.send(turns[MET]!)
      expect(first.result.report.blocks.filter(({ skip }) => skip === 'seen-uncompressed').length).toBeGreaterThan(5)
      session.nowMs += 5 * MINUTE_MS
      const warm = await session.send(turns[MET + 1]!)
      expect(warm.result.report.repack).toBeUndefined()
      expect(extendsFrom(first.out, warm.out)).toBe(true)
      session.nowMs += 6 * MINUTE_MS
      const cold = await session.send(turns[MET + 2]!)
      expect(cold.result.report.repack).toMatchObject({ cause: 'cold', idleMs: 6 * MINUTE_MS, costTokens: 0 })
      expect(cold.out.length).toBeLessThan(turns[MET + 2]!.length * 0.7)
    }))

  it('is frozen again after that, also after a restart and in a new process (B-4)', () =>
    within(async (session) => {
      await session.send(turns[MET]!)
      session.nowMs += 10 * MINUTE_MS
      let before = await session.send(turns[MET + 1]!)
      expect(before.result.report.repack?.cause).toBe('cold')
      for (let turn = MET + 2; turn < MET + 8; turn++) {
        if (turn % 2 === 0) await session.restart()
        session.nowMs += MINUTE_MS
        const next = await session.send(turns[turn]!)
        expect(next.result.report.repack).toBeUndefined()
        expect(extendsFrom(before.out, next.out)).toBe(true)
        before = next
      }
    }))

  it('counts as warm for an hour where any breakpoint asks for it', () =>
    within(async (session) => {
      const long = turns.map((body) => Buffer.from(body.toString().replace(/^\{/, '{"x":{"ttl":"1h"},')))
      const first = await session.send(long[MET]!)
      session.nowMs += 59 * MINUTE_MS
      const warm = await session.send(long[MET + 1]!)
      expect(extendsFrom(first.out, warm.out)).toBe(true)
      session.nowMs += 61 * MINUTE_MS
      expect((await session.send(long[MET + 2]!)).result.report.repack?.cause).toBe('cold')
    }))

  it('stays as it was sent where the new forms come too late (B-4)', () =>
    within(async (session) => {
      const first = await session.send(turns[MET]!)
      session.nowMs += 10 * MINUTE_MS
      const late = await session.sendLate(turns[MET + 1]!)
      expect(extendsFrom(first.out, late.out)).toBe(true)
      session.nowMs += MINUTE_MS
      const next = await session.send(turns[MET + 2]!)
      expect(extendsFrom(late.out, next.out)).toBe(true)
      session.nowMs += 10 * MINUTE_MS
      const cold = await session.send(turns[MET + 3]!)
      expect(cold.result.report.repack?.cause).toBe('cold')
      expect(cold.out.length).toBeLessThan(turns[MET + 3]!.length * 0.7)
    }))

  it('is sent in the forms that another process gave it, by one that only remembers it in full (B-4)', () =>
    within(async (session) => {
      await session.send(turns[MET]!)
      const other = createHeadroom({ home: session.home, nowMs: () => session.nowMs })
      session.nowMs += 10 * MINUTE_MS
      const body = turns[MET + 1]!
      await other.run({ dialect: 'anthropic', body, loopback: true })
      session.nowMs += 10 * MINUTE_MS
      const again = await other.run({ dialect: 'anthropic', body: turns[MET + 2]!, loopback: true })
      const sent = Buffer.from(spliceBytes(turns[MET + 2]!, again.edits))
      session.nowMs += MINUTE_MS
      const next = await session.send(turns[MET + 3]!)
      expect(extendsFrom(sent, next.out)).toBe(true)
      expect(next.result.report.tookOver).toBe(true)
      await other.close()
    }))

  it('is not taken for cold where another process may have gone on with it', () =>
    within(async (session) => {
      await session.send(turns[MET]!)
      session.nowMs += 10 * MINUTE_MS
      const other = createHeadroom({ home: session.home, nowMs: () => session.nowMs })
      await other.run({ dialect: 'anthropic', body: turns[MET + 1]!, loopback: true })
      await other.close()
      session.nowMs += MINUTE_MS
      const next = await session.send(turns[MET + 2]!)
      expect(next.result.report.repack?.cause).not.toBe('cold')
    }))
})

/** Turn n of a conversation that does nothing but read logs. */
const logs = (turn: number): Buffer =>
  Buffer.from(
    JSON.stringify({
      model: 'claude-sonnet-4-5',
      tools: [{ name: 'Bash', input_schema: { type: 'object' } }],
      messages: [
        { role: 'user', content: 'watch the deploy' },
        ...Array.from({ length: turn }, (_, at) => [
          {
            role: 'assistant',
            content: [{ type: 'tool_use', id: `t${at}`, name: 'Bash', input: { command: `tail ${at}` } }],
          },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: `t${at}`, content: log(at) }] },
        ]).flat(),
      ],
    }),
  )

const log = (seed: number): string =>
  Array.from(
    { length: 150 },
    (_, line) =>
      `2026-01-05T10:${10 + (line % 50)}:11Z INFO worker-${seed}-${line % 7}: request ${line * 37} took ${(line * 7) % 90} ms`,
  ).join('\n')

describe('a warm history', () => {
  it('never changes, unless the user asks for the other rule (B-5)', () =>
    within(async (session) => {
      let before: Buffer | undefined
      for (let turn = 14; turn < 50; turn++) {
        session.nowMs += 20_000
        const { out, result } = await session.send(logs(turn))
        expect(result.report.repack).toBeUndefined()
        if (before !== undefined) expect(extendsFrom(before, out)).toBe(true)
        before = out
      }
    }))

  it('changes under `net-cost` only where the change pays, at no more than what was saved before (B-6, B-10)', () =>
    within(async (session) => {
      const repacks: [number, Repack][] = []
      let before: Buffer | undefined
      for (let turn = 14; turn < 50; turn++) {
        session.nowMs += 20_000
        const { out, result } = await session.send(logs(turn))
        const { repack } = result.report
        if (repack !== undefined) repacks.push([turn, repack])
        else if (before !== undefined) expect(extendsFrom(before, out)).toBe(true)
        before = out
      }
      expect(repacks.map(([turn]) => turn)).toEqual([16])
      const [, { cause, costTokens, bankedTokens, gainTokens }] = repacks[0]!
      expect(cause).toBe('net-cost')
      expect(costTokens).toBeLessThanOrEqual(bankedTokens)
      expect(gainTokens).toBeGreaterThanOrEqual(2 * costTokens)
      expect(before!.length).toBeLessThan(logs(49).length / 4)
    }, 'net-cost'))

  it('that holds little to shorten stays as it is, however long it gets', () =>
    within(async (session) => {
      let before: Buffer | undefined
      for (const { body } of growingSession(22, 100_000).slice(5)) {
        session.nowMs += 20_000
        const { out, result } = await session.send(body)
        expect(result.report.repack).toBeUndefined()
        if (before !== undefined) expect(extendsFrom(before, out)).toBe(true)
        before = out
      }
    }, 'net-cost'))
})

describe('a provider that does not read what it has cached', () => {
  /** A conversation that came half-way, with what the explainer said of each answer, up to the turn that is due for a change. */
  const afterLosses = async (session: Session, losses: readonly (Partial<CacheBreak> | undefined)[]) => {
    let before: Buffer | undefined
    for (const [at, loss] of losses.entries()) {
      session.nowMs += MINUTE_MS
      const { out, result } = await session.send(turns[8 + at]!)
      if (before !== undefined) expect(extendsFrom(before, out)).toBe(true)
      if (loss !== undefined) session.unread(result.report.id, loss)
      before = out
    }
    session.nowMs += 10 * MINUTE_MS
    return { before: before!, next: await session.send(turns[8 + losses.length]!) }
  }

  it('has no history changed for it, is told so by name, and nothing that was sent changes (B-11)', () =>
    within(async (session) => {
      const { before, next } = await afterLosses(session, [undefined, {}, {}, { cause: 'own-edit' }])
      expect(next.result.report.repack).toBeUndefined()
      expect(next.result.report.blocks.filter(({ skip }) => skip === 'cache-unread').length).toBeGreaterThan(3)
      expect(extendsFrom(before, next.out)).toBe(true)
    }))

  it('is another matter than losses of the client, small ones, or old ones', async () => {
    const others: (Partial<CacheBreak> | undefined)[][] = [
      [undefined, {}, {}],
      [undefined, {}, {}, { cause: 'system-changed' }],
      [undefined, {}, {}, { cause: 'expired' }],
      [undefined, {}, {}, { cause: 'own-rewrite' }],
      [undefined, {}, {}, { lostTokens: 9000 }],
      [{}, {}, {}, ...Array.from({ length: 9 }, () => undefined)],
    ]
    for (const losses of others)
      await within(async (session) => {
        const { next } = await afterLosses(session, losses)
        expect(next.result.report.repack?.cause).toBe('cold')
      })
  })

  it('is told by the statistics, under the request', () =>
    within(async (session) => {
      await afterLosses(session, [{}, {}, {}])
      const { recent } = await session.stats()
      expect(recent[0]!.lines.map(({ skip }) => skip)).toContain('cache-unread')
    }))
})

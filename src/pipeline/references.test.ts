// References in requests: what a body names is in that very body, whatever happens to the session and the process.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tempHome } from '../../test/support/home.js'
import { falseReferences } from '../../test/support/lookup.js'
import { bodyOfMessages, rereadingSession } from '../../test/support/reread.js'
import { createHeadroom } from '../create.js'
import type { Engine, EngineRequest } from '../spec/engine.js'
import { spliceBytes } from '../wire/edit.js'

const runOn = async (engine: Engine, body: Buffer, more: Partial<EngineRequest> = {}) => {
  const result = await engine.run({ dialect: 'anthropic', body, loopback: true, ...more })
  return { report: result.report, out: Buffer.from(spliceBytes(body, result.edits)) }
}

const referencesIn = (body: Buffer): number => body.toString().split(' the same as ').length - 1

/** What happens to a session before a turn. */
type Event = 'grow' | 'restart' | 'other process' | 'compact' | 'rewind' | 'clear' | 'edit a call' | 'late'
const events: fc.Arbitrary<Event[]> = fc.array(
  fc.constantFrom<Event>(
    'grow',
    'grow',
    'restart',
    'other process',
    'compact',
    'rewind',
    'clear',
    'edit a call',
    'late',
  ),
  { minLength: 4, maxLength: 10 },
)

type Messages = ReturnType<typeof rereadingSession>

/** A history as a client rewrites it: cut, cleared or with other arguments in an early call. */
const rewritten = (messages: Messages, event: Event): Messages => {
  const half = 1 + 2 * Math.floor(messages.length / 4)
  if (event === 'compact')
    return [{ role: 'user', content: 'Summary: the parser is half mended.' }, ...messages.slice(half)]
  if (event !== 'clear' && event !== 'edit a call') return messages
  const type = event === 'clear' ? 'tool_result' : 'tool_use'
  const change = event === 'clear' ? { content: '[Old tool result content cleared]' } : { input: { file_path: 'x' } }
  return messages.map((message, at) =>
    at >= half || typeof message.content === 'string'
      ? message
      : { ...message, content: message.content.map((part) => (part.type === type ? { ...part, ...change } : part)) },
  )
}

const lateLease = { replayed: () => true, waiting: () => true, claim: () => false }

describe('a reference', () => {
  it('names what the same body shows and stands for the very lines, through restarts, compaction, rewinds and edits (A-18, B-3, B-4)', async () => {
    let seen = 0
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), events, async (seed, happenings) => {
        const home = tempHome()
        const engines = [createHeadroom({ home, policy: 'strict' }), createHeadroom({ home, policy: 'strict' })]
        const session = rereadingSession(seed, happenings.length + 2)
        let change: Event = 'grow'
        let back = 0
        let before: { came: Buffer; went: Buffer } | undefined
        for (const [turn, event] of happenings.entries()) {
          if (event === 'restart') {
            await engines[0]!.close()
            engines[0] = createHeadroom({ home, policy: 'strict' })
          }
          if (event === 'rewind' && turn > 2) back += 2
          if (event === 'compact' || event === 'clear' || event === 'edit a call') change = event
          const body = bodyOfMessages(rewritten(session.slice(0, 3 + 2 * (turn - back + (back > 0 ? 1 : 0))), change))
          const engine = engines[event === 'other process' ? 1 : 0]!
          const { out } = await runOn(engine, body, event === 'late' ? { lease: lateLease } : {})
          expect(falseReferences(body, out)).toEqual([])
          for (const again of engines) expect((await runOn(again, body)).out.equals(out)).toBe(true)
          if (before?.came.subarray(0, -2).equals(body.subarray(0, before.came.length - 2)))
            expect(out.subarray(0, before.went.length - 2).equals(before.went.subarray(0, -2))).toBe(true)
          before = { came: body, went: out }
          seen += referencesIn(out)
        }
        for (const engine of engines) await engine.close()
      }),
      { numRuns: 12, seed: 20261125 },
    )
    expect(seen).toBeGreaterThan(50)
  }, 60_000)

  it('is not made, and not sent again, where the provider may drop what came before (A-18)', async () => {
    const engine = createHeadroom({ home: tempHome() })
    const session = rereadingSession(5, 8)
    const edits = (type: string) => ({ context_management: { edits: [{ type }] } })
    for (let turns = 1; turns <= 8; turns++) {
      const messages = session.slice(0, 1 + 2 * turns)
      expect(referencesIn((await runOn(engine, bodyOfMessages(messages, edits('clear_tool_uses_20250919')))).out)).toBe(
        0,
      )
    }
    await engine.close()
    const other = createHeadroom({ home: tempHome() })
    for (let turns = 1; turns <= 8; turns++)
      await runOn(other, bodyOfMessages(session.slice(0, 1 + 2 * turns), edits('clear_thinking_20251015')))
    expect(referencesIn((await runOn(other, bodyOfMessages(session))).out)).toBeGreaterThan(0)
    expect(referencesIn((await runOn(other, bodyOfMessages(session, edits('compact_20260112')))).out)).toBe(0)
    await other.close()
  })

  it('serves library calls, whose bases are in the same call', async () => {
    const engine = createHeadroom({ home: tempHome() })
    const messages = rereadingSession(9, 8)
    const { messages: out, tokensAfter, tokensBefore } = await engine.compress([...messages])
    expect(tokensAfter).toBeLessThan(tokensBefore)
    expect(falseReferences(bodyOfMessages(messages), bodyOfMessages(out))).toEqual([])
    expect(referencesIn(bodyOfMessages(out))).toBeGreaterThan(0)
    await engine.close()
  })
})

describe('a command that runs again', () => {
  const testRun = (run: number, failing: readonly number[]): string =>
    [
      '> vitest run',
      ...Array.from({ length: 120 }, (_, at) =>
        failing.includes(at)
          ? ` FAIL  src/part${at}.test.ts > keeps the order of ${at}\n   Error: expected ${at} to be ${at + 1}`
          : ` ✓ src/part${at}.test.ts > case ${(at * 7919) % 104729} of the ${['queue', 'store', 'route'][at % 3]} (${at % 5} tests) ${(at * 13 + run * 7) % 90} ms`,
      ),
      ` Tests  ${failing.length} failed | ${120 - failing.length} passed (120)`,
      ` Duration  ${run}.2${run} s`,
    ].join('\n')
  const call = (at: number) => ({
    role: 'assistant' as const,
    content: [{ type: 'tool_use', id: `toolu_01runs${at}`, name: 'Bash', input: { command: 'npm test' } }],
  })
  const result = (at: number, content: string) => ({
    role: 'user' as const,
    content: [{ type: 'tool_result', tool_use_id: `toolu_01runs${at}`, content }],
  })

  it('keeps every failure and the verdict of the new run, and says what of the earlier one is gone', async () => {
    const engine = createHeadroom({ home: tempHome() })
    const again = testRun(2, [33, 90])
    const messages = [
      { role: 'user' as const, content: 'Mend the tests.' },
      call(1),
      result(1, testRun(1, [33, 70])),
      call(2),
      result(2, again),
    ]
    await runOn(engine, bodyOfMessages(messages.slice(0, 3)))
    const { out, report } = await runOn(engine, bodyOfMessages(messages))
    const sent = (JSON.parse(out.toString()) as { messages: { content: { content: string }[] }[] }).messages[4]!
      .content[0]!.content
    const block = report.blocks.at(-1)!
    for (const line of again.split('\n').filter((one) => /FAIL|Error|Tests|Duration/.test(one)))
      expect(sent).toContain(line)
    expect(block.tokensAfter).toBeLessThan(block.tokensBefore * 0.4)
    expect(block.ref === undefined ? undefined : (await engine.retrieve(block.ref)).text).toBe(again)
    await engine.close()
  })
})

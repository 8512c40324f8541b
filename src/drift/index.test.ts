import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CacheBreak, SentRequest } from '../spec/drift.js'
import type { Usage } from '../spec/wire.js'
import { bodyOf, messagesOf, type Parts, tool, warm } from './bodies.testkit.js'
import { createDriftWatch } from './index.js'
import { headline } from './words.js'

interface Step extends Partial<Omit<SentRequest, 'body'>> {
  readonly parts: Parts
  readonly usage?: Usage
  readonly afterMs?: number
}

/** Plays requests one after the other; the answer of each ends before the next is sent. */
const play = async (steps: readonly Step[]) => {
  const breaks: CacheBreak[] = []
  let nowMs = 1_000_000
  const failures: string[] = []
  const watch = createDriftWatch({
    nowMs: () => nowMs,
    onBreak: (one) => breaks.push(one),
    missMicroUsd: (_model, tokens) => tokens * 3,
    onFailure: (message) => failures.push(message),
  })
  for (const [at, { parts, usage, afterMs = 10_000, edits = [], ...rest }] of steps.entries()) {
    nowMs += afterMs
    const handle = watch.sent({ body: bodyOf(parts), edits, ...rest })
    handle.answered(`r${at}`, usage)
    for (let turn = 0; turn < 8; turn++) await new Promise((resolve) => setImmediate(resolve))
  }
  expect(failures).toEqual([])
  return { breaks, report: watch.report() }
}

const FIRST: Step = { parts: { turns: 40 }, usage: warm(0, 118_000) }
/** The next turn of the conversation with one thing changed, of which the provider read nothing. */
const lost = (parts: Parts, read = 0): Step[] => [FIRST, { parts: { turns: 41, ...parts }, usage: warm(read, 119_000) }]
const only = async (steps: readonly Step[]): Promise<CacheBreak> => {
  const { breaks } = await play(steps)
  expect(breaks.length).toBe(1)
  return breaks[0]!
}

describe('the cache-break explainer', () => {
  it('says nothing of a conversation that is read from the cache, although its breakpoint moves with each turn', async () => {
    const { breaks } = await play([
      FIRST,
      { parts: { turns: 41 }, usage: warm(118_000) },
      { parts: { turns: 42 }, usage: warm(118_500) },
    ])
    expect(breaks).toEqual([])
  })

  it('names the first byte and the tokens that were really lost', async () => {
    const tools = ['Grep', 'Bash', 'Read'].map((name) => tool(name))
    const found = await only(lost({ tools }))
    expect(found).toMatchObject({ cause: 'tools-reordered', turn: 41, lostTokens: 118_000, lostMicroUsd: 354_000 })
    const body = bodyOf({ turns: 41, tools })
    expect(found.atByte).toBe(body.indexOf('"Grep"') + 1)
    expect(headline(found)).toBe(
      `turn 41 lost 118k cached tokens: tool list order changed, from Grep on at byte ${found.atByte}`,
    )
  })

  it('tells tools added, removed, changed and with other keys in front apart', async () => {
    const [bash, grep, read] = ['Bash', 'Grep', 'Read'].map((name) => tool(name)) as [object, object, object]
    expect(await only(lost({ tools: [bash, grep, read, tool('mcp__late')] }))).toMatchObject({
      cause: 'tool-added',
      subject: 'mcp__late',
    })
    expect(await only(lost({ tools: [bash, read] }))).toMatchObject({ cause: 'tool-removed', subject: 'Grep' })
    expect(await only(lost({ tools: [bash, tool('Grep', 'Other words.'), read] }))).toMatchObject({
      cause: 'tool-changed',
      subject: 'Grep',
    })
    const turned = Object.fromEntries(Object.entries(grep).reverse())
    expect(await only(lost({ tools: [bash, turned, read] }))).toMatchObject({
      cause: 'tool-keys-reordered',
      subject: 'Grep',
    })
  })

  it('shows what changed in a system prompt exactly, and keeps only its form on record', async () => {
    const { breaks, report } = await play(lost({ date: '2026-11-25' }))
    const [found] = breaks
    expect(found).toMatchObject({ cause: 'system-changed', where: 'system[0]', looks: 'date' })
    expect(found?.masked).toEqual({ old: '0000-00-00', new: '0000-00-00' })
    expect(JSON.stringify(breaks)).not.toContain('2026-11-2')
    expect(report.recent[0]?.exact).toEqual({ old: '2026-11-24', new: '2026-11-25' })
    expect(found?.atByte).toBe(bodyOf({ turns: 41, date: '2026-11-25' }).indexOf('2026-11-25'))
  })

  it('reports a place that changes with its byte range and what each change costs', async () => {
    const { report } = await play(lost({ date: '2026-11-25' }))
    const seen = report.spots.find(({ basis }) => basis === 'seen')!
    expect(seen).toMatchObject({ where: 'system[0]', looks: 'date', times: 1, exact: '2026-11-25' })
    const body = bodyOf({ turns: 41, date: '2026-11-25' })
    expect(body.subarray(seen.startByte, seen.endByte).toString()).toBe('2026-11-25')
    expect(seen.tokensAfter).toBeGreaterThan(100_000)
    expect(seen.microUsdPerRequest).toBe(seen.tokensAfter * 3)
  })

  it('calls what only looks volatile a suspicion', async () => {
    const { report } = await play([FIRST])
    expect(report.spots.map(({ basis, looks, exact }) => [basis, looks, exact])).toEqual([
      ['suspected', 'date', '2026-11-24'],
    ])
  })

  it('tells a changed model, a changed setting and an expired cache apart', async () => {
    expect(await only(lost({ model: 'claude-test-2' }))).toMatchObject({ cause: 'model-changed' })
    expect(await only(lost({ settings: { thinking: { type: 'enabled' } } }, 5000))).toMatchObject({
      cause: 'settings-changed',
      subject: 'thinking',
    })
    const late: Step = { parts: { turns: 41 }, usage: warm(0, 119_000), afterMs: 6 * 60_000 }
    expect(await only([FIRST, late])).toMatchObject({ cause: 'expired', idleMs: 360_000 })
    const hour = { turns: 40, ttl: '1h' }
    const within: Step = { parts: { ...hour, turns: 41 }, usage: warm(0, 119_000), afterMs: 6 * 60_000 }
    expect(await only([{ ...FIRST, parts: hour }, within])).toMatchObject({ cause: 'unknown' })
  })

  it('tells an edit of an earlier message from going back and from a compaction', async () => {
    const long = messagesOf(41)
    const put = (at: number, value: unknown): unknown[] => long.map((one, index) => (index === at ? value : one))
    expect(await only(lost({ messages: put(6, { role: 'user', content: 'now 12:30' }) }, 9000))).toMatchObject({
      cause: 'message-edited',
      where: 'messages[6]',
    })
    expect(await only(lost({ messages: long.filter((_, at) => at !== 7) }, 9000))).toMatchObject({
      cause: 'message-edited',
      subject: 'assistant, removed',
    })
    const back = [...long.slice(0, 20), { role: 'user', content: 'another way, please' }]
    expect(await only(lost({ messages: back }, 9000))).toMatchObject({ cause: 'rewound' })
    const summary = [long[0], { role: 'user', content: 'Summary of all that was said.' }]
    expect(await only(lost({ messages: [...summary, long[79], long[80]] }, 9000))).toMatchObject({
      cause: 'history-compacted',
    })
  })

  it('names thinking that a client drops', async () => {
    const with_ = (thinking: boolean): unknown[] =>
      messagesOf(41).map((one, at) =>
        at === 3
          ? {
              role: 'assistant',
              content: [
                ...(thinking ? [{ type: 'thinking', thinking: 'hm', signature: 'x' }] : []),
                { type: 'text', text: 'yes' },
              ],
            }
          : one,
      )
    const first: Step = { ...FIRST, parts: { messages: with_(true).slice(0, 79) } }
    expect(await only([first, { parts: { messages: with_(false) }, usage: warm(4000) }])).toMatchObject({
      cause: 'thinking-dropped',
      where: 'messages[3]',
    })
  })

  it('names breakpoints that are gone and lives that changed', async () => {
    const bare = messagesOf(41).map((one) => JSON.parse(JSON.stringify(one).replace(/,"cache_control":\{[^}]*\}/, '')))
    expect(await only(lost({ messages: bare }))).toMatchObject({ cause: 'breakpoint-dropped' })
    expect(await only(lost({ ttl: '1h' }))).toMatchObject({ cause: 'ttl-changed' })
  })

  it('never hides an edit of our own', async () => {
    const at = bodyOf({ turns: 40 }).indexOf('question 2')
    const edit = (text: string) => [{ start: at, end: at + 10, bytes: Buffer.from(text) }]
    const found = await only([
      { ...FIRST, edits: edit('short') },
      { parts: { turns: 41 }, usage: warm(3000), edits: edit('other') },
    ])
    expect(found).toMatchObject({ cause: 'own-edit', where: 'messages[2]', atByte: at })
    const meant = await only([
      { ...FIRST, edits: edit('short') },
      { parts: { turns: 41 }, usage: warm(3000), edits: edit('other'), rewrites: true },
    ])
    expect(meant).toMatchObject({ cause: 'own-rewrite', where: 'messages[2]', atByte: at })
    const kept = await play([
      { ...FIRST, edits: edit('short') },
      { parts: { turns: 41 }, usage: warm(118_000), edits: edit('short') },
    ])
    expect(kept.breaks).toEqual([])
  })

  it('keeps sessions and side calls apart', async () => {
    const side: Step = { parts: { model: 'small', system: 'Name this.', tools: [], turns: 1 }, usage: warm(0, 3000) }
    const { breaks } = await play([
      { ...FIRST, session: 'a' },
      { ...side, session: 'a' },
      { parts: { turns: 41, date: '2027-01-01' }, usage: warm(0, 118_000), session: 'b' },
      { parts: { turns: 41 }, usage: warm(118_000), session: 'a' },
    ])
    expect(breaks).toEqual([])
  })

  it('compares bodies of every dialect, wherever they put their parts', async () => {
    const chat = (turns: number, clock: string) => ({
      system: undefined,
      tools: [],
      settings: {},
      messages: [{ role: 'system', content: `It is ${clock}. ${'Rules. '.repeat(300)}` }, ...messagesOf(turns)],
    })
    const found = await only([
      { parts: chat(40, '10:15'), usage: { inputTokens: 40_000, cacheReadTokens: 0 } },
      { parts: chat(41, '10:16'), usage: { inputTokens: 41_000, cacheReadTokens: 0 } },
    ])
    expect(found).toMatchObject({ cause: 'system-changed', looks: 'time', where: 'messages[0]', lostTokens: 40_000 })
  })

  it('keeps no word of a request on record, whatever changed (J-3)', async () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9]{12,30}$/)
    const withSecret = (place: string, word: string): Parts => {
      const text = `the key is ${word}, keep it`
      if (place === 'tool') return { tools: [tool('Bash', text)] }
      if (place === 'system') return { system: [{ type: 'text', text }] }
      if (place === 'setting') return { settings: { response_format: { type: 'json', schema: { const: word } } } }
      if (place === 'old message') return { messages: [{ role: 'user', content: text }, ...messagesOf(40)] }
      return {
        messages: [...messagesOf(41).slice(0, 20), { role: 'user', content: text }, ...messagesOf(41).slice(21)],
      }
    }
    const place = fc.constantFrom('tool', 'system', 'setting', 'old message', 'message')
    let noted = 0
    await fc.assert(
      fc.asyncProperty(place, secret, secret, async (at, one, other) => {
        const { breaks } = await play([
          { parts: { turns: 40, ...withSecret(at, one) }, usage: warm(0, 118_000) },
          { parts: { turns: 41, ...withSecret(at, other) }, usage: warm(0, 119_000) },
        ])
        noted += breaks.length
        expect(JSON.stringify(breaks)).not.toContain(one)
        expect(JSON.stringify(breaks)).not.toContain(other)
      }),
      { numRuns: 40 },
    )
    expect(noted).toBeGreaterThan(20)
  })
})

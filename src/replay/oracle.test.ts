// The session judge has its own arithmetic; on the same conversations the replay must come to the same savings.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { billsOf } from '../../test/e2e/sessions/bill.js'
import { bodyFor, type Conversation, plainHabits, requestPoints } from '../../test/e2e/sessions/conversation.js'
import { madeConversation } from '../../test/e2e/sessions/made.js'
import { sentOf } from '../../test/e2e/sessions/prefix.js'
import { RECORDED, recordedConversations } from '../../test/e2e/sessions/recorded.js'
import { createHeadroom } from '../create.js'
import type { Recording, SessionEvent, SessionTool } from '../sessions/model.js'
import type { TokenizerFor } from '../spec/tokenizer.js'
import type { Dialect } from '../spec/wire.js'
import { countTokens } from '../tokenize/index.js'
import { spliceBytes } from '../wire/edit.js'
import { replayRecordings } from './index.js'
import { engineSender } from './senders.js'

const DIALECTS: readonly Dialect[] = ['anthropic', 'openai-chat', 'openai-responses', 'gemini']

/** The judge counts the JSON of a piece, escapes and all; the replay counts what a model reads. Same measure for both here. */
const asJudged: TokenizerFor = () => ({
  id: 'judge',
  exact: true,
  count: (text) => countTokens(JSON.stringify(text), 'gpt-4.1'),
})

/** The judge has one minimum, which is Flash's. */
const MODELS = { ...plainHabits.model, gemini: 'gemini-3-flash' }

/** The judge's weights hold for every model. */
const JUDGED = { input: 1, output: 1, cacheRead: 0.1, cacheWrite: 1.25 }

/**
 * By how much of the bill replay and judge may differ. The judge also counts the JSON around each piece, which weighs more
 * the shorter the pieces became.
 */
const AGREEMENT = { recorded: 0.02, made: 0.03 }

const homes: string[] = []
afterAll(() => {
  for (const home of homes) rmSync(home, { recursive: true, force: true })
})
const scratchHome = (): string => {
  const home = mkdtempSync(join(tmpdir(), 'headroom-oracle-'))
  homes.push(home)
  return home
}

/** What the judge finds: its bodies through the engine, its own bill. */
const judged = async (dialect: Dialect, conversation: Conversation): Promise<number> => {
  const home = scratchHome()
  const engine = createHeadroom({ home, project: home })
  // The replayed client names its session, too.
  const habits = { ...plainHabits, model: MODELS, session: conversation.name }
  const sent = []
  for (const point of requestPoints(conversation)) {
    const body = bodyFor(dialect, conversation, conversation.steps.slice(0, point), habits)
    const { edits } = await engine.run({
      dialect,
      body,
      model: MODELS[dialect],
      session: conversation.name,
      loopback: true,
    })
    sent.push(sentOf(dialect, body, Buffer.from(spliceBytes(body, edits))))
  }
  await engine.close()
  const bill = billsOf(sent)
  return bill.with / bill.without - 1
}

/** The same conversation as a recording; its head is as large as the judge's. */
const recordingOf = (dialect: Dialect, conversation: Conversation): Recording => ({
  id: conversation.name,
  agent: 'messages',
  dialect,
  bytes: 0,
  async *events() {
    yield { kind: 'setup', thread: '', system: conversation.system, tools: toolsIn(dialect, conversation) }
    for (const step of conversation.steps) yield eventOf(step, MODELS[dialect])
  },
})

const eventOf = (step: Conversation['steps'][number], model: string): SessionEvent => {
  if (step.kind === 'user') return { kind: 'user', thread: '', texts: step.texts }
  if (step.kind === 'results') return { kind: 'results', thread: '', answers: step.answers }
  const { text, calls, thinking } = step
  return { kind: 'assistant', thread: '', text, calls, model, ...(thinking === undefined ? {} : { thinking }) }
}

/** Tools as the judge's client declares them, out of its first body. */
const toolsIn = (dialect: Dialect, conversation: Conversation): SessionTool[] => {
  const body = JSON.parse(bodyFor(dialect, conversation, [], plainHabits).toString()) as { tools: unknown[] }
  const flat =
    dialect === 'gemini' ? (body.tools[0] as { functionDeclarations: unknown[] }).functionDeclarations : body.tools
  return flat.map((tool) => {
    const {
      name,
      description,
      input_schema,
      parameters,
      parametersJsonSchema,
      function: inner,
    } = tool as Record<string, never>
    return inner === undefined
      ? { name: name!, description: description!, parameters: input_schema ?? parameters ?? parametersJsonSchema }
      : (inner as SessionTool)
  })
}

const replayed = async (dialect: Dialect, conversation: Conversation): Promise<number> => {
  const home = scratchHome()
  const engine = createHeadroom({ home, project: home })
  const sender = engineSender({ policy: 'balanced', engine, clockMs: () => 0 })
  const { totals } = await replayRecordings([recordingOf(dialect, conversation)], {
    senders: [sender],
    tokenizerFor: asJudged,
    prices: { [MODELS[dialect]]: JUDGED },
  })
  await sender.close()
  return totals.balanced!.plainTokens / Math.max(1, totals.none!.plainTokens) - 1
}

describe('replay against the session judge', () => {
  for (const dialect of DIALECTS)
    it(`saves what the judge finds, within three points, on made sessions (${dialect})`, async () => {
      const conversations = [madeConversation(3, 12), madeConversation(11, 12)]
      for (const conversation of conversations) {
        const [own, other] = [await replayed(dialect, conversation), await judged(dialect, conversation)]
        expect(other, conversation.name).toBeLessThan(-0.05)
        expect(Math.abs(own - other), `${conversation.name}: replay ${own}, judge ${other}`).toBeLessThan(
          AGREEMENT.made,
        )
      }
    }, 60_000)

  it.skipIf(!existsSync(RECORDED))(
    'saves what the judge finds, within two points, on recorded sessions',
    async () => {
      let compared = 0
      for (const [index, conversation] of recordedConversations().conversations.entries()) {
        // The longest takes the judge's own run alone. In the shortest a few tokens decide whether they are cached at all.
        if (conversation.steps.length > 120 || conversation.steps.length < 10) continue
        const dialect = DIALECTS[index % DIALECTS.length]!
        const [own, other] = [await replayed(dialect, conversation), await judged(dialect, conversation)]
        expect(Math.abs(own - other), `${conversation.name} ${dialect}: replay ${own}, judge ${other}`).toBeLessThan(
          AGREEMENT.recorded,
        )
        compared++
      }
      expect(compared).toBeGreaterThan(4)
    },
    120_000,
  )
})

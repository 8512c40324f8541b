// A budget for a whole call, held with the real parts that create.ts puts together (I42).
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { budgetDigest, messagesOf } from '../../test/support/budget-child.js'
import { tempHome } from '../../test/support/home.js'
import { growingSession } from '../../test/support/session.js'
import { article } from '../compress/text/prose.testkit.js'
import { createHeadroom, createParts } from '../create.js'
import { mustKeep } from '../salience/must-keep.js'
import type { BudgetSolver } from '../spec/budget.js'
import type { Engine } from '../spec/engine.js'
import { tokenizerFor } from '../tokenize/index.js'
import { createPipeline } from './index.js'

const withEngine = async <T>(use: (engine: Engine) => Promise<T>, home = tempHome()): Promise<T> => {
  const engine = createHeadroom({ home })
  try {
    return await use(engine)
  } finally {
    await engine.close()
  }
}

interface Part {
  readonly type: string
  readonly text?: string
  readonly content?: unknown
  readonly input?: unknown
}
const partsOf = (content: unknown): readonly Part[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : (content as readonly Part[])

/** Tokens of all texts of Anthropic messages, counted apart from the pipeline. */
const tokensOf = (messages: unknown): number => {
  const tokenizer = tokenizerFor()
  const count = (text: string): number => tokenizer.count(text)
  const ofPart = ({ text, content, input }: Part): number =>
    text !== undefined
      ? count(text)
      : content !== undefined
        ? partsOf(content).reduce((sum, part) => sum + ofPart(part), 0)
        : count(JSON.stringify(input))
  return (messages as { content: unknown }[])
    .flatMap(({ content }) => partsOf(content))
    .reduce((sum, part) => sum + ofPart(part), 0)
}

const resultsOf = (messages: unknown): string[] =>
  (messages as { content: unknown }[])
    .flatMap(({ content }) => partsOf(content))
    .filter(({ type }) => type === 'tool_result')
    .flatMap(({ content }) => partsOf(content).map(({ text }) => text!))

describe('compress(messages) under a budget (I42)', () => {
  it('comes out at or under every budget from the least up, and says what the least is below that', async () => {
    for (const seed of [3, 8]) {
      const messages = messagesOf(seed, 50_000)
      const all = tokensOf(messages)
      const below = await withEngine((engine) => engine.compress(messages, { budgetTokens: 1 }))
      const least = below.report.budget!.leastTokens!
      expect(below.report.budget).toMatchObject({ fits: false, totalTokens: least })
      expect(tokensOf(below.messages)).toBe(least)
      expect(least).toBeLessThan(all * 0.8)
      for (const share of [0, 0.01, 0.1, 0.3, 0.5, 0.8, 1]) {
        const budgetTokens = Math.ceil(least + (all - least) * share)
        const { messages: made, report } = await withEngine((engine) => engine.compress(messages, { budgetTokens }))
        expect(report.budget).toMatchObject({ budgetTokens, fits: true, totalTokens: tokensOf(made) })
        expect(tokensOf(made)).toBeLessThanOrEqual(budgetTokens)
      }
    }
  })

  it('leaves nothing out where all of it fits', async () => {
    const messages = messagesOf(3, 50_000)
    const { refs, report } = await withEngine((engine) => engine.compress(messages, { budgetTokens: 1_000_000 }))
    expect(refs).toEqual([])
    expect(report.budget?.fits).toBe(true)
  })

  it('uses most of a budget in the middle: the choice is not simply the smallest', async () => {
    const messages = messagesOf(8, 50_000)
    const least = await withEngine((engine) => engine.compress(messages, { budgetTokens: 1 }))
    const usual = await withEngine((engine) => engine.compress(messages, { budgetTokens: 1_000_000 }))
    const [low, high] = [least.report.budget!.totalTokens, usual.report.budget!.totalTokens]
    const budgetTokens = Math.round((low + high) / 2)
    const { report } = await withEngine((engine) => engine.compress(messages, { budgetTokens }))
    expect(report.budget!.totalTokens).toBeGreaterThan(low + (high - low) * 0.3)
  })

  it('keeps what must be kept, and gives every original back', async () => {
    const messages = messagesOf(3, 50_000)
    const originals = resultsOf(messages)
    const detection = { type: 'log', confidence: 1, evidence: [] } as const
    await withEngine(async (engine) => {
      const { messages: made, report, refs } = await engine.compress(messages, { budgetTokens: 1 })
      expect(refs.length).toBeGreaterThan(2)
      for (const ref of refs) expect(originals).toContain((await engine.retrieve(ref)).text)
      for (const [at, text] of resultsOf(made).entries()) {
        const block = report.blocks[at]!
        if (block.ref === undefined) continue
        expect(text).toContain(block.ref)
        if (block.contentType === 'log')
          for (const needle of mustKeep(originals[at]!, detection, undefined)) expect(text).toContain(needle)
      }
    })
  })

  it('leaves what an earlier call decided as it is, and takes its cost off the budget', async () => {
    const messages = messagesOf(3, 50_000)
    const half = messages.slice(0, messages.length >> 1)
    await withEngine(async (engine) => {
      const options = { budgetTokens: Math.round(tokensOf(messages) * 0.6) }
      const first = await engine.compress(half, options)
      const second = await engine.compress(messages, options)
      expect((second.messages as unknown[]).slice(0, half.length)).toEqual(first.messages)
      expect(second.report.blocks.some(({ replayed }) => replayed)).toBe(true)
      expect(second.report.budget!.fixedTokens).toBeGreaterThanOrEqual(tokensOf(first.messages))
      expect(second.report.budget!.totalTokens).toBe(tokensOf(second.messages))
    })
  })

  it('meets no form of another budget or of none, in one engine', async () => {
    const messages = messagesOf(3, 50_000)
    const home = tempHome()
    const alone = await withEngine((engine) => engine.compress(messages))
    await withEngine(async (engine) => {
      const small = await engine.compress(messages, { budgetTokens: 1 })
      const large = await engine.compress(messages, { budgetTokens: 1_000_000 })
      expect(small.report.budget!.totalTokens).toBeLessThan(large.report.budget!.totalTokens)
      expect((await engine.compress(messages)).messages).toEqual(alone.messages)
      expect(large.report.blocks.some(({ replayed }) => replayed)).toBe(false)
    }, home)
  })

  it('is the same in a second process', async () => {
    const child = spawnSync(process.execPath, ['scripts/ts.mjs', 'test/support/budget-child.ts', 'print'], {
      encoding: 'utf8',
    })
    expect(child.status, child.stderr).toBe(0)
    expect(child.stdout.trim()).toBe(await budgetDigest(tempHome()))
  })
})

describe('without a budget (I42)', () => {
  it('asks the budget solver nothing, whatever the way in, so that it can change no byte', async () => {
    const never = (): never => {
      throw new Error('asked')
    }
    const budget: BudgetSolver = { worthOf: never, worthLeft: never, goalsBetween: never, choose: never }
    const messages = messagesOf(3, 50_000)
    const [plain, poisoned] = [createParts({ home: tempHome() }), createParts({ home: tempHome() })]
    const [one, other] = [createPipeline(plain), createPipeline({ ...poisoned, budget })]
    expect((await other.compress(messages)).messages).toEqual((await one.compress(messages)).messages)
    const text = resultsOf(messages).find(({ length }) => length > 4000)!
    expect((await other.compressText(text)).text).toBe((await one.compressText(text)).text)
    const { body } = growingSession(3, 50_000).at(-1)!
    const { report } = await other.run({ dialect: 'anthropic', body, loopback: true })
    expect(report.budget).toBeUndefined()
    expect(report.reason).not.toBe('failed')
    for (const { store, ledger } of [plain, poisoned]) {
      store.close()
      ledger.close()
    }
  })
})

describe('compressText under a budget (I42)', () => {
  it('is at or under the budget where a form can be, else the smallest, and says which', async () => {
    await withEngine(async (engine) => {
      let unreached = 0
      for (const text of resultsOf(messagesOf(3, 50_000)).filter(({ length }) => length > 3000)) {
        const least = await engine.compressText(text, { budgetTokens: 1 })
        for (const budgetTokens of [20, 200, 600, 1500, 100_000]) {
          const { tokensAfter, budget, text: made } = await engine.compressText(text, { budgetTokens })
          expect(tokenizerFor().count(made)).toBe(tokensAfter)
          expect(budget).toMatchObject({ budgetTokens, totalTokens: tokensAfter, fits: tokensAfter <= budgetTokens })
          if (budget!.fits) continue
          unreached++
          expect(budget!.leastTokens).toBe(tokensAfter)
          expect(tokensAfter).toBeLessThanOrEqual(least.tokensAfter)
        }
      }
      expect(unreached).toBeGreaterThan(0)
    })
  })

  it('makes use of the budget where the compressor can, and comes to the same again', async () => {
    const text = [1, 2, 3, 4].map((seed) => article(seed)).join('\n\n')
    await withEngine(async (engine) => {
      const { tokensBefore } = await engine.compressText(text)
      const { tokensAfter: least } = await engine.compressText(text, { budgetTokens: 1 })
      let tried = 0
      for (const share of [0.2, 0.3, 0.4, 0.5, 0.6, 0.7]) {
        const budgetTokens = Math.round(tokensBefore * share)
        if (budgetTokens < least * 1.2) continue
        tried++
        const made = await engine.compressText(text, { budgetTokens })
        expect(made.tokensAfter).toBeLessThanOrEqual(budgetTokens)
        expect(made.tokensAfter).toBeGreaterThan(budgetTokens * 0.85)
        expect((await withEngine((other) => other.compressText(text, { budgetTokens }))).text).toBe(made.text)
      }
      expect(tried).toBeGreaterThan(2)
    })
  })
})

import { getTokenizer } from '@anthropic-ai/tokenizer'
import fc from 'fast-check'
import * as cl100k from 'gpt-tokenizer/encoding/cl100k_base'
import * as o200k from 'gpt-tokenizer/encoding/o200k_base'
import { describe, expect, it } from 'vitest'
import { conformsToTokenizer } from '../../test/conformance/tokenizer.js'
import { tokenizersFrom } from './family.js'
import { countTokens, tokenizerFor } from './index.js'
import { awkward, sampleTexts } from './samples.testkit.js'
import { readTable, tableFrom } from './table.js'

const plain = { disallowedSpecial: new Set<string>() }
const claude = getTokenizer()
const ORACLES = [
  { model: 'gpt-5', count: (text: string) => o200k.countTokens(text, plain) },
  { model: 'gpt-4', count: (text: string) => cl100k.countTokens(text, plain) },
  {
    model: 'claude-sonnet-4-5',
    count: (text: string) => claude.encode(Buffer.from(text.normalize('NFKC')).toString(), [], []).length,
  },
]

/** gpt-tokenizer takes white space from JavaScript's \s and loses a leading byte-order mark; tiktoken, which we follow, does not. */
const OFF_ORACLE = /[\ufeff\u0085\u017f]/g
/** Left unordered by us in the Claude estimate, so that a hostile text costs linear time. */
const LONG_MARKS = /\p{M}{200,}/gu

describe('counts equal those of the published tokenizers', () => {
  for (const { model, count } of ORACLES) {
    for (const [kind, text] of Object.entries(sampleTexts())) {
      it(`${model}: ${kind} (F-4)`, () => expect(countTokens(text, model)).toBe(count(text)))
    }
    it(`${model}: awkward mixes of everything (F-4)`, () => {
      fc.assert(
        fc.property(awkward, (mixed) => {
          const text = mixed.replace(OFF_ORACLE, '').replace(LONG_MARKS, '')
          expect(countTokens(text, model)).toBe(count(text))
        }),
        { numRuns: 2000 },
      )
    })
  }
  it('a byte-order mark joins the symbols after it, as in tiktoken', () => {
    expect(countTokens('\ufeff<!DOCTYPE html>', 'gpt-5')).toBe(5)
    expect(countTokens('\ufeffabc', 'gpt-4')).toBe(2)
  })
  it('a contraction may end in the long s, as in tiktoken', () => expect(countTokens("foo'ſ bar", 'gpt-5')).toBe(4))
  it('a long text counts as its parts do where a newline ends a piece', () => {
    const part = sampleTexts().code!
    const text = `${part}\n`.repeat(200)
    expect(countTokens(text, 'gpt-5')).toBe(o200k.countTokens(text, plain))
  })
})

describe('a count says what it is worth (F-4)', () => {
  it('is exact for OpenAI models only', () => {
    const exactness = [
      'gpt-4o-mini',
      'openai/gpt-5.2-codex',
      'o3',
      'GPT-4',
      'gpt-3.5-turbo-0125',
      'ft:gpt-4o:org::1',
    ].map((model) => tokenizerFor(model).exact)
    expect(exactness).toEqual([true, true, true, true, true, true])
  })
  it('tells the two OpenAI vocabularies apart', () => {
    const ids = [
      'gpt-4',
      'gpt-4-turbo',
      'gpt-4o',
      'gpt-4.1',
      'gpt-35-turbo',
      'gpt-oss-20b',
      'o1',
      'codex-mini-latest',
    ].map((model) => tokenizerFor(model).id)
    expect(ids).toEqual(['cl100k', 'cl100k', 'o200k', 'o200k', 'cl100k', 'o200k', 'o200k', 'o200k'])
  })
  it('never shows an OpenAI vocabulary as a Claude count', () => {
    for (const model of [
      'claude-3-haiku',
      'anthropic/claude-opus-4',
      'us.anthropic.claude-sonnet-4-v1:0',
      'anthropic.claude-v2',
    ]) {
      expect([model, tokenizerFor(model).id, tokenizerFor(model).exact]).toEqual([model, 'claude-estimate', false])
    }
  })
  it('labels Gemini, unknown models, models yet to come and no model as estimates', () => {
    for (const model of ['gemini-2.5-pro', 'llama-3', 'gpt-9', '', 'o', 'octopus', undefined]) {
      expect([model, tokenizerFor(model).id, tokenizerFor(model).exact]).toEqual([model, 'o200k-estimate', false])
    }
  })
})

describe('without a whole table', () => {
  const missing = tokenizersFrom(() => undefined)
  it('counts all the same, and says that it estimates', () => {
    const tokenizer = missing('gpt-5')
    expect([tokenizer.exact, tokenizer.id]).toEqual([false, 'shape-estimate'])
    expect(tokenizer.count('')).toBe(0)
  })
  it('stays within 30 % of the true count on what agents send', () => {
    const texts = sampleTexts()
    for (const kind of [
      'compact JSON',
      'indented JSON',
      'code',
      'logs',
      'CRLF text',
      'contractions',
      'minified',
    ] as const) {
      const share = missing().count(texts[kind]!) / countTokens(texts[kind]!, 'gpt-5')
      expect([kind, share > 0.7 && share < 1.3, share]).toEqual([kind, true, share])
    }
  })
  it('takes a cut or foreign file for no table', () => {
    expect(tableFrom(new Uint8Array(0))).toBeUndefined()
    expect(tableFrom(new Uint8Array(4096))).toBeUndefined()
    const whole = readTable('claude')!
    expect(tableFrom(new Uint8Array(whole.keys.buffer).slice(0, -1))).toBeUndefined()
    expect(tableFrom(new Uint8Array(whole.keys.buffer).slice())).toBeDefined()
  })
})

conformsToTokenizer(tokenizerFor('gpt-5'))
conformsToTokenizer(tokenizerFor('gpt-4'))
conformsToTokenizer(tokenizerFor('claude-sonnet-4-5'))
conformsToTokenizer(tokenizersFrom(() => undefined)())

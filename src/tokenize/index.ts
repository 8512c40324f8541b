// Token counts per model family. Tables load on the first use of a family and stay for the life of the process.
import type { Tokenizer, TokenizerFor } from '../spec/tokenizer.js'
import { Counter } from './counter.js'
import { estimateTokens } from './estimator.js'
import { rowFor } from './models.js'
import { type Split, splitCl100k, splitClaude, splitO200k } from './split.js'
import { readTable, tableFile, type Vocabulary } from './table.js'

const SPLITS: Readonly<Record<Vocabulary, Split>> = { o200k: splitO200k, cl100k: splitCl100k, claude: splitClaude }

const counters = new Map<Vocabulary, Counter | undefined>()

/** Undefined when the vocabulary's table is missing; asked once. */
const counterOf = (vocabulary: Vocabulary): Counter | undefined => {
  if (!counters.has(vocabulary)) {
    const table = readTable(tableFile(vocabulary))
    counters.set(vocabulary, table && new Counter(table, SPLITS[vocabulary]))
  }
  return counters.get(vocabulary)
}

/** Above this, text is not normalised: reordering long runs of marks is quadratic. */
const NORMALIZED_CHARS = 1 << 22

/** Claude's vocabulary is applied after NFKC; ASCII is its own NFKC. */
const normalized = (text: string): string => (text.length > NORMALIZED_CHARS ? text : text.normalize('NFKC'))

/**
 * A tokenizer whose table loads when first asked for anything. `id` and `exact` tell what really counts: without a table
 * they turn to `shape-estimate` and false. Counts are plain vocabulary counts: no factor for a model is applied, since
 * savings are ratios and a factor cancels out.
 */
class FamilyTokenizer implements Tokenizer {
  private readonly vocabulary: Vocabulary
  private readonly published: boolean

  constructor(vocabulary: Vocabulary, published: boolean) {
    this.vocabulary = vocabulary
    this.published = published
  }

  get id(): string {
    if (counterOf(this.vocabulary) === undefined) return 'shape-estimate'
    return this.published ? this.vocabulary : `${this.vocabulary}-estimate`
  }

  get exact(): boolean {
    return this.published && counterOf(this.vocabulary) !== undefined
  }

  count(text: string): number {
    const counter = counterOf(this.vocabulary)
    if (counter === undefined) return estimateTokens(text)
    return counter.count(this.vocabulary === 'claude' ? normalized(text) : text)
  }
}

const tokenizers: ReadonlyMap<string, Tokenizer> = new Map(
  (['o200k', 'cl100k', 'claude'] as const).flatMap((vocabulary) =>
    [true, false].map((exact) => [`${vocabulary} ${exact}`, new FamilyTokenizer(vocabulary, exact)] as const),
  ),
)

/**
 * OpenAI models count exactly. Claude counts with the Claude 2 vocabulary, the only published one, and Gemini, unknown
 * models and no model at all count with o200k: those are estimates and say so.
 */
export const tokenizerFor: TokenizerFor = (model) => {
  const row = model === undefined ? undefined : rowFor(model)
  return tokenizers.get(`${row?.vocabulary ?? 'o200k'} ${row?.exact ?? false}`)!
}

export const countTokens = (text: string, model?: string): number => tokenizerFor(model).count(text)

// One tokenizer per vocabulary and claim to exactness, each loading its table on first use.
import type { Tokenizer, TokenizerFor } from '../spec/tokenizer.js'
import { Counter, type Scheme } from './counter.js'
import { estimateTokens } from './estimator.js'
import { rowFor } from './models.js'
import { compatible } from './normal-form.js'
import { splitCl100k, splitClaude, splitO200k } from './split.js'
import type { RankTable, Vocabulary } from './table.js'

const SCHEMES: Readonly<Record<Vocabulary, Scheme>> = {
  o200k: { split: splitO200k },
  cl100k: { split: splitCl100k },
  claude: { split: splitClaude, rewrite: compatible },
}

type CounterOf = (vocabulary: Vocabulary) => Counter | undefined

/** A tokenizer whose `id` and `exact` tell what really counts: without a table they turn to `shape-estimate` and false. */
class FamilyTokenizer implements Tokenizer {
  private readonly vocabulary: Vocabulary
  private readonly published: boolean
  private readonly counterOf: CounterOf

  constructor(vocabulary: Vocabulary, published: boolean, counterOf: CounterOf) {
    this.vocabulary = vocabulary
    this.published = published
    this.counterOf = counterOf
  }

  get id(): string {
    if (this.counterOf(this.vocabulary) === undefined) return 'shape-estimate'
    return this.published ? this.vocabulary : `${this.vocabulary}-estimate`
  }

  get exact(): boolean {
    return this.published && this.counterOf(this.vocabulary) !== undefined
  }

  count(text: string): number {
    return this.counterOf(this.vocabulary)?.count(text) ?? estimateTokens(text)
  }
}

/** Tokenizers over a source of tables; each table is read once, when first needed, and kept. */
export const tokenizersFrom = (read: (vocabulary: Vocabulary) => RankTable | undefined): TokenizerFor => {
  const counters = new Map<Vocabulary, Counter | undefined>()
  const counterOf: CounterOf = (vocabulary) => {
    if (!counters.has(vocabulary)) {
      const table = read(vocabulary)
      counters.set(vocabulary, table && new Counter(table, SCHEMES[vocabulary]))
    }
    return counters.get(vocabulary)
  }
  const tokenizers = new Map<string, Tokenizer>()
  return (model) => {
    const row = model === undefined ? undefined : rowFor(model)
    const vocabulary = row?.vocabulary ?? 'o200k'
    const published = row?.exact ?? false
    const key = `${vocabulary} ${published}`
    const known = tokenizers.get(key)
    if (known !== undefined) return known
    const made = new FamilyTokenizer(vocabulary, published, counterOf)
    tokenizers.set(key, made)
    return made
  }
}

// Model id to tokenizer: the only place that knows which family counts with which vocabulary.
import type { Vocabulary } from './table.js'

interface ModelRow {
  /** Matched against the bare model id: lower case, no provider path, no fine-tune prefix. */
  readonly pattern: RegExp
  readonly vocabulary: Vocabulary
  /** True only where the family's publisher names this vocabulary for it. */
  readonly exact: boolean
  readonly source: string
  /** Day the row was last checked. */
  readonly date: string
}

const GPT_TOKENIZER = 'gpt-tokenizer 4.0.0 model list, after tiktoken/model.py'

/** First match wins. */
const MODEL_ROWS: readonly ModelRow[] = [
  {
    pattern: /^(?:gpt-4o|chatgpt-4o|gpt-4\.1|gpt-4\.5|gpt-5|o[134](?:-|$)|codex-mini|computer-use|gpt-oss)/,
    vocabulary: 'o200k',
    exact: true,
    source: GPT_TOKENIZER,
    date: '2026-11-25',
  },
  {
    pattern: /^(?:gpt-4(?:-|$)|gpt-3\.5|gpt-35|text-embedding-(?:3|ada-002)|davinci-002|babbage-002)/,
    vocabulary: 'cl100k',
    exact: true,
    source: GPT_TOKENIZER,
    date: '2026-11-25',
  },
  {
    // Later OpenAI models are expected to keep o200k; nobody has published it.
    pattern: /^(?:gpt-|chatgpt-|o\d|codex-)/,
    vocabulary: 'o200k',
    exact: false,
    source: 'assumed from the models before',
    date: '2026-11-25',
  },
  {
    // The one published Claude vocabulary is that of Claude 2; later models have their own, not published.
    pattern: /^(?:claude|anthropic\.claude|[a-z]{2,6}\.anthropic\.claude)/,
    vocabulary: 'claude',
    exact: false,
    source: '@anthropic-ai/tokenizer 0.0.4',
    date: '2026-11-25',
  },
]

/** `openai/ft:GPT-4o-mini:org::id` is `gpt-4o-mini:org::id`. */
const bareModel = (model: string): string =>
  model
    .slice(model.lastIndexOf('/') + 1)
    .toLowerCase()
    .replace(/^ft:/, '')

export const rowFor = (model: string): ModelRow | undefined => {
  const bare = bareModel(model)
  return MODEL_ROWS.find((row) => row.pattern.test(bare))
}

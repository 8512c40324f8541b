// The retrieve tool as a model sees it, and the page it is handed. One owner for every way in: the MCP server, and the proxy
// where it answers the calls itself.
import type { Engine, RetrieveOptions, RetrieveResult } from '../spec/engine.js'
import type { Ref } from '../spec/store.js'
import { MAX_ANSWER_CHARS, MAX_ANSWER_TOKENS } from './answer-limits.js'

/** Sent with every request of a session: each word costs. */
export const RETRIEVE_TOOL = {
  name: 'headroom_retrieve',
  description: 'Get the full text behind a marker "[… not shown …; id …]", whole or in part.',
  properties: {
    ref: { type: 'string', description: 'id in the marker' },
    lines: { type: 'string', description: 'e.g. 120-156' },
    query: { type: 'string', description: 'only near these words' },
    cursor: { type: 'string', description: 'from a cut answer' },
  },
  required: ['ref'],
} as const

/** A UTF-16 unit is at most 3 bytes and a token at least one byte, so this many always fit. */
const LEAST_CHARS = Math.floor(MAX_ANSWER_TOKENS / 3)

interface Source {
  readonly engine: Pick<Engine, 'retrieve'>
  readonly ref: Ref
  countTokens(text: string): number
}

/** The longest page under both limits. Dense text (digests, base64, CJK) needs a second, shorter read. */
export const retrievePage = async (
  { engine, ref, countTokens }: Source,
  options: RetrieveOptions,
): Promise<RetrieveResult> => {
  let maxChars = MAX_ANSWER_CHARS
  for (;;) {
    const result = await engine.retrieve(ref, { ...options, maxChars })
    const tokens = countTokens(result.text)
    if (tokens <= MAX_ANSWER_TOKENS || maxChars <= LEAST_CHARS) return result
    maxChars = Math.max(
      LEAST_CHARS,
      Math.floor((Math.min(maxChars, result.text.length) * MAX_ANSWER_TOKENS * 0.95) / tokens),
    )
  }
}

/** What stands under a page that was cut. */
export const cutNote = ({ totalLines, next }: RetrieveResult): string =>
  `Cut here; ${totalLines} lines in all. Next part: cursor ${next}.`

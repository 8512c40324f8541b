import type { Engine, RetrieveOptions, RetrieveResult } from '../../spec/engine.js'
import { MAX_ANSWER_CHARS, MAX_ANSWER_TOKENS } from '../limits.js'
import { refIn, unknownRef } from '../ref.js'
import { answer, type CountTokens, complaint, type McpTool, textArgument } from '../tool.js'

export const retrieveTool: McpTool = {
  definition: {
    name: 'headroom_retrieve',
    description: 'Get the full text behind a marker "[… not shown …; id …]", whole or in part.',
    inputSchema: {
      type: 'object',
      properties: {
        ref: { type: 'string', description: 'id in the marker' },
        lines: { type: 'string', description: 'e.g. 120-156' },
        query: { type: 'string', description: 'only near these words' },
        cursor: { type: 'string', description: 'from a cut answer' },
      },
      required: ['ref'],
    },
    annotations: { readOnlyHint: true },
  },
  async run(args, { engine, countTokens }) {
    const given = textArgument(args, 'ref') ?? ''
    const ref = refIn(given)
    if (ref === undefined) return complaint('"ref" must be the id of a marker: 16 hex digits')
    const lines = textArgument(args, 'lines')
    const cursor = textArgument(args, 'cursor')
    if (cursor !== undefined && !/^\d{1,15}$/.test(cursor))
      return complaint('"cursor" must be the number of a cut answer')
    const query = textArgument(args, 'query')
    const result = await page(
      engine,
      { ref, countTokens },
      {
        ...(lines === undefined ? {} : { lines }),
        ...(query === undefined ? {} : { query }),
        ...(cursor === undefined ? {} : { cursor: Number(cursor) }),
      },
    )
    if (!result.found) {
      const { message, hint } = unknownRef(ref)
      return answer(`${message}. ${hint}`)
    }
    return result.next === undefined
      ? answer(result.text)
      : answer(result.text, `Cut here; ${result.totalLines} lines in all. Next part: cursor ${result.next}.`)
  },
}

/** The longest page under both limits. Dense text (digests, base64, CJK) needs a second, shorter read. */
const page = async (
  engine: Engine,
  { ref, countTokens }: { readonly ref: string; readonly countTokens: CountTokens },
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

/** A UTF-16 unit is at most 3 bytes and a token at least one byte, so this many always fit. */
const LEAST_CHARS = Math.floor(MAX_ANSWER_TOKENS / 3)

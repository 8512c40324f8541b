import { MAX_ANSWER_CHARS, MAX_ANSWER_TOKENS } from '../../base/answer-limits.js'
import { answer, type McpTool, textArgument } from '../tool.js'

export const compressTool: McpTool = {
  definition: {
    name: 'headroom_compress',
    description: 'Shorten a long text. Parts left out stay retrievable.',
    inputSchema: {
      type: 'object',
      properties: { text: { type: 'string' }, query: { type: 'string', description: 'what matters' } },
      required: ['text'],
    },
  },
  async run(args, { engine, countTokens }) {
    const text = textArgument(args, 'text') ?? ''
    const query = textArgument(args, 'query')
    const result = await engine.compressText(text, query === undefined ? {} : { query })
    if (result.outcome !== 'compressed') return answer(`Unchanged (${result.outcome}); use the text as it is.`)
    const fits = result.text.length <= MAX_ANSWER_CHARS && countTokens(result.text) <= MAX_ANSWER_TOKENS
    if (!fits) return answer(tooLong(result.refs[0]))
    return answer(result.text, `${result.tokensBefore} → ${result.tokensAfter} tokens${basisOf(result.basis)}`)
  },
}

const basisOf = (basis: string): string => (basis === 'estimate' ? ' (estimate)' : '')

const tooLong = (ref: string | undefined): string =>
  ref === undefined
    ? 'Still too long for one answer; use the text as it is.'
    : `Still too long for one answer. Read parts of it with headroom_retrieve, ref ${ref}.`

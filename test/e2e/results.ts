// What became of each tool result when it was first sent: what limits a session's saving.
import { countTokens } from '../../src/tokenize/index.js'
import type { Pair } from './judge.js'
import { anatomyOf, isEditable } from './sessions/literals.js'

export interface SentResult {
  readonly tokensBefore: number
  readonly tokensAfter: number
  /** Its beginning, as the client sent it. */
  readonly head: string
}

const HEAD_CHARS = 90

export const resultsOf = (pairs: readonly Pair[]): SentResult[] => {
  const seen = new Set<string>()
  const results: SentResult[] = []
  for (const { came, went } of pairs) {
    const [sent, arrived] = [anatomyOf(came).literals, anatomyOf(went.body).literals]
    const parsed: unknown = JSON.parse(came.toString())
    for (const [index, one] of sent.entries()) {
      const other = arrived[index]
      const text = came.subarray(one.start, one.end).toString()
      if (other === undefined || seen.has(text) || !isEditable(went.dialect!, parsed, one.path)) continue
      seen.add(text)
      const after = went.body.subarray(other.start, other.end).toString()
      results.push({
        tokensBefore: countTokens(text),
        tokensAfter: countTokens(after),
        head: text.slice(0, HEAD_CHARS).replaceAll('\n', ' '),
      })
    }
  }
  return results
}

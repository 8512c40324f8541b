// Where an answer is: shown, one retrieval away, or lost; and what the retrieval costs.
import type { Engine } from 'headroom-ai'
import { tokensOf } from './tokens.js'

export type Place = 'inline' | 'retrievable' | 'lost'

export interface Sought {
  readonly shown: string
  readonly refs: readonly string[]
  readonly query: string
  found(text: string): boolean
}

/**
 * Asks every ref with the question, then for whole originals, until the answer is there. Tokens are those of every call
 * that was made on the way and of all that came back: what an agent pays for an answer that is not shown.
 */
export const chargeFor = async (
  engine: Engine,
  { shown, refs, query, found }: Sought,
): Promise<{ place: Place; tokens: number }> => {
  if (found(shown)) return { place: 'inline', tokens: 0 }
  let tokens = 0
  for (const options of [{ query }, {}])
    for (const ref of refs) {
      const { text } = await engine.retrieve(ref, options)
      tokens += tokensOf(JSON.stringify({ id: ref, ...options })) + tokensOf(text)
      if (found(text)) return { place: 'retrievable', tokens }
    }
  return { place: 'lost', tokens }
}

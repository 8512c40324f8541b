// What the tokens that are still sent are: whose, from which tool, of which type, and why they are as they came.
import { detect, peel } from '../detect/index.js'
import type { Origin } from '../spec/content.js'
import type { BlockReport } from '../spec/report.js'
import type { Piece } from './piece.js'
import type { CensusRow } from './result.js'

interface Row {
  blocks: number
  tokens: number
  sentTokens: number
}

export class Census {
  readonly #rows = new Map<string, Row>()
  readonly #keys = new Map<Piece, string>()

  /** A piece as it is sent in one request. */
  add(piece: Piece, tokens: number, block: BlockReport | undefined): void {
    const known = this.#keys.get(piece)
    const key = known ?? keyOf(piece, block)
    const row = this.#rows.get(key) ?? { blocks: 0, tokens: 0, sentTokens: 0 }
    this.#rows.set(key, row)
    row.sentTokens += tokens
    if (known !== undefined) return
    this.#keys.set(piece, key)
    row.blocks++
    row.tokens += tokens
  }

  /** Tokens of a request that belong to no recorded piece, e.g. system prompt and tools. */
  addOther(of: string, tokens: number): void {
    const row = this.#rows.get(of) ?? { blocks: 0, tokens: 0, sentTokens: 0 }
    this.#rows.set(of, row)
    row.sentTokens += tokens
  }

  /** The pieces of a session are not seen again. */
  endSession(): void {
    this.#keys.clear()
  }

  rows(): readonly CensusRow[] {
    return [...this.#rows]
      .filter(([, { sentTokens }]) => Math.round(sentTokens) !== 0)
      .map(([key, row]) => {
        const [of = '', contentType = '', state = ''] = key.split('\t')
        return {
          of,
          ...(contentType === '' ? {} : { contentType }),
          ...(state === '' ? {} : { state }),
          blocks: row.blocks,
          tokens: Math.round(row.tokens),
          sentTokens: Math.round(row.sentTokens),
        }
      })
      .sort((a, b) => b.sentTokens - a.sentTokens)
  }
}

const keyOf = (piece: Piece, block: BlockReport | undefined): string => {
  const { result } = piece
  if (result === undefined) return piece.kind
  const state = block === undefined ? '' : (block.skip ?? block.form ?? block.compressor ?? '')
  return [result.tool, typeOf(result.text, block?.origin ?? { toolName: result.tool }), state].join('\t')
}

/** Of the text inside its envelopes, as the engine looks at it. */
const typeOf = (text: string, origin: Origin): string => {
  let inner = text
  for (let layer = peel(inner); layer !== undefined; layer = peel(inner)) inner = layer.inner
  return detect(inner, origin).type
}

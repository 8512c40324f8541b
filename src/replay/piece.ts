// The smallest part of a request that a provider caches or that we may edit, with its bytes in the body.
import { refOf } from '../base/hash.js'

/** Whose tokens they are. Calls and shown reasoning are the assistant's. */
export type PieceKind = 'system' | 'user' | 'assistant' | 'result'

export interface Piece {
  readonly kind: PieceKind
  /** JSON of the block as it stands in the body, without a cache marker. */
  readonly bytes: Buffer
  /** Same content, same id, wherever it stands. */
  readonly id: string
  /** What the model reads, for counting and for the words in it. */
  readonly text: string
  /** Tokens of `text` and of pictures under the local tokenizer. */
  readonly tokens: number
  readonly result?: ResultPart
}

/** The part of a result that may be edited. */
export interface ResultPart {
  readonly text: string
  /** Byte range of its string literal in `bytes`. */
  readonly start: number
  readonly end: number
  readonly tool: string
}

export type Count = (text: string) => number

/** A picture of the size that agents send. Providers count by area; chosen, not measured. */
const IMAGE_TOKENS = 1500

interface PieceParts {
  readonly kind: PieceKind
  readonly json: string
  readonly text: string
  readonly images?: number | undefined
}

export const pieceOf = ({ kind, json, text, images = 0 }: PieceParts, count: Count): Piece => ({
  kind,
  bytes: Buffer.from(json),
  id: refOf(`${kind}\n${json}`),
  text,
  tokens: count(text) + images * IMAGE_TOKENS,
})

interface ResultParts {
  /** JSON before and after the literal of the text. */
  readonly before: string
  readonly after: string
  readonly text: string
  readonly tool: string
  readonly images?: number | undefined
}

export const resultPiece = ({ before, after, text, tool, images }: ResultParts, count: Count): Piece => {
  const literal = JSON.stringify(text)
  const piece = pieceOf({ kind: 'result', json: before + literal + after, text, images }, count)
  const start = Buffer.byteLength(before)
  return { ...piece, result: { text, tool, start, end: start + Buffer.byteLength(literal) } }
}

/** Pieces that stand in one element of the body's list. */
export interface Group {
  readonly role: string
  /** JSON around the pieces, which are joined by commas. */
  readonly open: string
  readonly close: string
  readonly pieces: readonly Piece[]
}

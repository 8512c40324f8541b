// What a provider caches of a request, as bytes and as content, and whether one request continues another.

import type { Dialect } from '../../../src/spec/wire.js'
import { countTokens } from '../../../src/tokenize/index.js'
import { anatomyOf } from './literals.js'

type Json = Readonly<Record<string, unknown>>

/** One content block in the order in which the provider reads it, without the marker that says where caching ends. */
export interface Piece {
  readonly text: string
  readonly isBreakpoint: boolean
}

const asList = (value: unknown): readonly unknown[] =>
  typeof value === 'string' ? [{ type: 'text', text: value }] : Array.isArray(value) ? value : []

const pieceOf = (value: unknown, role = ''): Piece => {
  if (typeof value !== 'object' || value === null)
    return { text: `${role} ${JSON.stringify(value)}`, isBreakpoint: false }
  const { cache_control: marker, ...rest } = value as Json
  const content = rest.type === 'tool_result' ? { ...rest, content: asList(rest.content) } : rest
  return { text: `${role} ${JSON.stringify(content)}`, isBreakpoint: marker !== undefined }
}

/** Tools, system, turns: the order of the cache, whatever the order of the members. */
export const piecesOf = (dialect: Dialect, body: Buffer): Piece[] => {
  const parsed = JSON.parse(body.toString()) as Json
  const tools = asList(parsed.tools).map((tool) => pieceOf(tool))
  if (dialect === 'openai-responses')
    return [
      ...tools,
      ...asList(parsed.instructions).map((part) => pieceOf(part)),
      ...asList(parsed.input).map(outputOf),
    ]
  if (dialect === 'gemini')
    return [
      ...tools,
      pieceOf(parsed.systemInstruction, 'system'),
      ...asList(parsed.contents).map((turn) => pieceOf(turn)),
    ]
  const turns = asList(parsed.messages) as readonly Json[]
  if (dialect === 'openai-chat')
    return [...tools, ...turns.map((turn) => pieceOf({ ...turn, content: asList(turn.content) }))]
  const system = asList(parsed.system).map((part) => pieceOf(part, 'system'))
  return [
    ...tools,
    ...system,
    ...turns.flatMap((turn) => asList(turn.content).map((part) => pieceOf(part, String(turn.role)))),
  ]
}

const outputOf = (item: unknown): Piece => {
  const value = item as Json
  return pieceOf('output' in value ? { ...value, output: asList(value.output).map(untyped) } : value)
}

/** A string output and a list of one text part are the same content. */
const untyped = (part: unknown): unknown => {
  const { type: _, ...rest } = part as Json
  return rest
}

const known = new Map<string, number>()

/** Tokens of a piece, counted once per text. */
export const tokensOf = ({ text }: Piece): number => {
  const before = known.get(text)
  if (before !== undefined) return before
  const tokens = countTokens(text, 'gpt-4.1')
  known.set(text, tokens)
  return tokens
}

export interface Sent {
  readonly dialect: Dialect
  readonly came: Buffer
  readonly went: Buffer
  readonly camePieces: readonly Piece[]
  readonly wentPieces: readonly Piece[]
}

export const sentOf = (dialect: Dialect, came: Buffer, went: Buffer): Sent => {
  const camePieces = piecesOf(dialect, came)
  return { dialect, came, went, camePieces, wentPieces: came.equals(went) ? camePieces : piecesOf(dialect, went) }
}

const startsWith = (whole: readonly Piece[], head: readonly Piece[]): boolean =>
  head.length <= whole.length && head.every((piece, index) => piece.text === whole[index]?.text)

const turnBytes = (body: Buffer): Buffer => body.subarray(0, anatomyOf(body).listEnd)

/** Whether the earlier request is no longer a prefix of this one although the client sent it as one. */
export const prefixFaults = (earlier: Sent, later: Sent): string[] => {
  if (earlier.dialect !== later.dialect) return []
  const faults: string[] = []
  if (startsWith(later.camePieces, earlier.camePieces) && !startsWith(later.wentPieces, earlier.wentPieces)) {
    const at = earlier.wentPieces.findIndex((piece, index) => piece.text !== later.wentPieces[index]?.text)
    faults.push(`content of block ${at} of ${earlier.wentPieces.length} changed between two turns`)
  }
  const came = turnBytes(earlier.came)
  if (later.came.subarray(0, came.length).equals(came)) {
    const went = turnBytes(earlier.went)
    if (!later.went.subarray(0, went.length).equals(went))
      faults.push('bytes of the earlier turn are no prefix of this one')
  }
  return faults
}

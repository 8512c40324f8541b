// Function calls and what they returned. Ids are optional on this wire: without one, the k-th response of a name in a turn
// answers the k-th call of that name in the turn before.
import type { Finds } from '../scan.js'
import { type JsonNode, textOf } from '../tree.js'

/** The REST API takes both spellings of every member. */
export const member = (node: JsonNode | undefined, name: string): JsonNode | undefined =>
  node?.get(name) ?? node?.get(snakeOf(name))

const snakeOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** A separator that no id or name of a client holds. */
const MARK = '\u0000'
const unnamedId = (turn: number, name: string, nth: number): string => `${MARK}${turn}${MARK}${name}${MARK}${nth}`

/** Counts the parts of one turn by function name. */
export class Ordinals {
  readonly #seen = new Map<string, number>()

  next(name: string): number {
    const nth = this.#seen.get(name) ?? 0
    this.#seen.set(name, nth + 1)
    return nth
  }
}

export const callKey = (finds: Finds, call: JsonNode, at: { turn: number; ordinals: Ordinals }): string => {
  const id = textOf(finds.body, call.get('id'))
  const name = textOf(finds.body, call.get('name')) ?? ''
  return id ?? unnamedId(at.turn, name, at.ordinals.next(name))
}

/** Key of the call that a response answers; the last turn with calls of that name counts. */
export const answeredKey = (finds: Finds, response: JsonNode, ordinals: Ordinals): string | undefined => {
  const id = textOf(finds.body, response.get('id'))
  if (id !== undefined) return id
  const name = textOf(finds.body, response.get('name')) ?? ''
  const nth = ordinals.next(name)
  const last = finds.calls.findLast(([key]) => key.startsWith(MARK) && key.split(MARK)[2] === name)
  return last === undefined ? undefined : unnamedId(Number(last[0].split(MARK)[1]), name, nth)
}

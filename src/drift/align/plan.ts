// What alignment changes in a request: new texts for places of the system prompt, and one list of values at the tail. A pure
// function of the request, so that every process and every start comes to the same bytes.
import type { AlignReason, MovableLooks, MovedText } from '../../spec/align.js'
import type { JsonPath } from '../../spec/wire.js'
import { isObject } from '../canonical.js'
import { isRead } from '../system.js'
import { type Movable, movableIn } from './movable.js'
import { type Tail, tailOfInput, tailOfMessages } from './tail.js'
import { highestNumber, listOfValues, placeholder } from './words.js'

export interface Plan {
  readonly head: readonly { readonly path: JsonPath; readonly text: string }[]
  readonly tail: Tail
  readonly list: string
  /** Turns follow the list. */
  readonly inside: boolean
  readonly moved: readonly MovedText[]
}

interface Place {
  readonly path: JsonPath
  readonly text: string
}

type Entry = Readonly<Record<string, unknown>>

export const planFor = (request: unknown, looks?: readonly MovableLooks[]): Plan | AlignReason => {
  if (!isObject(request)) return 'no-place'
  const places = systemPlaces(request)
  let number = highestNumber(places.map(({ text }) => text))
  const moved: MovedText[] = []
  const head = volatileOf(places, looks).flatMap(({ path, text, found }) => {
    let [at, left] = [0, '']
    for (const { start, end, looks: kind } of found) {
      moved.push({ number: ++number, looks: kind, where: path.join('.'), text: text.slice(start, end) })
      left += text.slice(at, start) + placeholder(number)
      at = end
    }
    return at === 0 ? [] : [{ path, text: left + text.slice(at) }]
  })
  if (moved.length === 0) return 'nothing-volatile'
  // Such a breakpoint follows the last block, which would be the list: nothing before it would be cached on its own.
  if (isObject(request.cache_control)) return 'automatic-breakpoint'
  const tail = tailOf(request)
  if (tail === undefined) return 'no-place'
  return { head, tail, list: listOfValues(moved), moved, inside: isInside(request, tail) }
}

/** More of one class are a document (a changelog, sample logs), not what a program fills in. Chosen: prompts seen hold one or two. */
const MOST_OF_A_CLASS = 6

/** What moves in each place. A class of which there are many stays: it would cost a line of each request for nothing. */
const volatileOf = (
  places: readonly Place[],
  looks?: readonly MovableLooks[],
): readonly (Place & { readonly found: readonly Movable[] })[] => {
  const all = places.map((place) => ({ ...place, found: movableIn(place.text, looks) }))
  const counts = new Map<MovableLooks, number>()
  for (const { found } of all) for (const one of found) counts.set(one.looks, (counts.get(one.looks) ?? 0) + 1)
  return all.map(({ found, ...place }) => ({
    ...place,
    found: found.filter((one) => counts.get(one.looks)! <= MOST_OF_A_CLASS),
  }))
}

const isInside = ({ messages, input }: Entry, { path: [, index] }: Tail): boolean => {
  const turns = Array.isArray(messages) ? messages : input
  return typeof index === 'number' && Array.isArray(turns) && index < turns.length - 1
}

const tailOf = (request: Entry): Tail | undefined => {
  if (!Array.isArray(request.messages)) return tailOfInput(request)
  const isBeside = request.system !== undefined
  const leading = isBeside ? 0 : leadingSystem(request.messages)
  // Behind the system prompt, never in it.
  return request.messages.length === leading ? undefined : tailAfter(request, leading, isBeside)
}

const tailAfter = (request: Entry, leading: number, isBeside: boolean): Tail | undefined => {
  const tail = tailOfMessages(request, request.messages as unknown[], isBeside)
  return typeof tail?.path[1] === 'number' && tail.path[1] < leading ? undefined : tail
}

/** Texts of the system prompt: `system`, `instructions`, or what stands at the head of the conversation in a system role. */
const systemPlaces = (request: Entry): Place[] => {
  if (Array.isArray(request.messages)) {
    if (request.system !== undefined) return textsOf(request.system, ['system'])
    return leadingPlaces(request.messages, 'messages')
  }
  const input = Array.isArray(request.input) ? leadingPlaces(request.input, 'input') : []
  return [...textsOf(request.instructions, ['instructions']), ...input]
}

const leadingSystem = (list: readonly unknown[]): number => {
  const first = list.findIndex((entry) => !isObject(entry) || (entry.role !== 'system' && entry.role !== 'developer'))
  return first === -1 ? list.length : first
}

const leadingPlaces = (list: readonly unknown[], name: string): Place[] =>
  list
    .slice(0, leadingSystem(list))
    .flatMap((entry, index) => textsOf((entry as Entry).content, [name, index, 'content']))

const textsOf = (content: unknown, path: JsonPath): Place[] => {
  if (typeof content === 'string') return isRead(content) ? [{ path, text: content }] : []
  if (!Array.isArray(content)) return []
  return content.flatMap((part: unknown, index) =>
    isObject(part) && typeof part.text === 'string' && isRead(part.text)
      ? [{ path: [...path, index, 'text'], text: part.text }]
      : [],
  )
}

// OpenAI Responses: items by output index, the whole answer once more in the event that ends it (docs/wire/openai-responses.md).
import type { ByteEdit } from '../../../spec/wire.js'
import { type RawEvent, withData } from '../events.js'
import { entriesOf, keeping, prepending, valueAt, withValue } from '../patch.js'
import { insertAt, insertion, type Part, roundsBefore } from '../place.js'
import { type Counts, countsOf, sumOf, withCounts } from '../sums.js'
import { isOwn, NAME_AND_WORDS, PARAMETERS, parsedArgs } from '../tool.js'
import type { Answered, Failure, Head, Hidden, Piece, RedeemDialect, Round, Surgeon, Turn } from '../types.js'
import { dict, isFreeChoice, listOf, objectOf, parsed, textOf } from './message.js'
import { chatError } from './openai-chat.js'

type Dict = Readonly<Record<string, unknown>>

const results = (answers: readonly Answered[]): string =>
  answers
    .map(({ call, text }) => JSON.stringify({ type: 'function_call_output', call_id: call.id, output: text }))
    .join(',')

const isOwnItem = (item: Dict): boolean => item.type === 'function_call' && isOwn(item.name) && !item.namespace

const wordsOf = (item: Dict): string => {
  if (item.type !== undefined && item.type !== 'message') return ''
  if (typeof item.content === 'string') return item.content
  return listOf(item.content)
    .map((part) => (part.type === 'refusal' ? '' : textOf(part.text)))
    .join('')
}

const callOf = (item: Dict): string | undefined =>
  textOf(item.type).endsWith('_call') && typeof item.call_id === 'string' ? item.call_id : undefined

/** Clients send a call without the id of its item. */
const namesOf = (item: Dict): string[] => {
  const [id, call] = [item.id, callOf(item)]
  return [...(typeof id === 'string' ? [id] : []), ...(call === undefined ? [] : [call])]
}

const pieceOf = (json: string): Piece => {
  const item = JSON.parse(json) as Dict
  const call = callOf(item)
  return {
    json,
    text: wordsOf(item),
    names: namesOf(item),
    ...(isOwnItem(item)
      ? { own: { id: textOf(item.call_id), name: textOf(item.name), args: parsedArgs(textOf(item.arguments)) } }
      : call === undefined
        ? {}
        : { call }),
  }
}

const itemsOf = (json: Buffer, path: readonly string[]): string[] => {
  const output = valueAt(json, path)
  if (output === undefined) return []
  return entriesOf(json, output.start).map(({ start, end }) => json.toString('utf8', start, end))
}

const ENDS = new Set(['response.completed', 'response.incomplete', 'response.failed'])
const BEGINS = new Set(['response.created', 'response.in_progress', 'response.queued'])

class ResponsesSurgeon implements Surgeon {
  /** By output index of the answer under way; undefined for a call of ours. */
  #shownAs = new Map<unknown, number | undefined>()
  #items = new Map<unknown, string>()
  #earlier: string[] = []
  #shown = 0
  #sequence: number | undefined
  #own = false
  #later = false
  #before: Counts = {}
  #now: Counts = {}
  #end: RawEvent | undefined

  get hides(): boolean {
    return this.#own || this.#later
  }

  event(event: RawEvent): Buffer[] {
    const data = objectOf(event.data)
    if (data === undefined || event.data === undefined) return [event.raw]
    const type = textOf(data.type)
    if (BEGINS.has(type) && this.#later) return []
    if (ENDS.has(type)) return this.#ended(event, dict(data.response))
    if (data.output_index === undefined) return [this.#numbered(event, event.data)]
    const index = data.output_index
    if (type === 'response.output_item.done') this.#done(event.data, index)
    if (!this.#shownAs.has(index)) {
      const own = isOwnItem(dict(data.item))
      this.#shownAs.set(index, own ? undefined : this.#shown++)
      this.#own ||= own
    }
    const shownAs = this.#shownAs.get(index)
    if (shownAs === undefined) return []
    const json = shownAs === index ? event.data : withValue(event.data, ['output_index'], String(shownAs))
    return [this.#numbered(event, json)]
  }

  #done(data: Buffer, index: unknown): void {
    const span = valueAt(data, ['item'])
    if (span !== undefined) this.#items.set(index, data.toString('utf8', span.start, span.end))
  }

  /** Numbers run on over left-out events and over answers. */
  #numbered(event: RawEvent, json: Buffer): Buffer {
    const own = objectOf(json)?.sequence_number
    if (typeof own !== 'number') return json === event.data ? event.raw : withData(event, json)
    this.#sequence = this.#sequence === undefined ? own : this.#sequence + 1
    if (this.#sequence !== own) return withData(event, withValue(json, ['sequence_number'], String(this.#sequence)))
    return json === event.data ? event.raw : withData(event, json)
  }

  #ended(event: RawEvent, response: Dict): Buffer[] {
    this.#now = countsOf(response.usage)
    this.#end = event
    return this.#own || this.#later ? [] : [this.#numbered(event, event.data!)]
  }

  round(): Round {
    const end = this.#end?.data
    const told = [...this.#items].sort(([a], [b]) => Number(a) - Number(b)).map(([, item]) => item)
    const items = told.length > 0 || end === undefined ? told : itemsOf(end, ['response', 'output'])
    const { type, response } = objectOf(end) ?? {}
    const id = dict(response).id
    return {
      pieces: items.map(pieceOf),
      stopsForCalls: type === 'response.completed',
      ...(typeof id === 'string' ? { responseId: id } : {}),
    }
  }

  next(): void {
    this.#earlier.push(
      ...this.round()
        .pieces.filter(({ own }) => own === undefined)
        .map(({ json }) => json),
    )
    this.#later = true
    this.#before = sumOf(this.#before, this.#now)
    this.#now = {}
    this.#shownAs = new Map()
    this.#items = new Map()
    this.#end = undefined
  }

  finish(): Buffer[] {
    if (this.#end?.data === undefined || (!this.#own && !this.#later)) return []
    const output = ['response', 'output']
    let json = withoutOwn(this.#end.data, output)
    json = prepending(json, output, this.#earlier.join(','))
    if (this.#later) json = withCounts(json, ['response', 'usage'], sumOf(this.#before, this.#now))
    return [this.#numbered(this.#end, json)]
  }

  failure(failure: Failure): Buffer {
    const { error } = chatError(failure) as { error: Dict }
    const data = { type: 'error', code: error.code ?? null, message: error.message, param: error.param ?? null }
    return Buffer.from(`event: error\ndata: ${JSON.stringify(data)}\n\n`)
  }
}

const withoutOwn = (json: Buffer, path: readonly string[]): Buffer => {
  const items = itemsOf(json, path).map(pieceOf)
  return keeping(json, path, (_, index) => items[index]?.own === undefined)
}

const answer = (json: Buffer): Round | undefined => {
  const body = objectOf(json)
  if (!Array.isArray(body?.output)) return undefined
  return {
    pieces: itemsOf(json, ['output']).map(pieceOf),
    stopsForCalls: body.status === undefined || body.status === 'completed',
    ...(typeof body.id === 'string' ? { responseId: body.id } : {}),
  }
}

const merged = (answers: readonly Buffer[]): Buffer => {
  const shown = answers.slice(0, -1).flatMap((one) =>
    itemsOf(one, ['output'])
      .map(pieceOf)
      .filter(({ own }) => own === undefined)
      .map(({ json }) => json),
  )
  const json = prepending(withoutOwn(answers.at(-1)!, ['output']), ['output'], shown.join(','))
  if (answers.length === 1) return json
  return withCounts(json, ['usage'], answers.map((one) => countsOf(objectOf(one)?.usage)).reduce(sumOf))
}

const reinsert = (body: Buffer, { entries, next }: Turn, { rounds, last }: Hidden): ByteEdit[] | undefined => {
  const [first, end] = [entries[0], entries.at(-1)]
  if (first === undefined || end === undefined) return undefined
  const parts: Part[] = entries.map((entry) => ({ ...entry, text: wordsOf(dict(parsed(body, entry))) }))
  const before = roundsBefore(body, parts, { start: first.start, end: end.end, rounds, ...(last && { last }) })
  if (before === undefined || last === undefined) return before && [...before.edits]
  const calls = insertAt(parts, first.start, last.calls)
  if (calls === undefined || next === undefined) return undefined
  return [...before.edits, ...calls, insertion(end.end, `,${last.results}`)]
}

/** Items of the model: what is neither a message of somebody else nor an output. */
const isModel = (entry: Dict): boolean => {
  const type = textOf(entry.type)
  if (type === '' || type === 'message') return entry.role === 'assistant'
  return /_call$|^item_reference$|^reasoning$|^compaction|^mcp_(?:list_tools|approval_request)$/.test(type)
}

/** A provider that keeps nothing cannot take back reasoning that is not in the item itself. */
const isKept = (piece: Piece, head: Head): boolean => {
  if (head.store !== false) return true
  const item = JSON.parse(piece.json) as Dict
  return item.type !== 'reasoning' || typeof item.encrypted_content === 'string'
}

export const responsesRedeem: RedeemDialect = {
  dialect: 'openai-responses',
  listKey: 'input',
  tool: `{"type":"function",${NAME_AND_WORDS},"parameters":${PARAMETERS},"strict":false}`,
  toolList: () => [],
  toolNames: (tools) =>
    listOf(tools).flatMap((tool) => [
      textOf(tool.name ?? tool.type),
      ...listOf(tool.tools).map((one) => textOf(one.name)),
    ]),
  suits: (head) => head.background !== true && (head.conversation === undefined || head.conversation === null),
  isFree: isFreeChoice,
  isModel,
  said(entry) {
    const call = callOf(entry)
    return { text: wordsOf(entry), calls: call === undefined ? [] : [call] }
  },
  namesOf,
  reinsert,
  turn: ({ pieces }, head) =>
    pieces
      .filter((piece) => isKept(piece, head))
      .map((piece) => piece.json)
      .join(','),
  results,
  joinedResults: results,
  surgeon: () => new ResponsesSurgeon(),
  answer,
  merged,
}

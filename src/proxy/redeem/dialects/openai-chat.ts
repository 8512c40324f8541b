// OpenAI Chat Completions: one message of content and calls, told in chunks (docs/wire/openai-chat.md).
import type { ByteEdit } from '../../../spec/wire.js'
import { type RawEvent, withData } from '../events.js'
import { entriesOf, keeping, valueAt, withValue } from '../patch.js'
import { cutBefore, insertion } from '../place.js'
import { type Counts, countsOf, sumOf, withCounts } from '../sums.js'
import { isOwn, NAME_AND_WORDS, PARAMETERS, parsedArgs } from '../tool.js'
import type { Answered, Failure, Hidden, Piece, Place, RedeemDialect, Round, Surgeon, Turn } from '../types.js'
import { dict, isFreeChoice, listOf, objectOf, partsOf, textOf } from './message.js'

type Dict = Readonly<Record<string, unknown>>

const results = (answers: readonly Answered[]): string =>
  answers.map(({ call, text }) => JSON.stringify({ role: 'tool', tool_call_id: call.id, content: text })).join(',')

const nameOf = (call: Dict): unknown => dict(call.function).name

const callPiece = (call: Dict): Piece => {
  const { arguments: json } = dict(call.function)
  const id = textOf(call.id)
  const own = isOwn(nameOf(call))
    ? { own: { id, name: textOf(nameOf(call)), args: parsedArgs(textOf(json)) } }
    : { call: id }
  return { json: JSON.stringify(call), text: '', ...own }
}

/** Members of a message that are neither words nor calls, e.g. the reasoning of compatible servers. */
const KNOWN = new Set(['role', 'content', 'tool_calls', 'refusal', 'annotations', 'audio', 'function_call'])

const extrasOf = (members: Dict): string =>
  Object.entries(members)
    .filter(([name, value]) => !KNOWN.has(name) && value !== null && value !== undefined)
    .map(([name, value]) => `,${JSON.stringify(name)}:${JSON.stringify(value)}`)
    .join('')

const roundOf = (text: string, calls: readonly Dict[], members: Dict, finish: unknown): Round => ({
  pieces: [
    ...(text.trim() === '' ? [] : [{ json: JSON.stringify(text), text, merges: 'text' } as const]),
    ...calls.map(callPiece),
  ],
  // Some compatible servers end a turn of calls with `stop`.
  stopsForCalls: finish === 'tool_calls' || finish === 'stop',
  extras: extrasOf(members),
})

const grown = (before: unknown, more: unknown): unknown => {
  if (typeof more === 'string') return textOf(before) + more
  return Array.isArray(more) && Array.isArray(before) ? [...(before as unknown[]), ...(more as unknown[])] : more
}

interface ToldCall {
  /** Members of the call, its arguments so far among them. */
  call: Record<string, unknown>
  /** Index that the client knows it by; undefined for a call of ours. */
  readonly shownAs: number | undefined
}

const DELTA = ['choices', 0, 'delta'] as const
const FINISH = ['choices', 0, 'finish_reason'] as const

class ChatSurgeon implements Surgeon {
  #text = ''
  #calls = new Map<unknown, ToldCall>()
  #members: Record<string, unknown> = {}
  #finish: unknown
  #first: Dict | undefined
  #shown = 0
  #own = false
  #later = false
  #before: Counts = {}
  #now: Counts = {}
  #held: RawEvent[] = []

  get hides(): boolean {
    return this.#own || this.#later
  }

  event(event: RawEvent): Buffer[] {
    const data = objectOf(event.data)
    if (data === undefined) return event.data?.toString('utf8').trim() === '[DONE]' ? this.#end(event) : [event.raw]
    if (!Array.isArray(data.choices)) return [event.raw]
    this.#first ??= data
    if (typeof data.usage === 'object' && data.usage !== null) this.#now = countsOf(data.usage)
    const choice = listOf(data.choices)[0]
    if (choice === undefined) return data.usage ? this.#end(event) : this.#later ? [] : [event.raw]
    const delta = dict(choice.delta)
    for (const [name, value] of Object.entries(delta))
      if (name !== 'content' && name !== 'tool_calls' && value !== null)
        this.#members[name] = grown(this.#members[name], value)
    this.#text += textOf(delta.content)
    const shown = this.#shownOf(event.data!, this.#take(delta))
    if (typeof choice.finish_reason === 'string') {
      this.#finish = choice.finish_reason
      return this.#finished(event, shown)
    }
    if (shown === event.data) return [event.raw]
    return this.#says(shown) ? [withData(event, shown)] : []
  }

  /** The calls that a chunk tells of, with the place in its list of each. */
  #take(delta: Dict): readonly ToldCall[] {
    return listOf(delta.tool_calls).map((part, position) => {
      const index = part.index ?? position
      const told = this.#calls.get(index)
      const fn = dict(part.function)
      if (told === undefined) {
        const own = isOwn(fn.name)
        this.#own ||= own
        const { index: _, ...call } = part
        const first: ToldCall = { call, shownAs: own ? undefined : this.#shown++ }
        this.#calls.set(index, first)
        return first
      }
      const before = dict(told.call.function)
      told.call = {
        ...told.call,
        function: { ...before, arguments: textOf(before.arguments) + textOf(fn.arguments) },
      }
      return told
    })
  }

  /** A chunk for the client: without our calls, its other calls by the numbers it knows, and as part of the first answer. */
  #shownOf(data: Buffer, told: readonly ToldCall[]): Buffer {
    let json = data
    if (told.some(({ shownAs }) => shownAs === undefined))
      json = keeping(json, [...DELTA, 'tool_calls'], (_, position) => told[position]?.shownAs !== undefined)
    const shown = told.filter(({ shownAs }) => shownAs !== undefined)
    if (told.length > 0 && shown.length === 0) json = keeping(data, DELTA, ({ key }) => key !== 'tool_calls')
    for (const [position, { shownAs }] of shown.entries()) {
      const path = [...DELTA, 'tool_calls', position, 'index']
      if (json.toString('utf8', valueAt(json, path)?.start, valueAt(json, path)?.end) !== String(shownAs))
        json = withValue(json, path, String(shownAs))
    }
    if (!this.#later) return json
    json = keeping(json, DELTA, ({ key }) => key !== 'role')
    return this.#joined(json)
  }

  #joined(json: Buffer): Buffer {
    for (const name of ['id', 'created'])
      if (this.#first?.[name] !== undefined) json = withValue(json, [name], JSON.stringify(this.#first[name]))
    return json
  }

  /** Worth sending: says more than an empty delta. */
  #says(json: Buffer): boolean {
    const data = objectOf(json)
    const delta = dict(listOf(data?.choices)[0]?.delta)
    return Object.values(delta).some((value) => value !== null && value !== '')
  }

  /** The chunk that ends the turn is held back; what it says besides goes at once. */
  #finished(event: RawEvent, shown: Buffer): Buffer[] {
    if (!this.#own && !this.#later) return [event.raw]
    const says = this.#says(shown)
    const end = withValue(shown, DELTA, '{}')
    this.#held.push({ raw: withData(event, end), data: end })
    if (!says) return []
    const told = keeping(withValue(shown, FINISH, 'null'), [], ({ key }) => key !== 'usage')
    return [withData(event, told)]
  }

  #end(event: RawEvent): Buffer[] {
    if (!this.#own && !this.#later) return [event.raw]
    this.#held.push(event)
    return []
  }

  round(): Round {
    return roundOf(
      this.#text,
      [...this.#calls.values()].map(({ call }) => call),
      this.#members,
      this.#finish,
    )
  }

  next(): void {
    this.#later = true
    this.#before = sumOf(this.#before, this.#now)
    this.#now = {}
    this.#text = ''
    this.#calls = new Map()
    this.#members = {}
    this.#held = []
    this.#finish = undefined
  }

  finish(): Buffer[] {
    const sum = sumOf(this.#before, this.#now)
    return this.#held.map((event) => {
      const data = objectOf(event.data)
      if (data === undefined || event.data === undefined) return event.raw
      let json = event.data
      if (this.#later) json = this.#joined(json)
      if (this.#later && data.usage) json = withCounts(json, ['usage'], sum)
      if (listOf(data.choices)[0]?.finish_reason === 'tool_calls' && this.#shown === 0)
        json = withValue(json, FINISH, '"stop"')
      return withData(event, json)
    })
  }

  failure(failure: Failure): Buffer {
    return Buffer.from(`data: ${JSON.stringify(chatError(failure))}\n\n`)
  }
}

/** An error body of this provider, or one made of what came. */
export const chatError = ({ status, body }: Failure): object => {
  const error = objectOf(body)
  if (error?.error) return error
  return { error: { message: body.toString('utf8').slice(0, 2000), type: 'api_error', code: status } }
}

const MESSAGE = ['choices', 0, 'message'] as const

const messageOf = (json: Buffer): { readonly message: Dict; readonly finish: unknown } | undefined => {
  const choice = listOf(objectOf(json)?.choices)[0]
  return choice?.message === undefined ? undefined : { message: dict(choice.message), finish: choice.finish_reason }
}

const answer = (json: Buffer): Round | undefined => {
  const found = messageOf(json)
  if (found === undefined) return undefined
  const { message, finish } = found
  return roundOf(textOf(message.content), listOf(message.tool_calls), message, finish)
}

const merged = (answers: readonly Buffer[]): Buffer => {
  const last = answers.at(-1)!
  const calls = listOf(messageOf(last)?.message.tool_calls)
  const kept = calls.filter((call) => !isOwn(nameOf(call)))
  let json = keeping(last, [...MESSAGE, 'tool_calls'], (_, index) => kept.includes(calls[index]!))
  if (calls.length > 0 && kept.length === 0) {
    json = keeping(last, MESSAGE, ({ key }) => key !== 'tool_calls')
    if (messageOf(last)?.finish === 'tool_calls') json = withValue(json, FINISH, '"stop"')
  }
  if (answers.length === 1) return json
  const text = answers.map((one) => textOf(messageOf(one)?.message.content)).join('')
  if (text !== '') json = withValue(json, [...MESSAGE, 'content'], JSON.stringify(text))
  json = withCounts(json, ['usage'], answers.map((one) => countsOf(objectOf(one)?.usage)).reduce(sumOf))
  const first = objectOf(answers[0])
  return first?.id === undefined ? json : withValue(json, ['id'], JSON.stringify(first.id))
}

/** Our calls among the client's: words stand before all calls, so a place tells how many calls stand before it. */
const withCalls = (
  body: Buffer,
  list: number,
  calls: readonly { readonly at: Place; readonly json: string }[],
): ByteEdit[] => {
  const entries = entriesOf(body, list)
  return calls.map(({ at, json }) => {
    const index = Math.max(0, at.parts - (at.chars > 0 ? 1 : 0))
    const [before, last] = [entries[index], entries.at(-1)]
    if (before !== undefined) return insertion(before.start, `${json},`)
    return last === undefined ? insertion(list + 1, json) : insertion(last.end, `,${json}`)
  })
}

const reinsert = (
  body: Buffer,
  { entries: [message, ...more], next }: Turn,
  hidden: Hidden,
): ByteEdit[] | undefined => {
  if (message === undefined || more.length > 0) return undefined
  const edits: ByteEdit[] = []
  const calls = valueAt(body, ['tool_calls'], message.start)
  const final = hidden.rounds.at(-1)
  if (final !== undefined) {
    const content = valueAt(body, ['content'], message.start)
    const cut = cutBefore(body, partsOf(body, message, 'content'), final.cut)
    if (cut === undefined) return undefined
    const before = hidden.rounds.map((round) => round.entries).join(',')
    if (cut.whole && calls === undefined)
      return [{ start: message.start, end: message.end, bytes: Buffer.from(before) }]
    edits.push(insertion(message.start, `${before},`))
    if (cut.whole && content) edits.push({ ...content, bytes: Buffer.from('null') })
    else edits.push(...cut.edits)
  }
  if (hidden.last === undefined) return edits
  if (calls === undefined || next === undefined) return undefined
  return [
    ...edits,
    ...withCalls(body, calls.start, hidden.last.calls),
    insertion(message.end, `,${hidden.last.results}`),
  ]
}

export const chatRedeem: RedeemDialect = {
  dialect: 'openai-chat',
  listKey: 'messages',
  tool: `{"type":"function","function":{${NAME_AND_WORDS},"parameters":${PARAMETERS}}}`,
  toolList: () => [],
  toolNames: (tools) =>
    listOf(tools).map((tool) => textOf(dict(tool.function ?? tool.custom).name ?? tool.name ?? tool.type)),
  suits: (head) => head.n === undefined || head.n === null || head.n === 1,
  isFree: isFreeChoice,
  isModel: (entry) => entry.role === 'assistant',
  said: ({ content, tool_calls }) => ({
    text:
      typeof content === 'string'
        ? content
        : listOf(content)
            .map((part) => textOf(part.text))
            .join(''),
    calls: listOf(tool_calls).map((call) => textOf(call.id)),
  }),
  reinsert,
  turn: ({ pieces, extras = '' }) => {
    const calls = pieces.filter((piece) => piece.merges === undefined).map((piece) => piece.json)
    const words = pieces.find((piece) => piece.merges === 'text')?.json ?? 'null'
    return `{"role":"assistant","content":${words}${extras},"tool_calls":[${calls.join(',')}]}`
  },
  results,
  joinedResults: results,
  surgeon: () => new ChatSurgeon(),
  answer,
  merged,
}

// Anthropic Messages: content blocks by index, `message_delta` and `message_stop` at the end (docs/wire/anthropic.md).

import type { RawEvent } from '../events.js'
import { withData } from '../events.js'
import { keeping, prepending, valueAt, withValue } from '../patch.js'
import { type Counts, countsOf, sumOf, withCounts } from '../sums.js'
import { isOwn, NAME_AND_WORDS, PARAMETERS, parsedArgs } from '../tool.js'
import type { Answered, Failure, Piece, RedeemDialect, Round, Surgeon } from '../types.js'
import { dict, isFreeChoice, listOf, type MessageShape, objectOf, reinsertIntoMessage, textOf } from './message.js'

const SHAPE: MessageShape = { list: 'content', wrap: (parts) => `{"role":"user","content":[${parts}]}` }

const results = (answers: readonly Answered[]): string =>
  answers
    .map(({ call, text }) => JSON.stringify({ type: 'tool_result', tool_use_id: call.id, content: text }))
    .join(',')

/** A block that the API streams and refuses to take back. */
const EMPTY = '{"type":"text","text":""}'

/** One block as a stream tells it. */
interface Block {
  readonly start: Record<string, unknown>
  /** Members that deltas have added to. */
  readonly grown: Record<string, unknown>
  input: string
  /** Index that the client knows it by; undefined for a call of ours. */
  readonly shownAs: number | undefined
}

const isOwnCall = (block: Record<string, unknown>): boolean => block.type === 'tool_use' && isOwn(block.name)

const addDelta = (block: Block, delta: Record<string, unknown>): void => {
  if (typeof delta.partial_json === 'string') block.input += delta.partial_json
  else if (delta.citation !== undefined)
    block.grown.citations = [...((block.grown.citations as unknown[] | undefined) ?? []), delta.citation]
  else
    for (const [name, value] of Object.entries(delta))
      if (name !== 'type' && typeof value === 'string')
        block.grown[name] = textOf(block.grown[name] ?? block.start[name]) + value
}

/** The input's own JSON is kept: numbers in it may not survive being parsed and printed. */
const blockJson = ({ start, grown, input }: Block): string => {
  const whole = JSON.stringify({ ...start, ...grown })
  if (!('input' in start) || input === '' || parsedArgs(input) === undefined) return whole
  return withValue(Buffer.from(whole), ['input'], input).toString('utf8')
}

const pieceOf = (json: string, block: Record<string, unknown>, args: () => unknown): Piece => ({
  json,
  text: block.type === 'text' ? textOf(block.text) : '',
  ...(isOwnCall(block)
    ? { own: { id: textOf(block.id), name: textOf(block.name), args: args() } }
    : block.type === 'tool_use'
      ? { call: textOf(block.id) }
      : {}),
})

class AnthropicSurgeon implements Surgeon {
  #blocks = new Map<unknown, Block>()
  #shown = 0
  #own = false
  #later = false
  #before: Counts = {}
  #now: Counts = {}
  #stop: unknown
  #held: RawEvent[] = []

  get hides(): boolean {
    return this.#own || this.#later
  }

  event(event: RawEvent): Buffer[] {
    const data = objectOf(event.data)
    switch (data?.type) {
      case 'message_start':
        this.#now = countsOf(dict(data.message).usage)
        return this.#later ? [] : [event.raw]
      case 'content_block_start':
        return this.#start(event, data)
      case 'content_block_delta': {
        const block = this.#blocks.get(data.index)
        if (block !== undefined) addDelta(block, dict(data.delta))
        return this.#indexed(event, data.index)
      }
      case 'content_block_stop':
        return this.#indexed(event, data.index)
      case 'message_delta':
        this.#now = { ...this.#now, ...countsOf(data.usage) }
        this.#stop = dict(data.delta).stop_reason
        return this.#end(event)
      case 'message_stop':
        return this.#end(event)
      default:
        return [event.raw]
    }
  }

  #start(event: RawEvent, data: Record<string, unknown>): Buffer[] {
    const start = dict(data.content_block)
    const own = isOwnCall(start)
    this.#blocks.set(data.index, { start, grown: {}, input: '', shownAs: own ? undefined : this.#shown++ })
    this.#own ||= own
    return this.#indexed(event, data.index)
  }

  #indexed(event: RawEvent, index: unknown): Buffer[] {
    const block = this.#blocks.get(index)
    if (block === undefined || block.shownAs === index) return [event.raw]
    if (block.shownAs === undefined) return []
    return [withData(event, withValue(event.data!, ['index'], String(block.shownAs)))]
  }

  #end(event: RawEvent): Buffer[] {
    if (!this.#own && !this.#later) return [event.raw]
    this.#held.push(event)
    return []
  }

  round(): Round {
    const pieces = [...this.#blocks.values()].map((block) =>
      pieceOf(blockJson(block), { ...block.start, ...block.grown }, () =>
        block.input === '' ? block.start.input : parsedArgs(block.input),
      ),
    )
    return { pieces, stopsForCalls: this.#stop === 'tool_use' }
  }

  next(): void {
    this.#later = true
    this.#before = sumOf(this.#before, this.#now)
    this.#now = {}
    this.#blocks = new Map()
    this.#held = []
    this.#stop = undefined
  }

  finish(): Buffer[] {
    const sum = this.#later ? sumOf(this.#before, this.#now) : this.#now
    const endsTurn =
      this.#stop === 'tool_use' &&
      ![...this.#blocks.values()].some(({ start, shownAs }) => shownAs !== undefined && start.type === 'tool_use')
    return this.#held.map((event) => {
      if (objectOf(event.data)?.type !== 'message_delta') return event.raw
      let data = event.data!
      if (this.#later) data = withCounts(data, ['usage'], sum)
      return withData(event, endsTurn ? withValue(data, ['delta', 'stop_reason'], '"end_turn"') : data)
    })
  }

  failure({ body }: Failure): Buffer {
    const error = objectOf(body)
    const known = error?.type === 'error' ? error : undefined
    const data = known ?? { type: 'error', error: { type: 'api_error', message: body.toString('utf8').slice(0, 2000) } }
    return Buffer.from(`event: error\ndata: ${JSON.stringify(data)}\n\n`)
  }
}

const piecesOf = (json: Buffer): Piece[] | undefined => {
  const message = objectOf(json)
  if (message?.type !== 'message' || !Array.isArray(message.content)) return undefined
  return message.content.map((block: Record<string, unknown>, index) => {
    const { start, end } = valueAt(json, ['content', index])!
    return pieceOf(json.toString('utf8', start, end), block, () => block.input)
  })
}

const merged = (answers: readonly Buffer[]): Buffer => {
  const last = answers.at(-1)!
  const before = answers.slice(0, -1)
  const shown = before.flatMap((json) => (piecesOf(json) ?? []).filter(({ own }) => own === undefined))
  const pieces = piecesOf(last) ?? []
  let json = keeping(last, ['content'], (_, index) => pieces[index]?.own === undefined)
  json = prepending(json, ['content'], shown.map((piece) => piece.json).join(','))
  if (objectOf(last)?.stop_reason === 'tool_use' && !pieces.some(({ call }) => call))
    json = withValue(json, ['stop_reason'], '"end_turn"')
  if (before.length === 0) return json
  const sum = answers.map((answer) => countsOf(objectOf(answer)?.usage)).reduce(sumOf)
  json = withCounts(json, ['usage'], sum)
  return withValue(json, ['id'], JSON.stringify(objectOf(before[0])?.id))
}

export const anthropicRedeem: RedeemDialect = {
  dialect: 'anthropic',
  listKey: 'messages',
  tool: `{${NAME_AND_WORDS},"input_schema":${PARAMETERS}}`,
  toolList: () => [],
  toolNames: (tools) => listOf(tools).map((tool) => textOf(tool.name ?? tool.type)),
  suits: () => true,
  isFree: isFreeChoice,
  isModel: (entry) => entry.role === 'assistant',
  said: ({ content }) => ({
    text:
      typeof content === 'string'
        ? content
        : listOf(content)
            .map((part) => (part.type === 'text' ? textOf(part.text) : ''))
            .join(''),
    calls: listOf(content).flatMap((part) => (part.type === 'tool_use' ? [textOf(part.id)] : [])),
  }),
  reinsert: (body, turn, hidden) => reinsertIntoMessage(body, turn, hidden, SHAPE),
  turn: ({ pieces }) =>
    `{"role":"assistant","content":[${pieces
      .filter((piece) => piece.json !== EMPTY)
      .map((piece) => piece.json)
      .join(',')}]}`,
  results: (answers) => SHAPE.wrap(results(answers)),
  joinedResults: results,
  surgeon: () => new AnthropicSurgeon(),
  answer(json) {
    const pieces = piecesOf(json)
    return pieces && { pieces, stopsForCalls: objectOf(json)?.stop_reason === 'tool_use' }
  },
  merged,
}

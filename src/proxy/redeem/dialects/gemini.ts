// Gemini generateContent: parts in chunks, each chunk a whole answer of its own form (docs/wire/gemini.md).

import { RETRIEVE_TOOL } from '../../../base/retrieve-tool.js'
import { type RawEvent, withData } from '../events.js'
import { keeping, prepending, valueAt, withValue } from '../patch.js'
import { type Counts, countsOf, sumOf, withCounts } from '../sums.js'
import { isOwn, NAME_AND_WORDS } from '../tool.js'
import type { Answered, Failure, Piece, RedeemDialect, Round, Surgeon } from '../types.js'
import { dict, listOf, type MessageShape, objectOf, reinsertIntoMessage, textOf } from './message.js'
import { chatError } from './openai-chat.js'

type Dict = Readonly<Record<string, unknown>>

const SHAPE: MessageShape = { list: 'parts', wrap: (parts) => `{"role":"user","parts":[${parts}]}` }

/** The API's own spelling of types (OpenAPI 3.0 in upper case), which every version takes. */
const PARAMETERS = JSON.stringify({
  type: 'OBJECT',
  properties: Object.fromEntries(
    Object.entries(RETRIEVE_TOOL.properties).map(([name, { description }]) => [name, { type: 'STRING', description }]),
  ),
  required: RETRIEVE_TOOL.required,
})

const results = (answers: readonly Answered[]): string =>
  answers
    .map(({ call, text }) =>
      JSON.stringify({
        functionResponse: {
          ...(call.id === undefined ? {} : { id: call.id }),
          name: call.name,
          response: { output: text },
        },
      }),
    )
    .join(',')

/** Ends many streams, and is refused in a request. */
const EMPTY = '{"text":""}'

const PARTS = ['candidates', 0, 'content', 'parts'] as const
const FINISH = ['candidates', 0, 'finishReason'] as const

const callOf = (part: Dict): Dict | undefined =>
  typeof (part.functionCall ?? part.function_call) === 'object'
    ? dict(part.functionCall ?? part.function_call)
    : undefined

/** Without its id: libraries make one up where the model gave none. */
const callName = (call: Dict): string => `${textOf(call.name)} ${JSON.stringify(call.args ?? {})}`

const pieceOf = (json: string): Piece => {
  const part = JSON.parse(json) as Dict
  const call = callOf(part)
  if (call !== undefined && isOwn(call.name)) {
    const id = typeof call.id === 'string' ? call.id : undefined
    return { json, text: '', own: { id, name: textOf(call.name), args: call.args ?? {} } }
  }
  if (call !== undefined) return { json, text: '', call: callName(call) }
  if (typeof part.text !== 'string') return { json, text: '' }
  return part.thought === true ? { json, text: '', merges: 'thought' } : { json, text: part.text, merges: 'text' }
}

const piecesOf = (data: Buffer): Piece[] => {
  const candidate = listOf(objectOf(data)?.candidates)[0]
  return listOf(dict(candidate?.content).parts).map((_, index) => {
    const { start, end } = valueAt(data, [...PARTS, index])!
    return pieceOf(data.toString('utf8', start, end))
  })
}

const isShown = ({ own }: Piece): boolean => own === undefined

class GeminiSurgeon implements Surgeon {
  #pieces: Piece[] = []
  #first: Dict | undefined
  #finish: unknown
  #own = false
  #later = false
  #before: Counts = {}
  #now: Counts = {}
  #held: RawEvent[] = []

  get hides(): boolean {
    return this.#own || this.#later
  }

  event(event: RawEvent): Buffer[] {
    const chunk = objectOf(event.data)
    if (chunk === undefined || event.data === undefined || chunk.error !== undefined) return [event.raw]
    this.#first ??= chunk
    if (chunk.usageMetadata !== undefined) this.#now = countsOf(chunk.usageMetadata)
    const pieces = piecesOf(event.data)
    this.#pieces.push(...pieces)
    this.#own ||= !pieces.every(isShown)
    const finish = listOf(chunk.candidates)[0]?.finishReason
    this.#finish = finish ?? this.#finish
    if (!this.#own && !this.#later) return [event.raw]
    const shown = this.#joined(keeping(event.data, PARTS, (_, index) => isShown(pieces[index]!)))
    const says = pieces.some(isShown)
    if (finish === undefined && says) return [withData(event, shown)]
    if (finish === undefined && this.#finish === undefined) return []
    const end = keeping(shown, PARTS, () => false)
    this.#held.push({ raw: event.raw, data: end })
    return says ? [withData(event, withoutFinish(shown))] : []
  }

  #joined(json: Buffer): Buffer {
    if (!this.#later) return json
    const summed = valueAt(json, ['usageMetadata'])
      ? withCounts(json, ['usageMetadata'], sumOf(this.#before, this.#now))
      : json
    const id = this.#first?.responseId
    return id === undefined ? summed : withValue(summed, ['responseId'], JSON.stringify(id))
  }

  round(): Round {
    return { pieces: this.#pieces, stopsForCalls: this.#finish === 'STOP' || this.#finish === undefined }
  }

  next(): void {
    this.#later = true
    this.#before = sumOf(this.#before, this.#now)
    this.#now = {}
    this.#pieces = []
    this.#held = []
    this.#finish = undefined
  }

  finish(): Buffer[] {
    return this.#held.map((event) => withData(event, event.data!))
  }

  failure(failure: Failure): Buffer {
    return Buffer.from(`data: ${JSON.stringify(chatError(failure))}\n\n`)
  }
}

const withoutFinish = (json: Buffer): Buffer =>
  keeping(json, FINISH.slice(0, -1), ({ key }) => key !== 'finishReason' && key !== 'finishMessage')

const answer = (json: Buffer): Round | undefined => {
  const candidate = listOf(objectOf(json)?.candidates)[0]
  if (candidate === undefined) return undefined
  return { pieces: piecesOf(json), stopsForCalls: candidate.finishReason === 'STOP' }
}

const merged = (answers: readonly Buffer[]): Buffer => {
  const last = answers.at(-1)!
  const pieces = piecesOf(last)
  const shown = answers.slice(0, -1).flatMap((one) => piecesOf(one).filter(isShown))
  const kept = keeping(last, PARTS, (_, index) => isShown(pieces[index]!))
  const json = prepending(kept, PARTS, shown.map((piece) => piece.json).join(','))
  if (answers.length === 1) return json
  const sum = answers.map((one) => countsOf(objectOf(one)?.usageMetadata)).reduce(sumOf)
  const id = objectOf(answers[0])?.responseId
  const summed = withCounts(json, ['usageMetadata'], sum)
  return id === undefined ? summed : withValue(summed, ['responseId'], JSON.stringify(id))
}

const DECLARATIONS = ['functionDeclarations', 'function_declarations'] as const

const declarationsOf = (tool: Dict): readonly Dict[] => DECLARATIONS.flatMap((name) => listOf(tool[name]))

export const geminiRedeem: RedeemDialect = {
  dialect: 'gemini',
  listKey: 'contents',
  tool: `{${NAME_AND_WORDS},"parameters":${PARAMETERS}}`,
  // Functions beside another kind of tool have to stand in one list.
  toolList(tools) {
    const index = listOf(tools).findLastIndex((tool) => declarationsOf(tool).length > 0)
    const name = DECLARATIONS.find((one) => Array.isArray(listOf(tools)[index]?.[one]))
    return name === undefined ? undefined : [index, name]
  },
  toolNames: (tools) => listOf(tools).flatMap((tool) => declarationsOf(tool).map((one) => textOf(one.name))),
  suits: (head) => {
    const count = dict(head.generationConfig).candidateCount
    return count === undefined || count === 1
  },
  isFree(head) {
    const config = dict(head.toolConfig ?? head.tool_config)
    const { mode = 'AUTO' } = dict(config.functionCallingConfig ?? config.function_calling_config)
    return mode === 'AUTO' || mode === 'MODE_UNSPECIFIED'
  },
  isModel: (entry) => entry.role === 'model',
  said: ({ parts }) => ({
    text: listOf(parts)
      .map((part) => (part.thought === true ? '' : textOf(part.text)))
      .join(''),
    calls: listOf(parts).flatMap((part) => {
      const call = callOf(part)
      return call === undefined ? [] : [callName(call)]
    }),
  }),
  reinsert: (body, turn, hidden) => reinsertIntoMessage(body, turn, hidden, SHAPE),
  turn: ({ pieces }) => {
    const parts = pieces.filter((piece) => piece.json !== EMPTY).map((piece) => piece.json)
    return `{"role":"model","parts":[${parts.join(',')}]}`
  },
  results: (answers) => SHAPE.wrap(results(answers)),
  joinedResults: results,
  surgeon: () => new GeminiSurgeon(),
  answer,
  merged,
}

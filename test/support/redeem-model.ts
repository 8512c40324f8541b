// A scripted model behind four APIs, as strict about history as the real ones: each request must repeat its own turns as they
// were, with every call answered. Streams in as many events as the real ones do, or answers at once.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import {
  type Answer,
  type Dict,
  type Name,
  type Part,
  type Said,
  type Script,
  saidOf,
  streamed,
  whole,
} from './redeem-answers.js'

export type { Dict, Name, Part } from './redeem-answers.js'

export interface Model {
  readonly url: string
  readonly port: number
  readonly bodies: Buffer[]
  readonly headers: IncomingMessage['headers'][]
  /** What was wrong with the history of some request. */
  readonly faults: string[]
  /** Sockets that the other side closed while an answer was under way. */
  cut: number
  next(...scripts: readonly Script[]): void
  close(): Promise<void>
}

export const startModel = async (): Promise<Model> => {
  const queue: Script[] = []
  const told: Said[] = []
  const kept: Kept = new Map()
  const model: Omit<Model, 'url' | 'port'> & { cut: number } = {
    bodies: [],
    headers: [],
    faults: [],
    cut: 0,
    next: (...scripts) => void queue.push(...scripts),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  let serial = 0
  const server: Server = createServer((req, res) => {
    const parts: Buffer[] = []
    req.on('data', (part: Buffer) => parts.push(part))
    req.on('end', () => {
      const bytes = Buffer.concat(parts)
      const name = nameOf(req.url ?? '')
      model.bodies.push(bytes)
      model.headers.push(req.headers)
      const body = JSON.parse(bytes.toString()) as Dict
      const fault =
        name === 'openai-responses'
          ? (keptFault(body, kept) ?? historyFault(name, body, told))
          : historyFault(name, body, told)
      if (fault !== undefined) model.faults.push(`request ${model.bodies.length}: ${fault}`)
      const script = queue.shift() ?? { parts: [{ say: 'no script' }] }
      res.on('close', () => {
        if (!res.writableFinished) model.cut++
      })
      if (script.status !== undefined) return refuse(res, name, script.status)
      const ref = [...bytes.toString().matchAll(/id ([0-9a-f]{16})/g)].at(-1)?.[1] ?? '0'.repeat(16)
      const turn = script.parts.map((part) => ({
        part: withRef(part, ref),
        id: `call_${String(++serial).padStart(4, '0')}Ab`,
      }))
      told.push(saidOf(turn))
      const stream = body.stream === true || /:stream/.test(req.url ?? '')
      const one: Answer = { name, turn, script, stream, id: `r${model.bodies.length}` }
      if (name === 'openai-responses') keep(kept, whole[name](one).output)
      answer(res, one)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return Object.assign(model, { port, url: `http://127.0.0.1:${port}` })
}

const nameOf = (url: string): Name => {
  if (/\/messages/.test(url)) return 'anthropic'
  if (/chat\/completions/.test(url)) return 'openai-chat'
  return /responses/.test(url) ? 'openai-responses' : 'gemini'
}

const withRef = (part: Part, ref: string): Part =>
  'own' in part ? { ...part, own: JSON.parse(JSON.stringify(part.own).replaceAll('$REF', ref)) as object } : part

/** Items by id, each with the one that followed it. */
type Kept = Map<string, { readonly item: Dict; readonly next: Dict | undefined }>

const keep = (kept: Kept, items: readonly Dict[]): void => {
  for (const [index, item] of items.entries()) kept.set(item.id, { item, next: items[index + 1] })
}

/** Puts items in the place of their ids, and refuses what the real one refuses of them. */
const keptFault = (body: Dict, kept: Kept): string | undefined => {
  if (!Array.isArray(body.input)) return undefined
  const unknown = list(body.input).find((item) => item.type === 'item_reference' && !kept.has(item.id))
  if (unknown !== undefined) return `item ${unknown.id} is not kept here`
  const input = list(body.input).map((item) => (item.type === 'item_reference' ? kept.get(item.id)!.item : item))
  body.input = input
  for (const [index, { type, id }] of input.entries()) {
    const [next, now] = [kept.get(id)?.next, input[index + 1]]
    const isFollowed = next?.call_id === undefined ? now?.id === next?.id : now?.call_id === next.call_id
    if (type === 'reasoning' && next !== undefined && !isFollowed)
      return `reasoning ${id} was provided without its required following item`
  }
  return undefined
}

/** Turns of the model in a request, and the ids that each is answered with before the model speaks again. */
interface Heard extends Said {
  readonly answers: string[]
}

const historyFault = (name: Name, body: Dict, told: readonly Said[]): string | undefined => {
  const heard = hearing[name](body)
  let from = 0
  for (const [index, turn] of heard.entries()) {
    const at = told.findIndex((one, position) => position >= from && same(one, turn, name))
    if (at === -1) return `turn ${index} is none that I said: ${JSON.stringify(turn).slice(0, 400)}`
    from = at + 1
    const ids = turn.calls.map((call) => (name === 'gemini' ? call.name : call.id)).sort()
    if (JSON.stringify(ids) !== JSON.stringify([...turn.answers].sort()))
      return `calls ${ids} of turn ${index} are answered by ${turn.answers}`
  }
  return undefined
}

const same = (told: Said, heard: Said, name: Name): boolean =>
  told.text.replace(/\s+/g, '') === heard.text.replace(/\s+/g, '') &&
  JSON.stringify(told.calls.map((call) => [name === 'gemini' ? '' : call.id, call.name, call.args])) ===
    JSON.stringify(heard.calls.map((call) => [name === 'gemini' ? '' : call.id, call.name, call.args])) &&
  (name === 'openai-chat' || JSON.stringify(told.thoughts) === JSON.stringify(heard.thoughts))

/** Turns of the model that a request holds. */
export const turnsIn = (name: Name, body: Buffer): number => hearing[name](JSON.parse(body.toString()) as Dict).length

/** The AI SDK sends a sentinel where the model gave none. */
const isSignature = (value: unknown): boolean => value !== undefined && value !== 'skip_thought_signature_validator'

const list = (value: unknown): Dict[] => (Array.isArray(value) ? value : [])

const hearing: Record<Name, (body: Dict) => Heard[]> = {
  anthropic: (body) =>
    list(body.messages).flatMap((message, index) => {
      if (message.role !== 'assistant') return []
      const blocks =
        typeof message.content === 'string' ? [{ type: 'text', text: message.content }] : list(message.content)
      const next = list(body.messages[index + 1]?.content)
      const results = next.findIndex((block) => block.type !== 'tool_result')
      return [
        {
          text: blocks.map((block) => block.text ?? '').join(''),
          thoughts: blocks.flatMap((block) =>
            block.type === 'thinking' && block.signature === `sig-${block.thinking}` ? [block.thinking as string] : [],
          ),
          calls: blocks.flatMap((block) =>
            block.type === 'tool_use' ? [{ id: block.id, name: block.name, args: block.input }] : [],
          ),
          answers: next.slice(0, results === -1 ? undefined : results).map((block) => block.tool_use_id as string),
        },
      ]
    }),
  'openai-chat': (body) =>
    list(body.messages).flatMap((message, index) => {
      if (message.role !== 'assistant') return []
      const answers: string[] = []
      for (let at = index + 1; body.messages[at]?.role === 'tool'; at++) answers.push(body.messages[at].tool_call_id)
      return [
        {
          text: message.content ?? '',
          thoughts: [],
          calls: list(message.tool_calls).map((call) => ({
            id: call.id,
            name: call.function.name,
            args: JSON.parse(call.function.arguments),
          })),
          answers,
        },
      ]
    }),
  'openai-responses': (body) => {
    const turns: (Omit<Heard, 'calls' | 'thoughts'> & { text: string; calls: Dict[]; thoughts: string[] })[] = []
    let open = false
    for (const item of list(body.input)) {
      const isModel = item.role === 'assistant' || item.type === 'reasoning' || item.type === 'function_call'
      if (isModel && !open) turns.push({ text: '', thoughts: [], calls: [], answers: [] })
      open = isModel
      const turn = turns.at(-1)
      if (item.type === 'function_call_output') turn?.answers.push(item.call_id)
      else if (item.role === 'assistant')
        turn!.text +=
          typeof item.content === 'string'
            ? item.content
            : list(item.content)
                .map((part) => part.text)
                .join('')
      else if (item.type === 'reasoning') turn!.thoughts.push(item.encrypted_content)
      else if (item.type === 'function_call')
        turn!.calls.push({ id: item.call_id, name: item.name, args: JSON.parse(item.arguments) })
    }
    return turns as unknown as Heard[]
  },
  gemini: (body) =>
    list(body.contents).flatMap((turn, index) => {
      if (turn.role !== 'model') return []
      const parts = list(turn.parts)
      return [
        {
          text: parts.map((part) => (part.thought ? '' : (part.text ?? ''))).join(''),
          thoughts: parts.flatMap((part) =>
            isSignature(part.thoughtSignature) ? [part.thoughtSignature as string] : [],
          ),
          calls: parts.flatMap((part) =>
            part.functionCall ? [{ id: '', name: part.functionCall.name, args: part.functionCall.args }] : [],
          ),
          answers: list(body.contents[index + 1]?.parts).flatMap((part) =>
            part.functionResponse ? [part.functionResponse.name as string] : [],
          ),
        },
      ]
    }),
}

const refuse = (res: ServerResponse, name: Name, status: number): void => {
  const error = { type: 'overloaded_error', message: 'try later' }
  const body = name === 'anthropic' ? { type: 'error', error } : { error: { ...error, code: status } }
  res.writeHead(status, { 'content-type': 'application/json', 'retry-after': '7' })
  res.end(JSON.stringify(body))
}

const written = ([event, data]: readonly [string, object | string]): Buffer =>
  Buffer.from(
    `${event === '' ? '' : `event: ${event}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`,
  )

/** A stream of these parts, as the model tells it. */
export const streamOf = (name: Name, parts: readonly Part[]): Buffer => {
  const turn = parts.map((part, index) => ({ part, id: `call_${index}Ab` }))
  return Buffer.concat(streamed[name]({ name, turn, script: { parts }, stream: true, id: 'r1' }).map(written))
}

/** Frames of bare blocks, one a chunk (RFC 8878, section 3.1.1). */
const zstdOf = (chunks: readonly Buffer[]): Buffer[] => [
  Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0x58]),
  ...[...chunks, Buffer.alloc(0)].map((chunk, index) => {
    const head = Buffer.alloc(3)
    head.writeUIntLE(chunk.length * 8 + (index === chunks.length ? 1 : 0), 0, 3)
    return Buffer.concat([head, chunk])
  }),
]

const encoded = (chunks: readonly Buffer[], { gzip, zstd }: Script): readonly Buffer[] => {
  if (gzip) return [gzipSync(Buffer.concat(chunks))]
  return zstd ? zstdOf(chunks) : chunks
}

const answer = (res: ServerResponse, one: Answer): void => {
  const { gzip, zstd, raw, awake, hangAfter } = one.script
  const encoding = gzip ? { 'content-encoding': 'gzip' } : zstd ? { 'content-encoding': 'zstd' } : {}
  const type = one.stream ? 'text/event-stream; charset=utf-8' : 'application/json'
  res.writeHead(200, { 'content-type': type, ...encoding })
  const said = one.stream
    ? streamed[one.name](one).map(written)
    : [Buffer.from(`${awake ? '\n \n' : ''}${JSON.stringify(whole[one.name](one))}`)]
  const chunks = encoded(raw === undefined ? said : [Buffer.from(raw)], one.script)
  for (const chunk of hangAfter === undefined ? chunks : chunks.slice(0, hangAfter)) res.write(chunk)
  if (hangAfter === undefined) res.end()
}

// The engine's side of a worker thread: answers calls in the order they come, each on its own.
import type { MessagePort } from 'node:worker_threads'
import { isSkip } from '../base/skip.js'
import type { Engine, EngineRequest } from '../spec/engine.js'
import type { Logger } from '../spec/logger.js'
import type { ByteEdit } from '../spec/wire.js'
import { decodeBody } from '../wire/encoding.js'
import { toShared } from './body.js'
import { compressJson } from './compress-call.js'
import { SharedLease } from './deadline.js'
import { offer } from './redeem/offer.js'
import type { Calls, FromWorker, HandedEdits, RunAnswer, ToWorker } from './worker-protocol.js'

/** Logs of the engine, handed to the main thread, which owns the terminal. */
export const portLogger =
  (port: MessagePort): Logger =>
  (level, message, fields) =>
    port.postMessage({ kind: 'log', level, message, ...(fields === undefined ? {} : { fields }) } satisfies FromWorker)

export const serveEngine = (port: MessagePort, engine: Engine): void => {
  const say = (message: FromWorker): void => port.postMessage(message)
  port.on('message', (message: ToWorker) => {
    if (message.call === 'settle') return engine.settle(message.requestId, message.status, message.usage)
    if (message.call === 'noteBreak') return engine.noteBreak(message.event)
    if (message.call === 'record') return engine.record(message.event)
    const { id } = message
    answer(engine, message, say).then(
      (value) => {
        say({ kind: 'value', id, value })
        if (message.call === 'close') port.close()
      },
      (error: unknown) => say({ kind: 'failed', id, message: String(error) }),
    )
  })
  say({ kind: 'ready' })
}

type Call = Exclude<ToWorker, { call: 'settle' | 'noteBreak' | 'record' }>

const answer = async (engine: Engine, message: Call, say: (message: FromWorker) => void): Promise<unknown> => {
  switch (message.call) {
    case 'run':
      return runLeased(engine, message.id, message.input, say)
    case 'stats':
      return engine.stats(message.input)
    case 'money':
      return engine.money(message.input)
    case 'retrieve':
      return engine.retrieve(message.input.ref, message.input.options)
    case 'explain':
      return engine.explain(message.input)
    case 'compressJson':
      return compressJson(engine, message.input)
    case 'decode':
      return decoded(message.input)
    case 'offer':
      return offer({ ...message.input, body: toShared(message.input.body) }, engine)
    case 'align':
      return engine.align(toShared(message.input))
    case 'remember':
      return engine.remember(message.input)
    case 'close':
      return engine.close()
  }
}

/**
 * The main thread has the replayed edits already, and settles by id: only what is new goes over. What happened to each
 * block stays here and in the ledger.
 */
const runLeased = async (engine: Engine, id: number, input: Calls['run'][0], say: Say): Promise<RunAnswer> => {
  const over: Over = { known: new Set(), decided: false }
  const { edits, report } = await engine.run(leased(id, input, say, over))
  return { handed: over.decided ? undefined : handed(edits, over), report: { ...report, blocks: [] } }
}

type Say = (message: FromWorker) => void

/** What has gone over to the main thread before the answer. */
interface Over {
  readonly known: Set<Uint8Array>
  decided: boolean
}

const handed = (edits: readonly ByteEdit[], { known }: Over): HandedEdits => {
  const fresh = edits.filter((edit) => !known.has(edit.bytes))
  const onTopOfReplayed = edits.length - fresh.length === known.size
  return { edits: onTopOfReplayed ? fresh : edits, onTopOfReplayed }
}

/** The body stays the shared memory of the main thread, as the Buffer that text decoding is fastest on. */
const leased = (id: number, { request, flag }: Calls['run'][0], say: Say, over: Over): EngineRequest => {
  const body = toShared(request.body)
  if (flag === undefined) return { ...request, body }
  const lease = new SharedLease(flag)
  return {
    ...request,
    body,
    lease: {
      replayed(edits) {
        const inTime = lease.replayed(edits)
        if (inTime) say({ kind: 'replayed', id, edits })
        if (inTime) for (const { bytes } of edits) over.known.add(bytes)
        return inTime
      },
      waiting: () => lease.waiting(),
      claim: () => lease.claim(),
      decided({ edits, rewrites }) {
        over.decided = true
        say({ kind: 'decided', id, handed: handed(edits, over), rewrites })
      },
    },
  }
}

const decoded = async ({ bytes, encoding, limitBytes }: Calls['decode'][0]): Promise<Calls['decode'][1]> => {
  const outcome = await decodeBody(toShared(bytes), encoding, limitBytes)
  return isSkip(outcome) ? undefined : { body: toShared(outcome.body) }
}

// One worker thread and the calls that wait for it. When it ends, every one of them fails at once.
import { Worker } from 'node:worker_threads'
import { HeadroomError } from '../base/errors.js'
import type { Logger } from '../spec/logger.js'
import type { ByteEdit } from '../spec/wire.js'
import type { SharedLease } from './deadline.js'
import type { CallName, Calls, FromWorker, HandedEdits, ToWorker, WorkerData } from './worker-protocol.js'

export interface WorkerLink {
  /** Calls that somebody waits for. A request whose edits are there is only being reported on. */
  readonly waiting: number
  readonly isReady: boolean
  readonly ended: boolean
  readonly ready: Promise<void>
  call<N extends CallName>(name: N, input: Calls[N][0], lease?: SharedLease): Promise<Calls[N][1]>
  post(message: ToWorker): void
  /** Ends the thread whatever it is doing. */
  kill(): void
}

interface Waiting {
  resolve(value: unknown): void
  reject(error: Error): void
  readonly lease: SharedLease | undefined
}

/** Puts the edits that came ahead of these back in, in order. */
export const whole = ({ edits, onTopOfReplayed }: HandedEdits, lease: SharedLease | undefined): readonly ByteEdit[] => {
  const earlier = lease?.delivered ?? []
  return onTopOfReplayed && earlier.length > 0 ? [...earlier, ...edits].sort((a, b) => a.start - b.start) : edits
}

export interface LinkOptions {
  readonly entry: URL
  readonly data: WorkerData
  readonly heapMb: number
  readonly logger: Logger
  onEnd(): void
}

export const openWorker = ({ entry, data, heapMb, logger, onEnd }: LinkOptions): WorkerLink => {
  const worker = new Worker(entry, {
    workerData: data,
    name: 'headroom-engine',
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  })
  const waiting = new Map<number, Waiting>()
  const awaited = new Set<number>()
  let nextId = 1
  let isReady = false
  let ended = false
  let markReady: () => void = () => undefined
  const ready = new Promise<void>((resolve) => {
    markReady = resolve
  })
  const end = (reason: string): void => {
    if (ended) return
    ended = true
    markReady()
    for (const { reject } of waiting.values()) reject(new HeadroomError('INTERNAL', reason))
    waiting.clear()
    awaited.clear()
    onEnd()
  }
  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'ready') {
      isReady = true
      return markReady()
    }
    if (message.kind === 'log') return logger(message.level, message.message, message.fields)
    const call = waiting.get(message.id)
    if (message.kind === 'replayed') return call?.lease?.deliver(message.edits)
    awaited.delete(message.id)
    if (message.kind === 'decided')
      return call?.lease?.decided({ edits: whole(message.handed, call.lease), rewrites: message.rewrites })
    waiting.delete(message.id)
    if (message.kind === 'value') call?.resolve(message.value)
    else call?.reject(new HeadroomError('INTERNAL', message.message))
  })
  worker.on('error', (error) => {
    logger('error', 'compression thread failed', { error: String(error) })
    end(`the compression thread failed: ${error.message}`)
  })
  worker.on('exit', () => end('the compression thread ended'))

  return {
    get waiting() {
      return awaited.size
    },
    get isReady() {
      return isReady
    },
    get ended() {
      return ended
    },
    ready,
    call(name, input, lease) {
      if (ended) return Promise.reject(new HeadroomError('INTERNAL', 'the compression thread has ended'))
      const id = nextId++
      return new Promise((resolve, reject) => {
        awaited.add(id)
        waiting.set(id, { resolve: resolve as Waiting['resolve'], reject, lease })
        worker.postMessage({ call: name, id, input })
      })
    },
    post: (message) => void (ended || worker.postMessage(message)),
    kill: () => void worker.terminate(),
  }
}

// One request's wait for the engine: whoever stops waiting first takes the flag, and both sides keep to it.
import type { Decided, EngineRequest, EngineResult, Lease } from '../spec/engine.js'
import type { ByteEdit } from '../spec/wire.js'
import type { EngineHost } from './options.js'
import type { Recent } from './recent-edits.js'

const OPEN = 0
const REPLAYED = 1
const ENGINE = 2
const HOST = 3

/** How a host stopped waiting: before the replayed edits were there, with them, or too late because the engine has claimed. */
export type GivenUp = 'early' | 'late' | 'claimed'

/** A lease whose flag lives in shared memory, so that its engine half may run in another thread. */
export class SharedLease implements Lease {
  readonly flag: Int32Array
  /** Resolves with the edits of earlier turns as soon as this side has them. */
  readonly edits: Promise<readonly ByteEdit[]>
  /** Resolves with all edits where they come ahead of the report. */
  readonly ready: Promise<Decided>
  #sent: Decided | undefined
  #ready: (sent: Decided) => void = () => undefined
  #delivered: readonly ByteEdit[] = []
  #deliver: (edits: readonly ByteEdit[]) => void = () => undefined

  constructor(flag: Int32Array = new Int32Array(new SharedArrayBuffer(4))) {
    this.flag = flag
    this.edits = new Promise((resolve) => {
      this.#deliver = resolve
    })
    this.ready = new Promise((resolve) => {
      this.#ready = resolve
    })
  }

  replayed(edits: readonly ByteEdit[]): boolean {
    if (!this.moved(OPEN, REPLAYED)) return false
    this.deliver(edits)
    return true
  }

  /** The edits have come over from the engine's thread, which moved the flag there. */
  deliver(edits: readonly ByteEdit[]): void {
    this.#delivered = edits
    this.#deliver(edits)
  }

  /** What has come over so far. */
  get delivered(): readonly ByteEdit[] {
    return this.#delivered
  }

  decided(sent: Decided): void {
    this.#sent = sent
    this.#ready(sent)
  }

  /** What `ready` has resolved with. */
  get sent(): Decided | undefined {
    return this.#sent
  }

  waiting(): boolean {
    return Atomics.load(this.flag, 0) !== HOST
  }

  claim(): boolean {
    return this.moved(REPLAYED, ENGINE)
  }

  /** The engine has not even handed over the edits of earlier turns. */
  isOpen(): boolean {
    return Atomics.load(this.flag, 0) === OPEN
  }

  giveUp(): GivenUp {
    if (this.moved(OPEN, HOST)) return 'early'
    return this.moved(REPLAYED, HOST) ? 'late' : 'claimed'
  }

  private moved(from: number, to: number): boolean {
    return Atomics.compareExchange(this.flag, 0, from, to) === from
  }
}

/** Longest wait for a result that the engine has claimed: one commit of a store. Chosen, not measured. */
export const CLAIMED_GRACE_MS = 500

/**
 * A process that has just started, or shares its home with another, may not know all forms of earlier turns. Sending a long conversation without them would
 * cost its whole cached prefix, so the wait for them, and for nothing else, may go on this long past the deadline.
 */
const PATIENCE_MS = 750
const PATIENCE_STEP_MS = 25

export interface Outcome {
  readonly edits: readonly ByteEdit[]
  readonly late: boolean
  /** The engine changed on purpose what was sent before, because nothing of it is cached or because that pays (B-5, B-6). */
  readonly rewrites: boolean
  /** The engine's own result, when it comes; undefined where it failed. */
  readonly result: Promise<EngineResult | undefined>
}

export interface Wait {
  readonly deadlineMs: number
  /** Edits that the previous turn of this conversation was sent with, as far as this body repeats it. */
  recent(): Recent
  onFailure(error: unknown): void
}

/** Never rejects. Without a result in time the edits are those of earlier turns, which must be sent again. */
export const runWithin = (host: Pick<EngineHost, 'run'>, request: EngineRequest, wait: Wait): Promise<Outcome> => {
  const lease = new SharedLease()
  const result = start(host, { ...request, lease }, wait.onFailure)
  // The engine is at work in its thread: this one finds meanwhile what it needs at the end in any case.
  wait.recent()
  return new Promise((resolve) => {
    const stop = (edits: readonly ByteEdit[]): void =>
      resolve({ edits: sound(edits, request.body), late: true, rewrites: false, result })
    let timer: NodeJS.Timeout | undefined
    const giveUp = (patienceMs: number): void => {
      const recent = wait.recent()
      if (!recent.complete && patienceMs > 0 && lease.isOpen()) {
        timer = setTimeout(() => giveUp(patienceMs - PATIENCE_STEP_MS), PATIENCE_STEP_MS)
        return
      }
      const given = lease.giveUp()
      if (given === 'early') stop(recent.edits)
      else if (given === 'late') void lease.edits.then(stop)
      else timer = setTimeout(() => void lease.edits.then(stop), CLAIMED_GRACE_MS)
    }
    timer = setTimeout(() => giveUp(PATIENCE_MS), wait.deadlineMs)
    const go = (edits: readonly ByteEdit[], rewrites: boolean): void => {
      clearTimeout(timer)
      resolve({ edits: sound(edits, request.body), late: false, rewrites, result })
    }
    void lease.ready.then(({ edits, rewrites }) => {
      if (lease.waiting()) go(edits, rewrites)
    })
    void result.then((value) => {
      const own = value === undefined || !lease.waiting() ? undefined : value
      go(own?.edits ?? wait.recent().edits, isRewrite(own?.report))
    })
  })
}

/** History that was changed on purpose, here or by another process. */
const isRewrite = (report: EngineResult['report'] | undefined): boolean =>
  report?.repack !== undefined || report?.tookOver === true

const start = async (
  host: Pick<EngineHost, 'run'>,
  request: EngineRequest,
  onFailure: (error: unknown) => void,
): Promise<EngineResult | undefined> => {
  try {
    const value: unknown = await host.run(request)
    if (isResult(value)) return value
    onFailure(new Error('the engine gave no result'))
  } catch (error) {
    onFailure(error)
  }
  return undefined
}

const isResult = (value: unknown): value is EngineResult =>
  typeof value === 'object' &&
  value !== null &&
  'edits' in value &&
  Array.isArray(value.edits) &&
  'report' in value &&
  typeof value.report === 'object' &&
  value.report !== null

/** Edits that lie in the body, in order and apart from each other; anything else counts as none. */
const sound = (edits: readonly ByteEdit[], body: Uint8Array): readonly ByteEdit[] => {
  let at = 0
  for (const edit of edits) {
    const fits = Number.isInteger(edit?.start) && Number.isInteger(edit.end) && edit.bytes instanceof Uint8Array
    if (!fits || edit.start < at || edit.end < edit.start || edit.end > body.length) return []
    at = edit.end
  }
  return edits
}

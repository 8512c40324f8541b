// One request's wait for the engine: whoever stops waiting first takes the flag, and both sides keep to it.
import type { EngineRequest, EngineResult, Lease } from '../spec/engine.js'
import type { ByteEdit } from '../spec/wire.js'
import type { EngineHost } from './options.js'

const OPEN = 0
const ENGINE = 1
const HOST = 2

/** A lease whose flag lives in shared memory, so that its engine half may run in another thread. */
export class SharedLease implements Lease {
  readonly flag: Int32Array
  #replayed: readonly ByteEdit[] = []

  constructor(flag: Int32Array = new Int32Array(new SharedArrayBuffer(4))) {
    this.flag = flag
  }

  get replayedEdits(): readonly ByteEdit[] {
    return this.#replayed
  }

  replayed(edits: readonly ByteEdit[]): void {
    this.#replayed = edits
  }

  claim(): boolean {
    return Atomics.compareExchange(this.flag, 0, OPEN, ENGINE) === OPEN
  }

  /** True: the body goes now, with the replayed edits. False: the engine was first and its result is on the way. */
  giveUp(): boolean {
    return Atomics.compareExchange(this.flag, 0, OPEN, HOST) === OPEN
  }
}

/** Longest wait for a result that the engine has claimed: one commit of a store. Chosen, not measured. */
export const CLAIMED_GRACE_MS = 500

export interface Outcome {
  readonly edits: readonly ByteEdit[]
  readonly late: boolean
  /** The engine's own result, when it comes; undefined where it failed. */
  readonly result: Promise<EngineResult | undefined>
}

/** Never rejects. Without a result in time the edits are those of earlier turns, which must be sent again. */
export const runWithin = (
  host: Pick<EngineHost, 'run'>,
  request: EngineRequest,
  deadlineMs: number,
  onFailure: (error: unknown) => void,
): Promise<Outcome> => {
  const lease = new SharedLease()
  const result = start(host, { ...request, lease }, onFailure)
  return new Promise((resolve) => {
    const stop = (): void => resolve({ edits: sound(lease.replayedEdits, request.body), late: true, result })
    let timer = setTimeout(() => {
      if (lease.giveUp()) stop()
      else timer = setTimeout(stop, CLAIMED_GRACE_MS)
    }, deadlineMs)
    void result.then((value) => {
      clearTimeout(timer)
      const edits = sound(value === undefined ? lease.replayedEdits : value.edits, request.body)
      resolve({ edits, late: false, result })
    })
  })
}

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

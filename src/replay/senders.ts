// What stands between client and provider in a replay: nothing, the engine under a policy, or an imitation of what
// simpler tools do. A form belongs to a piece of the request.

import type { Engine } from '../spec/engine.js'
import type { Repack } from '../spec/repack.js'
import type { BlockReport } from '../spec/report.js'
import { BASELINES, type BaselineName } from './baselines.js'
import type { Piece } from './piece.js'
import type { BuiltRequest } from './thread.js'

export type EnginePolicy = 'strict' | 'balanced' | 'max'
export type PolicyLabel = 'none' | EnginePolicy | BaselineName

export const POLICY_LABELS: readonly PolicyLabel[] = ['none', 'strict', 'balanced', 'max', 'headtail', 'minify']

export interface Sent {
  /** Text sent instead of a piece's result, by place in the request. */
  readonly forms: ReadonlyMap<number, string>
  readonly tookMs?: number
  /** What the engine says of a result, by place. */
  readonly blocks: ReadonlyMap<number, BlockReport>
  /** Why history was changed in this request. */
  readonly repack?: Repack['cause']
}

export interface Sender {
  readonly policy: PolicyLabel
  /** What is left out can be had again. */
  readonly givesBack: boolean
  /** @param atMs when the client sent it. */
  send(request: BuiltRequest, atMs: number): Promise<Sent>
  /** Nothing of the session will be sent again. */
  endSession?(): Promise<void>
  close(): Promise<void>
}

const UNCHANGED: Sent = { forms: new Map(), blocks: new Map() }

export const noSender: Sender = {
  policy: 'none',
  givesBack: true,
  send: async () => UNCHANGED,
  close: async () => undefined,
}

export const baselineSender = (policy: BaselineName): Sender => {
  const shorten = BASELINES[policy]
  const known = new WeakMap<Piece, string>()
  return {
    policy,
    givesBack: policy === 'minify',
    async send({ placed }) {
      const forms = new Map<number, string>()
      for (const [index, { piece }] of placed.entries()) {
        if (piece.result === undefined) continue
        const form = known.get(piece) ?? shorten(piece.result.text)
        known.set(piece, form)
        if (form !== piece.result.text) forms.set(index, form)
      }
      return { forms, blocks: new Map() }
    },
    close: async () => undefined,
  }
}

export interface EngineSetup {
  readonly policy: EnginePolicy
  readonly engine: Engine
  /** Milliseconds of a clock that only goes forward. */
  readonly clockMs: () => number
}

export const engineSender = ({ policy, engine, clockMs }: EngineSetup): Sender => ({
  policy,
  givesBack: true,
  async send(request) {
    const { dialect, body, model, session } = request
    const startedMs = clockMs()
    const { edits, report } = await engine.run({ dialect, body, model, session, loopback: true })
    const tookMs = clockMs() - startedMs
    const forms = new Map(
      edits.map(({ start, end, bytes }) => [
        placeOf(request, start, end),
        JSON.parse(Buffer.from(bytes).toString('utf8')) as string,
      ]),
    )
    const places = new Map(request.placed.map(({ element, part }, index) => [`${element}/${part}`, index]))
    const blocks = new Map(
      report.blocks.flatMap((block) => {
        const numbers = block.path.filter((step) => typeof step === 'number')
        const index = places.get(`${numbers[0]}/${numbers[1] ?? 0}`)
        return index === undefined ? [] : [[index, block] as const]
      }),
    )
    return { forms, tookMs, blocks, ...(report.repack === undefined ? {} : { repack: report.repack.cause }) }
  },
  close: () => engine.close(),
})

export interface SessionEngineSetup extends Omit<EngineSetup, 'engine'> {
  /** An engine of its own for each session, whose clock is the recording's; closing it removes what it kept. */
  open(nowMs: () => number): Promise<Engine>
}

/** One session's originals and memory at a time, however many sessions there are. */
export const sessionSender = ({ policy, open, clockMs }: SessionEngineSetup): Sender => {
  let current: Sender | undefined
  let nowMs = 0
  const endSession = async (): Promise<void> => {
    const ended = current
    current = undefined
    await ended?.close()
  }
  return {
    policy,
    givesBack: true,
    async send(request, atMs) {
      nowMs = atMs
      current ??= engineSender({ policy, engine: await open(() => nowMs), clockMs })
      return current.send(request, atMs)
    },
    endSession,
    close: endSession,
  }
}

/** The place whose result's literal is exactly these bytes of the body. An edit anywhere else is a defect of the engine. */
const placeOf = ({ placed }: BuiltRequest, start: number, end: number): number => {
  let [low, high] = [0, placed.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (placed[middle]!.start <= start) low = middle
    else high = middle - 1
  }
  const found = placed[low]
  const result = found?.piece.result
  if (result === undefined || found!.start + result.start !== start || found!.start + result.end !== end)
    throw new Error(`the engine edits bytes ${start} to ${end}, which are no result`)
  return low
}

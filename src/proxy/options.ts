// What the proxy is given and what it gives back. It knows the engine as a host: in this thread or in workers.
import type { AgentSpec } from '../spec/agent.js'
import type { Config } from '../spec/config.js'
import type { DriftWatch } from '../spec/drift.js'
import type { Engine } from '../spec/engine.js'
import type { Hook } from '../spec/hook.js'
import type { Logger } from '../spec/logger.js'
import type { Offer, OfferRequest } from './redeem/offer.js'

/** An answer in JSON, ready to be sent. */
export interface JsonAnswer {
  readonly status: number
  readonly json: string
}

/** The part of an engine that the proxy uses. A plain `Engine` is one; a worker host adds what must not run on the main thread. */
export interface EngineHost
  extends Pick<Engine, 'run' | 'settle' | 'stats' | 'retrieve' | 'explain' | 'close'>,
    Partial<
      Pick<
        Engine,
        'compress' | 'compressText' | 'money' | 'noteBreak' | 'recall' | 'remember' | 'record' | 'align' | 'isHeldOut'
      >
    > {
  /** Resolves when requests no longer wait for a start. */
  ready?(): Promise<void>
  /** Answers a body of `POST /headroom/compress`. */
  compressJson?(body: Uint8Array): Promise<JsonAnswer>
  /** What retrieval in the wire puts into a request, worked out off the main thread. */
  offer?(request: OfferRequest): Promise<Offer | undefined>
  /** Decodes a request body off the main thread; rejects when that is not possible. */
  decode?(bytes: Uint8Array, contentEncoding: string, limitBytes: number): Promise<{ body: Uint8Array } | undefined>
}

/** Proxies on the way to the upstream, as `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name them. */
export interface OutboundProxy {
  readonly https?: string
  readonly http?: string
  /** Comma-separated hosts that are reached directly; `*` for all. */
  readonly no?: string
}

export interface ProxyOptions {
  readonly config: Config
  /** Closed together with the proxy. */
  readonly host: EngineHost
  readonly logger?: Logger
  readonly hooks?: readonly Hook[]
  /** Explains losses of cached tokens; absent: nobody looks for them. */
  readonly drift?: DriftWatch
  /** Agents that the ledger tells apart by their User-Agent; libraries are known without. */
  readonly agents?: readonly Pick<AgentSpec, 'id' | 'userAgent'>[]
  /** HTML of the local page. */
  readonly page?: string
  readonly outbound?: OutboundProxy
  /** Longest wait for requests in flight when closing. */
  readonly drainMs?: number
  /** Printed by `/healthz`. */
  readonly version?: string
  /** Printed by `/healthz`, so that whoever started this very proxy can tell it from another. */
  readonly instance?: string
}

export interface RunningProxy {
  readonly url: string
  readonly host: string
  /** The port in use: another than configured where that one was taken. */
  readonly port: number
  close(): Promise<void>
}

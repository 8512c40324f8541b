import type { LogLevel } from './logger.js'
import type { PolicyName, PolicyRule } from './policy.js'
import type { RepackRule } from './repack.js'

/** Dollars per million tokens of one model. Absent classes cost what input costs. */
export interface ModelPrice {
  readonly input: number
  readonly output: number
  readonly cacheRead?: number
  readonly cacheWrite?: number
  /** Absent: twice the input where `cacheWrite` is there. */
  readonly cacheWrite1h?: number
}

/** By model id as sent; a `*` at the end stands for any rest. */
export type ModelPrices = Readonly<Record<string, ModelPrice>>

/** Every setting, resolved. The option table in `config/` names flag, environment variable, key, default and help of each. */
export interface Config {
  /** Folder of store, decisions and ledger; absolute. */
  readonly home: string
  readonly policy: PolicyName
  readonly rules: readonly PolicyRule[]
  /** The user's own prices; they count before the table's. */
  readonly prices?: ModelPrices
  readonly host: string
  readonly port: number
  /** Required where `host` is not loopback. */
  readonly token?: string
  /** Base URL, without a trailing slash; may hold a path prefix. */
  readonly upstreamAnthropic: string
  readonly upstreamOpenai: string
  readonly upstreamGemini: string
  /** Longest a request may wait for compression before its original goes. */
  readonly deadlineMs: number
  /** `wire`: where a request brings no retrieve tool of its own, the proxy offers one and answers its calls itself. */
  readonly retrieval: 'auto' | 'wire'
  readonly repack: RepackRule
  /** Share of sessions that pass untouched, so that the effect on the rest can be measured; 0 to 50. */
  readonly holdoutPercent: number
  /** `on`: volatile content of system prompts is moved to the tail of the conversation. */
  readonly alignPrefix: 'off' | 'on'
  /** `on`: `mcp wrap` leaves out of tool lists what they say twice or in too many blanks. */
  readonly trimTools: 'off' | 'on'
  /** Compression threads of the proxy. */
  readonly workers: number
  readonly storeMaxBytes: number
  readonly storeMaxAgeDays: number
  readonly logLevel: LogLevel
}

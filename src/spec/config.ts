import type { LogLevel } from './logger.js'
import type { PolicyName, PolicyRule } from './policy.js'

/** Every setting, resolved. The option table in `config/` names flag, environment variable, key, default and help of each. */
export interface Config {
  /** Folder of store, decisions and ledger; absolute. */
  readonly home: string
  readonly policy: PolicyName
  readonly rules: readonly PolicyRule[]
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
  /** Compression threads of the proxy. */
  readonly workers: number
  readonly storeMaxBytes: number
  readonly storeMaxAgeDays: number
  readonly logLevel: LogLevel
}

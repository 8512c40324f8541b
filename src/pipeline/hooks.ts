// Runs hooks in order. Before send a hook can only restore: what it returns is narrowed here, so any set of hooks is safe.
import { messageOf } from '../base/errors.js'
import type {
  Hook,
  InputCached,
  InputCompressed,
  InputReceived,
  InputRemembered,
  InputRouted,
  PostSend,
  PreSend,
  ResponseReceived,
} from '../spec/hook.js'
import type { Logger } from '../spec/logger.js'
import type { PolicyName } from '../spec/policy.js'

export interface HookRunner {
  inputReceived(event: InputReceived): { protect: ReadonlySet<number>; policy?: PolicyName }
  inputCached(event: InputCached): number
  inputRouted(event: InputRouted): ReadonlySet<number>
  inputCompressed(event: InputCompressed): ReadonlySet<number>
  inputRemembered(event: InputRemembered): void
  /** Some hook may have the original body sent. */
  readonly mayVeto: boolean
  /** False: the original body is sent. */
  preSend(event: PreSend): boolean
  postSend(event: PostSend): void
  responseReceived(event: ResponseReceived): void
}

const RANK: Record<PolicyName, number> = { strict: 0, balanced: 1, max: 2 }

export const hookRunner = (hooks: readonly Hook[], logger: Logger): HookRunner => {
  const ordered = [...hooks].sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
  /** Results of one stage; a hook that throws is skipped and reported. */
  const each = <T>(stage: string, call: (hook: Hook) => T | undefined): T[] =>
    ordered.flatMap((hook) => {
      try {
        const result = call(hook)
        return result === undefined ? [] : [result]
      } catch (error) {
        logger('warn', 'hook failed and was skipped', { hook: hook.name, stage, error: messageOf(error) })
        return []
      }
    })
  return {
    inputReceived(event) {
      const results = each('inputReceived', (hook) => hook.inputReceived?.(event))
      const policies = results.flatMap((result) => (result.policy ? [result.policy] : []))
      const lowest = policies.sort((a, b) => RANK[a] - RANK[b])[0]
      const protect = new Set(results.flatMap((result) => result.protect ?? []))
      return lowest === undefined ? { protect } : { protect, policy: lowest }
    },
    inputCached: (event) => Math.max(event.frozenUntil, ...each('inputCached', (hook) => hook.inputCached?.(event))),
    inputRouted: (event) => new Set(each('inputRouted', (hook) => hook.inputRouted?.(event)).flat()),
    inputCompressed: (event) => new Set(each('inputCompressed', (hook) => hook.inputCompressed?.(event)).flat()),
    inputRemembered: (event) => void each('inputRemembered', (hook) => hook.inputRemembered?.(event)),
    mayVeto: ordered.some(({ preSend }) => preSend !== undefined),
    preSend: (event) => !each('preSend', (hook) => hook.preSend?.(event)).includes(false),
    postSend: (event) => void each('postSend', (hook) => hook.postSend?.(event)),
    responseReceived: (event) => void each('responseReceived', (hook) => hook.responseReceived?.(event)),
  }
}

export const lowerPolicy = (a: PolicyName, b: PolicyName | undefined): PolicyName =>
  b !== undefined && RANK[b] < RANK[a] ? b : a

// The effect of compression, told from sessions that were left alone on purpose. Welch's interval on logarithms of the cost
// per request: costs of sessions spread over orders of magnitude (Welch, "The generalization of Student's problem", 1947).
import type { BilledRequest, Holdout } from '../spec/money.js'

/** Sessions on each side below which no number is told. Chosen: an interval of fewer is wider than any effect. */
const NEEDED_SESSIONS = 20
/** Shorter sessions say little about what a session costs. Chosen. */
const MIN_REQUESTS = 3
const CONFIDENCE = 0.95
/** Two-sided 95 % quantiles of Student's t from 1 degree of freedom on; beyond them the normal one is close enough. */
const T_95 = [12.71, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.179, 2.131, 2.101, 2.086, 2.06]
const T_95_AT = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 18, 20, 25]
const NORMAL_95 = 1.96

export interface BilledOnce {
  readonly request: Pick<BilledRequest, 'session' | 'arm'>
  /** Input cost of the request. */
  readonly paidMicroUsd: number
}

/** Undefined where nothing was held out. Sessions from other times, and those that changed sides, are on neither. */
export const holdoutOf = (requests: readonly BilledOnce[]): Holdout | undefined => {
  const sessions = new Map<string, { arms: Set<string>; costs: number[] }>()
  for (const { request, paidMicroUsd } of requests) {
    if (request.session === undefined) continue
    const session = sessions.get(request.session) ?? { arms: new Set(), costs: [] }
    session.arms.add(request.arm ?? 'none')
    session.costs.push(paidMicroUsd)
    sessions.set(request.session, session)
  }
  const all = [...sessions.values()]
  if (!all.some(({ arms }) => arms.has('held-out'))) return undefined
  const logs = (arm: string): number[] =>
    all.flatMap(({ arms, costs }) => {
      const mean = costs.reduce((sum, cost) => sum + cost, 0) / costs.length
      return costs.length >= MIN_REQUESTS && arms.size === 1 && arms.has(arm) && mean > 0 ? [Math.log(mean)] : []
    })
  const [heldOut, treated] = [logs('held-out'), logs('treated')]
  const counts = {
    heldOutSessions: heldOut.length,
    treatedSessions: treated.length,
    neededSessions: NEEDED_SESSIONS,
  }
  if (Math.min(heldOut.length, treated.length) < NEEDED_SESSIONS) return counts
  return { ...counts, effect: welch(treated, heldOut) }
}

const welch = (a: readonly number[], b: readonly number[]): NonNullable<Holdout['effect']> => {
  const [x, y] = [moments(a), moments(b)]
  const [p, q] = [x.variance / a.length, y.variance / b.length]
  const error = Math.sqrt(p + q)
  const freedom = error === 0 ? 1000 : (p + q) ** 2 / (p ** 2 / (a.length - 1) + q ** 2 / (b.length - 1))
  const reach = quantile(freedom) * error
  const change = (log: number): number => Math.expm1(log)
  const middle = x.mean - y.mean
  return { change: change(middle), low: change(middle - reach), high: change(middle + reach), confidence: CONFIDENCE }
}

/** Of the next smaller number of degrees in the table: never too narrow. */
const quantile = (freedom: number): number => {
  if (freedom >= 120) return NORMAL_95 + 0.02
  const at = T_95_AT.findLastIndex((degrees) => degrees <= freedom)
  return at === -1 ? T_95[0]! : T_95[at]!
}

const moments = (values: readonly number[]): { mean: number; variance: number } => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1)
  return { mean, variance }
}

// Sums of bills. Everything is added request by request, so that totals are the sums of what sessions show.

import type { CacheRules } from '../economics/cache-rules.js'
import { costOf, priceOf, weightsOf } from '../pricing/index.js'
import type { ModelPrices } from '../spec/config.js'
import type { Billed } from '../spec/money.js'
import type { Bill, PolicyResult, ReceiptCheck, Retrievals, Times } from './result.js'

export const NOTHING: Billed = { freshTokens: 0, readTokens: 0, writeTokens: 0, write1hTokens: 0, outputTokens: 0 }

export const addBilled = (a: Billed, b: Billed): Billed => ({
  freshTokens: a.freshTokens + b.freshTokens,
  readTokens: a.readTokens + b.readTokens,
  writeTokens: a.writeTokens + b.writeTokens,
  write1hTokens: a.write1hTokens + b.write1hTokens,
  outputTokens: a.outputTokens + b.outputTokens,
})

export const inputTokens = ({ freshTokens, readTokens, writeTokens, write1hTokens }: Billed): number =>
  freshTokens + readTokens + writeTokens + write1hTokens

export const emptyBill: Bill = {
  requests: 0,
  billed: NOTHING,
  inputMicroUsd: 0,
  outputMicroUsd: 0,
  unpricedRequests: 0,
  plainTokens: 0,
}

export const addBills = (a: Bill, b: Bill): Bill => ({
  requests: a.requests + b.requests,
  billed: addBilled(a.billed, b.billed),
  inputMicroUsd: a.inputMicroUsd + b.inputMicroUsd,
  outputMicroUsd: a.outputMicroUsd + b.outputMicroUsd,
  unpricedRequests: a.unpricedRequests + b.unpricedRequests,
  plainTokens: a.plainTokens + b.plainTokens,
})

export interface Pricing {
  readonly model: string
  readonly rules: CacheRules
  readonly atMs?: number | undefined
  readonly own: ModelPrices
}

/** One request as a bill. Where a model's writes have no price of their own they are plain input, and shown as such. */
export const billOf = (given: Billed, { model, rules, atMs, own }: Pricing): Bill => {
  const price = priceOf(model, atMs, own)
  const weights = price === undefined ? rules.weights : weightsOf(price)
  const billed =
    weights.write === 1 && weights.write1h === 1
      ? {
          ...given,
          freshTokens: given.freshTokens + given.writeTokens + given.write1hTokens,
          writeTokens: 0,
          write1hTokens: 0,
        }
      : given
  const cost = price === undefined ? { inputMicroUsd: 0, outputMicroUsd: 0 } : costOf(billed, price)
  return {
    requests: 1,
    billed,
    ...cost,
    unpricedRequests: price === undefined ? 1 : 0,
    plainTokens:
      billed.freshTokens +
      billed.readTokens * weights.read +
      billed.writeTokens * weights.write +
      billed.write1hTokens * weights.write1h,
  }
}

export const emptyRetrievals: Retrievals = { count: 0, billed: NOTHING, microUsd: 0, plainTokens: 0 }

export const emptyPolicy: PolicyResult = {
  ...emptyBill,
  resultTokensBefore: 0,
  resultTokensAfter: 0,
  changed: 0,
  leftOut: 0,
  repacks: { cold: 0, 'net-cost': 0 },
  retrievals: emptyRetrievals,
  lost: 0,
}

export const addPolicies = (a: PolicyResult, b: PolicyResult): PolicyResult => ({
  ...addBills(a, b),
  resultTokensBefore: a.resultTokensBefore + b.resultTokensBefore,
  resultTokensAfter: a.resultTokensAfter + b.resultTokensAfter,
  changed: a.changed + b.changed,
  leftOut: a.leftOut + b.leftOut,
  repacks: {
    cold: a.repacks.cold + b.repacks.cold,
    'net-cost': a.repacks['net-cost'] + b.repacks['net-cost'],
  },
  retrievals: {
    count: a.retrievals.count + b.retrievals.count,
    billed: addBilled(a.retrievals.billed, b.retrievals.billed),
    microUsd: a.retrievals.microUsd + b.retrievals.microUsd,
    plainTokens: a.retrievals.plainTokens + b.retrievals.plainTokens,
  },
  lost: a.lost + b.lost,
})

export const addChecks = (a: ReceiptCheck, b: ReceiptCheck): ReceiptCheck => ({
  requests: a.requests + b.requests,
  recorded: addBills(a.recorded, b.recorded),
  none: addBills(a.none, b.none),
  rulesAlone: addBills(a.rulesAlone, b.rulesAlone),
  rebuiltTokens: a.rebuiltTokens + b.rebuiltTokens,
  meanError: (a.meanError * a.requests + b.meanError * b.requests) / Math.max(1, a.requests + b.requests),
})

export const timesOf = (tookMs: readonly number[]): Times | undefined => {
  if (tookMs.length === 0) return undefined
  const sorted = [...tookMs].sort((a, b) => a - b)
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
  return { requests: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: sorted.at(-1)! }
}

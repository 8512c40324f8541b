// What compression did to the bill, from what providers reported. Every rule errs against us.
import type { Billed, BilledRequest, CostOf, Money, MoneyRow, Pricing } from '../spec/money.js'
import { holdoutOf } from './holdout.js'

/** Reason of the requests with which the proxy answers a call of its own retrieve tool. */
const FOLLOW_UP = 'retrieval-follow-up'
/** Sessions listed. */
const MOST_SESSIONS = 20
const NOTHING: Billed = { freshTokens: 0, readTokens: 0, writeTokens: 0, write1hTokens: 0, outputTokens: 0 }

export interface MoneyInput extends Pricing {
  readonly sinceMs: number
  readonly requests: readonly BilledRequest[]
  readonly unbilledRequests: number
  readonly isCut: boolean
}

/** O(requests). */
export const moneyOf = ({ requests, costOf, ...rest }: MoneyInput): Money => {
  const priced = requests.flatMap((request): Priced[] => {
    const amounts = amountsOf(request, costOf)
    return amounts === undefined ? [] : [{ request, amounts }]
  })
  const known = new Set(priced.map(({ request }) => request))
  const unknown = requests.filter((request) => !known.has(request))
  const dearest = (rows: readonly MoneyRow[]): MoneyRow[] =>
    [...rows].sort((a, b) => b.paidMicroUsd - a.paidMicroUsd || (a.name < b.name ? -1 : 1))
  const holdout = holdoutOf(priced.map(({ request, amounts }) => ({ request, paidMicroUsd: amounts.inputMicroUsd })))
  return {
    ...rest,
    basis: priced.some(({ request }) => request.basis === 'estimate') ? 'estimate' : 'exact-tokenizer',
    total: rowOf('total', priced),
    byDay: rowsBy(priced, ({ atMs }) => new Date(atMs).toISOString().slice(0, 10)).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    ),
    byModel: dearest(rowsBy(priced, ({ model }) => model)),
    bySession: dearest(rowsBy(priced, ({ session }) => session)).slice(0, MOST_SESSIONS),
    unpriced: {
      requests: unknown.length,
      models: [...new Set(unknown.map(({ model }) => model ?? 'not named'))].sort(),
    },
    ...(holdout === undefined ? {} : { holdout }),
  }
}

interface Amounts {
  readonly inputMicroUsd: number
  readonly paidMicroUsd: number
  readonly savedMicroUsd: number
  readonly costMicroUsd: number
}

interface Priced {
  readonly request: BilledRequest
  readonly amounts: Amounts
}

/**
 * What was left out would have been sent: in the request that first carried it as plain input, though a cache would have
 * billed it as a write; on later ones as a cached read where the request read its cache at all, else as plain input.
 */
const amountsOf = (request: BilledRequest, costOf: CostOf): Amounts | undefined => {
  const { model, billed, atMs } = request
  if (model === undefined) return undefined
  const cost = (tokens: Billed): number | undefined => costOf(model, tokens, atMs)?.inputMicroUsd
  const paid = costOf(model, billed, atMs)
  const own = cost(billed)
  if (paid === undefined || own === undefined) return undefined
  const paidMicroUsd = paid.inputMicroUsd + paid.outputMicroUsd
  if (request.reason === FOLLOW_UP)
    return { inputMicroUsd: own, paidMicroUsd, savedMicroUsd: 0, costMicroUsd: paidMicroUsd }
  const more = (newTokens: number, againTokens: number): number =>
    (cost(grown(billed, { newTokens, againTokens })) ?? own) - own
  const askedBack = more(request.askedNewTokens, request.askedAgainTokens)
  // To ask back takes a request more, which reads what this one read.
  const extraRequest = request.askedNewTokens > 0 ? (cost({ ...NOTHING, readTokens: billed.readTokens }) ?? 0) : 0
  return {
    inputMicroUsd: own,
    paidMicroUsd,
    savedMicroUsd: more(request.savedNewTokens, request.savedAgainTokens),
    costMicroUsd: askedBack + extraRequest + more(request.repackTokens, 0),
  }
}

const grown = (
  billed: Billed,
  { newTokens, againTokens }: { readonly newTokens: number; readonly againTokens: number },
): Billed =>
  billed.readTokens > 0
    ? { ...billed, freshTokens: billed.freshTokens + newTokens, readTokens: billed.readTokens + againTokens }
    : { ...billed, freshTokens: billed.freshTokens + newTokens + againTokens }

const rowOf = (name: string, priced: readonly Priced[]): MoneyRow => {
  const sum = (pick: (amounts: Amounts) => number): number =>
    priced.reduce((total, { amounts }) => total + pick(amounts), 0)
  const savedMicroUsd = sum((one) => one.savedMicroUsd)
  const costMicroUsd = sum((one) => one.costMicroUsd)
  return {
    name,
    requests: priced.length,
    paidMicroUsd: sum((one) => one.paidMicroUsd),
    savedMicroUsd,
    costMicroUsd,
    netMicroUsd: savedMicroUsd - costMicroUsd,
  }
}

const rowsBy = (priced: readonly Priced[], nameOf: (request: BilledRequest) => string | undefined): MoneyRow[] => {
  const groups = new Map<string, Priced[]>()
  for (const one of priced) {
    const name = nameOf(one.request)
    if (name === undefined) continue
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [one])
    else group.push(one)
  }
  return [...groups].map(([name, group]) => rowOf(name, group))
}

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
  const holdout = holdoutOf(priced.map(({ request, amounts }) => ({ request, paidMicroUsd: amounts.inputMicroUsd })))
  return {
    ...rest,
    basis: priced.some(({ request }) => request.basis === 'estimate') ? 'estimate' : 'exact-tokenizer',
    total: rowOf('total', priced),
    byDay: rowsBy(priced, ({ atMs }) => new Date(atMs).toISOString().slice(0, 10)).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    ),
    byModel: dearest(rowsBy(priced, ({ model }) => model ?? '')),
    byAgent: dearest(rowsBy(priced, ({ agent }) => agent ?? 'not named')),
    bySession: sessionRows(priced),
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
 * billed it as a write; on later ones as a cached read, unless the provider tells of no cache. Rates are those of the
 * request as it was: a larger one might have crossed into a dearer tier, which is not claimed.
 */
const amountsOf = (request: BilledRequest, costOf: CostOf): Amounts | undefined => {
  const { model, billed, atMs } = request
  const paid = model === undefined ? undefined : costOf(model, billed, atMs)
  if (model === undefined || paid === undefined) return undefined
  const paidMicroUsd = paid.inputMicroUsd + paid.outputMicroUsd
  if (request.reason === FOLLOW_UP)
    return { inputMicroUsd: paid.inputMicroUsd, paidMicroUsd, savedMicroUsd: 0, costMicroUsd: paidMicroUsd }
  const { freshTokens, readTokens, writeTokens, write1hTokens } = billed
  const all = Math.max(1, freshTokens + readTokens + writeTokens + write1hTokens)
  const rate = (classes: Partial<Billed>): number =>
    (costOf(model, { ...NOTHING, ...classes }, atMs)?.inputMicroUsd ?? 0) / all
  const fresh = rate({ freshTokens: all })
  const again = request.tellsReads ? rate({ readTokens: all }) : fresh
  const cost = (newTokens: number, againTokens: number): number => Math.round(newTokens * fresh + againTokens * again)
  // To ask back takes a request more, which sends all that this one did.
  const extraRequest = request.askedNewTokens > 0 ? cost(0, all) : 0
  return {
    inputMicroUsd: paid.inputMicroUsd,
    paidMicroUsd,
    savedMicroUsd: cost(request.savedNewTokens - request.repackSavedTokens, request.savedAgainTokens),
    costMicroUsd: cost(request.askedNewTokens, request.askedAgainTokens) + extraRequest + cost(request.repackTokens, 0),
  }
}

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

const dearest = (rows: readonly MoneyRow[]): MoneyRow[] =>
  [...rows].sort((a, b) => b.paidMicroUsd - a.paidMicroUsd || (a.name < b.name ? -1 : 1))

const sessionRows = (priced: readonly Priced[]): MoneyRow[] => {
  const named = priced.filter(({ request }) => request.session !== undefined)
  const listed = dearest(rowsBy(named, ({ session }) => session!)).slice(0, MOST_SESSIONS)
  const names = new Set(listed.map(({ name }) => name))
  const others = priced.filter(({ request: { session } }) => session === undefined || !names.has(session))
  return others.length === 0 ? listed : [...listed, rowOf('others', others)]
}

const rowsBy = (priced: readonly Priced[], nameOf: (request: BilledRequest) => string): MoneyRow[] => {
  const groups = new Map<string, Priced[]>()
  for (const one of priced) {
    const name = nameOf(one.request)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [one])
    else group.push(one)
  }
  return [...groups].map(([name, group]) => rowOf(name, group))
}

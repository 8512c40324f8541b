// What tokens of a model cost, from a table that is part of the package and from the user's own figures. Nothing is
// fetched, and a model that neither knows has no price.
import type { ModelPrice, ModelPrices } from '../spec/config.js'
import type { Billed, Cost, Weights } from '../spec/money.js'
import type { Match, Period, PricedModel, Rate } from './model.js'
import { PRICED_MODELS, PRICES_DATE } from './table.js'

export type { Period } from './model.js'
export { PRICES_DATE, PRICES_SOURCE } from './table.js'

export interface Price {
  /** Id in the table, or the user's own name. */
  readonly model: string
  /** `table`: list price; `user`: from the settings. */
  readonly source: 'table' | 'user'
  readonly period: Period
}

const ownPeriod = (rates: ModelPrice): Period => {
  const micro = (usd: number): number => Math.round(usd * 1_000_000)
  const { input, output, cacheRead, cacheWrite, cacheWrite1h } = rates
  return {
    input: micro(input),
    output: micro(output),
    ...(cacheRead === undefined ? {} : { read: micro(cacheRead) }),
    ...(cacheWrite === undefined ? {} : { write: micro(cacheWrite) }),
    ...(cacheWrite1h === undefined ? {} : { write1h: micro(cacheWrite1h) }),
  }
}

const ownName = (model: string, own: ModelPrices): string | undefined =>
  model in own ? model : Object.keys(own).find((name) => name.endsWith('*') && model.startsWith(name.slice(0, -1)))

/** The price that held at a time, or undefined: an unknown model has none. */
export const priceOf = (model: string, atMs?: number, own: ModelPrices = {}): Price | undefined => {
  const name = ownName(model, own)
  if (name !== undefined) return { model: name, source: 'user', period: ownPeriod(own[name]!) }
  const found = PRICED_MODELS.find((candidate) => isNamed(candidate, model))
  return found === undefined ? undefined : { model: found.id, source: 'table', period: periodAt(found, atMs) }
}

/** Routers and platforms put their own name before the model's, e.g. `openai/gpt-5`. */
const isNamed = ({ match, provider }: PricedModel, model: string): boolean =>
  matches(match, model) || (model.startsWith(`${provider}/`) && matches(match, model.slice(provider.length + 1)))

const matches = (match: Match, model: string): boolean => {
  if ('or' in match) return match.or.some((one) => matches(one, model))
  if ('and' in match) return match.and.every((one) => matches(one, model))
  if ('equals' in match) return model === match.equals
  if ('starts_with' in match) return model.startsWith(match.starts_with)
  if ('ends_with' in match) return model.endsWith(match.ends_with)
  if ('contains' in match) return model.includes(match.contains)
  return new RegExp(match.regex).test(model)
}

/** Periods come oldest first. Without a time the newest one that has begun by the date of the table holds. */
const periodAt = ({ periods }: PricedModel, atMs?: number): Period => {
  const day = atMs === undefined ? PRICES_DATE : new Date(atMs).toISOString().slice(0, 10)
  return periods.filter(({ from }) => from === undefined || from <= day).at(-1) ?? periods[0]!
}

/** Whole micro-dollars of one request. Tiers go by all its input tokens. */
export const costOf = (billed: Billed, { period }: Price): Cost => {
  const { freshTokens, readTokens, writeTokens, write1hTokens, outputTokens } = billed
  const inputTokens = freshTokens + readTokens + writeTokens + write1hTokens
  const of = (rate: Rate): number => {
    if (typeof rate === 'number') return rate
    return rate.tiers.filter(([from]) => inputTokens >= from).at(-1)?.[1] ?? rate.base
  }
  const input = of(period.input)
  const write = period.write === undefined ? input : of(period.write)
  const write1h = period.write1h === undefined ? (period.write === undefined ? input : 2 * input) : of(period.write1h)
  const read = period.read === undefined ? input : of(period.read)
  const inputCost = freshTokens * input + readTokens * read + writeTokens * write + write1hTokens * write1h
  return {
    inputMicroUsd: Math.round(inputCost / 1_000_000),
    outputMicroUsd: Math.round((outputTokens * of(period.output)) / 1_000_000),
  }
}

export const weightsOf = ({ period }: Price): Weights => {
  const base = (rate: Rate): number => (typeof rate === 'number' ? rate : rate.base)
  const input = base(period.input)
  const share = (rate: Rate | undefined, otherwise: number): number =>
    rate === undefined || input === 0 ? otherwise : base(rate) / input
  const write = share(period.write, 1)
  return { read: share(period.read, 1), write, write1h: share(period.write1h, period.write === undefined ? 1 : 2) }
}

// Own prices as written in a file: checked field by field, so that a misspelt class never silently costs nothing.
import type { ModelPrices } from '../spec/config.js'
import { nearest } from './nearest.js'

const CLASSES = ['input', 'output', 'cacheRead', 'cacheWrite', 'cacheWrite1h'] as const

/** Dollars per million tokens beyond which a figure is a slip of the unit. Chosen, not measured. */
const MOST_USD = 100_000

export type ReadPrices = { readonly prices: ModelPrices } | { readonly fault: string }

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const classFault = (where: string, name: string, usd: unknown): string | undefined => {
  if (!CLASSES.some((one) => one === name))
    return `${where}.${name}: is not one of ${CLASSES.join(', ')}; nearest is "${nearest(name, CLASSES)}"`
  return typeof usd === 'number' && usd >= 0 && usd <= MOST_USD
    ? undefined
    : `${where}.${name}: ${JSON.stringify(usd)} is not dollars per million tokens, e.g. 3 or 0.25`
}

export const readPrices = (value: unknown): ReadPrices => {
  if (!isObject(value)) return { fault: 'prices: must be an object, e.g. {"my-model": {"input": 3, "output": 15}}' }
  for (const [model, rates] of Object.entries(value)) {
    const where = `prices.${model}`
    if (!isObject(rates)) return { fault: `${where}: must be an object, e.g. {"input": 3, "output": 15}` }
    for (const [name, usd] of Object.entries(rates)) {
      const fault = classFault(where, name, usd)
      if (fault !== undefined) return { fault }
    }
    if (!('input' in rates) || !('output' in rates)) return { fault: `${where}: needs "input" and "output"` }
  }
  return { prices: value as ModelPrices }
}

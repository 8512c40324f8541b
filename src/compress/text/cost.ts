// Tokens of each unit, near enough to choose by: by character class, scaled so that they add up to the counted total.
import { KIND_OF_CHAR, PAIRED, SEPARATOR, TRIPLED } from '../../salience/prose/chars.js'
import type { Unit } from './units.js'

/** Tokens per character, measured on o200k; only their proportion counts. */
const RATE = (() => {
  const rate = new Float32Array(65_536)
  for (let code = 0; code < 65_536; code++) {
    const kind = KIND_OF_CHAR[code]
    if (code < 128) rate[code] = kind === SEPARATOR ? 0.5 : 0.21
    else rate[code] = kind === PAIRED ? 0.75 : kind === TRIPLED ? 0.45 : 0.35
  }
  for (let code = 48; code < 58; code++) rate[code] = 0.45
  rate[32] = 0.03
  rate[9] = 0.1
  rate[45] = 0.25
  rate[61] = 0.15
  return rate
})()

export const costsOf = (text: string, units: readonly Unit[], tokens: number): Float64Array => {
  const costs = new Float64Array(units.length)
  let total = 0
  units.forEach(({ start, end }, index) => {
    let cost = 0
    for (let at = start; at < end; at++) cost += RATE[text.charCodeAt(at)]!
    costs[index] = cost
    total += cost
  })
  const scale = total > 0 ? tokens / total : 0
  for (let index = 0; index < costs.length; index++) costs[index]! *= scale
  return costs
}

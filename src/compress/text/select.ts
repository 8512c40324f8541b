// Which units stay: musts, then by priority within the budget; gaps too small to pay for their marker are closed.
import type { Facts } from './facts.js'

/** A gap of fewer tokens is not worth its marker. */
export const MIN_GAP_TOKENS = 60
export const MARKER_TOKENS = 13
/** Of the first marker, which says where the rest is. */
const FIRST_MARKER_TOKENS = 16
const ROUNDS = 9

export interface Choice {
  readonly facts: Facts
  readonly costs: Float64Array
  readonly priority: Float64Array
  readonly must: Uint8Array
  readonly budgetTokens: number
}

export interface Chosen {
  readonly keep: Uint8Array
  readonly tokens: number
}

/** The longest beginning of the priority order that fits, found by halving. */
export const select = (choice: Choice): Chosen => {
  const { priority, must, facts } = choice
  const frames = framesOf(facts)
  const order = [...priority.keys()].filter((unit) => must[unit] === 0 && priority[unit]! > 0)
  order.sort((a, b) => priority[b]! - priority[a]! || a - b)
  let low = 0
  let high = order.length
  const all = closed(choice, frames, order, order.length)
  if (all.tokens <= choice.budgetTokens) return all
  let best = closed(choice, frames, order, 0)
  for (let round = 0; round < ROUNDS && low < high - 1; round++) {
    const middle = startingPoint(choice, order, { low, high, round })
    const tried = closed(choice, frames, order, middle)
    if (tried.tokens <= choice.budgetTokens) {
      low = middle
      best = tried
    } else high = middle
  }
  return facts.units.length === 0 ? { keep: new Uint8Array(0), tokens: 0 } : best
}

/** First guess: as many as their own costs allow; then halves. */
const startingPoint = (
  { costs, must, budgetTokens }: Choice,
  order: readonly number[],
  { low, high, round }: { low: number; high: number; round: number },
): number => {
  if (round > 0) return (low + high) >> 1
  let left = budgetTokens * 0.85
  must.forEach((is, unit) => {
    if (is === 1) left -= costs[unit]!
  })
  let at = 0
  while (at < order.length && left > 0) left -= costs[order[at++]!]!
  return Math.min(high - 1, Math.max(low + 1, at))
}

const closed = (choice: Choice, frames: Frames, order: readonly number[], count: number): Chosen => {
  const keep = Uint8Array.from(choice.must)
  for (let index = 0; index < count; index++) keep[order[index]!] = 1
  keepFrames(frames, keep)
  closeGaps(choice.costs, keep)
  return { keep, tokens: tokensOf(choice, keep) }
}

/** Where the units stand to each other, as arrays: the search for the cut goes over all units several times. */
interface Frames {
  readonly above: Int32Array
  /** First and last unit of the table or listing that the unit is part of; -1 for other units. */
  readonly first: Int32Array
  readonly last: Int32Array
}

const framesOf = ({ units }: Facts): Frames => {
  const above = Int32Array.from(units, (unit) => unit.above)
  const first = new Int32Array(units.length).fill(-1)
  const last = new Int32Array(units.length).fill(-1)
  for (let from = 0; from < units.length; ) {
    const { kind, block } = units[from]!
    let to = from
    while (units[to]?.block === block) to++
    if (kind === 'row' || kind === 'code') {
      first.fill(from, from, to)
      if (kind === 'code') last.fill(to - 1, from, to)
    }
    from = to
  }
  return { above, first, last }
}

/** With a unit stay the headings above it; with a table row its head, with a part of a listing its fences. */
const keepFrames = ({ above, first, last }: Frames, keep: Uint8Array): void => {
  for (let index = keep.length - 1; index >= 0; index--) {
    if (keep[index] === 0) continue
    if (last[index] !== -1) keep[last[index]!] = 1
    if (first[index] !== -1) keep[first[index]!] = 1
    // Headings stand before their units, so theirs are reached later.
    if (above[index] !== -1) keep[above[index]!] = 1
  }
}

const closeGaps = (costs: Float64Array, keep: Uint8Array): void => {
  for (let from = 0; from < keep.length; ) {
    if (keep[from] === 1) {
      from++
      continue
    }
    let to = from
    let tokens = 0
    while (to < keep.length && keep[to] === 0) tokens += costs[to++]!
    if (tokens < MIN_GAP_TOKENS) keep.fill(1, from, to)
    from = to
  }
}

const tokensOf = ({ costs }: Choice, keep: Uint8Array): number => {
  let tokens = 0
  let gaps = 0
  for (let unit = 0; unit < keep.length; unit++) {
    if (keep[unit] === 1) tokens += costs[unit]!
    else if (unit === 0 || keep[unit - 1] === 1) gaps++
  }
  return tokens + gaps * MARKER_TOKENS + (gaps > 0 ? FIRST_MARKER_TOKENS : 0)
}

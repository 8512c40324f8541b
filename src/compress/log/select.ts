// From claims to kept lines under a token budget.
import { ALWAYS, type Claims, LEAST, STRONG } from './claims.js'
import type { Facts } from './facts.js'
import type { Scan } from './scan.js'

/** Tokens of a gap's marker on its own line, by estimate. */
export const MARKER_TOKENS = 14
/** Strong claims may take this many of our own budgets, and of one that a caller set. */
const STRONG_SHARE = 1.6
const STRONG_SHARE_SET = 1.2

/** Gaps up to this many tokens are shown: the marker would save next to nothing and breaks the reading. */
const SMALL_GAP = 22

export interface Budget {
  readonly tokens: number
  /** Tokens that strong claims may take. */
  readonly most: number
  /** Estimated tokens by line, which add up to the counted tokens of the text. */
  readonly cost: Float64Array
}

const lineCosts = (scan: Scan, tokens: number): Float64Array => {
  let sum = 0
  for (const weight of scan.weight) sum += weight
  return scan.weight.map((weight) => (weight * tokens) / (sum || 1))
}

/**
 * Soft goal where the caller has none: grows slower than the log; below some 950 tokens a share, so that small logs stay readable.
 * At 12 and at 10 all answers to the bench's logs stay inline, at 8 the first one is a retrieval away (November 2026).
 */
const defaultBudget = (tokens: number): number => Math.min(12 * tokens ** 0.575, tokens * SMALL_SHARE)
const SMALL_SHARE = 0.65

export const budgetOf = (facts: Facts, tokens: number, asked: number | undefined): Budget => {
  const cost = lineCosts(facts.scan, tokens)
  const goal = asked ?? defaultBudget(tokens - repeatedTokens(facts, cost))
  return { tokens: goal, most: goal * (asked === undefined ? STRONG_SHARE : STRONG_SHARE_SET), cost }
}

/** What a log would lose without the lines that say again what it has said, each stretch of them under a marker. */
const repeatedTokens = ({ repeats }: Facts, cost: Float64Array): number => {
  let tokens = 0
  repeats?.forEach((first, line) => {
    if (first === -1) return
    tokens += cost[line]!
    if (line === 0 || repeats[line - 1] === -1) tokens -= MARKER_TOKENS
  })
  return Math.max(0, tokens)
}

export const selectLines = (claims: Claims, budget: Budget): Uint8Array => {
  const n = claims.score.length
  const kept = new Uint8Array(n)
  const score = Float64Array.from(claims.score, (claim, line) =>
    claim >= ALWAYS ? claim : claim - lengthPenalty(budget.cost[line]!),
  )
  const order: number[] = []
  for (let line = 0; line < n; line++) if (score[line]! >= LEAST) order.push(line)
  order.sort((a, b) => score[b]! - score[a]! || a - b)
  let used = 0
  for (const line of order) {
    const limit = score[line]! >= STRONG ? budget.most : budget.tokens
    const cost = budget.cost[line]! + markerChange(kept, line)
    if (score[line]! < ALWAYS && used + cost > limit) continue
    kept[line] = 1
    used += cost
  }
  closeSmallGaps(kept, budget)
  return kept
}

/** A very long line must want its place more than short ones. */
const lengthPenalty = (tokens: number): number => (tokens <= 150 ? 0 : Math.min(200, (tokens - 150) / 4))

const markerChange = (kept: Uint8Array, line: number): number => {
  const before = line === 0 || kept[line - 1] === 1
  const after = line === kept.length - 1 || kept[line + 1] === 1
  return before && after ? -MARKER_TOKENS : before || after ? 0 : MARKER_TOKENS
}

/** A gap that costs less than its marker is no gap. */
const closeSmallGaps = (kept: Uint8Array, budget: Budget): void => {
  for (let line = 0; line < kept.length; ) {
    if (kept[line]) {
      line++
      continue
    }
    let end = line
    let cost = 0
    while (end < kept.length && !kept[end]) cost += budget.cost[end++]!
    if (cost <= SMALL_GAP) kept.fill(1, line, end)
    line = end
  }
}

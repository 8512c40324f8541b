// Most worth within a budget of tokens: what renderings are worth, which sizes to try, which one to take for each block.
import type { BudgetSolver } from '../spec/budget.js'
import { choose } from './choose.js'
import { type ImportanceOf, worthLeft, worthOf } from './worth.js'

/** Goals between the two ends; with least, default, lossless and original a ladder has up to 7 rungs. */
const GOALS = 3
/** Below this ratio there is nothing worth trying between two sizes. */
const LEAST_RATIO = 1.3

/** `importance(query)` says how much a line matters to whoever asks that, beside an ordinary line. */
export const createBudgetSolver = (importance: (query: string | undefined) => ImportanceOf): BudgetSolver => ({
  worthOf: (text, query) => worthOf(text, importance(query)),
  worthLeft,
  goalsBetween: (leastTokens, mostTokens) => {
    if (leastTokens < 1 || mostTokens < leastTokens * LEAST_RATIO) return []
    const ratio = mostTokens / leastTokens
    return Array.from({ length: GOALS }, (_, at) => Math.round(leastTokens * ratio ** ((at + 1) / (GOALS + 1))))
  },
  choose,
})

// Renderings of one block at several sizes, each through every check: original, exact, and lossy ones of a few goals.
import type { Rung, TextWorth } from '../spec/budget.js'
import { type BlockContext, type BlockOutcome, compressRouted, formsOf, isForm, isKept, type NewForm } from './block.js'
import type { PipelineParts } from './parts.js'
import type { Considered } from './reopened.js'

export interface Ladder {
  readonly outcomes: readonly BlockOutcome[]
  /** By outcome. */
  readonly rungs: readonly Rung[]
}

/** The caller's budget is for the whole, so no compressor is told it: it gets goals of its own. */
const withGoal = ({ budgetTokens: _, ...context }: BlockContext, goal?: number): BlockContext =>
  goal === undefined ? context : { ...context, budgetTokens: goal }

export interface Place {
  /** Text as it came. */
  readonly text: string
  /** Candidates that come after this block. */
  readonly blocksAfter: number
}

/** At most seven rungs a compressor; a block that may not change has one. Calls each compressor up to six times. */
export const ladderOf = (
  parts: PipelineParts,
  { outcome, context }: Considered,
  { text, blocksAfter }: Place,
): Ladder => {
  if (isKept(outcome)) return { outcomes: [outcome], rungs: [{ tokens: context.tokenizer.count(text), value: 0 }] }
  const forms = allForms(parts, outcome, context)
  const { tokensBefore, detection, peeled } = outcome
  const whole: BlockOutcome =
    forms.length === 0
      ? compressRouted(parts, outcome, withGoal(context))
      : { skip: 'within-budget', detection, tokensBefore }
  const worth = parts.budget.worthOf(peeled.inner, context.query)
  const rungOf = (tokens: number, { leftOut = [] }: Pick<NewForm, 'leftOut'>): Rung => ({
    tokens,
    value: parts.budget.worthLeft({ worth, leftOut, tokensBefore, blocksAfter }),
  })
  return {
    outcomes: [whole, ...forms],
    rungs: [rungOf(tokensBefore, {}), ...forms.map((form) => rungOf(form.tokensAfter, form))],
  }
}

type Open = Exclude<Considered['outcome'], { readonly skip: unknown }>

const allForms = (parts: PipelineParts, routed: Open, context: BlockContext): NewForm[] => {
  const exact = exactForms(parts, routed, context)
  if (!routed.route.mayElide) return exact
  const lossy = (goal?: number): NewForm[] => formsOf(parts, routed, withGoal(context, goal)).filter(isForm)
  const [least, usual] = [lossy(1), lossy()]
  const sizes = (forms: readonly NewForm[]): number[] => forms.map(({ tokensAfter }) => tokensAfter)
  const goals = parts.budget.goalsBetween(
    Math.min(routed.tokensBefore, ...sizes(least)),
    Math.min(routed.tokensBefore, ...sizes(exact)),
  )
  return [...exact, ...usual, ...least, ...goals.flatMap(lossy)]
}

const exactForms = (parts: PipelineParts, routed: Open, context: BlockContext): NewForm[] =>
  formsOf(parts, { ...routed, route: { ...routed.route, mayElide: false } }, withGoal(context)).filter(isForm)

/** Goals tried for a single text before the least; each is at most this part of the one before. */
const TRIES = 4
const SHRINK = 0.7
/** Aimed below what would do by proportion: must-keeps do not shrink along. */
const AIM = 0.95
/** Goals tried between one that fits and one that does not, while the form is smaller than this part of the budget. */
const REFINES = 3
const NEAR = 0.9

/** Forms of one goal, and the best of those that fit. */
interface Tried {
  readonly forms: readonly NewForm[]
  readonly fitting: NewForm | undefined
}

/**
 * The form of a single text under a budget: whole where that fits, else the one of most worth that was found to fit, else the
 * smallest there is. Calls each compressor up to nine times.
 */
export const formWithin = (parts: PipelineParts, routed: Open, context: BlockContext): BlockOutcome => {
  const budgetTokens = context.budgetTokens ?? routed.tokensBefore
  const exact = smallest(exactForms(parts, routed, context))
  if (exact !== undefined && exact.tokensAfter <= budgetTokens) return exact
  const { tokensBefore, detection, peeled, route } = routed
  if (tokensBefore <= budgetTokens) return { skip: 'within-budget', detection, tokensBefore }
  const worth = parts.budget.worthOf(peeled.inner, context.query)
  const tryGoal = (goal: number): Tried => {
    const forms = formsOf(parts, routed, withGoal(context, goal)).filter(isForm)
    const fits = forms.filter(({ tokensAfter }) => tokensAfter <= budgetTokens)
    return { forms, fitting: mostWorth(parts, worth, fits) }
  }
  const seen: NewForm[] = exact === undefined ? [] : [exact]
  let tooMuch = tokensBefore
  for (let [goal, tries] = [Math.floor(budgetTokens), TRIES]; route.mayElide && tries >= 0; tries--) {
    if (tries === 0) goal = 1
    const { forms, fitting } = tryGoal(goal)
    if (fitting !== undefined) {
      const found = nearer({ fitting, goal, tooMuch, budgetTokens }, (next) => tryGoal(next).fitting)
      return mostWorth(parts, worth, found) ?? fitting
    }
    tooMuch = goal
    seen.push(...forms)
    const nearest = smallest(forms)?.tokensAfter
    const share = nearest === undefined ? SHRINK : Math.min(SHRINK, (budgetTokens / nearest) * AIM)
    goal = Math.max(1, Math.floor(goal * share))
  }
  return smallest(seen) ?? compressRouted(parts, routed, withGoal(context))
}

interface Found {
  readonly fitting: NewForm
  /** The goal that gave it. */
  readonly goal: number
  /** A larger goal that gives nothing that fits. */
  readonly tooMuch: number
  readonly budgetTokens: number
}

/** Forms that fit, of goals between the two: by proportion where that lies between them, else half way in ratio. */
const nearer = (
  { fitting, goal, tooMuch, budgetTokens }: Found,
  fittingOf: (goal: number) => NewForm | undefined,
): NewForm[] => {
  const found = [fitting]
  let [low, high, tokens] = [goal, tooMuch, fitting.tokensAfter]
  for (let tries = REFINES; tries > 0 && tokens < budgetTokens * NEAR; tries--) {
    const middle = Math.sqrt(low * high)
    const aimed = low * (budgetTokens / tokens) * AIM
    const next = Math.floor(aimed > low && aimed < high ? aimed : middle)
    if (next <= low || next >= high) break
    const form = fittingOf(next)
    if (form === undefined) high = next
    else {
      // The same for a larger goal: mostly the compressor is not bound by it.
      if (form.text === found.at(-1)!.text) break
      found.push(form)
      low = next
      tokens = form.tokensAfter
    }
  }
  return found
}

const smallest = (forms: readonly NewForm[]): NewForm | undefined =>
  forms.reduce<NewForm | undefined>(
    (best, form) => (best === undefined || form.tokensAfter < best.tokensAfter ? form : best),
    undefined,
  )

const mostWorth = (parts: PipelineParts, worth: TextWorth, forms: readonly NewForm[]): NewForm | undefined => {
  const worthLeft = ({ leftOut = [], tokensBefore }: NewForm): number =>
    parts.budget.worthLeft({ worth, leftOut, tokensBefore, blocksAfter: 0 })
  return forms.reduce<NewForm | undefined>(
    (best, form) => (best === undefined || worthLeft(form) > worthLeft(best) ? form : best),
    undefined,
  )
}

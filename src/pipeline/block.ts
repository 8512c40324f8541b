// One text through detect, route, compress and every check. Decides nothing for good and stores nothing.

import { refOf } from '../base/hash.js'
import { countLines } from '../base/lines.js'
import { elides, planFault, render } from '../base/plan.js'
import { isSkip, skip } from '../base/skip.js'
import type { CompressInput, Compressor } from '../spec/compressor.js'
import type { Detection, Origin } from '../spec/content.js'
import type { Plan, Span } from '../spec/plan.js'
import type { Policy, WayBack } from '../spec/policy.js'
import type { Base } from '../spec/reference.js'
import type { Skip } from '../spec/skip.js'
import type { MarkerTarget, Ref } from '../spec/store.js'
import type { Tokenizer } from '../spec/tokenizer.js'
import { guardBlock } from './guard.js'
import type { ChosenRoute, PeeledText, PipelineParts } from './parts.js'

export interface BlockContext {
  readonly origin: Origin
  readonly query?: string
  readonly budgetTokens?: number
  readonly tokenizer: Tokenizer
  readonly policy: Policy
  readonly wayBack: WayBack
  readonly offersEditTool: boolean
  readonly wholeText: boolean
  /** In which the tool's last result stands in this request. */
  readonly notation?: string
}

/** A new form that passed every check. `ref` is set where something was left out and the original must be stored first. */
export interface NewForm {
  readonly text: string
  readonly ref?: Ref
  readonly compressor: string
  readonly form: string
  readonly detection: Detection
  /** Stretches of the text inside its envelopes that it leaves out; absent: none. */
  readonly leftOut?: readonly Span[]
  /** What its references stand on. */
  readonly bases?: readonly Base[]
  readonly tokensBefore: number
  readonly tokensAfter: number
}

export interface KeptAsIs extends Skip {
  readonly detection?: Detection
  readonly tokensBefore: number
}

export type BlockOutcome = NewForm | KeptAsIs

/** Share of its tokens that a block must lose, marker included, to be replaced. */
const MIN_GAIN = 0.1
/** An estimate never decides alone near the limit, */
const ESTIMATE_MARGIN = 0.05
/** except where it speaks of more tokens than a marker and a retrieval cost together: it errs alike on both texts. */
const SURE_GAIN_TOKENS = 400
/** Below this a text cannot reach the 200-token floor: every token holds at least one UTF-16 unit. */
const FLOOR_CHARS = 200
const MAX_PEELS = 3
/** Longest text that is looked at; beyond, the original goes (time bound of the event loop's worker). */
const MAX_CHARS = 64 * 1024 * 1024

/** A text that may be compressed, and how. */
export interface Routed {
  readonly text: string
  readonly peeled: Peeled
  readonly detection: Detection
  readonly route: ChosenRoute
  /** That of the type, the specialist for what produced the text, and those of exact forms. */
  readonly compressors: readonly Compressor[]
  readonly tokensBefore: number
}

export const routeBlock = async (
  parts: PipelineParts,
  text: string,
  context: BlockContext,
): Promise<Routed | KeptAsIs> => {
  if (text.length < FLOOR_CHARS) return { ...skip('below-floor'), tokensBefore: context.tokenizer.count(text) }
  // Half a surrogate pair has no UTF-8 form, so the original could not come back exactly.
  if (/\p{Surrogate}/u.test(text))
    return { ...skip('not-parsable', 'half a surrogate pair'), tokensBefore: context.tokenizer.count(text) }
  if (text.length > MAX_CHARS) return { ...skip('too-large'), tokensBefore: 0 }
  if (readsExposed(parts.exposeDir, context.origin))
    return { ...skip('retrieved-content'), tokensBefore: context.tokenizer.count(text) }
  const tokensBefore = context.tokenizer.count(text)
  const refs = parts.markers.find(text).flatMap((marker) => (marker.ref === undefined ? [] : [marker.ref]))
  if (refs.length > 0 && (await holdsAny(parts, refs))) return { ...skip('contains-marker'), tokensBefore }
  const seen = guardBlock(parts.logger, () => {
    const peeled = peelAll(parts, text)
    return { peeled, detection: parts.detect(peeled.inner, context.origin) }
  })
  if (isSkip(seen)) return { ...seen, tokensBefore }
  const { peeled, detection } = seen
  const specialist = parts.compressors.find((candidate) => candidate.claims?.(context.origin))
  const exact = parts.compressors.filter((candidate) => candidate.exact && candidate.accepts.includes(detection.type))
  const route = parts.route({
    detection,
    tokens: tokensBefore,
    lines: countLines(peeled.inner),
    ...context,
    ...(specialist === undefined ? {} : { specialist: specialist.name }),
    ...(exact[0] === undefined ? {} : { exact: exact[0].name }),
  })
  if (isSkip(route)) return { ...route, detection, tokensBefore }
  const compressors = parts.compressors.filter(
    (candidate) => candidate === specialist || candidate.name === route.compressor || exact.includes(candidate),
  )
  // What is loaded on demand (grammars) serves forms that leave something out.
  if (route.mayElide) for (const { prepare } of compressors) await prepare?.(detection)
  return { text, peeled, detection, route, compressors, tokensBefore }
}

/** Tries the allowed forms, then the lossless ones; of those that pass every check the one of fewest tokens wins. */
export const compressRouted = (parts: PipelineParts, routed: Routed, context: BlockContext): BlockOutcome => {
  const attempts = routed.route.mayElide
    ? [routed, { ...routed, route: { ...routed.route, mayElide: false } }]
    : [routed]
  let refusal: Skip | undefined
  for (const attempt of attempts) {
    let best: NewForm | undefined
    for (const made of formsOf(parts, attempt, context)) {
      if (isSkip(made)) refusal ??= made
      else if (best === undefined || made.tokensAfter < best.tokensAfter) best = made
    }
    if (best !== undefined) return best
  }
  return { ...(refusal ?? skip('no-compressor')), detection: routed.detection, tokensBefore: routed.tokensBefore }
}

/** What each compressor makes of a text, or why not; exact ones take part only where nothing may be left out. */
export const formsOf = (parts: PipelineParts, routed: Routed, context: BlockContext): (NewForm | Skip)[] =>
  routed.compressors
    .filter(({ exact }) => !(exact && routed.route.mayElide))
    .map((compressor) => guardBlock(parts.logger, () => attemptForm(parts, compressor, { routed, context })))

export const isForm = (made: NewForm | Skip): made is NewForm => !isSkip(made)

export const isKept = (value: Routed | KeptAsIs): value is KeptAsIs => 'skip' in value

/** An original that the agent's own tool reads back must arrive whole. */
const readsExposed = (dir: string, { command, path }: Origin): boolean =>
  (command?.includes(dir) ?? false) || (path?.startsWith(dir) ?? false)

const holdsAny = async (parts: PipelineParts, refs: readonly Ref[]): Promise<boolean> => {
  for (const ref of refs) if (await parts.store.holds([ref])) return true
  return false
}

export interface Peeled {
  readonly inner: string
  wrap(inner: string): string
}

/** Innermost text and the way back to the outermost. */
export const peelAll = (parts: PipelineParts, text: string): Peeled => {
  const layers: { outer: string; layer: PeeledText }[] = []
  let inner = text
  while (layers.length < MAX_PEELS) {
    const layer = parts.peel(inner)
    if (layer === undefined || layer.inner === inner) break
    layers.push({ outer: inner, layer })
    inner = layer.inner
  }
  const wrap = (replacement: string): string =>
    layers.reduceRight(
      (value, { outer, layer }) => outer.slice(0, layer.start) + layer.wrap(value) + outer.slice(layer.end),
      replacement,
    )
  return { inner, wrap }
}

const attemptForm = (
  parts: PipelineParts,
  compressor: Compressor,
  { routed, context }: { readonly routed: Routed; readonly context: BlockContext },
): NewForm | Skip => {
  const { text, peeled, detection, route, tokensBefore } = routed
  const plan = compressor.compress(inputOf(routed, context, compressor))
  if (isSkip(plan)) return plan
  const fault = planFault(plan, peeled.inner)
  if (fault !== undefined) return skip('verification-failed', fault)
  const lossy = elides(plan)
  if (lossy && !route.mayElide) return skip('verification-failed', 'elided without leave')
  const ref = lossy ? refOf(text) : undefined
  const inner = renderWith(parts, plan, peeled.inner, ref === undefined ? undefined : targetOf(ref, context.wayBack))
  const refused = refusalOf(parts, compressor, { routed, plan, inner, query: context.query })
  if (refused) return refused
  const rendered = peeled.wrap(inner)
  const tokensAfter = context.tokenizer.count(rendered)
  const tooSmall = gainRefusal(tokensBefore, tokensAfter, lossy && !context.tokenizer.exact)
  if (tooSmall) return tooSmall
  const made = { text: rendered, compressor: compressor.name, form: plan.form, detection, tokensBefore, tokensAfter }
  if (ref === undefined) return made
  return { ...made, ref, leftOut: plan.segments.filter(({ kind }) => kind === 'elide') }
}

const inputOf = (
  { peeled, detection, route, tokensBefore }: Routed,
  context: BlockContext,
  { notations = [] }: Compressor,
): CompressInput => ({
  text: peeled.inner,
  type: detection.type,
  origin: context.origin,
  tokens: tokensBefore,
  protectedSpans: [],
  mayElide: route.mayElide,
  policy: route.policy,
  count: (value) => context.tokenizer.count(value),
  ...(detection.language === undefined ? {} : { language: detection.language }),
  ...(context.query === undefined ? {} : { query: context.query }),
  ...(context.notation !== undefined && notations.includes(context.notation) ? { notation: context.notation } : {}),
  ...(context.budgetTokens === undefined ? {} : { budgetTokens: context.budgetTokens }),
})

export const targetOf = (ref: Ref, wayBack: WayBack): MarkerTarget =>
  wayBack.kind === 'file' ? { ref, path: `${wayBack.dir}/${ref}.txt` } : { ref }

export const renderWith = (parts: PipelineParts, plan: Plan, text: string, target: MarkerTarget | undefined): string =>
  render(plan, text, (gap, first) => parts.markers.print(gap, first ? target : undefined))

interface Made {
  readonly routed: Routed
  readonly plan: Plan
  readonly inner: string
  readonly query: string | undefined
}

/** The compressor's own proof, then the independent oracle. */
const refusalOf = (
  parts: PipelineParts,
  compressor: Compressor,
  { routed, plan, inner, query }: Made,
): Skip | undefined => {
  if (compressor.verify && !compressor.verify(routed.peeled.inner, inner, plan))
    return skip('verification-failed', plan.form)
  if (!elides(plan)) return undefined
  const lost = parts.mustKeep(routed.peeled.inner, routed.detection, query).find((needle) => !inner.includes(needle))
  return lost === undefined ? undefined : skip('must-keep-lost', plan.form)
}

/** Exact forms cost no retrieval, so an estimate that errs alike on both texts may decide about them near the limit. */
export const gainRefusal = (before: number, after: number, margin: boolean): Skip | undefined => {
  if (after >= before) return skip('would-grow')
  if (after > before * (1 - MIN_GAIN)) return skip('gain-too-small')
  const isNear = before - after < SURE_GAIN_TOKENS && after > before * (1 - MIN_GAIN - ESTIMATE_MARGIN)
  if (margin && isNear) return skip('near-threshold')
  return undefined
}

// References as a last pass over a block: over its original and over what a compressor made of it; fewest tokens win.
import { refOf } from '../base/hash.js'
import { planFault } from '../base/plan.js'
import { isSkip } from '../base/skip.js'
import type { Detection } from '../spec/content.js'
import type { ReferRequest } from '../spec/reference.js'
import type { SkipCode } from '../spec/skip.js'
import type { Block } from '../spec/wire.js'
import {
  type BlockContext,
  type BlockOutcome,
  gainRefusal,
  type NewForm,
  peelAll,
  renderWith,
  targetOf,
} from './block.js'
import { guardBlock } from './guard.js'
import type { PipelineParts } from './parts.js'
import { type Shown, sourceOf } from './shown.js'

/** Texts that stay as they came for other reasons than that they must: a reference loses nothing, so it may stand in them. */
const REFERABLE: ReadonlySet<SkipCode> = new Set<SkipCode>([
  'no-compressor',
  'low-confidence',
  'verbatim-material',
  'no-way-back',
  'policy-lossless-only',
  'gain-too-small',
  'would-grow',
  'near-threshold',
  'not-parsable',
  'no-grammar',
  'nothing-to-drop',
  'must-keep-lost',
  'within-budget',
  'verification-failed',
])

/** Least number of characters that references can save 40 tokens of. */
const MIN_CHARS = 200

interface Referable {
  readonly block: Block
  readonly outcome: BlockOutcome
  readonly context: BlockContext
  /** Index of the block in its request. */
  readonly at: number
  /** What repeats an earlier run but for times and ids may be left out, under a note and with a way back. */
  readonly mayFold: boolean
}

/** True where references may stand in a block with this outcome. */
export const isReferable = ({ block, outcome }: Pick<Referable, 'block' | 'outcome'>): boolean =>
  block.text.length >= MIN_CHARS &&
  outcome.detection !== undefined &&
  (!('skip' in outcome) || REFERABLE.has(outcome.skip))

export const withReferences = (parts: PipelineParts, shown: Shown, referable: Referable): BlockOutcome => {
  const { outcome } = referable
  const made = guardBlock(parts.logger, () => bestForm(parts, shown, referable) ?? outcome)
  return isSkip(made) && made.skip === 'failed' ? outcome : (made as BlockOutcome)
}

const bestForm = (parts: PipelineParts, shown: Shown, referable: Referable): NewForm | undefined => {
  const { block, outcome, context } = referable
  const { detection } = outcome
  if (detection === undefined) return undefined
  const form = 'skip' in outcome ? undefined : outcome
  const again = referable.mayFold ? formOfRerun(parts, shown, referable, detection) : undefined
  const candidates = [
    again,
    ...(again === undefined ? [] : [formWith(parts, shown, referable, { text: again.text, detection, form: again })]),
    formWith(parts, shown, referable, { text: block.text, detection }),
    ...(form === undefined ? [] : [formWith(parts, shown, referable, { text: form.text, detection, form })]),
  ]
  let best = form
  for (const candidate of candidates) {
    if (candidate === undefined || candidate.tokensAfter >= (best?.tokensAfter ?? Number.POSITIVE_INFINITY)) continue
    const isEstimate = candidate.ref !== undefined && !context.tokenizer.exact
    if (gainRefusal(candidate.tokensBefore, candidate.tokensAfter, isEstimate) === undefined) best = candidate
  }
  return best === form ? undefined : best
}

interface Rendered {
  readonly text: string
  readonly detection: Detection
  /** What a compressor made; absent: the text as it came. */
  readonly form?: NewForm
}

const formWith = (
  parts: PipelineParts,
  shown: Shown,
  { block, outcome, context, at }: Referable,
  { text, detection, form }: Rendered,
): NewForm | undefined => {
  const source = peelAll(parts, block.text)
  const peeled = form === undefined ? source : peelAll(parts, text)
  if (peeled.wrap(peeled.inner) !== text) return undefined
  const referred = shown.refer({ ...requestFor({ block, context, at }, source.inner, detection), form: peeled.inner })
  if (referred === undefined) return undefined
  const written = peeled.wrap(referred.text)
  const { ref, compressor, form: name } = form ?? {}
  return {
    text: written,
    compressor: ref === undefined || compressor === undefined ? 'reference' : compressor,
    form: name === undefined ? 'reference' : `${name}+reference`,
    detection,
    bases: [...(form?.bases ?? []), ...referred.bases],
    tokensBefore: outcome.tokensBefore,
    tokensAfter: context.tokenizer.count(written),
    ...(ref === undefined ? {} : { ref }),
  }
}

const requestFor = (
  { block, context, at }: Pick<Referable, 'block' | 'context' | 'at'>,
  text: string,
  detection: Detection,
): ReferRequest => ({
  text,
  form: text,
  source: sourceOf(block),
  before: at,
  whole: detection.type === 'json' && /^\s*[[{"]/.test(text),
  isRun: block.origin.command !== undefined && RUNS.has(detection.type),
  count: (value) => context.tokenizer.count(value),
})

/** Types of what commands say about their own work; other output of a shell is material. */
const RUNS: ReadonlySet<Detection['type']> = new Set<Detection['type']>(['log', 'plain'])

/** The output of a command that ran before: what differs but in times and ids is left out. */
const formOfRerun = (
  parts: PipelineParts,
  shown: Shown,
  { block, outcome, context, at }: Referable,
  detection: Detection,
): NewForm | undefined => {
  const peeled = peelAll(parts, block.text)
  const request = requestFor({ block, context, at }, peeled.inner, detection)
  const again = request.isRun ? shown.rerun(request) : undefined
  if (again === undefined || planFault(again.plan, peeled.inner) !== undefined) return undefined
  const ref = refOf(block.text)
  const inner = renderWith(parts, again.plan, peeled.inner, targetOf(ref, context.wayBack))
  if (!parts.mustKeep(peeled.inner, detection, context.query).every((needle) => inner.includes(needle)))
    return undefined
  const text = peeled.wrap(inner)
  return {
    text,
    ref,
    compressor: 'reference',
    form: again.plan.form,
    detection,
    bases: again.bases,
    tokensBefore: outcome.tokensBefore,
    tokensAfter: context.tokenizer.count(text),
  }
}

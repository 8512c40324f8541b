// Provider tokens from local counts, by the receipts of a session (F-4): so many tokens for each of ours, so many for
// each piece, and what comes before the history. The rest, e.g. reminders that a client adds and does not record, is
// taken from the receipts where there are any.
import type { Dialect } from '../spec/wire.js'

/** One request with a receipt. */
export interface Sample {
  readonly thread: string
  readonly model: string
  /** Local tokens and pieces of the recorded history. */
  readonly local: number
  readonly pieces: number
  /** All input tokens of the receipt. */
  readonly billed: number
}

/**
 * Tokens that a provider adds for each block. Anthropic: least squares over receipts of recorded sessions of Claude
 * Code and pi gave 1 to 51, 26 in the longest one (199 requests; 2026-11-25). Others: three a message, as OpenAI's
 * guide to counting has it.
 */
const PIECE_TOKENS: Readonly<Record<Dialect, number>> = {
  anthropic: 26,
  'openai-chat': 3,
  'openai-responses': 3,
  gemini: 3,
}

export const pieceTokens = (dialect: Dialect): number => PIECE_TOKENS[dialect]

/** A growth of less than this is mostly the pieces' own tokens and says little about text. Chosen, not measured. */
const LEAST_GROWTH = 100

/** Growths from which a session has a slope of its own (F-4: within 5 % after 5 requests). */
const ENOUGH = 5

/** Outside this range a slope tells of texts that are not recorded, not of tokens. Chosen, not measured. */
const PLAUSIBLE = { least: 0.8, most: 1.4 }

/** How much more a request was billed than the one before, against how much the history grew. */
interface Growth {
  readonly ratio: number
  readonly weight: number
}

/** Slopes by model over all sessions so far; a session with few receipts goes by those before it. */
export class Slopes {
  readonly #byModel = new Map<string, Growth[]>()

  /** Adds a session's samples and gives the slopes that hold for it. */
  learn(dialect: Dialect, samples: readonly Sample[]): ReadonlyMap<string, number> {
    const slopes = new Map<string, number>()
    for (const [model, own] of growths(dialect, samples)) {
      const known = [...(this.#byModel.get(model) ?? []), ...own].slice(-MAX_KNOWN)
      this.#byModel.set(model, known)
      const used = own.length >= ENOUGH ? own : known
      if (used.length > 0) slopes.set(model, clamp(weightedMedian(used)))
    }
    return slopes
  }
}

/** Growths kept for a model. */
const MAX_KNOWN = 1000

const growths = (dialect: Dialect, samples: readonly Sample[]): ReadonlyMap<string, readonly Growth[]> => {
  const found = new Map<string, Growth[]>()
  const last = new Map<string, Sample>()
  for (const sample of samples) {
    const before = last.get(sample.thread)
    last.set(sample.thread, sample)
    if (before === undefined || before.model !== sample.model) continue
    const weight = sample.local - before.local
    const pieces = sample.pieces - before.pieces
    if (weight < LEAST_GROWTH || pieces <= 0) continue
    const ratio = (sample.billed - before.billed - pieces * PIECE_TOKENS[dialect]) / weight
    const own = found.get(sample.model) ?? []
    own.push({ ratio, weight })
    found.set(sample.model, own)
  }
  return found
}

/** Half of the grown tokens lie on either side: one long text that is not recorded moves it little. */
const weightedMedian = (values: readonly Growth[]): number => {
  const sorted = [...values].sort((a, b) => a.ratio - b.ratio)
  let rest = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2
  for (const { ratio, weight } of sorted) {
    rest -= weight
    if (rest <= 0) return ratio
  }
  return 1
}

const clamp = (slope: number): number => Math.min(PLAUSIBLE.most, Math.max(PLAUSIBLE.least, slope))

/** Tokens before the history of each thread: the middle one of what its receipts have beyond the history. */
export const headTokens = (
  dialect: Dialect,
  samples: readonly Sample[],
  slopeFor: (model: string) => number,
): ReadonlyMap<string, number> => {
  const rests = new Map<string, number[]>()
  for (const sample of samples) {
    const rest = sample.billed - slopeFor(sample.model) * sample.local - PIECE_TOKENS[dialect] * sample.pieces
    rests.set(sample.thread, [...(rests.get(sample.thread) ?? []), rest])
  }
  return new Map([...rests].map(([thread, own]) => [thread, Math.max(0, median(own))]))
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0

// Per kind of the corpus: tokens saved and by which class of loss, where the answers are, what retrievals cost, beside the baselines.
import type { CompressTextOptions, Engine } from 'headroom-ai'
import { BASELINES } from './baselines.js'
import type { Input, Probe } from './corpus.js'
import { withEngine } from './engine.js'
import { chargeFor, type Place } from './retrieval.js'
import { answers, median } from './score.js'
import { tokensOf } from './tokens.js'

export interface BaselineRow {
  readonly name: string
  readonly saved: number
  readonly inline: number
}

export interface TextRow {
  readonly kind: string
  readonly files: number
  readonly tokens: number
  /** Shares of all tokens of the kind, each file counted once: the mean over its questions. */
  readonly saved: number
  readonly savedMedian: number
  /** What forms that lose nothing save by themselves; the rest of `saved` was left out and is retrievable. */
  readonly savedLossless: number
  /** Less the tokens of every retrieval that an answer needs. */
  readonly savedNet: number
  readonly questions: number
  readonly inline: number
  readonly retrievable: number
  readonly lost: number
  /** Files that came out larger than they went in. */
  readonly grown: number
  /** Reasons for which files stayed as they are, with their number. */
  readonly unchanged: Readonly<Record<string, number>>
  readonly baselines: readonly BaselineRow[]
  /** `file: question → answer` of every answer that is not inline. */
  readonly missed: readonly string[]
}

export interface FileScore {
  readonly kind: string
  readonly before: number
  readonly after: number
  readonly lossless: number
  readonly charged: number
  readonly places: Readonly<Record<Place, number>>
  readonly outcome: string
  readonly baselines: readonly { readonly tokens: number; readonly inline: number }[]
  readonly missed: readonly string[]
}

export const optionsOf = ({ tool }: Input, probe: Probe | undefined): CompressTextOptions => ({
  ...(tool === undefined ? {} : { tool }),
  ...(probe === undefined ? {} : { query: probe.query }),
})

export const scoreFiles = (inputs: readonly Input[]): Promise<FileScore[]> =>
  withEngine(async (engine) => {
    const scores: FileScore[] = []
    for (const input of inputs) scores.push(await scoreFile(engine, input))
    return scores
  })

const scoreFile = async (engine: Engine, input: Input): Promise<FileScore> => {
  const runs: readonly (Probe | undefined)[] = input.probes.length > 0 ? input.probes : [undefined]
  const places: Record<Place, number> = { inline: 0, retrievable: 0, lost: 0 }
  const missed: string[] = []
  let [after, lossless, charged, outcome] = [0, 0, 0, '']
  const before = tokensOf(input.text)
  for (const probe of runs) {
    const options = optionsOf(input, probe)
    const result = await engine.compressText(input.text, options)
    const own = tokensOf(result.text)
    const exact = result.refs.length === 0 ? own : await strictTokens(engine, input, options)
    after += own
    lossless += Math.min(before - own, before - exact)
    outcome = result.outcome
    if (probe === undefined) continue
    const sought = { shown: result.text, refs: result.refs, query: probe.query }
    const { place, tokens } = await chargeFor(engine, { ...sought, found: (text) => answers(text, probe) })
    places[place]++
    charged += tokens
    if (place !== 'inline') missed.push(`${place}: ${input.file}: ${probe.query} → ${probe.answer}`)
  }
  const mean = (sum: number): number => sum / runs.length
  return {
    kind: input.kind,
    before,
    after: mean(after),
    lossless: mean(lossless),
    charged: mean(charged),
    places,
    outcome,
    baselines: BASELINES.map(({ make }) => {
      const text = make(input.text) ?? input.text
      return { tokens: tokensOf(text), inline: input.probes.filter((probe) => answers(text, probe)).length }
    }),
    missed,
  }
}

const strictTokens = async (engine: Engine, { text }: Input, options: CompressTextOptions): Promise<number> =>
  tokensOf((await engine.compressText(text, { ...options, policy: 'strict' })).text)

export const rowOf = (kind: string, scores: readonly FileScore[]): TextRow => {
  const sum = (of: (score: FileScore) => number): number => scores.reduce((total, score) => total + of(score), 0)
  const tokens = sum(({ before }) => before)
  const unchanged: Record<string, number> = {}
  for (const { outcome } of scores) if (outcome !== 'compressed') unchanged[outcome] = (unchanged[outcome] ?? 0) + 1
  const inline = sum(({ places }) => places.inline)
  const retrievable = sum(({ places }) => places.retrievable)
  const lost = sum(({ places }) => places.lost)
  const after = sum((score) => score.after)
  return {
    kind,
    files: scores.length,
    tokens,
    saved: 1 - after / tokens,
    savedMedian: median(scores.map((score) => 1 - score.after / Math.max(1, score.before))),
    savedLossless: sum(({ lossless }) => lossless) / tokens,
    savedNet: 1 - (after + sum(({ charged }) => charged)) / tokens,
    questions: inline + retrievable + lost,
    inline,
    retrievable,
    lost,
    grown: scores.filter((score) => score.after > score.before).length,
    unchanged,
    baselines: BASELINES.map(({ name }, index) => ({
      name,
      saved: 1 - sum(({ baselines }) => baselines[index]!.tokens) / tokens,
      inline: sum(({ baselines }) => baselines[index]!.inline),
    })),
    missed: scores.flatMap(({ missed }) => missed),
  }
}

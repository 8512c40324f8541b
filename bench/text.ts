// Per kind: tokens saved, where the answers are, and time, against passthrough, minify and head/tail, interleaved in one run.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHeadroom, type Engine } from 'headroom-ai'
import { corpusInputs, type Input, type Probe } from './corpus.js'
import { answers, median } from './score.js'

export interface TextRow {
  readonly kind: string
  readonly files: number
  readonly savedTotal: number
  readonly savedMedian: number
  readonly questions: number
  readonly inline: number
  readonly retrievable: number
  readonly lost: number
  readonly grown: number
  readonly msPerMb: number
  readonly baselines: Readonly<Record<string, { saved: number; inline: number }>>
}

interface Tally {
  before: number
  after: number
  inline: number
  retrievable: number
  lost: number
  grown: number
  ms: number
  chars: number
  saved: number[]
}

const minify = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text))
  } catch {
    return text.replace(/[ \t]+$/gm, '').replace(/\n{3,}/g, '\n\n')
  }
}

const headTail = (text: string): string => {
  const part = Math.floor(text.length / 10)
  return `${text.slice(0, part)}\n…\n${text.slice(text.length - part)}`
}

export const measureKind = async (kind: string, only?: string): Promise<TextRow | undefined> => {
  const inputs = corpusInputs(kind).filter((input) => only === undefined || input.file.includes(only))
  if (inputs.length === 0) return undefined
  const home = mkdtempSync(join(tmpdir(), 'headroom-bench-'))
  const engine = createHeadroom({ home })
  const tally: Tally = { before: 0, after: 0, inline: 0, retrievable: 0, lost: 0, grown: 0, ms: 0, chars: 0, saved: [] }
  const baselines = { minify: { saved: 0, inline: 0 }, 'head+tail': { saved: 0, inline: 0 } }
  try {
    for (const input of inputs)
      for (const probe of input.probes.length > 0 ? input.probes : [undefined])
        await measure(engine, input, probe, tally, baselines)
  } finally {
    await engine.close()
    rmSync(home, { recursive: true, force: true })
  }
  const questions = tally.inline + tally.retrievable + tally.lost
  return {
    kind,
    files: inputs.length,
    savedTotal: 1 - tally.after / tally.before,
    savedMedian: median(tally.saved),
    questions,
    inline: tally.inline,
    retrievable: tally.retrievable,
    lost: tally.lost,
    grown: tally.grown,
    msPerMb: (tally.ms / tally.chars) * 1e6,
    baselines: Object.fromEntries(
      Object.entries(baselines).map(([name, sum]) => [
        name,
        { saved: sum.saved / tally.saved.length, inline: sum.inline },
      ]),
    ),
  }
}

type Baselines = Record<'minify' | 'head+tail', { saved: number; inline: number }>

const measure = async (
  engine: Engine,
  input: Input,
  probe: Probe | undefined,
  tally: Tally,
  baselines: Baselines,
): Promise<void> => {
  const started = performance.now()
  const result = await engine.compressText(input.text, probe === undefined ? {} : { query: probe.query })
  tally.ms += performance.now() - started
  tally.chars += input.text.length
  tally.before += result.tokensBefore
  tally.after += result.tokensAfter
  if (result.tokensAfter > result.tokensBefore) tally.grown++
  tally.saved.push(1 - result.tokensAfter / Math.max(1, result.tokensBefore))
  for (const [name, make] of [
    ['minify', minify],
    ['head+tail', headTail],
  ] as const) {
    const text = make(input.text)
    baselines[name].saved += 1 - text.length / input.text.length
    if (probe && answers(text, probe)) baselines[name].inline++
  }
  if (probe === undefined) return
  if (answers(result.text, probe)) tally.inline++
  else {
    const found = await retrievable(engine, result.refs, probe)
    if (found) tally.retrievable++
    else tally.lost++
    if (process.env.BENCH_SHOW)
      console.log(`${found ? 'retrievable' : 'LOST'}: ${input.file}: ${probe.query} -> ${probe.answer}`)
  }
}

const retrievable = async (engine: Engine, refs: readonly string[], probe: Probe): Promise<boolean> => {
  for (const ref of refs) {
    if (answers((await engine.retrieve(ref, { query: probe.query })).text, probe)) return true
    if (answers((await engine.retrieve(ref)).text, probe)) return true
  }
  return false
}

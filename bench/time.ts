// Time of the whole path (detect, compress, prove, count, store), warm, each file in turn with the baselines: medians over rounds.
import { BASELINES } from './baselines.js'
import type { Input } from './corpus.js'
import { withEngine } from './engine.js'
import { median } from './score.js'
import { optionsOf } from './text.js'

export interface TimeRow {
  readonly kind: string
  readonly megabytes: number
  readonly rounds: number
  readonly msPerMb: number
  /** Processor time of the process, all threads: depends on the machine's load less than the clock does. */
  readonly cpuMsPerMb: number
  /** Of the rounds, so that noise of the machine can be seen. */
  readonly fastest: number
  readonly slowest: number
  readonly baselines: readonly { readonly name: string; readonly msPerMb: number }[]
}

const ROUNDS = 5
/** Text to run before times count: until then the compiler is still at work. */
const WARM_BYTES = 6_000_000

/** Something that is shortened and stored: making a store's files is paid once in its life, not with each text. */
const FIRST_WORDS = Array.from(
  { length: 400 },
  (_, line) => `10:00:00 INFO worker-${line % 5} built part ${line}`,
).join('\n')

/** Each round has a store of its own, so that originals are written every time. Rounds that warm up are dropped. */
export const timeKind = async (kind: string, inputs: readonly Input[]): Promise<TimeRow> => {
  const bytes = inputs.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)
  const own: number[] = []
  const cpu: number[] = []
  const others = BASELINES.map((): number[] => [])
  const warmUp = Math.max(1, Math.min(40, Math.ceil(WARM_BYTES / bytes)))
  for (let round = 0; round < warmUp + ROUNDS; round++) {
    const { times: sums, cpuMs } = await withEngine(async (engine) => {
      let cpuMs = 0
      const { outcome } = await engine.compressText(FIRST_WORDS)
      if (outcome !== 'compressed') throw new Error(`the store was not opened: ${outcome}`)
      const times = [0, ...BASELINES.map(() => 0)]
      const add = (index: number, startedMs: number): void => {
        times[index]! += performance.now() - startedMs
      }
      for (const input of inputs) {
        const options = optionsOf(input, input.probes[round % Math.max(1, input.probes.length)])
        const cpuBefore = process.cpuUsage()
        let startedMs = performance.now()
        await engine.compressText(input.text, options)
        add(0, startedMs)
        const { user, system } = process.cpuUsage(cpuBefore)
        cpuMs += (user + system) / 1000
        for (const [index, { make }] of BASELINES.entries()) {
          startedMs = performance.now()
          make(input.text)
          add(index + 1, startedMs)
        }
      }
      return { times, cpuMs }
    })
    if (round < warmUp) continue
    own.push(sums[0]!)
    cpu.push(cpuMs)
    for (const [index, list] of others.entries()) list.push(sums[index + 1]!)
  }
  const perMb = (ms: number): number => (ms / bytes) * 1e6
  return {
    kind,
    megabytes: bytes / 1e6,
    rounds: ROUNDS,
    msPerMb: perMb(median(own)),
    cpuMsPerMb: perMb(median(cpu)),
    fastest: perMb(Math.min(...own)),
    slowest: perMb(Math.max(...own)),
    baselines: BASELINES.map(({ name }, index) => ({ name, msPerMb: perMb(median(others[index]!)) })),
  }
}

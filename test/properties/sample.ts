// What a family of generated tool output is, and what one sample of it holds.
import type { CompressTextOptions } from '../../src/index.js'
import { Random } from './random.js'

export type Kind = 'json' | 'log' | 'search' | 'diff' | 'html' | 'table' | 'yaml' | 'text' | 'code'

export interface Sample {
  readonly text: string
  /** Pieces of the planted anomaly; all must stand in the output. */
  readonly plant: readonly string[]
  readonly question: string | undefined
  /** One routine fact: the words asked for, and what must be found inline or by retrieval. */
  readonly needle: Needle
  readonly tool: CompressTextOptions['tool']
}

export interface Needle {
  readonly word: string
  readonly answer: string
}

export interface Family {
  readonly name: string
  readonly kind: Kind
  /** How truth is checked: as JSON, as lines, as lines inside the longest string of a JSON envelope, or as a diff. */
  readonly shape: 'json' | 'lines' | 'boxed' | 'diff' | 'html' | 'code'
  /** `size`: routine lines or rows; absent, the seed chooses within the family's own range. */
  sample(seed: number, size?: number): Sample
}

const QUESTIONS = [
  'anything unusual here?',
  'what went wrong?',
  'summarise the state',
  'is everything fine?',
  'check the output',
  undefined,
] as const

export const questionOf = (random: Random): string | undefined => random.pick(QUESTIONS)

/** Routine lines of a tool, and the one that is not. */
export interface LineFamily {
  readonly name: string
  readonly kind: 'log' | 'search' | 'table' | 'yaml' | 'text'
  line(random: Random, index: number): string
  /** Each gives the planted lines; one is chosen by the seed. */
  readonly odd: readonly ((random: Random, index: number) => string | readonly string[])[]
  readonly head?: (random: Random) => readonly string[]
  readonly tail?: (random: Random, count: number) => readonly string[]
  readonly count?: readonly [number, number]
  /** Last words on the finished text, e.g. CRLF or an envelope; `plant` lines go through `dress` line by line. */
  readonly finish?: (text: string) => string
  readonly dress?: (line: string, index: number) => string
  readonly tool?: CompressTextOptions['tool']
  readonly shape?: 'lines' | 'boxed'
}

export const lineFamily = (of: LineFamily): Family => ({
  name: of.name,
  kind: of.kind,
  shape: of.shape ?? 'lines',
  sample(seed, size) {
    const random = new Random(seed)
    const [low, high] = of.count ?? [60, 420]
    const drawn = random.int(low, high)
    const count = size ?? drawn
    const at = random.int(3, count - 3)
    const dress = of.dress ?? ((line) => line)
    const lines: string[] = [...(of.head?.(random) ?? [])]
    const plant: string[] = []
    for (let index = 0; index < count; index++) {
      if (index === at) plant.push(...[random.pick(of.odd)(random, index)].flat())
      if (index === at) lines.push(...plant)
      else lines.push(of.line(random, index))
    }
    const plantedAt = lines.indexOf(plant[0]!)
    lines.push(...(of.tail?.(random, count) ?? []))
    const dressed = lines.map(dress)
    const needle = needleOf(random, dressed)
    const text = `${dressed.join('\n')}\n`
    return {
      text: of.finish?.(text) ?? text,
      plant: plant.map((line, index) => dress(line, plantedAt + index)),
      question: questionOf(random),
      needle,
      tool: of.tool,
    }
  },
})

/** Lines among which a word's rarity is counted: all pairs of words and lines would be quadratic in a big sample. */
const MANY_LINES = 2000

/** A line and its rarest word. */
const needleOf = (random: Random, lines: readonly string[]): Needle => {
  const line = lines[random.int(0, lines.length - 1)]!
  const words = line.match(/[\p{L}\p{N}][\p{L}\p{N}_.:/-]{3,60}/gu) ?? [line.trim().slice(0, 40)]
  const sample = lines.slice(0, MANY_LINES)
  const rarity = (word: string): number => sample.filter((other) => other.includes(word)).length
  const word = words.reduce((best, other) => (rarity(other) < rarity(best) ? other : best))
  return { word, answer: line }
}

export type Row = Record<string, unknown>

/** Routine rows of a JSON answer, and the one that is not. */
export interface RowFamily {
  readonly name: string
  readonly kind?: Kind
  row(random: Random, index: number): Row
  /** Each changes one routine row and names the pieces by which it is known; one is chosen by the seed. */
  readonly odd: readonly ((row: Row, random: Random) => { row: unknown; plant: readonly string[] })[]
  /** Unique words of a row. */
  idOf(row: Row): string
  write(rows: readonly unknown[], random: Random): string
  readonly count?: readonly [number, number]
  readonly tool?: CompressTextOptions['tool']
}

export const rowFamily = (of: RowFamily): Family => ({
  name: of.name,
  kind: of.kind ?? 'json',
  shape: 'json',
  sample(seed, size) {
    const random = new Random(seed)
    const [low, high] = of.count ?? [40, 300]
    const drawn = random.int(low, high)
    const count = size ?? drawn
    const at = random.int(2, count - 3)
    const asked = (at + random.int(1, count - 1)) % count
    const rows: unknown[] = []
    let plant: readonly string[] = []
    let word = ''
    for (let index = 0; index < count; index++) {
      const row = of.row(random, index)
      if (index === asked) word = of.idOf(row)
      if (index !== at) rows.push(row)
      else {
        const planted = random.pick(of.odd)(structuredClone(row), random)
        plant = planted.plant
        rows.push(planted.row)
      }
    }
    const text = of.write(rows, random)
    return { text, plant, question: questionOf(random), needle: { word, answer: word }, tool: of.tool }
  },
})

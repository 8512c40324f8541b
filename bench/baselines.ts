// What anybody can do without this package, to be measured beside it.
import { encode } from '@toon-format/toon'

export interface Baseline {
  readonly name: string
  /** Undefined where the baseline does not read this text: the text then counts as it is. */
  make(text: string): string | undefined
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** JSON on lines of its own, one value each. */
const parsedLines = (text: string): unknown => {
  const values = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parsed)
  return values.length > 1 && values.every((value) => typeof value === 'object' && value !== null) ? values : undefined
}

const minify = (text: string): string => {
  const value = parsed(text)
  if (value !== undefined) return JSON.stringify(value)
  return text.replace(/[ \t]+\n/g, '\n').replace(/\n{3,}/g, '\n\n')
}

const TENTH = 0.1

const headTail = (text: string): string => {
  const part = Math.floor(text.length * TENTH)
  return `${text.slice(0, part)}\n…\n${text.slice(text.length - part)}`
}

const dedupe = (text: string): string => [...new Set(text.split('\n'))].join('\n')

const toon = (text: string): string | undefined => {
  const value = parsed(text) ?? parsedLines(text)
  return value === undefined ? undefined : encode(value)
}

export const BASELINES: readonly Baseline[] = [
  { name: 'passthrough', make: (text) => text },
  { name: 'minify', make: minify },
  { name: 'head + tail 20 %', make: headTail },
  { name: 'equal lines once', make: dedupe },
  { name: 'TOON', make: toon },
]

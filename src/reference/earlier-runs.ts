// Which earlier results may hold the lines of a command's output, and what a note calls them.
import type { ReferRequest, TextSource } from '../spec/reference.js'
import type { Shown } from './refer.js'

/** Earlier runs of the same command looked into, newest first: between two that agree lies the one that failed. */
const RUNS = 3
/** Results of other commands looked into: a commit runs the checks that ran by themselves before it. */
const OTHERS = 8

export interface Earlier {
  /** Index into the texts shown. */
  readonly text: number
  readonly isSameCall: boolean
  /** The newest of its call. */
  readonly isNewest: boolean
}

/** The runs of the same command before all others, newest first. */
export const earlierRuns = ({ texts }: Shown, { source, before }: ReferRequest): Earlier[] => {
  if (source.isCommand !== true || source.subject === undefined) return []
  const runs: Earlier[] = []
  const others: Earlier[] = []
  for (let text = texts.length - 1; text >= 0; text--) {
    const { block, source: other } = texts[text]!
    if (block >= before || other.kind !== 'result' || other.isCommand !== true || other.tool !== source.tool) continue
    if (callOf(other) === callOf(source)) {
      if (runs.length < RUNS) runs.push({ text, isSameCall: true, isNewest: runs.length === 0 })
    } else if (others.length < OTHERS) others.push({ text, isSameCall: false, isNewest: false })
    if (runs.length === RUNS && others.length === OTHERS) break
  }
  return [...runs, ...others]
}

/** Sources are kept from turn to turn: each command line is read once. */
const calls = new WeakMap<TextSource, string>()

const callOf = (source: TextSource): string => {
  const known = calls.get(source)
  if (known !== undefined) return known
  const call = stepsOf(source).join('\n')
  calls.set(source, call)
  return call
}

/** Steps of a command line, split where no quote is open. */
const STEPS = /(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^"'&;\n]|(?<!&)&(?!&))+/gs
/** What these take differs each time; what they print are the hooks of the same repository. */
const BY_NAME = /^git (?:add|commit)\b/

const stepsOf = ({ subject = '' }: TextSource): string[] =>
  (subject.match(STEPS) ?? [])
    .map((step) => step.trim().replace(/\s+/g, ' '))
    .map((step) => BY_NAME.exec(step)?.[0] ?? step)
    .filter((step) => step !== '')

/** The command line without changes of folder, cut to this many characters. */
export const nameOf = (source: TextSource, chars: number): string => {
  const name = stepsOf(source)
    .filter((step) => !step.startsWith('cd '))
    .join(' && ')
  const characters = [...name]
  return characters.length <= chars ? name : `${characters.slice(0, chars - 1).join('')}…`
}

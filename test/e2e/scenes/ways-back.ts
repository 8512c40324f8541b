// What was left out of an agent's results it must be able to get with its own tools, whole and not shortened again.
import type { Pair } from '../judge.js'
import type { Plan, Step, Subagent } from '../plan.js'
import { callId, subagentsOf } from '../plan.js'
import { linesOf, type ShownResult, shownResults } from '../shown.js'

const MARKER = /\[\d+ (?:line|row|char|key)s? not shown[^\]]*\]/
/** Clients cut what they read themselves: so much of an original reaches the model in every one. */
const HEAD_CHARS = 2500

const reopens = (steps: readonly Step[]): number =>
  steps.findIndex((step) => 'calls' in step && step.calls.some(({ kind }) => kind === 'reopen'))

const hasMarker = ({ came, went }: ShownResult): boolean => went !== came && MARKER.test(went)

/** The last result in front of a call that had something left out. */
const lastShortened = (pairs: readonly Pair[]): ShownResult | undefined =>
  pairs.flatMap(shownResults).filter(hasMarker).at(-1)

const openedFaults = (agent: string, shortened: ShownResult, opened: readonly ShownResult[]): string[] => {
  const text = opened.map(({ came }) => came).join('\n')
  const back = new Set(linesOf(text))
  const head = linesOf(shortened.came.slice(0, HEAD_CHARS)).slice(0, -1)
  return [
    ...(head.some((line) => !back.has(line)) ? [`${agent}: an original did not come back: ${text.slice(0, 200)}`] : []),
    ...(opened.some(({ came, went }) => came !== went) ? [`${agent}: what was asked back was shortened again`] : []),
  ]
}

const agentFaults = (pairs: readonly Pair[], { name, steps }: Pick<Subagent, 'name' | 'steps'>): string[] => {
  const own = pairs.filter(({ went }) => went.agent === name)
  const agent = name === '' ? 'the parent' : name
  const at = reopens(steps)
  if (at < 0) return own.flatMap(shownResults).some(hasMarker) ? [`${agent}: nobody opens what was left out`] : []
  const shortened = lastShortened(own.filter(({ went }) => went.step <= at))
  if (shortened === undefined) return []
  const id = callId(name, at, 0)
  const answered = own.map(shownResults).find((results) => results.some((result) => result.callId === id)) ?? []
  return openedFaults(
    agent,
    shortened,
    answered.filter((result) => result.callId === id),
  )
}

export const wayBackFaults = (pairs: readonly Pair[], plan: Plan): string[] =>
  [{ name: '', steps: plan.steps }, ...subagentsOf(plan)].flatMap((agent) => agentFaults(pairs, agent))

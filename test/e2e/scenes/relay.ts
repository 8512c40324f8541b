// What must hold in every scene: the same session straight and through, edits in tool results alone, no sent prefix changed,
// and a proxy that goes on when its clients are gone.
import { cacheFaults, pairFaults, pairsOf } from '../judge.js'
import { endings, type Plan } from '../plan.js'
import type { Played } from '../play.js'

/** Steps that the provider was asked for, in order. */
export const stepsOf = ({ provider }: Played): string =>
  provider.calls
    .filter(({ isTurn }) => isTurn)
    .map(({ step }) => step)
    .join(' ')

/** Exit status or signal of each process. */
export const endsOf = ({ ended }: Played): string => ended.map(({ code, signal }) => code ?? signal).join(' ')

/** A prompt that nobody interrupts ends with its words and status 0; one that is interrupted has run until then. */
const promptFaults = (way: string, { ended }: Played, plan: Plan): string[] =>
  endings(plan).flatMap((ending, index) => {
    const { said, code, wasInterrupted } = ended[index]!
    const end = `${way}: prompt ${index + 1}`
    if (ending.isInterrupted)
      return wasInterrupted ? [] : [`${end} was over before it was interrupted: ${said.slice(-300)}`]
    if (code !== 0) return [`${end} ended with ${code}: ${said.slice(-300)}`]
    return 'say' in ending && said.includes(ending.say) ? [] : [`${end} has no closing words: ${said.slice(-300)}`]
  })

const alikeFaults = (what: string, direct: string, through: string): string[] =>
  direct === through ? [] : [`${what} ${direct} direct, ${through} through`]

export const relayFaults = (direct: Played, through: Played, plan: Plan): string[] => {
  const { pairs, faults: unpaired } = pairsOf(through)
  const shortened = pairs.filter(({ came, went }) => went.body.length < came.length).length
  return [
    ...promptFaults('direct', direct, plan),
    ...promptFaults('through', through, plan),
    ...alikeFaults('steps', stepsOf(direct), stepsOf(through)),
    ...alikeFaults('exits', endsOf(direct), endsOf(through)),
    ...unpaired,
    ...pairs.flatMap((pair, index) => pairFaults(pair).map((fault) => `request ${index}: ${fault}`)),
    ...cacheFaults(pairs).faults,
    ...(through.tap !== undefined && shortened === 0 ? ['no request was shortened'] : []),
    ...direct.left.map((fault) => `direct: ${fault}`),
    ...through.left.map((fault) => `through: ${fault}`),
  ]
}

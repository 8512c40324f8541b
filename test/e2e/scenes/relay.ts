// What must hold in every scene: the same session straight and through, edits in tool results alone, no sent prefix changed,
// and a proxy that goes on when its clients are gone.
import { cacheFaults, type Pair, pairFaults, pairsOf } from '../judge.js'
import { waysBackIn } from '../markers.js'
import { endings } from '../plan.js'
import type { Played } from '../play.js'

/** Steps that the provider was asked for, in order, agent by agent: requests of several agents arrive in any order. */
export const stepsOf = ({ provider }: Played): string => {
  const steps = new Map<string, string[]>()
  for (const { isTurn, waits, agent, step } of provider.calls)
    if (isTurn && !waits) steps.set(agent, [...(steps.get(agent) ?? (agent === '' ? [] : [agent])), String(step)])
  return [...steps]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([, taken]) => taken.join(' '))
    .join(', ')
}

/** Some clients ask for it while they go on, so its place among the steps may vary. */
export const summariesOf = ({ provider }: Played): number => provider.calls.filter(({ isSummary }) => isSummary).length

/** Exit status or signal of each process. */
export const endsOf = ({ ended }: Played): string => ended.map(({ code, signal }) => code ?? signal).join(' ')

/** A prompt that nobody interrupts ends with its words and status 0; one that is interrupted has run until then. */
const promptFaults = (way: string, { ended, plan }: Played): string[] =>
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

/** Every way back leads to a text that the client had sent. */
const wayBackFaults = ({ opened }: Played, pairs: readonly Pair[]): string[] => {
  const faults: string[] = []
  for (const [wayBack, original] of opened) {
    const told = original === undefined ? undefined : JSON.stringify(original).slice(1, -1)
    const first = pairs.find(({ went }) => waysBackIn(went.body).includes(wayBack))
    if (told === undefined) faults.push(`${wayBack} leads nowhere`)
    else if (first?.came.includes(told) !== true) faults.push(`${wayBack} leads to a text that the client never sent`)
  }
  return faults
}

const bytesOf = (bodies: readonly Buffer[]): number => bodies.reduce((sum, { length }) => sum + length, 0)

/** The ledger counts what went over the sockets, interrupted requests too. */
const ledgerFaults = ({ counted }: Played, pairs: readonly Pair[]): string[] => {
  const [bytesIn, bytesOut] = [bytesOf(pairs.map(({ came }) => came)), bytesOf(pairs.map(({ went }) => went.body))]
  return counted?.bytesIn === bytesIn && counted.bytesOut === bytesOut
    ? []
    : [`the ledger counts ${counted?.bytesIn} -> ${counted?.bytesOut} bytes, the sockets saw ${bytesIn} -> ${bytesOut}`]
}

export const relayFaults = (direct: Played, through: Played): string[] => {
  const { pairs, faults: unpaired } = pairsOf(through)
  const shortened = pairs.filter(({ came, went }) => went.body.length < came.length).length
  return [
    ...promptFaults('direct', direct),
    ...promptFaults('through', through),
    ...alikeFaults('steps', stepsOf(direct), stepsOf(through)),
    ...alikeFaults('summaries', String(summariesOf(direct)), String(summariesOf(through))),
    ...alikeFaults('exits', endsOf(direct), endsOf(through)),
    ...unpaired,
    ...pairs.flatMap((pair, index) => pairFaults(pair).map((fault) => `request ${index}: ${fault}`)),
    ...cacheFaults(pairs).faults,
    ...(through.tap === undefined ? [] : [...wayBackFaults(through, pairs), ...ledgerFaults(through, pairs)]),
    ...(through.tap !== undefined && shortened === 0 ? ['no request was shortened'] : []),
    ...direct.left.map((fault) => `direct: ${fault}`),
    ...through.left.map((fault) => `through: ${fault}`),
  ]
}

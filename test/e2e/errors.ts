// What a client makes of a provider's error, straight and through: the same attempts, the same exit, the same last words.
import type { Client } from './agents/client.js'
import { SHORT } from './plan.js'
import { type Played, play } from './play.js'
import type { FaultKind } from './provider/index.js'

export const FAULTS: readonly FaultKind[] = [400, 429, 503, 529, 'cut']

/** The request that carries the first, compressed result. */
const STEP = 1

const behaviour = ({ ended, provider }: Played): string => {
  const attempts = provider.calls.filter(({ isTurn }) => isTurn).length
  const finished = ended[0]!.said.includes('service-61 failed.')
  return `${attempts} requests, exit ${ended[0]!.code}, ${finished ? 'answered' : 'not answered'}`
}

export interface ErrorRun {
  readonly kind: FaultKind
  readonly direct: string
  readonly through: string
}

export const errorRun = async (client: Client, kind: FaultKind): Promise<ErrorRun> => {
  const fault = { kind, step: STEP }
  const [direct, through] = [await play(client, 'direct', SHORT, fault), await play(client, 'through', SHORT, fault)]
  // A fault that hits nothing would make any two runs alike.
  for (const { provider } of [direct, through])
    if (!provider.isFaultSpent()) throw new Error(`${client.name}: the error ${kind} was never answered`)
  return { kind, direct: behaviour(direct), through: behaviour(through) }
}

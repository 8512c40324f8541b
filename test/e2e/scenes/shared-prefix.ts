// Requests of all agents share one cache at the provider: where two of them begin alike as the client sent them, they begin alike as
// they arrived, whichever agent they are of.
import type { Pair } from '../judge.js'
import { type Piece, sentOf } from '../sessions/prefix.js'

const alike = (one: readonly Piece[], other: readonly Piece[]): number => {
  const at = one.findIndex(({ text }, index) => text !== other[index]?.text)
  return at < 0 ? one.length : at
}

export const sharedPrefixFaults = (pairs: readonly Pair[]): string[] => {
  const sent = pairs
    .filter(({ went, tapped }) => went.isTurn && tapped !== undefined)
    .map(({ came, went }) => ({ agent: went.agent, ...sentOf(went.dialect!, came, went.body) }))
  return sent.flatMap((later, index) =>
    sent.slice(0, index).flatMap((earlier) => {
      const came = alike(earlier.camePieces, later.camePieces)
      const went = alike(earlier.wentPieces, later.wentPieces)
      return went < came ? [`block ${went} of ${later.agent} is not as ${earlier.agent} sent it`] : []
    }),
  )
}

// Places in system prompts that change between requests, or look as if they would.
import { createHash } from 'node:crypto'
import type { Looks, VolatileSpot } from '../spec/drift.js'
import { type BodyIndex, jsonAt, memberText, type Span } from './body-index.js'
import { endOfList, systemSpan } from './difference.js'
import { looksOfChange, masked } from './looks.js'
import { isRead, literalOffset, systemTexts } from './system.js'
import { changesOf } from './text-change.js'
import { toolTexts } from './tools.js'
import { findVolatile } from './volatile.js'

/** A spot without what only the newest usage can say. */
export type Spot = Omit<VolatileSpot, 'tokensAfter' | 'microUsdPerRequest' | 'model'>

const MAX_EXACT_CHARS = 200

/** Places of the system prompt that differ between two requests, with what stands there now. */
export const seenSpots = (old: BodyIndex, now: BodyIndex): Spot[] => {
  const [a, b] = [systemSpan(old), systemSpan(now)]
  if (a === undefined || b === undefined) return []
  const before = systemTexts(jsonAt(old, a))
  return systemTexts(jsonAt(now, b)).flatMap((text, block) => {
    if (!isRead(text) || before[block] === undefined || before[block] === text) return []
    return changesOf(before[block], text).map((change) =>
      spotAt(now, b, {
        where: `${b.name}[${block}]`,
        text,
        at: change.at,
        exact: change.new,
        looks: looksOfChange(change),
        basis: 'seen',
      }),
    )
  })
}

/** Places of the system prompt and of tool descriptions that look volatile. O(their characters). */
const suspectedSpots = (now: BodyIndex): Spot[] => {
  const system = systemSpan(now)
  const tools = now.members.get('tools')
  const texts = [
    ...systemTexts(jsonAt(now, system)).map((text, block) => ({
      where: `${system?.name}[${block}]`,
      text,
      span: system,
    })),
    ...toolTexts(jsonAt(now, tools)).map(({ name, text }) => ({ where: `tools.${name}`, text, span: tools })),
  ]
  return texts.flatMap(({ where, text, span }) =>
    span === undefined || !isRead(text)
      ? []
      : findVolatile(text).map(({ start, end, looks }) =>
          spotAt(now, span, { where, text, at: start, exact: text.slice(start, end), looks, basis: 'suspected' }),
        ),
  )
}

/** Looks at each head once: the page asks every two seconds, and a head seldom changes. */
export const rememberedSuspicions = (): ((now: BodyIndex) => readonly Spot[]) => {
  const known = new Map<string, readonly Spot[]>()
  return (now) => {
    const hash = createHash('sha1')
    for (const span of [systemSpan(now), now.members.get('tools')])
      hash.update(`${span?.start}\n`).update(now.body.subarray(span?.start ?? 0, span?.end ?? 0))
    const key = hash.digest('base64')
    const spots = known.get(key) ?? suspectedSpots(now)
    known.delete(key)
    known.set(key, spots)
    const oldest = known.size > MAX_HEADS ? known.keys().next() : undefined
    if (oldest?.done === false) known.delete(oldest.value)
    return spots
  }
}

const MAX_HEADS = 32

interface Found {
  readonly where: string
  readonly text: string
  readonly at: number
  readonly exact: string
  readonly looks: Looks
  readonly basis: VolatileSpot['basis']
}

const spotAt = (now: BodyIndex, span: Span, { where, text, at, exact, looks, basis }: Found): Spot => {
  const startByte = literalOffset(now.body, span, { text, at }) ?? span.start
  const endByte = startByte + Buffer.byteLength(JSON.stringify(exact)) - 2
  return {
    basis,
    where,
    startByte,
    endByte,
    looks,
    masked: masked(exact),
    exact: exact.slice(0, MAX_EXACT_CHARS),
    times: basis === 'seen' ? 1 : 0,
  }
}

/** Bytes that earlier changes of other places may move a place by. */
const SAME_PLACE_BYTES = 64

/** A place found again counts up and takes what stands there now. */
export const mergeSpots = (known: readonly Spot[], found: readonly Spot[]): Spot[] => {
  const left = [...known]
  const merged = found.map((spot) => {
    const at = left.findIndex(
      (one) => one.where === spot.where && Math.abs(one.startByte - spot.startByte) <= SAME_PLACE_BYTES,
    )
    const again = at === -1 ? undefined : left.splice(at, 1)[0]
    return { ...spot, times: spot.times + (again?.times ?? 0) }
  })
  return [...merged, ...left]
}

/** Bytes that a provider caches behind a byte of the body. */
export const bytesBehind = (now: BodyIndex, { where, startByte }: Pick<Spot, 'where' | 'startByte'>): number => {
  const turns = endOfList(now) - now.listStart
  const system = systemSpan(now)
  if (!where.startsWith('tools')) return turns + Math.max(0, (system?.end ?? startByte) - startByte)
  const tools = now.members.get('tools')
  return (
    turns + (system === undefined ? 0 : system.end - system.start) + Math.max(0, (tools?.end ?? startByte) - startByte)
  )
}

/** Tokens to a byte of this conversation by its own bill; a quarter where there was none. */
export const tokensPerByte = (now: BodyIndex, inputTokens: number | undefined): number =>
  inputTokens === undefined || now.body.length === 0 ? 0.25 : inputTokens / now.body.length

export const modelOf = (index: BodyIndex, named: string | undefined): string | undefined =>
  memberText(index, 'model') ?? named

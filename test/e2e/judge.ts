// Lays what the client sent beside what reached the provider, and a session through the proxy beside one without it.
import { countTokens } from '../../src/tokenize/index.js'
import type { Client } from './agents/client.js'
import { OLD_LINE, type Plan, sayings } from './plan.js'
import type { Played } from './play.js'
import type { Recorded } from './provider/index.js'
import { resultsOf, type SentResult } from './results.js'
import { foreignChanges } from './sessions/literals.js'
import { prefixFaults, type Sent, sentOf } from './sessions/prefix.js'
import { shownResults } from './shown.js'
import { numberIn, socketIn, type Tapped } from './tap.js'

/** Names that belong to one connection: each side of a relay has its own. */
const OF_CONNECTION = /^(?:content-length|host|transfer-encoding|connection|keep-alive|x-e2e-number|sec-websocket-\w+)$/

const headerLines = (raw: readonly string[]): string[] => {
  const lines: string[] = []
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at]!.toLowerCase()
    if (!OF_CONNECTION.test(name)) lines.push(`${name}: ${raw[at + 1]}`)
  }
  return lines.sort()
}

export interface Pair {
  readonly came: Buffer
  readonly went: Recorded
  readonly tapped?: Tapped
}

/** Requests that generate, as the client sent them and as they arrived. */
export const pairsOf = ({ tap, provider }: Played): { pairs: Pair[]; faults: string[] } => {
  const faults: string[] = []
  const generating = provider.calls.filter(({ dialect }) => dialect !== undefined)
  if (tap === undefined) return { pairs: [], faults }
  const frames = tap.sockets.map((sent) => [...sent])
  const pairs = generating.flatMap((went): Pair[] => {
    const tapped = tap.calls[numberIn(went.headers)]
    const came = tapped?.body ?? frames[socketIn(went.headers)]?.shift()
    if (came === undefined) return []
    return [{ came, went, ...(tapped === undefined ? {} : { tapped }) }]
  })
  const lost = frames.flat().length
  if (lost > 0) faults.push(`${lost} frames came that did not go`)
  if (pairs.length !== generating.length)
    faults.push(`${generating.length - pairs.length} requests that no client sent`)
  return { pairs, faults }
}

export const pairFaults = ({ came, went, tapped }: Pair): string[] => {
  const faults = foreignChanges(went.dialect!, came, went.body)
  if (tapped === undefined) return faults
  const [sent, arrived] = [headerLines(tapped.headers), headerLines(went.headers)]
  faults.push(...sent.filter((line) => !arrived.includes(line)).map((line) => `header lost: ${line.slice(0, 80)}`))
  faults.push(...arrived.filter((line) => !sent.includes(line)).map((line) => `header added: ${line.slice(0, 80)}`))
  if (!Buffer.concat(tapped.answered).equals(Buffer.concat(went.answered))) faults.push('the answer changed')
  if (went.wasHeldBack) faults.push('the answer was held back until it was whole')
  return faults
}

/** Over a WebSocket a result is sent once, and again on a new socket after a resume: it must be the same text then. */
export const socketFaults = (pairs: readonly Pair[]): string[] => {
  const sent = new Map<string, string>()
  const faults: string[] = []
  for (const pair of pairs.filter(({ tapped }) => tapped === undefined))
    for (const { callId, came, went } of shownResults(pair)) {
      const result = `${callId} ${came}`
      if ((sent.get(result) ?? went) !== went) faults.push(`another text for the same result: ${came.slice(0, 60)}`)
      sent.set(result, went)
    }
  return faults
}

const continues = (earlier: Sent, later: Sent): boolean =>
  earlier.camePieces.every((piece, index) => piece.text === later.camePieces[index]?.text)

/** The turns of one agent, each with the one before. */
const turnsOf = (pairs: readonly Pair[]): (readonly [earlier: Sent, later: Sent])[] => {
  const last = new Map<string, Sent>()
  return pairs.flatMap(({ came, went, tapped }) => {
    if (!went.isTurn || tapped === undefined) return []
    const [earlier, later] = [last.get(went.agent), sentOf(went.dialect!, came, went.body)]
    last.set(went.agent, later)
    return earlier === undefined ? [] : [[earlier, later] as const]
  })
}

/** The client's own beginning of a turn must stay the beginning that the provider has cached. */
export const cacheFaults = (pairs: readonly Pair[]): { faults: string[]; continued: number } => {
  const turns = turnsOf(pairs)
  return {
    faults: [...socketFaults(pairs), ...turns.flatMap(([earlier, later]) => prefixFaults(earlier, later))],
    continued: turns.filter(([earlier, later]) => continues(earlier, later)).length,
  }
}

/** The model can edit only what it was shown: the line stood in a body before the edit was asked for. */
const wasShown = (played: Played, plan: Plan): boolean => {
  const edit = plan.steps.findIndex((step) => 'calls' in step && step.calls.some(({ kind }) => kind === 'edit'))
  const upTo = played.provider.calls.filter(({ isTurn, step }) => isTurn && step <= edit)
  return edit < 0 || upTo.some(({ body }) => body.includes(OLD_LINE.trim()))
}

const endFaults = (way: string, played: Played, plan: Plan): string[] => {
  const faults: string[] = []
  const said = sayings(plan)
  for (const [index, { code, said: printed }] of played.ended.entries()) {
    if (code !== 0) faults.push(`${way}: prompt ${index + 1} ended with ${code}: ${printed.slice(-300)}`)
    else if (!printed.includes(said[index]!))
      faults.push(`${way}: prompt ${index + 1} has no closing words: ${printed.slice(-300)}`)
  }
  if (!played.isEdited) faults.push(`${way}: the file was not edited`)
  if (!wasShown(played, plan)) faults.push(`${way}: the edited line was never shown`)
  return faults
}

const stepsOf = ({ provider }: Played): string =>
  provider.calls
    .filter(({ isTurn }) => isTurn)
    .map(({ step }) => step)
    .join(' ')

export const tokens = (bodies: readonly Buffer[]): number =>
  bodies.reduce((sum, body) => sum + countTokens(body.toString('utf8'), 'gpt-4.1'), 0)

export interface Judgement {
  readonly faults: readonly string[]
  readonly calls: number
  readonly tokensBefore: number
  readonly tokensAfter: number
  /** Fewer tokens of all generating bodies, percent. */
  readonly savedPercent: number
  /** Turns that began with the whole turn before, as the client sent them. */
  readonly continued: number
  /** What keeps the saving below its bar. */
  readonly below?: string
  readonly results: readonly SentResult[]
}

export const judge = (direct: Played, through: Played, plan: Plan, { bar, short }: Client): Judgement => {
  const { pairs, faults: unpaired } = pairsOf(through)
  const faults = [...endFaults('direct', direct, plan), ...endFaults('through', through, plan), ...unpaired]
  if (stepsOf(direct) !== stepsOf(through)) faults.push(`steps ${stepsOf(direct)} direct, ${stepsOf(through)} through`)
  for (const [index, pair] of pairs.entries())
    for (const fault of pairFaults(pair)) faults.push(`request ${index}: ${fault}`)
  const cache = cacheFaults(pairs)
  if (through.tap !== undefined && pairs.length === 0) faults.push('no request was recorded')
  faults.push(...cache.faults, ...(through.page ?? []).map((fault) => `page: ${fault}`))
  const generating = ({ provider }: Played): Buffer[] =>
    provider.calls.filter(({ dialect }) => dialect !== undefined).map(({ body }) => body)
  const before = tokens(pairs.length > 0 ? pairs.map(({ came }) => came) : generating(direct))
  const after = tokens(generating(through))
  const savedPercent = (1 - after / before) * 100
  if (after > before) faults.push('tokens were added')
  const least = short?.floor ?? bar
  if (least !== undefined && savedPercent < least)
    faults.push(`saved ${savedPercent.toFixed(1)} %, at least ${least} % must be`)
  const isBelow = bar !== undefined && savedPercent < bar
  return {
    faults,
    calls: generating(through).length,
    tokensBefore: before,
    tokensAfter: after,
    savedPercent,
    continued: cache.continued,
    ...(isBelow ? { below: `below its bar of ${bar} %: ${short?.why ?? 'no reason known'}` } : {}),
    results: resultsOf(pairs),
  }
}

// Finds what differs first between two bodies of one conversation, in the order in which a provider caches them: tools,
// system, settings, turns. Breakpoints are no difference here: clients move them on every request.
import { commonPrefixLength } from '../base/bytes.js'
import type { BreakCause, Change } from '../spec/drift.js'
import { type BodyIndex, jsonAt, memberText, type Span } from './body-index.js'
import { sortedJson } from './canonical.js'
import { type ListDifference, listDifference } from './list.js'
import { literalOffset, systemChange } from './system.js'
import { toolsDifference } from './tools.js'

export interface Difference {
  readonly cause: BreakCause
  readonly atByte: number
  readonly where: string
  readonly subject?: string
  readonly change?: Change
  readonly also: readonly BreakCause[]
  /** Share of the previous request's cacheable bytes that lies before the difference. */
  readonly keptShare: number
}

/** Where dialects write the same thing. */
const SYSTEM_NAMES: readonly string[] = ['system', 'instructions', 'systemInstruction', 'system_instruction']
/** Members that providers name as part of what a cached prefix depends on. */
const SETTINGS: readonly string[] = [
  'tool_choice',
  'toolConfig',
  'thinking',
  'reasoning',
  'reasoning_effort',
  'response_format',
  'output_config',
  'text',
  'prompt_cache_key',
  'cachedContent',
  'mcp_servers',
]

type Found = Omit<Difference, 'also' | 'keptShare'> & {
  /** Cacheable bytes of the previous body that lie before it. */
  readonly keptBytes: number
}

/** Undefined where the next body says all that the previous one said, and maybe more. */
export const differenceOf = (old: BodyIndex, now: BodyIndex): Difference | undefined => {
  const found = [modelFound(old, now), toolsFound(old, now), systemFound(old, now), settingFound(old, now)]
  const list = listDifference(old, now)
  const all = [...found, list === undefined ? undefined : turnFound(old, now, list)].flatMap((one) =>
    one === undefined ? [] : [one],
  )
  const [first, ...others] = all
  if (first === undefined) return undefined
  const { keptBytes, ...rest } = first
  const cacheable = headBytes(old) + lengthOf({ start: old.listStart, end: endOfList(old) })
  return { ...rest, also: others.map(({ cause }) => cause), keptShare: cacheable === 0 ? 0 : keptBytes / cacheable }
}

export const systemSpan = ({ members }: BodyIndex): (Span & { readonly name: string }) | undefined => {
  for (const name of SYSTEM_NAMES) {
    const span = members.get(name)
    if (span !== undefined) return { ...span, name }
  }
  return undefined
}

const lengthOf = (span: Span | undefined): number => (span === undefined ? 0 : span.end - span.start)

export const endOfList = ({ items, listStart }: BodyIndex): number => items.at(-1)?.end ?? listStart

const headBytes = (index: BodyIndex): number => lengthOf(index.members.get('tools')) + lengthOf(systemSpan(index))

/** Offset in the next body at which two spans part. */
const partAt = (old: BodyIndex, now: BodyIndex, spans: readonly [Span, Span]): number =>
  spans[1].start +
  commonPrefixLength(old.body.subarray(spans[0].start, spans[0].end), now.body.subarray(spans[1].start, spans[1].end))

const sameBytes = (old: BodyIndex, now: BodyIndex, [a, b]: readonly [Span, Span]): boolean =>
  a.end - a.start === b.end - b.start &&
  Buffer.compare(old.body.subarray(a.start, a.end), now.body.subarray(b.start, b.end)) === 0

const modelFound = (old: BodyIndex, now: BodyIndex): Found | undefined => {
  const [before, after] = [memberText(old, 'model'), memberText(now, 'model')]
  const span = now.members.get('model')
  if (before === undefined || after === undefined || before === after || span === undefined) return undefined
  const change = { old: before, new: after }
  return { cause: 'model-changed', atByte: span.start, where: 'model', subject: after, change, keptBytes: 0 }
}

const toolsFound = (old: BodyIndex, now: BodyIndex): Found | undefined => {
  const [a, b] = [old.members.get('tools'), now.members.get('tools')]
  if (a !== undefined && b !== undefined && sameBytes(old, now, [a, b])) return undefined
  const found = toolsDifference(jsonAt(old, a), jsonAt(now, b))
  if (found === undefined) return undefined
  const atByte = a !== undefined && b !== undefined ? partAt(old, now, [a, b]) : (b?.start ?? now.listStart)
  return { ...found, atByte, where: 'tools', keptBytes: b === undefined ? 0 : atByte - b.start }
}

const systemFound = (old: BodyIndex, now: BodyIndex): Found | undefined => {
  const [a, b] = [systemSpan(old), systemSpan(now)]
  if (a !== undefined && b !== undefined && sameBytes(old, now, [a, b])) return undefined
  const found = systemChange(jsonAt(old, a), jsonAt(now, b))
  if (found === undefined) return undefined
  const { block, text, at, change } = found
  const literal = b === undefined ? undefined : literalOffset(now.body, b, { text, at })
  const atByte = literal ?? (a && b ? partAt(old, now, [a, b]) : (b?.start ?? now.listStart))
  const keptBytes = lengthOf(old.members.get('tools')) + (b === undefined ? 0 : Math.max(0, atByte - b.start))
  return { cause: 'system-changed', atByte, where: `${b?.name ?? a?.name}[${block}]`, change, keptBytes }
}

const settingFound = (old: BodyIndex, now: BodyIndex): Found | undefined => {
  for (const name of SETTINGS) {
    const [a, b] = [old.members.get(name), now.members.get(name)]
    if (a === undefined && b === undefined) continue
    const [before, after] = [sortedJson(jsonAt(old, a)) ?? '', sortedJson(jsonAt(now, b)) ?? '']
    if (before === after) continue
    const change = { old: before, new: after }
    const atByte = a && b ? partAt(old, now, [a, b]) : (b?.start ?? 0)
    return { cause: 'settings-changed', atByte, where: name, subject: name, change, keptBytes: headBytes(old) }
  }
  return undefined
}

const turnFound = (old: BodyIndex, now: BodyIndex, { cause, index, ...rest }: ListDifference): Found => {
  const [a, b] = [old.items[index], now.items[index]]
  const atByte = a && b ? partAt(old, now, [a, b]) : (b?.start ?? endOfList(now))
  const keptBytes = headBytes(old) + ((a?.start ?? endOfList(old)) - old.listStart)
  const { at, ...found } = rest
  const literal = at === undefined || b === undefined ? undefined : literalOffset(now.body, b, at)
  return { cause, atByte: literal ?? atByte, where: `${now.listName}[${index}]`, ...found, keptBytes }
}

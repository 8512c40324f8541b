// A loss in plain words, and one line of what to do about it.
import type { BreakCause, CacheBreak, Looks, SeenBreak } from '../spec/drift.js'

const number = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, ',')

/** `118k`, `1.2M`: short, for a sentence. */
const shortTokens = (tokens: number): string => {
  if (tokens < 1000) return String(tokens)
  if (tokens < 999_500) return `${tokens < 9950 ? (tokens / 1000).toFixed(1) : Math.round(tokens / 1000)}k`
  return `${(tokens / 1e6).toFixed(1)}M`
}

const LOOKS_WORDS: Readonly<Record<Looks, string>> = {
  timestamp: 'a date with a time',
  date: 'a date',
  time: 'a time of day',
  uuid: 'a UUID',
  'random-id': 'a random id',
  counter: 'a counter',
  'git-status': 'git status',
  path: 'a path',
  number: 'a number',
  text: 'text',
}

const looksWords = (looks: Looks): string => LOOKS_WORDS[looks]

const minutes = (ms: number): string => (ms < 120_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`)

/** `turn 41 lost 118k cached tokens: tool list order changed at byte 5,212`. */
export const headline = (one: CacheBreak): string => {
  const lost =
    one.lostTokens === undefined ? 'broke the cached prefix' : `lost ${shortTokens(one.lostTokens)} cached tokens`
  return `turn ${one.turn} ${lost}: ${causeWords(one)}`
}

const causeWords = (one: CacheBreak | SeenBreak): string => {
  const at = one.atByte === undefined ? '' : ` at byte ${number(one.atByte)}`
  const also =
    one.also === undefined || one.also.length === 0 ? '' : `; also ${one.also.map((c) => SHORT[c]).join(', ')}`
  return `${wordsOf(one)(one)}${NO_PLACE.has(one.cause) ? '' : at}${also}`
}

const NO_PLACE: ReadonlySet<BreakCause> = new Set([
  'expired',
  'unknown',
  'breakpoint-dropped',
  'breakpoint-moved',
  'ttl-changed',
])

/** Alone, for lists and labels. */
const SHORT: Readonly<Record<BreakCause, string>> = {
  'model-changed': 'model changed',
  'tool-added': 'tool added',
  'tool-removed': 'tool removed',
  'tools-reordered': 'tool list order changed',
  'tool-changed': 'tool definition changed',
  'tool-keys-reordered': 'tool keys reordered',
  'system-changed': 'system prompt changed',
  'settings-changed': 'request setting changed',
  'message-edited': 'earlier message edited',
  'thinking-dropped': 'thinking dropped',
  'history-compacted': 'history compacted',
  rewound: 'conversation rewound or forked',
  'breakpoint-moved': 'cache breakpoint moved',
  'breakpoint-dropped': 'cache breakpoint dropped',
  'ttl-changed': 'cache lifetime changed',
  expired: 'cache expired while idle',
  'own-edit': 'Headroom sent another form',
  'own-rewrite': 'Headroom changed history on purpose',
  unknown: 'request unchanged, cache not read',
}

/** What changed, as far as it may be shown: exact in the running proxy, masked from the record. */
const shown = (one: CacheBreak | SeenBreak): string => {
  const change = ('exact' in one ? one.exact : undefined) ?? one.masked
  if (change === undefined) return ''
  const looks = one.looks === undefined || one.looks === 'text' ? '' : `${looksWords(one.looks)}, `
  const side = (text: string): string => (text === '' ? '(nothing)' : `"${clipped(text)}"`)
  // On record both sides of a clock have one form.
  if (change.old === change.new) return ` (${looks}of the form ${side(change.new)})`
  return ` (${looks}${side(change.old)} → ${side(change.new)})`
}

const clipped = (text: string): string => {
  const line = text.replace(/\s+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}

type Words = (one: CacheBreak | SeenBreak) => string

const named = (one: CacheBreak): string => (one.subject === undefined ? '' : ` ${one.subject}`)

const WORDS: Partial<Record<BreakCause, Words>> = {
  'model-changed': (one) => `model changed to${named(one)}`,
  'tool-added': (one) => `tool${named(one)} was added`,
  'tool-removed': (one) => `tool${named(one)} was removed`,
  'tools-reordered': (one) => `tool list order changed${one.subject === undefined ? '' : `, from ${one.subject} on`}`,
  'tool-changed': (one) => `definition of tool${named(one)} changed${shown(one)}`,
  'tool-keys-reordered': (one) => `keys in the definition of tool${named(one)} changed their order`,
  'system-changed': (one) => `system prompt changed${shown(one)}`,
  'settings-changed': (one) => `setting${named(one)} changed${shown(one)}`,
  'message-edited': (one) =>
    `${one.where ?? 'an earlier message'} (${one.subject ?? 'message'}) was edited${shown(one)}`,
  'thinking-dropped': (one) => `thinking was dropped from ${one.where ?? 'an earlier message'}`,
  expired: (one) =>
    `nothing was read ${one.idleMs === undefined ? '' : `${minutes(one.idleMs)} after the last request, `}longer than the cache lives`,
  'own-edit': (one) => `Headroom sent ${one.where ?? 'an earlier result'} in another form than before`,
  'own-rewrite': (one) => `Headroom sent ${one.where ?? 'an earlier message'} in another form than before, on purpose`,
  unknown: () => 'the request begins as the last one did; the provider did not find its own entry',
}

const wordsOf = ({ cause }: CacheBreak): Words => WORDS[cause] ?? (() => SHORT[cause])

const ADVICE: Readonly<Record<BreakCause, string>> = {
  'model-changed': 'Each model has a cache of its own: change models between sessions, or at a natural end.',
  'tool-added': 'Offer all tools from the first request on; a late MCP server changes the list.',
  'tool-removed': 'Keep the tool list fixed for a session.',
  'tools-reordered': 'Sort the tool list by name before sending it.',
  'tool-changed': 'Keep descriptions and schemas free of times, paths and counts.',
  'tool-keys-reordered': 'Serialize tool schemas with a fixed order of keys.',
  'system-changed': 'Move what changes to the end of the newest user message, or let `--align-prefix` do it.',
  'settings-changed': 'Keep tool choice, thinking and output settings fixed for a session.',
  'message-edited': 'Append instead of editing: put reminders into the newest message only.',
  'thinking-dropped': 'Send thinking blocks back as they came.',
  'history-compacted': 'Expected after a compaction; it pays back when the history was long.',
  rewound: 'Expected after going back; what lies before the fork is read again.',
  'breakpoint-moved': 'Keep a breakpoint within 20 blocks of the last one, and never move it back.',
  'breakpoint-dropped': 'Set cache_control on every request of the session.',
  'ttl-changed': 'Keep one cache lifetime for a session.',
  expired: 'For pauses like this one, a longer cache lifetime costs less than paying the prefix again.',
  'own-edit': 'Headroom caused this one. Please report it with `headroom inspect` of the request.',
  'own-rewrite':
    'Shortened history pays back by later reads (`headroom inspect` has the sums); with --align-prefix, a value that changes while tools run costs this.',
  unknown: 'Nothing to change in the request: the provider dropped or moved its cache.',
}

export const adviceFor = (cause: BreakCause): string => ADVICE[cause]

// What a question about a log may mean besides its own words: other words that logs use, and the kind of answer it wants.
import type { Query, QueryTerm } from '../../salience/query.js'

/** Words that stand for each other in logs; stems, matched as the start of a word. */
const SAME: readonly (readonly string[])[] = [
  ['fail', 'error', 'broke', 'crash', 'abort', 'panic', 'exception', 'fatal', 'wrong'],
  [
    'missing',
    'not found',
    'no such',
    'cannot find',
    'could not find',
    'not exist',
    'absent',
    'lack',
    'undefined',
    'unresolved',
  ],
  ['version', 'release', 'v1', 'v2'],
  ['took', 'time', 'duration', 'elapsed', 'long', 'seconds', 'finished in'],
  ['refus', 'denied', 'deny', 'reject', 'forbidden', 'not allowed', 'not permitted', 'unauthorized', '403', '401'],
  ['kill', 'oom', 'signal', 'terminated', 'sigkill', 'out of memory'],
  ['timeout', 'timed out', 'time out', 'deadline', 'exceeded'],
  ['host', 'server', 'node', 'machine'],
  ['user', 'login', 'account', 'logged in', 'session opened'],
  ['expect', 'want', 'actual', 'received', 'got', 'instead', 'compar', 'differ', 'not equal'],
  ['skip', 'ignor', 'disabled'],
  ['unused', 'never used', 'not used', 'declared and not', 'never read', 'dead code'],
  ['start', 'launch', 'listening', 'boot', 'began'],
  ['stop', 'shutdown', 'shutting down', 'exit', 'closed', 'terminat'],
  ['download', 'fetch', 'get:', 'retriev', 'collecting'],
  ['compil', 'build', 'built'],
  ['redirect', 'moved', '301', '302'],
  ['disk', 'space', 'storage', 'filesystem'],
  ['memory', 'heap', 'rss', 'oom'],
  ['deprecat', 'obsolete', 'will be removed', 'no longer'],
  ['duplicate', 'already', 'twice', 'again'],
  ['slow', 'delay', 'latency', 'lag'],
  ['connect', 'socket', 'unreachable', 'reset by peer'],
  ['warning', 'warn'],
  ['conflict', 'incompatible', 'mismatch'],
  ['import', 'module', 'package', 'dependency', 'library'],
  ['install', 'setting up', 'unpacking'],
  ['leak', 'not freed', 'unclosed'],
  ['permission', 'denied', 'eacces', 'not permitted'],
  ['result', 'outcome', 'status', 'summary'],
  ['restart', 'respawn', 'backoff', 'back-off'],
  ['replace', 'instead', 'migrat', 'rename'],
]
/** Weight of a word that the question does not use itself. */
const RELATED = 0.3

/** Words that logs use for what the question says in others, with their weights. */
export const relatedTerms = (query: Query, asked: string): readonly QueryTerm[] => {
  const own = new Set(query.terms.map((term) => term.text))
  const weights = new Map<string, number>()
  const lower = asked.toLowerCase()
  for (const group of SAME) {
    const said = group.some((word) =>
      word.includes(' ') ? lower.includes(word) : query.terms.some((term) => isFormOf(term.text, word)),
    )
    if (said) for (const word of group) if (!own.has(word)) weights.set(word, RELATED)
  }
  return [...weights].map(([text, weight]) => ({ text, weight }))
}

/** `refused` is a form of `refus`; short words must be equal. */
const isFormOf = (term: string, word: string): boolean =>
  term === word || (word.length > 3 && term.length <= word.length + 4 && term.startsWith(word))

const SHAPES: readonly (readonly [asks: RegExp, answers: RegExp])[] = [
  [
    /\bhow (?:long|slow|fast)\b|\bhow much time\b|\bdurations?\b|\belapsed\b|\btook\b/i,
    /\d ?(?:ms|s|secs?|seconds?|min(?:utes?)?|m|h|hours?)\b|\d:\d\d:\d\d\b.*\b(?:elapsed|lifetime|total)|\b(?:elapsed|took|duration|time)\b.{0,20}\d/i,
  ],
  [/\bversions?\b|\breleases?\b/i, /\d+\.\d+(?:\.\d+)?/],
  [
    /\bwhere\b|\bwhich (?:source |test )?(?:file|line|page|script)\b|\bat (?:which|what) line\b|\bwhat line\b/i,
    /[\w/\\-]\.\w{1,8}[:(]\d|\bline \d|\.\w{1,6}["' ]/i,
  ],
  [
    /\b(?:hosts?|servers?|address(?:es)?|ip|node|machine|broker|endpoint|port)\b/i,
    /\d{1,3}\.\d{1,3}\.\d{1,3}\.\d|[\w-]+\.[\w.-]+:\d|\bport\b|:\d{2,5}\b|\b(?:host|node|rhost)\b/i,
  ],
  [/\b(?:who|users?|accounts?|logged in)\b/i, /\b(?:user|uid|for|by|login|owner|account)\b/i],
  [/\b(?:url|link|page|redirect)\b/i, /https?:\/\//i],
  [/\bhow (?:many|much|large|big|often)\b|\bnumber of\b|\bcount\b|\btotal\b/i, /\d/],
  [/\b(?:exit )?(?:code|status)\b/i, /\b(?:code|status|exit(?:ed)?|returned)\b.{0,20}\d/i],
]
/** Factor of a line that looks like the kind of answer. */
const FITS = 1.35

/** Factor by line: more than 1 where it looks like what the question wants. */
export const fitOf = (asked: string): ((line: string) => number) => {
  const wanted = SHAPES.filter(([asks]) => asks.test(asked)).map(([, answers]) => answers)
  return wanted.length === 0 ? () => 1 : (line) => (wanted.some((answer) => answer.test(line)) ? FITS : 1)
}

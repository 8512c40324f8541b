/** A query as weighted terms: what a line or row must contain to be about it. */
export interface QueryTerm {
  /** Lower case. */
  readonly text: string
  /** 1 for an ordinary word; more for identifiers, numbers, quotes and paths, which name one thing. */
  readonly weight: number
}

export interface Query {
  readonly terms: readonly QueryTerm[]
  /** Quoted phrases, identifiers, paths, ids and numbers as written: whoever asks for one wants its line. */
  readonly literals: readonly string[]
  readonly wantsFirst: boolean
  readonly wantsLast: boolean
  readonly wantsMost: boolean
  readonly wantsLeast: boolean
  readonly wantsCount: boolean
  readonly wantsFailure: boolean
}

const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a an the of in on at to for from by with and or is are was were be been being do does did has have had it its this that these those there ' +
    'what which who whom whose when where why how much many name give tell show list find get me my i you your please can could would should will ' +
    'any all each every some than then so if as not no into about over after before during between only also just'
  ).split(' '),
)

const WORD = /[\p{L}\p{N}_$][\p{L}\p{N}_$./:@#-]*[\p{L}\p{N}_$]|[\p{L}\p{N}]/gu
const QUOTED = /"([^"\n]{1,200})"|'([^'\n]{2,200})'(?![\p{L}])|`([^`\n]{1,200})`/gu
const NAMES_ONE_THING = /[\d_$./:@#-]|\p{Ll}\p{Lu}|^\p{Lu}{2,}$/u

/** One turn asks the same of all its texts. */
let latest: { readonly source: string; readonly parsed: Query } | undefined

export const parseQuery = (query: string | undefined): Query => {
  const source = (query ?? '').slice(0, 4000)
  if (latest?.source !== source) latest = { source, parsed: parsed(source) }
  return latest.parsed
}

const parsed = (source: string): Query => {
  const literals = new Set<string>()
  const weights = new Map<string, number>()
  const add = (text: string, weight: number) => weights.set(text, Math.max(weight, weights.get(text) ?? 0))
  for (const match of source.matchAll(QUOTED)) {
    const phrase = match[1] ?? match[2] ?? match[3] ?? ''
    literals.add(phrase)
    add(phrase.toLowerCase(), 4)
  }
  for (const [word] of source.matchAll(WORD)) {
    const lower = word.toLowerCase()
    if (NAMES_ONE_THING.test(word)) {
      literals.add(word)
      add(lower, 3)
      for (const part of wordParts(word)) if (part.length > 2 && !STOP_WORDS.has(part)) add(part, 1)
    } else if (!STOP_WORDS.has(lower) && lower.length > 1) add(stem(lower), 1)
  }
  const has = (pattern: RegExp) => pattern.test(source)
  return {
    terms: [...weights].map(([text, weight]) => ({ text, weight })),
    literals: [...literals],
    wantsFirst: has(/\b(first|earliest|oldest|initial|top)\b/i),
    wantsLast: has(/\b(last|latest|newest|final|most recent)\b/i),
    wantsMost: has(
      /\b(most|max(imum)?|highest|largest|biggest|heaviest|longest|greatest|slowest|top|oldest|latest)\b/i,
    ),
    wantsLeast: has(/\b(least|min(imum)?|lowest|smallest|lightest|shortest|fewest|fastest|earliest)\b/i),
    wantsCount: has(/\b(how many|number of|count|total)\b/i),
    wantsFailure: has(
      /\b(fail\w*|error\w*|exception|crash\w*|wrong|broke\w*|abort\w*|problem|issue|missing|cause\w*|reason|why)\b/i,
    ),
  }
}

/** `parseHttpRequest` and `parse_http_request` both give parse, http, request. */
export const wordParts = (word: string): string[] =>
  word
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '')

/** Light suffix stripping for English, so that `errors` meets `error`; other words pass unchanged. */
export const stem = (word: string): string => {
  if (word.length > 5 && word.endsWith('ies')) return `${word.slice(0, -3)}y`
  if (word.length > 5 && word.endsWith('ing')) return word.slice(0, -3)
  if (word.length > 4 && word.endsWith('ed')) return word.slice(0, -2)
  if (word.length > 4 && word.endsWith('es') && /(?:s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2)
  if (word.length > 3 && word.endsWith('s') && !word.endsWith('ss')) return word.slice(0, -1)
  return word
}

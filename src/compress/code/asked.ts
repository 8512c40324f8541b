// What a question is about: functions it names, else those whose text answers it best, and rows that hold its words.
import { bm25 } from '../../salience/bm25.js'
import { parseQuery, type Query } from '../../salience/query.js'
import { type Fn, headText, nameOf } from './find.js'
import { rowsText, type Source } from './source.js'

export interface Asked {
  readonly whole: ReadonlySet<Fn>
  readonly focus: readonly number[]
}

interface Budget {
  /** Tokens of bodies that a question names. */
  readonly named: number
  /** Tokens of bodies that only resemble it. */
  readonly alike: number
  readonly tokensPerChar: number
}

const NOTHING: Asked = { whole: new Set(), focus: [] }

/** Words of questions that are seldom meant as names. */
const PLAIN = new Set(
  (
    'what which who where when why how does do did is are was the a an of in on for to from and or not it its this that with by be can ' +
    'error errors message messages text log logs signature function functions method methods class classes produce produces return returns ' +
    'raise raises throw throws value values default type types file code line lines name names argument arguments parameter parameters use used'
  ).split(' '),
)
const NAME = /[\p{L}_$][\p{L}\p{N}_$]*(?:(?:::|\.|#|->)~?[\p{L}_$][\p{L}\p{N}_$]*)*[?!]?/gu

interface Named {
  readonly last: string
  readonly scope: readonly string[]
  readonly weight: number
}

const namesIn = (query: string): Named[] => {
  const found = new Map<string, Named>()
  for (const [word] of query.slice(0, 4000).matchAll(NAME)) {
    for (const form of [word, word.replace(/[?!]$/, '')]) {
      const parts = form.split(/::|\.|#|->/)
      const last = parts.at(-1)!
      if (last.length < 2) continue
      const special = /[_$\d:.#?!]|\p{Ll}\p{Lu}/u.test(form)
      const weight = PLAIN.has(last.toLowerCase()) && !special ? 0.2 : special ? 3 : 1
      if (!found.has(form)) found.set(form, { last, scope: parts.slice(0, -1), weight })
    }
  }
  return [...found.values()]
}

export const askedOf = (fns: readonly Fn[], source: Source, query: string | undefined, budget: Budget): Asked => {
  if (query === undefined || query.trim() === '' || fns.length === 0) return NOTHING
  const parsed = parseQuery(query)
  const named = rankNamed(fns, source, query, parsed)
  // Heads are shown anyway: who asks for no more than a head needs no body.
  const chosen = named.length === 0 ? rankAlike(fns, source, parsed) : asksForHead(query) ? [] : named
  const whole = new Set<Fn>()
  const focus = new Set<number>()
  let left = named.length > 0 ? budget.named : budget.alike
  for (const fn of chosen) {
    const tokens = rowsText(source, fn.start, fn.end).length * budget.tokensPerChar
    if (tokens <= left) {
      whole.add(fn)
      left -= tokens
    } else if (whole.size === 0 && focus.size === 0) for (const row of bestRows(fn, source, parsed)) focus.add(row)
  }
  for (const row of literalRows(source, parsed, named.length > 0 ? namesOf(named, source) : new Set())) focus.add(row)
  return { whole, focus: [...focus].toSorted((a, b) => a - b) }
}

const HEAD = /\b(?:signature|prototype|parameters?|arguments?|return type)\b/i
const BODY =
  /\b(?:how|why|when|does|do|error|message|value|implement\w*|body|logic|inside|calls?|called|rais\w+|throw\w*|handle\w*|check\w*|use[ds]?)\b/i

const asksForHead = (query: string): boolean => HEAD.test(query) && !BODY.test(query.replace(/`[^`]*`|"[^"]*"/g, ''))

const namesOf = (fns: readonly Fn[], source: Source): ReadonlySet<string> =>
  new Set(fns.flatMap((fn) => [nameOf(fn, source), lastPart(nameOf(fn, source))]))

const lastPart = (name: string): string =>
  name
    .split(/::|\.|#/)
    .at(-1)!
    .trim()

/** Functions whose name the question gives, best first. */
const rankNamed = (fns: readonly Fn[], source: Source, query: string, parsed: Query): Fn[] => {
  const wanted = namesIn(query)
  const exact = new Map(wanted.map((name) => [name.last, name]))
  const loose = new Map(wanted.map((name) => [name.last.toLowerCase(), name]))
  const found: { fn: Fn; weight: number }[] = []
  for (const fn of fns) {
    const full = nameOf(fn, source)
    if (full === '') continue
    const last = lastPart(full)
    const hit = exact.get(last) ?? (last.length > 3 ? loose.get(last.toLowerCase()) : undefined)
    if (hit === undefined) continue
    const scope = scopeOf(fn, full)
    const scoped =
      wanted.some((name) => name !== hit && scope.includes(name.last)) || hit.scope.some((part) => scope.includes(part))
    found.push({ fn, weight: hit.weight + (hit.last === last ? 1 : 0) + (scoped ? 4 : 0) })
  }
  const best = Math.max(0, ...found.map(({ weight }) => weight))
  const near = found.filter(({ weight }) => weight >= best * 0.5 && weight >= 1)
  const texts = near.map(({ fn }) => rowsText(source, fn.first, fn.last))
  const scores = bm25(texts, parsed)
  const order = near.map((entry, index) => ({ ...entry, score: scores[index]! }))
  return order.toSorted((a, b) => b.weight - a.weight || b.score - a.score).map(({ fn }) => fn)
}

/** Names of what a function stands in: classes above it, and the qualifiers of its own name. */
const scopeOf = (fn: Fn, full: string): string[] => {
  const scope = full.split(/::|\.|#/).slice(0, -1)
  for (let node = fn.node.parent; node !== null; node = node.parent) {
    const name = node.childForFieldName('name') ?? node.childForFieldName('type')
    if (name !== null) scope.push(name.text.split(/[<(]/)[0]!)
  }
  return scope
}

/** Best first; only functions that hold a word few others hold. */
const rankAlike = (fns: readonly Fn[], source: Source, parsed: Query): Fn[] => {
  const outer = fns.filter((fn) => fn.parent === undefined)
  const texts = outer.map((fn) => rowsText(source, fn.start, fn.end))
  const lower = texts.map((text) => text.toLowerCase())
  const few = Math.max(1, Math.floor(outer.length * 0.2))
  const rare = parsed.terms.filter(({ text }) => {
    const holders = lower.filter((body) => body.includes(text)).length
    return holders > 0 && holders <= few
  })
  if (rare.length === 0) return []
  const scores = bm25(texts, { ...parsed, terms: rare })
  const best = Math.max(...scores)
  return outer
    .map((fn, index) => ({ fn, score: scores[index]! }))
    .filter(({ score }) => score > 0 && score >= best * 0.5)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, 3)
    .map(({ fn }) => fn)
}

const FAILS =
  /\b(?:throw|raise|panic|abort|fatal|die|fail\w*|reject|warn\w*|assert\w*|exit)\b|\w*(?:Error|Exception|Errorf|error)\b\s*[({!]|log\w*\.|\blog\w*\(|perror|printf|Err\(/
const RESULTS = /\b(?:return|yield|resolve)\b/
const MAX_ROWS = 16

/** Rows of a function too long to stay whole that the question is most likely about. */
const bestRows = (fn: Fn, source: Source, query: Query): number[] => {
  const scored: { row: number; score: number }[] = []
  const head = headText(fn, source).toLowerCase()
  for (let row = fn.first; row <= fn.last; row++) {
    const text = rowsText(source, row, row)
    const lower = text.toLowerCase()
    let score = 0
    for (const term of query.terms) if (!head.includes(term.text) && lower.includes(term.text)) score += term.weight
    if (query.wantsFailure && FAILS.test(text)) score += 2
    if (RESULTS.test(text)) score += 0.5
    if (score > 0) scored.push({ row, score })
  }
  return scored
    .toSorted((a, b) => b.score - a.score || a.row - b.row)
    .slice(0, MAX_ROWS)
    .map(({ row }) => row)
}

/** Occurrences up to which a literal of the question names one place. */
const RARE = 3
const MIN_CHARS = 4

/** Rows that hold what the question quotes, where that is rare. */
const literalRows = (source: Source, query: Query, names: ReadonlySet<string>): number[] => {
  const { text } = source.code
  const rows: number[] = []
  for (const literal of query.literals) {
    if (literal.length < MIN_CHARS || names.has(literal)) continue
    const at: number[] = []
    for (
      let index = text.indexOf(literal);
      index !== -1 && at.length <= RARE;
      index = text.indexOf(literal, index + literal.length)
    )
      at.push(index)
    if (at.length <= RARE) rows.push(...at.map((index) => rowAt(source, index)))
  }
  return rows
}

const rowAt = ({ code }: Source, index: number): number => {
  let low = 0
  let high = code.count - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (code.starts[middle]! <= index) low = middle
    else high = middle - 1
  }
  return low
}

// Worth of each line for the question: definitions of what it names, files it names, its words; else what the line itself is.
import { bm25 } from '../../salience/bm25.js'
import { parseQuery, type Query } from '../../salience/query.js'
import { definitionTest, plainWorth } from './definition.js'
import { oddLines } from './odd.js'
import { nameOf, type SearchLine, type SearchResult } from './parse.js'

export interface Ranking {
  /** Higher is better; comparable within one output only. */
  readonly scores: Float64Array
  /** Line indices that stay whatever the budget says, best first. */
  readonly must: readonly number[]
  /** Matches that look like a definition of something, best first. */
  readonly defining: readonly number[]
}

/** More definitions of one name than this are uses that look alike. */
const MAX_DEFINITIONS = 24
/** A term is specific while it stands in no more lines than this share, or this number, of all. */
const SPECIFIC_SHARE = 0.04
const SPECIFIC_LINES = 4
const MAX_NAMED_LINES = 60
/** Below what the question asks for, above what only looks useful. */
const ODD_WORTH = 4

export const rank = (result: SearchResult, question: string | undefined, pattern: string | undefined): Ranking => {
  const query = parseQuery(question)
  const scores = new Float64Array(result.lines.length)
  const relevance = bm25(
    result.lines.map((line) => line.text),
    query,
  )
  const defining: number[] = []
  result.lines.forEach((line, index) => {
    const worth = plainWorth(line.text)
    if (worth === 1 && line.kind === 'match') defining.push(index)
    scores[index] = (line.kind === 'context' ? 0.1 : 1) * (worth + Math.min(8, relevance[index]!))
  })
  const must = new Map<number, number>()
  const add = (index: number, worth: number) => {
    scores[index]! += worth
    must.set(index, Math.max(worth, must.get(index) ?? 0))
  }
  addDefinitions(
    result,
    namesOf(question ?? '', query, pattern ?? searchedName(result)),
    wantsDefinition(question ?? ''),
    add,
  )
  addNamedFiles(result, question ?? '', query, add)
  addSpecific(result, query, add)
  if (query.wantsMost || query.wantsLeast) addExtremes(result, query, add)
  // Whoever names a thing asks about it; whoever does not may be after what stands out.
  if (query.literals.length === 0) for (const index of oddLines(result)) add(index, ODD_WORTH)
  if (result.isList) addListHits(result, query, scores, add)
  defining.sort((a, b) => scores[b]! - scores[a]! || a - b)
  return { scores, defining, must: [...must].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([index]) => index) }
}

const wantsDefinition = (question: string): boolean =>
  /\b(?:defin\w*|implement\w*|declar\w*|signature|prototype|creat(?:ed|es)|introduced|live|body)\b/i.test(question)

/** Identifiers that a definition is wanted of: named in the question, or searched for. `Class.method` asks for the method. */
const namesOf = (question: string, query: Query, pattern: string | undefined): string[] => {
  const names = new Set<string>()
  for (const literal of query.literals) {
    for (const part of [literal, literal.split(/[.:#]+|->/).at(-1) ?? '']) if (/^[\w$]{2,}$/.test(part)) names.add(part)
  }
  if (wantsDefinition(question)) {
    for (const [word] of question.matchAll(/[A-Za-z_$][\w$]{2,}/g))
      if (!QUESTION_WORDS.has(word.toLowerCase())) names.add(word)
  }
  const searched = pattern?.replace(/\\b|\\s[*+]?|[\^$()]|\\|^(?:function|def|class|func|fn)\b/g, '').trim()
  if (searched !== undefined && /^[\w$]{3,}$/.test(searched)) names.add(searched)
  return [...names].slice(0, 12)
}

/** Lines looked at, and share of them that a name must stand in, to be taken for what was searched. */
const GUESS_LINES = 32
const GUESS_SHARE = 0.6

/** Identifier that most matches hold: what was searched, where the tool call does not say. The longest among equals. */
const searchedName = (result: SearchResult): string | undefined => {
  const holders = new Map<string, number>()
  const matches = result.lines.filter((line) => line.kind === 'match').slice(0, GUESS_LINES)
  for (const { text } of matches)
    for (const name of new Set(text.slice(0, 400).match(/[A-Za-z_$][\w$]{2,60}/g)))
      holders.set(name, (holders.get(name) ?? 0) + 1)
  let best: string | undefined
  for (const [name, count] of holders) {
    if (count < Math.max(3, matches.length * GUESS_SHARE)) continue
    const most = best === undefined ? 0 : holders.get(best)!
    if (count > most || (count === most && name.length > best!.length)) best = name
  }
  return best
}

/** Where the question asks for the most or the least: the files with most matches, the entries with most or least counts. */
const addExtremes = (result: SearchResult, query: Query, add: Add): void => {
  const sized = result.files.flatMap((file) => {
    const index = file.matches[0]
    return index === undefined ? [] : [{ index, size: result.lines[index]!.count ?? file.matches.length }]
  })
  const sorted = sized.sort((a, b) => b.size - a.size || a.index - b.index)
  if (query.wantsMost) for (const { index } of sorted.slice(0, 3)) add(index, 5)
  if (query.wantsLeast) for (const { index } of sorted.slice(-3)) add(index, 5)
}

const QUESTION_WORDS: ReadonlySet<string> = new Set(
  (
    'where which what who how does did the this that are was were has have had defined define defines definition declared declare implemented ' +
    'implement implements implementation itself method function class struct type file line lines constant variable macro interface module and for ' +
    'with from its created introduced signature prototype body live lives there'
  ).split(' '),
)

type Add = (index: number, worth: number) => void

const addDefinitions = (result: SearchResult, names: readonly string[], wanted: boolean, add: Add): void => {
  for (const name of names) {
    const test = definitionTest(name)
    const found: { index: number; worth: number }[] = []
    result.lines.forEach((line, index) => {
      if (line.kind !== 'match') return
      const grade = test.grade(line.text)
      if (grade === 0) return
      const stem = stemOf(result.files[line.file]!.path).toLowerCase()
      const home = names.some((other) => other.length > 2 && stem === other.toLowerCase()) ? 2 : 0
      found.push({ index, worth: (wanted ? 12 : 6) + grade * 3 + home })
    })
    const best = found.reduce((most, { worth }) => Math.max(most, worth), 0)
    const kept = found.filter(({ worth }) => worth > best - 4).sort((a, b) => b.worth - a.worth)
    if (kept.length <= MAX_DEFINITIONS || wanted)
      for (const { index, worth } of kept.slice(0, MAX_DEFINITIONS)) add(index, worth)
  }
}

const stemOf = (path: string): string => nameOf(path).replace(/\.[^.]*$/, '')

/** All lines of a file that the question names by path or by file name. */
const addNamedFiles = (result: SearchResult, question: string, query: Query, add: Add): void => {
  if (question === '' || result.isList) return
  const asked = query.literals
    .filter((literal) => /[./\\]/.test(literal))
    .map((literal) => literal.replace(/^\.\//, ''))
  if (asked.length === 0) return
  for (const file of result.files) {
    const path = file.path.replace(/^\.\//, '')
    const named = asked.some(
      (literal) => path === literal || path.endsWith(`/${literal}`) || literal.endsWith(`/${path}`),
    )
    if (!named) continue
    for (const [nth, index] of file.matches.slice(0, MAX_NAMED_LINES).entries()) add(index, 10 - nth / 100)
  }
}

/** Lines that hold a literal of the question which few others hold. */
const addSpecific = (result: SearchResult, query: Query, add: Add): void => {
  const limit = Math.max(SPECIFIC_LINES, result.lines.length * SPECIFIC_SHARE)
  for (const literal of query.literals) {
    if (literal.length < 2) continue
    const holders: number[] = []
    result.lines.forEach((line, index) => {
      if (holders.length <= limit && (line.kind === 'match' || line.kind === 'context') && line.text.includes(literal))
        holders.push(index)
    })
    if (holders.length <= limit) for (const index of holders) add(index, 8)
  }
}

/** In a list a question's words meet names: a whole name first, then a part of a name, then a folder. */
const addListHits = (result: SearchResult, query: Query, scores: Float64Array, add: Add): void => {
  const limit = Math.max(20, result.lines.length * 0.05)
  for (const { text: term, weight } of query.terms) {
    if (term.length < 3) continue
    const hits: { index: number; worth: number }[] = []
    result.lines.forEach((line, index) => {
      if (line.kind !== 'entry') return
      const worth = listWorth(line, result, term) * weight
      if (worth > 0) hits.push({ index, worth })
    })
    for (const { index, worth } of hits) scores[index]! += worth
    const named = hits.length > limit ? hits.filter(({ worth }) => worth >= 3 * weight) : hits
    if (named.length <= limit) for (const { index, worth } of named) add(index, worth)
  }
}

const listWorth = (line: SearchLine, result: SearchResult, term: string): number => {
  const path = result.files[line.file]!.path.toLowerCase()
  if (!path.includes(term)) return 0
  const name = nameOf(path)
  if (name === term || stemOf(path) === term || path.endsWith(`/${term}`)) return 4
  return name.includes(term) ? 3 : 1
}

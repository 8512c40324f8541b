// Rows of a list that differ from the others, column by column: missing and extra fields, odd types, rare values,
// odd shapes and lengths of text, repeated ids, failures. Numbers are judged in numbers.ts.
import { type Column, columnsOf } from './columns.js'
import { troubleOf } from './failures.js'
import { Marks } from './marks.js'
import { markNumbers } from './numbers.js'
import { type Question, relevance } from './question.js'
import { caseOf, leadOf, makeOf, shapeOf } from './text-shape.js'
import { NUMBER, STRING, type Tree } from './tree.js'
import { entriesWhere, seriesOf, type Values, valuesOf } from './values.js'
import { wordingsOf } from './wording.js'

/** Rows below this number are too few to say what is usual. */
const MIN_ROWS = 6

/** Values of fields that few rows have, of which all stay in rows that lose members. */
const MAX_HOT = 40

/** Mean length up to which a value can be a row's name. */
const MAX_NAME_CHARS = 64

/** Failures told of by number. */
const MAX_FACTS = 2
const PLAIN_WORD = /^[\w.:/@-]{1,24}$/

/** What words add that hardly any other row has. */
const UNUSUAL_WORDS = 2

/** What mere words add once some rows hold the very thing that was asked for. */
const WORDS_BESIDE_HITS = 0.25

export interface Judged {
  readonly marks: Marks
  readonly columns: readonly Column[]
}

export const judgeRows = (
  tree: Tree,
  items: readonly number[],
  question: Question,
  names?: readonly string[],
): Judged => {
  const marks = new Marks(items.length)
  const columns = columnsOf(tree, items, names)
  const { most, least, positions } = question.superlative
  const best = most || least ? Math.max(0, ...columns.map((column) => saidOf(column, question))) : 0
  const unique: Column[] = []
  for (const column of columns) {
    const asked = best > 0 && saidOf(column, question) >= best
    const values = markColumn(tree, column, marks, { most: asked && most, least: asked && least })
    if (isNaming(values, marks.rows)) unique.push(column)
  }
  marks.names = namingColumns(unique).flatMap((column) => column.nodes)
  for (const position of positions)
    if (position < items.length) {
      marks.must(position, 'asked position')
      marks.asked.add(position)
    }
  if (items.length >= MIN_ROWS) markPresence(columns, marks)
  markAskedRows(tree, items, question, marks)
  return { marks, columns }
}

/** How much of a column's name is said; an exact column beats one that shares a word, and both one that an adjective is about. */
const saidOf = (column: Column, question: Question): number => {
  const own = question.named(column.name)
  if (own > 0) return own + 0.1 * question.named(column.parent)
  return question.superlative.about?.test(column.name) ? 0.05 : 0
}

const markPresence = (columns: readonly Column[], marks: Marks): void => {
  const extra = new Set<number>()
  const nodes: number[] = []
  for (const column of columns) {
    if (column.present <= marks.few) {
      for (const row of column.rows) extra.add(row)
      nodes.push(...column.nodes.slice(0, MAX_HOT))
    } else if (column.present < marks.rows && marks.rows - column.present <= marks.few) {
      const having = new Set(column.rows)
      const missing: number[] = []
      for (let row = 0; row < marks.rows; row++) if (!having.has(row)) missing.push(row)
      marks.flag({ rows: missing, nodes: [] }, `${column.parent}.${column.name} missing`)
    }
  }
  marks.flag({ rows: [...extra], nodes: nodes.slice(0, MAX_HOT) }, 'rare field')
}

const markColumn = (tree: Tree, column: Column, marks: Marks, wants: { most: boolean; least: boolean }): Values => {
  const values = valuesOf(tree, column)
  const { ids, texts, counts, ofKind } = values
  markFailures(tree, values, marks)
  const series = seriesOf(values)
  if (series) markNumbers(series, column, marks, wants)
  if (marks.rows < MIN_ROWS) return values
  const about = { marks, reason: `${column.parent}.${column.name}` }
  markKinds(values, about)
  if (texts.length === 1) return values
  const isEnum = texts.length <= Math.max(8, Math.sqrt(ids.length))
  if (isEnum || texts.length * 4 <= ids.length) markRare(values, about)
  if (ofKind[STRING]! * 2 > ids.length) markCases(values, about)
  if (!isEnum && ofKind[STRING]! * 2 > ids.length) {
    markTexts(values, about)
    markWordings(values, about)
  }
  if (ofKind[STRING]! * 2 > ids.length) markParts(values, about)
  if (texts.length < ids.length && texts.length >= 0.9 * ids.length && ids.length >= 12 && ofKind[NUMBER] === 0)
    marks.flag(
      entriesWhere(values, (entry) => counts[ids[entry]!]! > 1 && texts[ids[entry]!]!.length > 3),
      `${about.reason} repeated`,
    )
  return values
}

/** Short values, one for each row and nearly all different. */
const isNaming = ({ column, texts, ids, ofKind }: Values, rows: number): boolean => {
  if (rows < 2 || ids.length !== rows || column.present !== rows || texts.length < 0.9 * rows) return false
  if (ofKind[STRING]! + ofKind[NUMBER]! < rows) return false
  const sample = texts.slice(0, MAX_HOT)
  const chars = sample.reduce((sum, text) => sum + text.length, 0)
  return chars <= MAX_NAME_CHARS * sample.length && !/^[a-z]{2,6}:\/\//.test(sample[0]!) && !/\.\d/.test(sample[0]!)
}

const CALLED =
  /^(?:_?id|key|name|title|label|login|path|file|slug|number|code|sku|.*(?:Name|[_-]name|Identifier|identifier|Id|[_-]id|Key|[Pp]ath))$/

/** The first that is called like a name, else the first; and a second of the other sort beside an opaque one. */
const namingColumns = (unique: readonly Column[]): Column[] => {
  const top = unique.filter((column) => column.parent === '')
  const near = top.length > 0 ? top : unique.slice(0, 3)
  const called = near.filter((column) => CALLED.test(column.name))
  return (called.length > 0 ? called : near).slice(0, 2)
}

interface About {
  readonly marks: Marks
  readonly reason: string
}

const markKinds = (values: Values, { marks, reason }: About): void => {
  values.ofKind.forEach((count, kind) => {
    if (count === 0 || count > marks.few || values.ids.length - count < 4 * count) return
    marks.flag(
      entriesWhere(values, (entry) => values.kinds[entry] === kind),
      `${reason} type`,
    )
  })
}

/** Rare values of a column that has few values, and the rows where a value that holds for long changes. */
const markRare = (values: Values, { marks, reason }: About): void => {
  const { ids, counts, column } = values
  let common = 0
  for (const count of counts) if (count > marks.few) common += count
  if (common >= 0.8 * ids.length) {
    const rare = rareCount(counts, marks)
    marks.flag(
      entriesWhere(values, (entry) => counts[ids[entry]!]! <= rare),
      `${reason} rare`,
    )
  }
  const changes = entriesWhere(values, (entry) => entry > 0 && ids[entry] !== ids[entry - 1]).rows
  if (changes.length <= Math.max(3, marks.cap)) for (const row of changes) marks.add(row, 1)
  let seen = 0
  for (let entry = 0; entry < ids.length && seen < counts.length; entry++) {
    if (ids[entry]! < seen) continue
    seen = ids[entry]! + 1
    marks.add(column.rows[entry]!, 0.3)
  }
}

/** Times up to which a value is rare: fewer in long lists, where many values are held by a few rows each. */
const rareCount = (counts: ArrayLike<number>, marks: Marks): number => {
  for (let times = marks.few; times > 1; times >>= 1) {
    let rows = 0
    let next = Number.POSITIVE_INFINITY
    for (let id = 0; id < counts.length; id++) {
      if (counts[id]! <= times) rows += counts[id]!
      else if (counts[id]! < next) next = counts[id]!
    }
    if (rows <= marks.cap && next >= 2 * times) return times
  }
  return 1
}

/** Texts that start in another case than nearly all others: `expired` among `Oslo`, `Porto`. */
const markCases = (values: Values, { marks, reason }: About): void => {
  const { ids, texts, kinds } = values
  const cases = texts.map(caseOf)
  const counts = [0, 0, 0, 0]
  for (let entry = 0; entry < ids.length; entry++) counts[cases[ids[entry]!]!]!++
  if (Math.max(...counts) < ids.length - marks.few) return
  marks.flag(
    entriesWhere(values, (entry) => kinds[entry] === STRING && counts[cases[ids[entry]!]!]! <= marks.few),
    `${reason} case`,
  )
}

/** Texts of another make than nearly all others, and much longer or shorter ones. */
const markTexts = (values: Values, { marks, reason }: About): void => {
  const { ids, texts, kinds } = values
  const shapes = texts.map(shapeOf)
  const counts = new Map<number, number>()
  for (let entry = 0; entry < ids.length; entry++) {
    const shape = shapes[ids[entry]!]!
    counts.set(shape, (counts.get(shape) ?? 0) + 1)
  }
  const rare = rareCount([...counts.values()], marks)
  let common = 0
  for (const count of counts.values()) if (count > rare) common += count
  if (common >= 0.9 * ids.length && counts.size > 1)
    marks.flag(
      entriesWhere(values, (entry) => counts.get(shapes[ids[entry]!]!)! <= rare),
      `${reason} shape`,
    )
  const sorted = texts.map((text) => text.length).sort((a, b) => a - b)
  const usual = sorted[Math.max(0, sorted.length - 1 - marks.few)] ?? 0
  const least = sorted[Math.min(sorted.length - 1, marks.few)] ?? 0
  const isOdd = (length: number): boolean =>
    (length > 1.5 * usual && length > usual + 12) || (length < 0.4 * least && length + 4 < least)
  const odd = texts.map((text) => isOdd(text.length))
  if (odd.includes(true))
    marks.flag(
      entriesWhere(values, (entry) => kinds[entry] === STRING && odd[ids[entry]!]!),
      `${reason} length`,
    )
}

/** Texts with words of their own outrank those that many rows share. */
const markWordings = (values: Values, { marks, reason }: About): void => {
  const wordings = wordingsOf(values, marks.cap)
  if (!wordings) return
  marks.flag(wordings.odd, `${reason} wording`)
  for (const row of wordings.unusual) marks.add(row, UNUSUAL_WORDS)
}

/** Texts that begin otherwise than nearly all, and texts with letters among numbers or with digits among words. */
const markParts = (values: Values, { marks, reason }: About): void => {
  const { ids, texts, counts, kinds } = values
  const parts: readonly (readonly [name: string, part: (text: string) => string | number])[] = [
    ['lead', leadOf],
    ['make', makeOf],
  ]
  for (const [name, part] of parts) {
    const own = texts.map(part)
    const held = new Map<string | number, number>()
    own.forEach((key, id) => {
      held.set(key, (held.get(key) ?? 0) + counts[id]!)
    })
    const [usual, most] = [...held].reduce((top, entry) => (entry[1] > top[1] ? entry : top))
    if (usual === 3 || most < ids.length - marks.few || most === ids.length) continue
    marks.flag(
      entriesWhere(values, (entry) => kinds[entry] === STRING && own[ids[entry]!] !== usual),
      `${reason} ${name}`,
    )
  }
}

/** Failures are all kept where they are few; where they are the rule, the first two of each wording are. */
const markFailures = (tree: Tree, values: Values, marks: Marks): void => {
  const { ids, texts, firsts, column } = values
  const troubles = firsts.map((node) => troubleOf(tree, node, column.name, column.parent))
  if (!troubles.some((trouble) => trouble > 0)) return
  for (const row of entriesWhere(values, (entry) => troubles[ids[entry]!] === 1).rows) marks.add(row, 1)
  const failed: { row: number; node: number; shape: number }[] = []
  for (let entry = 0; entry < ids.length; entry++)
    if (troubles[ids[entry]!] === 2)
      failed.push({ row: column.rows[entry]!, node: column.nodes[entry]!, shape: shapeOf(texts[ids[entry]!]!) })
  const isRule = failed.length > Math.max(3, marks.rows * 0.1)
  if (isRule) marks.facts.push(...failureFacts(values, marks.rows, (id) => troubles[id] === 2))
  const seen = new Map<number, number>()
  for (const { row, node, shape } of failed) {
    const times = (seen.get(shape) ?? 0) + 1
    seen.set(shape, times)
    if (!isRule || (times <= 2 && seen.size <= 12)) {
      marks.must(row, `failure ${column.name} ${shape}`)
      marks.hot.push(node)
    } else marks.add(row, 0.3)
  }
}

/** How many rows have each of the commonest failures that are a word, where there is one value for each row. */
const failureFacts = (
  { column, texts, counts, ids }: Values,
  rows: number,
  fails: (id: number) => boolean,
): string[] =>
  ids.length !== column.present || !PLAIN_WORD.test(column.name)
    ? []
    : [...texts.keys()]
        .filter((id) => fails(id) && counts[id]! > 3 && counts[id]! < rows && PLAIN_WORD.test(texts[id]!))
        .sort((a, b) => counts[b]! - counts[a]! || a - b)
        .slice(0, MAX_FACTS)
        .map((id) => `${column.name} ${texts[id]} in ${counts[id]} of all ${rows} rows`)

/** Rows whose name the question says, however often the same text stands in other rows; none where that is many. */
const namedRows = (tree: Tree, items: readonly number[], question: Question, marks: Marks): number[] => {
  const rows = new Set<number>()
  items.forEach((item, row) => {
    if (tree.keyStart[item] !== -1 && question.says(tree.keyStart[item]! + 1, tree.keyEnd[item]! - 1)) rows.add(row)
  })
  marks.names.forEach((node, index) => {
    const quote = tree.kind[node] === STRING ? 1 : 0
    if (question.says(tree.start[node]! + quote, tree.end[node]! - quote)) rows.add(index % items.length)
  })
  return rows.size <= Math.max(3, items.length * 0.05) ? [...rows] : []
}

const markAskedRows = (tree: Tree, items: readonly number[], question: Question, marks: Marks): void => {
  const few = Math.max(3, Math.floor(items.length * 0.05))
  const startOf = (item: number): number => (tree.keyStart[item] === -1 ? tree.start[item]! : tree.keyStart[item]!)
  for (const { weight, at } of question.strong) {
    const held: number[] = []
    let place = 0
    items.forEach((item, row) => {
      while (place < at.length && at[place]! < startOf(item)) place++
      if (place < at.length && at[place]! < tree.end[item]!) held.push(row)
    })
    if (held.length === 0 || held.length > items.length * 0.5) continue
    if (held.length <= few)
      for (const row of held) {
        marks.must(row, 'asked')
        marks.asked.add(row)
      }
    else for (const row of held) marks.add(row, weight / 2)
  }
  for (const row of namedRows(tree, items, question, marks)) {
    marks.must(row, 'asked by name')
    marks.add(row, 6)
    marks.asked.add(row)
  }
  const scores = relevance(tree, items, question)
  const share = marks.asked.size > 0 ? WORDS_BESIDE_HITS : 1
  scores.forEach((score, row) => {
    marks.add(row, score * share)
  })
}

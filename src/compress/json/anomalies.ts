// Rows of a list that differ from the others, column by column: missing and extra fields, odd types, rare values,
// odd shapes and lengths of text, repeated ids, failures. Numbers are judged in numbers.ts.
import { type Column, columnsOf } from './columns.js'
import { type Trouble, troubleOf } from './failures.js'
import { Marks } from './marks.js'
import { markNumbers, type Series } from './numbers.js'
import { type Question, relevance } from './question.js'
import { shapeOf } from './text-shape.js'
import { FALSE, innerOf, NULL, NUMBER, STRING, TRUE, type Tree } from './tree.js'

/** Rows below this number are too few to say what is usual. */
const MIN_ROWS = 6

/** What mere words add once some rows hold the very thing that was asked for. */
const WORDS_BESIDE_HITS = 0.25

export interface Judged {
  readonly marks: Marks
  readonly columns: readonly Column[]
}

export const judgeRows = (tree: Tree, items: readonly number[], question: Question): Judged => {
  const marks = new Marks(items.length)
  const columns = columnsOf(tree, items)
  const { wantsMost, wantsLeast } = question.query
  const best = wantsMost || wantsLeast ? Math.max(0, ...columns.map((column) => saidOf(column, question))) : 0
  for (const column of columns) {
    const asked = best > 0 && saidOf(column, question) >= best
    markColumn(tree, column, marks, { most: asked && wantsMost, least: asked && wantsLeast })
  }
  if (items.length >= MIN_ROWS) markPresence(columns, marks)
  markAskedRows(tree, items, question, marks)
  return { marks, columns }
}

/** How much of a column's name is said; an exact column beats one that shares a word. */
const saidOf = (column: Column, question: Question): number => {
  const own = question.named(column.name)
  return own === 0 ? 0 : own + 0.1 * question.named(column.parent)
}

const markPresence = (columns: readonly Column[], marks: Marks): void => {
  const extra = new Set<number>()
  for (const column of columns) {
    if (column.present <= marks.few) for (const row of column.rows) extra.add(row)
    else if (column.present < marks.rows && marks.rows - column.present <= marks.few) {
      const having = new Set(column.rows)
      const missing: number[] = []
      for (let row = 0; row < marks.rows; row++) if (!having.has(row)) missing.push(row)
      marks.flag(missing, `${column.parent}.${column.name} missing`)
    }
  }
  marks.flag([...extra], 'rare field')
}

const markColumn = (tree: Tree, column: Column, marks: Marks, wants: { most: boolean; least: boolean }): void => {
  const { rows, nodes } = column
  const counts = new Map<string, number>()
  const kinds = [0, 0, 0, 0, 0, 0, 0, 0]
  const values = nodes.map((node) => {
    const kind = tree.kind[node] === TRUE ? FALSE : tree.kind[node]!
    kinds[kind]!++
    const value = innerOf(tree, node)
    counts.set(value, (counts.get(value) ?? 0) + 1)
    return value
  })
  markFailures(tree, column, values, marks)
  const series = seriesOf(tree, column, values, kinds)
  if (series) markNumbers(series, column, marks, wants)
  if (marks.rows < MIN_ROWS) return
  const reason = `${column.parent}.${column.name}`
  kinds.forEach((count, kind) => {
    if (count === 0 || count > marks.few || nodes.length - count < 4 * count) return
    const odd = rows.filter(
      (_, index) => (tree.kind[nodes[index]!] === TRUE ? FALSE : tree.kind[nodes[index]!]) === kind,
    )
    marks.flag(odd, `${reason} type`)
  })
  if (counts.size === 1) return
  if (counts.size <= Math.max(8, Math.sqrt(nodes.length))) markRare(rows, values, counts, { marks, reason })
  else if (kinds[STRING]! * 2 > nodes.length) markTexts(tree, column, values, marks)
  if (counts.size < nodes.length && counts.size >= 0.9 * nodes.length && nodes.length >= 12 && kinds[NUMBER] === 0)
    marks.flag(
      rows.filter((_, index) => counts.get(values[index]!)! > 1 && values[index]!.length > 3),
      `${reason} repeated`,
    )
}

interface About {
  readonly marks: Marks
  readonly reason: string
}

/** Rare values of a column that has few values, and the rows where a value that holds for long changes. */
const markRare = (
  rows: readonly number[],
  values: readonly string[],
  counts: Map<string, number>,
  about: About,
): void => {
  const { marks, reason } = about
  const few = Math.max(marks.few, Math.floor(values.length * 0.02))
  let common = 0
  for (const count of counts.values()) if (count > few) common += count
  if (common >= 0.8 * values.length) {
    const odd = rows.filter((_, index) => counts.get(values[index]!)! <= few)
    marks.flag(odd, `${reason} rare`)
  }
  const changes = rows.filter((_, index) => index > 0 && values[index] !== values[index - 1])
  if (changes.length <= Math.max(3, marks.cap)) for (const row of changes) marks.add(row, 1)
  const seen = new Set<string>()
  values.forEach((value, index) => {
    if (seen.has(value)) return
    seen.add(value)
    marks.add(rows[index]!, 0.3)
  })
}

const markTexts = (tree: Tree, column: Column, values: readonly string[], marks: Marks): void => {
  const rows: number[] = []
  const texts: string[] = []
  column.nodes.forEach((node, index) => {
    if (tree.kind[node] !== STRING) return
    rows.push(column.rows[index]!)
    texts.push(values[index]!)
  })
  const reason = `${column.parent}.${column.name}`
  const shapes = texts.map(shapeOf)
  const counts = new Map<number, number>()
  for (const shape of shapes) counts.set(shape, (counts.get(shape) ?? 0) + 1)
  let common = 0
  for (const count of counts.values()) if (count > marks.few) common += count
  if (common >= 0.9 * texts.length && counts.size > 1)
    marks.flag(
      rows.filter((_, index) => counts.get(shapes[index]!)! <= marks.few),
      `${reason} shape`,
    )
  const lengths: Series = { rows, values: texts.map((text) => text.length) }
  markLengths(lengths, marks, reason)
}

const markLengths = (lengths: Series, marks: Marks, reason: string): void => {
  const sorted = [...lengths.values].sort((a, b) => a - b)
  const usual = sorted[Math.max(0, sorted.length - 1 - marks.few)] ?? 0
  const least = sorted[Math.min(sorted.length - 1, marks.few)] ?? 0
  const odd = lengths.rows.filter((_, index) => {
    const length = lengths.values[index]!
    return (length > 1.5 * usual && length > usual + 12) || (length < 0.4 * least && length + 4 < least)
  })
  marks.flag(odd, `${reason} length`)
}

const NUMERIC = /^-?\d{1,15}(?:\.\d+)?$/
const ISO_DATE = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?)?/

/** A column's numbers, its numbers in strings, or its dates as days. */
const seriesOf = (
  tree: Tree,
  column: Column,
  values: readonly string[],
  kinds: readonly number[],
): Series | undefined => {
  const real = values.length - kinds[NULL]!
  if (kinds[NUMBER]! + kinds[STRING]! < 0.8 * real || real === 0) return undefined
  const read =
    kinds[NUMBER]! >= 0.5 * real
      ? Number
      : NUMERIC.test(values[0] ?? '') || NUMERIC.test(values[values.length - 1] ?? '')
        ? (value: string): number => (NUMERIC.test(value) ? Number(value) : Number.NaN)
        : ISO_DATE.test(values[0] ?? '') || ISO_DATE.test(values[values.length - 1] ?? '')
          ? daysOf
          : undefined
  if (!read) return undefined
  const rows: number[] = []
  const numbers: number[] = []
  values.forEach((value, index) => {
    const kind = tree.kind[column.nodes[index]!]
    const number = kind === NUMBER || kind === STRING ? read(value) : Number.NaN
    if (!Number.isFinite(number)) return
    rows.push(column.rows[index]!)
    numbers.push(number)
  })
  return numbers.length >= 0.8 * real ? { rows, values: numbers } : undefined
}

const daysOf = (value: string): number => {
  const match = ISO_DATE.exec(value)
  if (!match) return Number.NaN
  const [, year, month, day, hour = '0', minute = '0', second = '0'] = match
  return (
    Number(year) * 372 +
    Number(month) * 31 +
    Number(day) +
    (Number(hour) * 60 + Number(minute) + Number(second) / 60) / 1440
  )
}

/** Failures are all kept where they are few; where they are the rule, the first two of each wording are. */
const markFailures = (tree: Tree, column: Column, values: readonly string[], marks: Marks): void => {
  const memory = new Map<string, Trouble>()
  const failed: { row: number; value: string }[] = []
  column.nodes.forEach((node, index) => {
    const value = values[index]!
    let trouble = memory.get(value)
    if (trouble === undefined) {
      trouble = troubleOf(tree, node, column.name, column.parent)
      memory.set(value, trouble)
    }
    if (trouble === 2) failed.push({ row: column.rows[index]!, value })
    else if (trouble === 1) marks.add(column.rows[index]!, 1)
  })
  if (failed.length <= Math.max(3, marks.rows * 0.1)) {
    for (const { row, value } of failed) marks.must(row, `failure ${column.name} ${shapeOf(value)}`)
    return
  }
  const seen = new Map<number, number>()
  for (const { row, value } of failed) {
    const shape = shapeOf(value)
    const times = (seen.get(shape) ?? 0) + 1
    seen.set(shape, times)
    if (times <= 2 && seen.size <= 12) marks.must(row, `failure ${column.name} ${shape}`)
    else marks.add(row, 0.3)
  }
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
  const scores = relevance(tree, items, question)
  const share = marks.asked.size > 0 ? WORDS_BESIDE_HITS : 1
  scores.forEach((score, row) => {
    marks.add(row, score * share)
  })
}

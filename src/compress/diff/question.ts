// What a question names in a diff: files by path, lines by words that only few lines hold.
import type { LineTable } from '../../base/lines.js'
import { parseQuery } from '../../salience/query.js'
import type { Origin } from '../../spec/content.js'
import type { FileDiff } from './parse.js'

export interface Asked {
  /** For each line RARE, FEW or 0: how rare the rarest word of the question is that it holds. */
  readonly lines: Uint8Array
  /** The words that made lines wanted, lower case. */
  readonly words: readonly string[]
  /** The question or the command names this file. */
  names(file: FileDiff): boolean
}

export const RARE = 2
const FEW = 1
/** Lines up to which a word names a place. */
const RARE_LINES = 3
/** Lines up to which a word is worth showing in a file that is left out. */
const FEW_LINES = 12
const MIN_WORD_CHARS = 3
/** Words of questions about any diff. */
const ABOUT_DIFFS =
  /^(?:files?|lines?|diffs?|patch|patche|chang(?:e|ed|es)?|add(?:ed|s)?|remov(?:e|ed|es)?|delet(?:e|ed|es)?|mention(?:ed|s)?|commits?|hunks?|review)$/

export const askedOf = (table: LineTable, query: string | undefined, origin: Origin): Asked => {
  const lines = new Uint8Array(table.count)
  const parsed = parseQuery(query)
  const words: string[] = []
  if (parsed.terms.length > 0) {
    const lower = table.text.toLowerCase()
    // A few letters change length in lower case; offsets would lie.
    const hay = lower.length === table.text.length ? lower : table.text
    for (const { text } of parsed.terms)
      if (text.length >= MIN_WORD_CHARS && !ABOUT_DIFFS.test(text) && mark(table, { hay, word: text, lines }))
        words.push(text)
  }
  const asked = [query, origin.command, origin.path].join('\n').toLowerCase()
  return { lines, words, names: (file) => isNamed(asked, file.newPath) || isNamed(asked, file.oldPath) }
}

const mark = (table: LineTable, { hay, word, lines }: { hay: string; word: string; lines: Uint8Array }): boolean => {
  const found: number[] = []
  for (let at = hay.indexOf(word); at !== -1; at = hay.indexOf(word, table.starts[found.at(-1)! + 1]!)) {
    found.push(lineIndexAt(table, at))
    if (found.length > FEW_LINES) return false
    if (found.at(-1)! + 1 >= table.count) break
  }
  const rarity = found.length > RARE_LINES ? FEW : RARE
  for (const index of found) lines[index] = Math.max(lines[index]!, rarity)
  return found.length > 0
}

const isNamed = (asked: string, path: string): boolean => {
  if (path === '') return false
  const lower = path.toLowerCase()
  return holdsWord(asked, lower) || holdsWord(asked, lower.slice(lower.lastIndexOf('/') + 1))
}

const holdsWord = (text: string, word: string): boolean => {
  if (word.length < MIN_WORD_CHARS) return false
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1))
    if (!/[\w/-]/.test(text[at - 1] ?? ' ') && !/[\w/-]/.test(text[at + word.length] ?? ' ')) return true
  return false
}

export const lineIndexAt = (table: LineTable, at: number): number => {
  let low = 0
  let high = table.count - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (table.starts[middle]! <= at) low = middle
    else high = middle - 1
  }
  return low
}

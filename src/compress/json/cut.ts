// Long strings: head, tail, lines that sound like trouble and what the question points at stay; the rest becomes gaps
// inside the string. Offsets are of the text as written, and never fall into an escape or a surrogate pair.
import { severityOf } from '../../salience/severity.js'
import type { Sink } from './output.js'
import type { Scored } from './prose.js'
import type { Question } from './question.js'
import type { Tree } from './tree.js'

/** Strings up to this length are never cut. */
export const LONG_STRING = 400
const MIN_CUT = 120
/** Share of the best score from which a passage stays whatever the room. */
const SURE_SCORE = 0.75
const NO_FRAME = { before: '', after: '' } as const

interface Piece {
  readonly start: number
  readonly end: number
}

interface To {
  readonly sink: Sink
  readonly question: Question
  /** Sentences with their scores, where the string is prose. */
  readonly passages?: readonly Scored[] | undefined
}

/** Writes the string literal of `node` within about `room` characters. */
export const writeCut = (tree: Tree, node: number, room: number, to: To): void => {
  const start = tree.start[node]! + 1
  const end = tree.end[node]! - 1
  const pieces = to.passages ?? piecesOf(tree.text, start, end)
  const keep = choosePieces(tree.text, pieces, room, to)
  to.sink.write('"')
  for (let index = 0; index < pieces.length; ) {
    if (keep[index]) {
      const { start: from, end: until } = pieces[index++]!
      to.sink.write(tree.text.slice(from, until))
      continue
    }
    let last = index
    while (last + 1 < pieces.length && !keep[last + 1]) last++
    const from = pieces[index]!.start
    const until = pieces[last]!.end
    if (until - from < MIN_CUT) to.sink.write(tree.text.slice(from, until))
    else to.sink.gap(from, until, { count: until - from, unit: 'chars' }, NO_FRAME)
    index = last + 1
  }
  to.sink.write('"')
}

/** Lines where the string has some, else runs of about 80 characters that end at a space where one is near. */
const piecesOf = (text: string, start: number, end: number): Piece[] => {
  const pieces: Piece[] = []
  for (let from = start; from < end; ) {
    const limit = Math.min(end, from + 160)
    const line = text.slice(from, limit).indexOf('\\n')
    const newline = from + line
    let until = line !== -1 && newline + 2 <= limit && isEscape(text, newline, start) ? newline + 2 : limit
    if (until === limit && limit < end) {
      const space = text.lastIndexOf(' ', limit)
      until = safeEnd(text, space > from + 80 ? space + 1 : limit, start)
    }
    if (until <= from) until = end
    pieces.push({ start: from, end: until })
    from = until
  }
  return pieces
}

/** The backslash at `at` starts an escape: an even number of backslashes stands before it. */
const isEscape = (text: string, at: number, start: number): boolean => {
  let before = at
  while (before > start && text.charCodeAt(before - 1) === 92) before--
  return (at - before) % 2 === 0
}

/** Moves a cut back out of `\n`, `\u00e9`, and of surrogate pairs written either way. */
const safeEnd = (text: string, at: number, start: number): number => {
  let cut = at
  const slash = text.slice(Math.max(start, cut - 6), cut).lastIndexOf('\\') + Math.max(start, cut - 6)
  if (text.charCodeAt(slash) === 92) {
    const first = isEscape(text, slash, start) ? slash : slash - 1
    const length = text[first + 1] === 'u' ? 6 : 2
    if (first + length > cut) cut = first
  }
  const isLow = /^\\u[dD][c-fC-F]/.test(text.slice(cut, cut + 4))
  if (isLow) cut = Math.max(start, cut - 6)
  const code = text.charCodeAt(cut)
  return code >= 0xdc00 && code <= 0xdfff ? cut - 1 : cut
}

/** Passages with a word of the question, best first. */
const byScore = (passages: readonly Scored[]): { index: number; score: number }[] =>
  passages
    .map(({ score }, index) => ({ index, score }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)

const choosePieces = (text: string, pieces: readonly Piece[], room: number, to: To): boolean[] => {
  const keep = pieces.map(() => false)
  let left = room
  const take = (index: number): void => {
    const piece = pieces[index]
    if (!piece || keep[index]) return
    keep[index] = true
    left -= piece.end - piece.start
  }
  const answers = to.passages === undefined ? [] : byScore(to.passages)
  for (const { index, score } of answers) if (score >= SURE_SCORE) take(index)
  take(0)
  for (const { index } of answers) if (left > room * 0.25) take(index)
  pieces.forEach(({ start, end }, index) => {
    if (to.question.points(start, end)) take(index)
  })
  const trouble = pieces.map(({ start, end }) => severityOf(text.slice(start, end)))
  for (let index = 0; index < pieces.length && left > room * 0.3; index++) if (trouble[index]! >= 2) take(index)
  for (let index = pieces.length - 1; index >= 0 && left > room * 0.75; index--) take(index)
  take(pieces.length - 1)
  for (let index = 1; index < pieces.length && left > 0; index++) take(index)
  return keep
}

// Which lines of an output stay. A line is folded only where a pattern knows it as routine, it names no trouble, its
// kind is common and its figures are ordinary; what no pattern knows stays.
import { foldAlike } from './alike.js'
import { type BlockAt, findBlocks } from './blocks.js'
import type { Compiled } from './compile.js'
import { foldHeadings } from './headings.js'
import { type KindOf, Kinds } from './kinds.js'
import { keepAsked } from './question.js'
import type { Sight } from './spec.js'
import { keepUnusual } from './unusual.js'
import { BLANK, DETAIL, type Lines, NEWS, ROUTINE, UNKNOWN, type Work } from './work.js'

export interface Decision {
  /** 1 where the line stays. */
  readonly kept: Uint8Array
  readonly kinds: Kinds
}

export interface Ask {
  readonly query?: string | undefined
  /** Characters of block lines without news of their own that stay. */
  readonly detailChars: number
}

/** Longer lines are no routine; patterns never see them, which bounds their time. */
const MAX_LINE = 1000
/** Lines kept at the end where the output has lost its summary. */
const TAIL_WITHOUT_SUMMARY = 10
const HEAD = 1
const TAIL = 2

export const decide = (
  lines: Lines,
  filters: readonly Compiled[],
  sight: Pick<Sight, 'severityOf' | 'parseQuery'>,
  ask: Ask,
): Decision => {
  const n = lines.table.count
  const work: Work = {
    lines,
    role: new Uint8Array(n).fill(UNKNOWN),
    severity: new Uint8Array(n),
    kinds: new Kinds(n),
    question: sight.parseQuery(ask.query),
  }
  const blocks = findBlocks(lines, filters)
  let summed = filters.every(({ summary }) => summary === undefined)
  for (let line = 0; line < n; line++) {
    classify(work, filters, { line, block: blocks[line] }, sight)
    if (!summed && filters.some(({ summary }) => summary?.test(lines.plain[line]!))) summed = true
  }
  keepUnusual(work)
  foldAlike(work)
  foldDetail(work, blocks, ask.detailChars)
  keepEnds(work, filters, summed)
  keepAsked(work)
  foldHeadings(work)
  return { kept: keptOf(work), kinds: work.kinds }
}

interface At {
  readonly line: number
  readonly block: BlockAt | undefined
}

const classify = (
  work: Work,
  filters: readonly Compiled[],
  { line, block }: At,
  { severityOf }: Pick<Sight, 'severityOf'>,
): void => {
  const text = work.lines.plain[line]!
  const folds = block?.block.do === 'fold'
  if (text.trim() === '') {
    work.role[line] = block === undefined || folds ? BLANK : DETAIL
    return
  }
  const isLong = text.length > MAX_LINE
  const severity = isLong ? 0 : severityOf(text)
  work.severity[line] = severity
  if (isLong || filters.some(({ keep, summary }) => keep?.test(text) || summary?.test(text))) work.role[line] = NEWS
  else if (block !== undefined) {
    const known = folds ? undefined : foldOf(filters, text)
    work.role[line] = severity > 0 ? NEWS : folds ? ROUTINE : DETAIL
    if (known?.certain === true && line > block.first) {
      work.role[line] = ROUTINE
      work.kinds.put(line, known)
    }
    if (folds && line < block.first + (block.block.show ?? 0)) work.role[line] = NEWS
    if (folds && work.role[line] === ROUTINE) work.kinds.put(line, { as: block.block.as, certain: true })
  } else {
    const fold = foldOf(filters, text)
    if (severity > 0 && fold?.certain !== true) work.role[line] = NEWS
    else if (fold !== undefined) {
      work.role[line] = ROUTINE
      work.kinds.put(line, fold)
    }
  }
}

const foldOf = (filters: readonly Compiled[], text: string): KindOf | undefined => {
  for (const { folds } of filters)
    for (const fold of folds) {
      if (!fold.test.test(text)) continue
      if (!fold.groups) return fold
      const { kind = '', figure } = fold.test.exec(text)?.groups ?? {}
      const as = `${fold.as} ${kind.trim()}`.trim()
      return figure === undefined ? { ...fold, as } : { ...fold, as, figure: Number(figure.replaceAll(',', '')) }
    }
  return undefined
}

/** Lines at each end of a block that stay with it. */
const BLOCK_HEAD = 3
const BLOCK_TAIL = 2

/** Once kept blocks have filled their share, further ones keep their ends and their news. */
const foldDetail = (work: Work, blocks: readonly (BlockAt | undefined)[], most: number): void => {
  let used = 0
  for (let line = 0; line < blocks.length; line++) {
    if (work.role[line] !== DETAIL) continue
    const at = blocks[line]!
    used += work.lines.plain[line]!.length
    if (used <= most || line < at.first + BLOCK_HEAD || line > at.last - BLOCK_TAIL) continue
    work.role[line] = ROUTINE
    work.kinds.put(line, { as: `detail of ${at.block.as}`, certain: true })
  }
}

const keepEnds = ({ role, lines: { plain } }: Work, filters: readonly Compiled[], summed: boolean): void => {
  const head = Math.max(...filters.map(({ filter }) => filter.head ?? HEAD))
  const tail = Math.max(...filters.map(({ filter }) => filter.tail ?? TAIL), summed ? 0 : TAIL_WITHOUT_SUMMARY)
  let left = head
  for (let line = 0; line < plain.length && left > 0; line++)
    if (role[line] !== BLANK) {
      role[line] = NEWS
      left--
    }
  left = tail
  for (let line = plain.length - 1; line >= 0 && left > 0; line--)
    if (role[line] !== BLANK) {
      role[line] = NEWS
      left--
    }
}

/** Blank lines go with the lines around them: they stay only between two that stay, one at a time. */
const keptOf = ({ role }: Work): Uint8Array => {
  const n = role.length
  const kept = new Uint8Array(n)
  for (let line = 0; line < n; line++) if (role[line]! >= UNKNOWN) kept[line] = 1
  for (let line = 0; line < n; ) {
    if (role[line] !== BLANK) {
      line++
      continue
    }
    let end = line
    while (end < n && role[end] === BLANK) end++
    if ((line === 0 || kept[line - 1]) && (end === n || kept[end])) kept.fill(1, line, end)
    line = end
  }
  return kept
}

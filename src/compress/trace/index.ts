// Stack traces: messages, causes and the project's own frames stay; frames of libraries and repeated ones fold with their count.
import { type LineTable, lineTable } from '../../base/lines.js'
import { PlanBuilder } from '../../base/plan.js'
import { skip } from '../../base/skip.js'
import { parseQuery } from '../../salience/query.js'
import { termLines } from '../../salience/term-lines.js'
import type { CompressInput, Compressor } from '../../spec/compressor.js'
import type { Gap, Plan } from '../../spec/plan.js'
import type { Skip } from '../../spec/skip.js'
import { type Frame, framesOf } from './frames.js'

const MIN_FRAMES = 6
/** Frames kept at the top of a stack whoever wrote them, frames of the project, and times that one of them is shown. */
const TOP = 2
const MOST_OWN = 10
const MOST_TIMES = 2
/** Stacks without a frame of the project show this many. */
const TOP_FOREIGN = 4
/** Frames in a row that are not worth a gap. */
const SMALL_GAP = 1
const MAX_NOTE_CHARS = 110

const compress = (input: CompressInput): Plan | Skip => {
  if (!input.mayElide) return skip('policy-lossless-only')
  const lines = lineTable(input.text)
  const frames = framesOf(lines)
  if (frames.length < MIN_FRAMES) return skip('nothing-to-drop', 'few frames')
  const drop = new Uint8Array(lines.count)
  const stacks = stacksOf(lines, frames)
  const seen = new Map<string, number>()
  for (const stack of stacks) {
    const shape = stack.frames.map(({ name }) => name).join('\n')
    const headed = `${shape}\n${stack.title}`
    const times = seen.get(shape) ?? 0
    const alike = seen.get(headed) ?? 0
    seen.set(shape, times + 1)
    if (headed !== shape) seen.set(headed, alike + 1)
    // The same stack again: its frames go, and its heading too where one like it is shown.
    if (times > 0 && stack.frames.length > 1) dropAll(drop, alike > 1 ? stack.heading : stack.frames[0]!.from, stack.to)
    else foldStack(stack.frames, drop)
  }
  keepAsked(lines, input, drop)
  return drop.includes(1) ? planOf(lines, frames, stacks, drop) : skip('nothing-to-drop')
}

interface Stack {
  /** First line of the heading that only such stacks have (`goroutine 7 [running]:`), or of its first frame. */
  readonly heading: number
  /** The heading without its numbers. */
  readonly title: string
  readonly to: number
  readonly frames: readonly Frame[]
}

const HEADING = /^(?:goroutine \d+ \[|Thread \d+|"[^"]+" #\d+|\[?thread )/i

/** Frames in a row; blank lines end a stack. */
const stacksOf = (lines: LineTable, frames: readonly Frame[]): readonly Stack[] => {
  const stacks: { heading: number; title: string; to: number; frames: Frame[] }[] = []
  for (const frame of frames) {
    const last = stacks.at(-1)
    if (last !== undefined && last.to === frame.from) {
      last.frames.push(frame)
      last.to = frame.to
      continue
    }
    const above = frame.from - 1
    const text = above < 0 ? '' : lines.text.slice(lines.starts[above]!, lines.starts[above + 1]!)
    const headed = HEADING.test(text)
    const title = headed ? text.replace(/\d+/g, '') : ''
    stacks.push({ heading: headed ? above : frame.from, title, to: frame.to, frames: [frame] })
  }
  return stacks
}

const dropAll = (drop: Uint8Array, from: number, to: number): void => {
  drop.fill(1, from, to)
}

const foldStack = (frames: readonly Frame[], drop: Uint8Array): void => {
  const times = new Map<string, number>()
  const hasOwn = frames.some(({ owner }) => owner === '')
  let own = 0
  const keep = frames.map(({ name, owner }, at) => {
    const count = (times.get(name) ?? 0) + 1
    times.set(name, count)
    if (at < (hasOwn ? TOP : TOP_FOREIGN)) return true
    if (owner !== '' || count > MOST_TIMES) return false
    return own++ < MOST_OWN
  })
  const lastOwn = frames.findLastIndex(({ owner }) => owner === '')
  if (lastOwn !== -1) keep[lastOwn] = true
  for (let at = 0; at < frames.length; at++) {
    if (keep[at]) continue
    let end = at
    while (end < frames.length && !keep[end]) end++
    if (end - at > SMALL_GAP) dropAll(drop, frames[at]!.from, frames[end - 1]!.to)
    at = end
  }
}

const keepAsked = (lines: LineTable, { query, protectedSpans }: CompressInput, drop: Uint8Array): void => {
  const parsed = parseQuery(query)
  if (parsed.literals.length > 0) for (const line of termLines(lines, parsed).named) drop[line] = 0
  for (const span of protectedSpans)
    for (let line = 0; line < lines.count; line++)
      if (lines.starts[line]! < span.end && lines.starts[line + 1]! > span.start) drop[line] = 0
}

const planOf = (lines: LineTable, frames: readonly Frame[], stacks: readonly Stack[], drop: Uint8Array): Plan => {
  const { text, starts } = lines
  const builder = new PlanBuilder()
  const breakOf = text.includes('\r\n') ? '\r\n' : '\n'
  for (let line = 0; line < drop.length; line++) {
    if (drop[line] === 0) continue
    let end = line
    // Blank lines between two stacks that go go with them.
    while (end < drop.length && (drop[end] === 1 || isGapBetween(lines, drop, end))) end++
    const note = noteOf(frames, stacks, line, end)
    const gap: Gap = { count: end - line, unit: 'lines', range: [line + 1, end], ...(note === '' ? {} : { note }) }
    const open = starts[end] === text.length && !text.endsWith('\n')
    builder.keepTo(starts[line]!).elideTo(starts[end]!, gap, { before: '', after: open ? '' : breakOf })
    line = end
  }
  return builder.keepTo(text.length).done('trace/frames')
}

const isGapBetween = ({ text, starts }: LineTable, drop: Uint8Array, line: number): boolean =>
  text.slice(starts[line]!, starts[line + 1]!).trim() === '' && drop[line + 1] === 1

/** `24 frames, org.springframework 20, com.zaxxer 4`. */
const noteOf = (frames: readonly Frame[], stacks: readonly Stack[], from: number, to: number): string => {
  const inside = frames.filter((frame) => frame.from >= from && frame.to <= to)
  const headed = stacks.filter(
    ({ heading, frames: [first] }) => heading >= from && heading < first!.from && first!.to <= to,
  )
  const owners = new Map<string, number>()
  const names = new Map<string, number>()
  for (const { owner, name } of inside) {
    owners.set(owner, (owners.get(owner) ?? 0) + 1)
    names.set(name, (names.get(name) ?? 0) + 1)
  }
  const parts: string[] = []
  if (headed.length > 0) parts.push(`${headed.length} more with the calls of a stack above`)
  if (inside.length > 0) parts.push(`${inside.length} frames`)
  if (names.size === 1 && inside.length > 1) parts.push('one call repeated')
  else
    for (const [owner, count] of [...owners].sort((a, b) => b[1] - a[1]))
      if (parts.join(', ').length + owner.length + 8 < MAX_NOTE_CHARS)
        parts.push(`${owner === '' ? 'own code' : owner} ${count}`)
  return parts.join(', ')
}

export const trace: Compressor = { name: 'trace', version: 1, accepts: ['trace'], compress }

// Where two texts differ, widened to whole words so that a person sees `2026-11-24` and not `4`.
import type { Change } from '../spec/drift.js'

export interface TextChange extends Change {
  /** UTF-16 offset in both texts. */
  readonly at: number
}

/** Characters that a word is widened by, each side. */
const WIDEN_CHARS = 48
const WORD = /[\w.:+/\\-]/

/** One change from the first to the last difference; undefined where the texts are the same. */
export const changeOf = (old: string, now: string): TextChange | undefined => {
  if (old === now) return undefined
  const limit = Math.min(old.length, now.length)
  let start = 0
  while (start < limit && old[start] === now[start]) start++
  let tail = 0
  while (tail < limit - start && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++
  for (let step = 0; step < WIDEN_CHARS && start > 0 && WORD.test(now[start - 1]!); step++) start--
  for (let step = 0; step < WIDEN_CHARS && tail > 0 && WORD.test(now[now.length - tail]!); step++) tail--
  return { at: start, old: old.slice(start, old.length - tail), new: now.slice(start, now.length - tail) }
}

/** Lines that differ, one by one, where both texts have the same number of lines; else the one change around all. */
export const changesOf = (old: string, now: string): TextChange[] => {
  const [before, after] = [old.split('\n'), now.split('\n')]
  const whole = changeOf(old, now)
  if (before.length !== after.length) return whole === undefined ? [] : [whole]
  const changes: TextChange[] = []
  let at = 0
  for (const [index, line] of after.entries()) {
    const change = changeOf(before[index]!, line)
    if (change !== undefined) changes.push({ ...change, at: at + change.at })
    at += line.length + 1
  }
  return changes
}

// Timestamps at the start of log lines.
const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}'
/** One timestamp as loggers, CI services, syslog and web servers print it, with its brackets and following blank. */
const STAMP = new RegExp(
  '[[(<]?(?:task )?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? )?' +
    `(?:${MONTH} {1,2}\\d{1,2},? (?:\\d{4},? )?|\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}[T ,:-]{1,2}|\\d{1,2}[/ -]${MONTH}[/ -]\\d{2,4}[: ])?` +
    '\\d{1,2}:\\d\\d:\\d\\d(?:[.,:]\\d{1,9})?(?: ?(?:Z|UTC|AM|PM|[+-]\\d\\d:?\\d\\d))?(?: \\d{4})?[\\])>]?,?[ \\t]?' +
    '|\\d{6} \\d{6} |\\[?\\d{10}(?:\\.\\d{1,9})?\\]? ' +
    '|\\[ *\\d{1,7}\\.\\d{3,6}\\] ',
  'y',
)
const LEVEL =
  /(?:\[(?:INFO|info|ERROR|error|WARN|warn|WARNING|warning|DEBUG|debug|TRACE|FATAL|FINE)\]|(?:INFO|ERROR|WARN|WARNING|DEBUG|CRITICAL) -)[ \t]/y

/** Offset after escape sequences, up to two timestamps and a level bracket; indentation that follows belongs to the content. */
export const prefixEnd = (text: string, start: number, end: number): number => {
  let at = start
  for (let round = 0; round < 3; round++) {
    let probe = skipEscapes(text, at, end)
    if (round > 0) while (probe < end && text.charCodeAt(probe) === 32) probe++
    const c = text.charCodeAt(probe)
    const mayBeStamp = (c >= 48 && c <= 57) || c === 91 || c === 40 || c === 60 || (c >= 65 && c <= 87)
    if (!mayBeStamp || probe >= end) return at === start ? skipEscapes(text, at, end) : at
    STAMP.lastIndex = probe
    const found = STAMP.test(text)
    const after = found ? STAMP.lastIndex : levelEnd(text, probe)
    if (after === -1 || after > end) return at === start ? skipEscapes(text, at, end) : at
    at = after
    if (!found) return at
  }
  return at
}

const levelEnd = (text: string, at: number): number => {
  LEVEL.lastIndex = at
  return LEVEL.test(text) ? LEVEL.lastIndex : -1
}

const skipEscapes = (text: string, start: number, end: number): number => {
  let at = start
  while (at + 2 < end && text.charCodeAt(at) === 27 && text.charCodeAt(at + 1) === 91) {
    let i = at + 2
    while (i < end && (text.charCodeAt(i) < 64 || text.charCodeAt(i) > 126)) i++
    at = Math.min(end, i + 1)
  }
  return at
}

/** Characters from the start of a line in which a clock counts as its time. */
const CLOCK_REACH = 72

/** Seconds of the first `hh:mm:ss` (with day where an ISO date precedes) or epoch number near the start; NaN without one. */
export const clockOf = (text: string, start: number, end: number): number => {
  const stop = Math.min(end, start + CLOCK_REACH)
  for (let i = start + 2; i < stop; i++) {
    const c = text.charCodeAt(i)
    if (c > 58 || c < 49) continue
    if (c === 58 && isPair(text, i - 2) && isPair(text, i + 1) && text.charCodeAt(i + 3) === 58 && isPair(text, i + 4))
      return dayBefore(text, start, i - 2) * 86400 + clockAt(text, i - 2, end)
    if (c === 49 && !isDigit(text.charCodeAt(i - 1)) && i - start < 40) {
      const epoch = epochAt(text, i, end)
      if (epoch > 0) return epoch
    }
  }
  return Number.NaN
}

const isDigit = (c: number): boolean => c >= 48 && c <= 57
const isPair = (text: string, at: number): boolean => isDigit(text.charCodeAt(at)) && isDigit(text.charCodeAt(at + 1))
const pair = (text: string, at: number): number => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48

const clockAt = (text: string, at: number, end: number): number => {
  let seconds = pair(text, at) * 3600 + pair(text, at + 3) * 60 + pair(text, at + 6)
  const mark = text.charCodeAt(at + 8)
  if ((mark === 46 || mark === 44) && at + 9 < end) {
    let scale = 0.1
    for (let i = at + 9; i < end && i < at + 15 && isDigit(text.charCodeAt(i)); i++, scale /= 10)
      seconds += (text.charCodeAt(i) - 48) * scale
  }
  return seconds
}

/** Day number of `yyyy-mm-dd` right before a clock; months count as 31 days, so that order holds. 0 without one. */
const dayBefore = (text: string, start: number, clock: number): number => {
  const at = clock - 11
  if (at < start || !isPair(text, at) || !isPair(text, at + 2) || !isPair(text, at + 5) || !isPair(text, at + 8))
    return 0
  return (pair(text, at) * 100 + pair(text, at + 2)) * 372 + pair(text, at + 5) * 31 + pair(text, at + 8)
}

/** Epoch seconds or milliseconds that start at `at`. */
const epochAt = (text: string, at: number, end: number): number => {
  let i = at
  let value = 0
  while (i < end && i - at < 14 && isDigit(text.charCodeAt(i))) value = value * 10 + text.charCodeAt(i++) - 48
  const digits = i - at
  return digits === 10 ? value : digits === 13 ? value / 1000 : 0
}

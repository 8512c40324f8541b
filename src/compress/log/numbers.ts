// Numbers as logs print them, with a unit.

/** `12`, `-3.5`, `1.5e+07`, `1,024`, `45%`, `5ms`, `0.2s`, `3KB` as a number in one unit per kind (ms, bytes); NaN for anything else. */
export const numberAt = (text: string, start: number, length: number): number => {
  if (length > 24) return Number.NaN
  let i = start
  const end = start + length
  const sign = text.charCodeAt(i) === 45 ? -1 : 1
  const c0 = text.charCodeAt(i)
  if (c0 === 45 || c0 === 43 || c0 === 126 || c0 === 36 || c0 === 35) i++
  let value = 0
  let scale = 0
  let digits = 0
  for (; i < end; i++) {
    const c = text.charCodeAt(i)
    if (c >= 48 && c <= 57) {
      digits++
      if (scale === 0) value = value * 10 + c - 48
      else {
        value += (c - 48) * scale
        scale /= 10
      }
    } else if (c === 46) {
      if (scale !== 0) return Number.NaN
      scale = 0.1
    } else break
  }
  if (digits === 0) return Number.NaN
  if (i < end && (text.charCodeAt(i) | 32) === 101) {
    const power = exponentAt(text, i + 1, end)
    if (!Number.isNaN(power)) return sign * value * 10 ** power
  }
  return sign * value * unitAt(text, i, end)
}

/** `+07` of `1.5e+07`; NaN for anything else. */
const exponentAt = (text: string, start: number, end: number): number => {
  const c = text.charCodeAt(start)
  const from = c === 43 || c === 45 ? start + 1 : start
  if (end - from < 1 || end - from > 3) return Number.NaN
  let power = 0
  for (let i = from; i < end; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return Number.NaN
    power = power * 10 + digit
  }
  return c === 45 ? -power : power
}

const unitAt = (text: string, start: number, end: number): number => {
  if (start === end) return 1
  if (end - start > 3) return Number.NaN
  return UNITS.get(text.slice(start, end).toLowerCase()) ?? Number.NaN
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['µs', 1e-3],
  ['μs', 1e-3],
  ['ms', 1],
  ['s', 1000],
  ['sec', 1000],
  ['m', 60_000],
  ['min', 60_000],
  ['h', 3_600_000],
  ['%', 1],
  ['b', 1],
  ['k', 1024],
  ['kb', 1024],
  ['kib', 1024],
  ['ki', 1024],
  ['mb', 1_048_576],
  ['mib', 1_048_576],
  ['mi', 1_048_576],
  ['gb', 1_073_741_824],
  ['gib', 1_073_741_824],
  ['gi', 1_073_741_824],
  ['x', 1],
  ['.', 1],
])

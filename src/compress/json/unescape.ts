// A string literal's text with the way back: where each code unit of the decoded text stands in the source.

export interface Unescaped {
  readonly text: string
  /** Source offset of each code unit; one more entry for the end. */
  readonly offsets: Int32Array
}

const SHORT: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  '"': '"',
  '\\': '\\',
  '/': '/',
}

/** `start..end` is the inside of a valid JSON string. */
export const unescapeJson = (source: string, start: number, end: number): Unescaped => {
  const offsets = new Int32Array(end - start + 1)
  const parts: string[] = []
  let units = 0
  let from = start
  let at = start
  for (; at < end; at++) {
    offsets[units] = at
    units++
    if (source.charCodeAt(at) !== 92) continue
    parts.push(source.slice(from, at))
    const code = source[at + 1]!
    if (code === 'u') parts.push(String.fromCharCode(Number.parseInt(source.slice(at + 2, at + 6), 16)))
    else parts.push(SHORT[code]!)
    at += code === 'u' ? 5 : 1
    from = at + 1
  }
  parts.push(source.slice(from, end))
  offsets[units] = end
  return { text: parts.join(''), offsets: offsets.subarray(0, units + 1) }
}

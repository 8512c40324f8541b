/** Lines of a text as offsets, so that a million lines cost two typed arrays and no strings. */
export interface LineTable {
  readonly text: string
  /** Number of lines; a final newline does not open another one. */
  readonly count: number
  /** Offset of the first code unit of line `i`; `starts[count]` is the text's length. */
  readonly starts: Int32Array
}

export const lineTable = (text: string): LineTable => {
  let starts = new Int32Array(Math.max(16, text.length >> 5))
  let count = 0
  let at = 0
  while (at < text.length) {
    if (count + 1 >= starts.length) {
      const wider = new Int32Array(starts.length * 2)
      wider.set(starts)
      starts = wider
    }
    starts[count++] = at
    const newline = text.indexOf('\n', at)
    at = newline === -1 ? text.length : newline + 1
  }
  starts[count] = text.length
  return { text, count, starts: starts.subarray(0, count + 1) }
}

/** Line `index` without its line break (LF or CRLF). */
export const lineAt = (table: LineTable, index: number): string => {
  const start = table.starts[index] ?? table.text.length
  let end = table.starts[index + 1] ?? table.text.length
  if (end > start && table.text.charCodeAt(end - 1) === 10) end--
  if (end > start && table.text.charCodeAt(end - 1) === 13) end--
  return table.text.slice(start, end)
}

export const countLines = (text: string): number => {
  let count = 0
  for (let at = 0; at < text.length; count++) {
    const newline = text.indexOf('\n', at)
    at = newline === -1 ? text.length : newline + 1
  }
  return count
}

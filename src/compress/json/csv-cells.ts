// Reads a line of comma-separated cells as RFC 4180 has it, for the proof: knows nothing of how such lines are written.

export interface CsvCell {
  readonly text: string
  readonly isQuoted: boolean
}

const QUOTED = /"([^"]*(?:""[^"]*)*)"(?=,|$)/y
const PLAIN = /[^",\r\n]*(?=,|$)/y
const SCALAR = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)$/

/** Undefined for text that is no such line. */
export const readCsvLine = (line: string): readonly CsvCell[] | undefined => {
  const cells: CsvCell[] = []
  for (let at = 0; ; at++) {
    const isQuoted = line[at] === '"'
    const pattern = isQuoted ? QUOTED : PLAIN
    pattern.lastIndex = at
    const match = pattern.exec(line)
    if (match === null) return undefined
    cells.push({ text: isQuoted ? match[1]!.replaceAll('""', '"') : match[0], isQuoted })
    at += match[0].length
    if (at >= line.length) return cells
  }
}

/** The cell says a number, `true`, `false` or `null`, not a string. */
export const isScalarCell = ({ text, isQuoted }: CsvCell): boolean => !isQuoted && SCALAR.test(text)

// Reads a row of comma-separated cells (RFC 4180) back to values. Independent of the code that writes such rows and of its proof.

type Cell = string | number | boolean | null

/** A cell without quotes that is a JSON scalar is that scalar; any other is a string. Throws for what is no such row. */
export const cellsOf = (line: string): Cell[] => {
  const cells: Cell[] = []
  let at = 0
  const quoted = (): string => {
    let text = ''
    for (at++; ; at++) {
      if (at >= line.length) throw new Error(`a cell of ${line} does not end`)
      if (line[at] === '"' && line[++at] !== '"') return text
      text += line[at]
    }
  }
  const plain = (): Cell => {
    const comma = line.indexOf(',', at)
    const text = line.slice(at, comma === -1 ? line.length : comma)
    at += text.length
    return /^[-0-9tfn]/.test(text) ? scalarOr(text) : text
  }
  for (;;) {
    cells.push(line[at] === '"' ? quoted() : plain())
    if (at >= line.length) return cells
    if (line[at++] !== ',') throw new Error(`no comma before ${line.slice(at)}`)
  }
}

const scalarOr = (text: string): Cell => {
  try {
    return text.trim() === text ? (JSON.parse(text) as Cell) : text
  } catch {
    return text
  }
}

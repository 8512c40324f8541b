// Reads sent texts as an agent does: a line is there, with or without its number, or a reference says where it is to be found.

const NUMBER = /^ *\d+(?:→|\t)/
const contentOf = (line: string): string => line.replace(NUMBER, '')

/** A text by the content of its lines, with a line break at both ends. */
export const contentsOf = (text: string): string => `\n${text.split('\n').map(contentOf).join('\n')}\n`

/** All strings of a body's turns in wire order; arguments that are JSON in a string are read as JSON. */
export const textsOf = (body: Buffer): string[] => {
  const { messages, input, contents } = JSON.parse(body.toString()) as Record<string, unknown>
  const texts = (value: unknown, name = ''): string[] => {
    if (typeof value === 'string') return name === 'arguments' ? argumentTexts(value) : [value]
    if (typeof value !== 'object' || value === null) return []
    return Object.entries(value).flatMap(([key, inner]) => texts(inner, key))
  }
  const argumentTexts = (json: string): string[] => {
    try {
      return texts(JSON.parse(json))
    } catch (error) {
      if (error instanceof SyntaxError) return [json]
      throw error
    }
  }
  return texts(messages ?? input ?? contents)
}

const REFERENCE =
  /^\[(?:lines? (\d+)(?:-(\d+))? (?:is|are)|(\d+) lines? here (?:is|are)) the same as (?:in|lines? \d+(?:-\d+)? of) .* above: .*\]$/

/**
 * Why a sent text does not say what the original says: each line is there with or without its number, or a reference
 * covers it and some one earlier text of the same body shows these very lines, one after the other.
 */
export const lookUpFault = (original: string, sent: string, earlier: readonly string[]): string | undefined => {
  if (sent === original) return undefined
  const lines = original.split('\n')
  let next = 0
  for (const line of sent.split('\n')) {
    const found = REFERENCE.exec(line)
    if (found === null) {
      if (line !== lines[next] && line !== contentOf(lines[next] ?? '\n')) return `line ${next} is not there`
      next++
      continue
    }
    const count = found[3] === undefined ? Number(found[2] ?? found[1]) - Number(found[1]) + 1 : Number(found[3])
    const covered = lines.slice(next, next + count)
    if (found[1] !== undefined && Number.parseInt(covered[0] ?? '', 10) !== Number(found[1]))
      return `"${line}" stands at ${covered[0]}`
    const run = contentsOf(covered.join('\n'))
    if (covered.length < count || !earlier.some((one) => contentsOf(one).includes(run))) return `no base for ${line}`
    next += count
  }
  return next === lines.length ? undefined : `${lines.length - next} lines are missing at the end`
}

/** What is false in a sent body whose forms leave nothing out. */
export const falseReferences = (came: Buffer, went: Buffer): string[] => {
  const [originals, sent] = [textsOf(came), textsOf(went)]
  return sent.flatMap((text, at) => {
    const fault = lookUpFault(originals[at]!, text, sent.slice(0, at))
    return fault === undefined ? [] : [`text ${at}: ${fault}`]
  })
}

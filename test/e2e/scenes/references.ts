// A reference names lines that stand above: in the very body that was sent, or, over a WebSocket, in what the same agent sent before.
import type { Pair } from '../judge.js'
import { linesOf, shownResults, textsBefore } from '../shown.js'

const REFERENCE =
  /^(?:Output: )?\[(?:lines? (\d+)(?:-(\d+))?|(\d+) lines? here) (?:is|are) the same as .* above: (.+)\]$/
const BETWEEN = /(?<=["'`]) … (?=["'`])/

const quotedStart = (quote: string): string => quote.slice(1, -1).split('…')[0]!

interface Named {
  readonly count: number
  readonly first: string
  readonly last: string
}

const namedBy = (line: string): Named | undefined => {
  const found = REFERENCE.exec(line.trim())
  if (found === null) return undefined
  const [, from, to = from, counted, quotes = ''] = found
  const [first = '', last = first] = quotes.split(BETWEEN).map(quotedStart)
  return { count: counted === undefined ? Number(to) - Number(from) + 1 : Number(counted), first, last }
}

/** Whether some run of that many lines of the original begins and ends as quoted and is visible line by line. */
const isVisible = ({ count, first, last }: Named, original: readonly string[], visible: ReadonlySet<string>): boolean =>
  original.some((line, at) => {
    if (!line.startsWith(first) || original[at + count - 1]?.startsWith(last) !== true) return false
    return original.slice(at, at + count).every((one) => one === '' || visible.has(one))
  })

const isContinued = (body: Buffer): boolean =>
  'previous_response_id' in (JSON.parse(body.toString()) as Record<string, unknown>)

/** References that name what is not there. */
export const referenceFaults = (pairs: readonly Pair[]): string[] => {
  const texts = new Map<string, string[]>()
  return pairs.flatMap((pair, index) => {
    const { agent, body, isTurn } = pair.went
    if (!isTurn) return []
    const before = isContinued(body) ? (texts.get(agent) ?? []) : []
    texts.set(agent, [...before, ...textsBefore(body, body.length)])
    return shownResults(pair).flatMap(({ came, went, start }) => {
      const named = came === went ? [] : went.split('\n').flatMap((line) => namedBy(line) ?? [])
      if (named.length === 0) return []
      const visible = new Set([...before, ...textsBefore(body, start)].flatMap(linesOf))
      return named
        .filter((one) => !isVisible(one, linesOf(came), visible))
        .map(({ first }) => `request ${index} (${agent}): the lines from "${first}" are not shown above`)
    })
  })
}

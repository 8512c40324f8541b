// Whether an agent could have made the edits that it made from what it was sent: an edit names the old text word by word.
import { contentsOf, lookUpFault, textsOf } from '../../support/lookup.js'
import type { Sent } from './prefix.js'

const OLD_TEXT = /"(?:old_string|old_str|oldText|old_text)"\s*:\s*("(?:[^"\\]|\\.)*")/g

/** Old texts of the edits that a body's calls hold, those in JSON strings too. */
const editsIn = (body: Buffer): string[] => {
  const text = body.toString()
  const plain = [...text.matchAll(OLD_TEXT)].map(([, literal = '""']) => JSON.parse(literal) as string)
  const boxed = [...text.matchAll(/"arguments"\s*:\s*("(?:[^"\\]|\\.)*")/g)].flatMap(([, literal = '""']) =>
    [...(JSON.parse(literal) as string).matchAll(OLD_TEXT)].map(([, inner = '""']) => JSON.parse(inner) as string),
  )
  return [...plain, ...boxed].filter((old) => old !== '')
}

const isIn = (text: string, old: string): boolean => text.includes(old) || contentsOf(text).includes(old)

/** Old texts that the request before showed as it came, and that nobody can quote from what was sent. */
export const unquotable = (earlier: Sent, later: Pick<Sent, 'came'>): string[] => {
  if (earlier.came.equals(earlier.went)) return []
  const before = new Set(editsIn(earlier.came))
  const edits = [...new Set(editsIn(later.came))].filter((old) => !before.has(old))
  if (edits.length === 0) return []
  const [originals, sent] = [textsOf(earlier.came), textsOf(earlier.went)]
  const isWhole = (at: number): boolean => lookUpFault(originals[at]!, sent[at]!, sent.slice(0, at)) === undefined
  return edits
    .filter((old) => originals.some((text) => isIn(text, old)) && !sent.some((text) => isIn(text, old)))
    .filter((old) => !originals.some((text, at) => isIn(text, old) && isWhole(at)))
    .map((old) => `an edit quotes ${JSON.stringify(old.slice(0, 80))}, which was not sent`)
}

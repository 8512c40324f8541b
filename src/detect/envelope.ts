// What tools and clients put around a text: JSON with one big string, exit codes, fences. Compressors get the inside;
// the wrapping stays as it came. `wrap(inner)` gives back the very source, or there is no envelope.
import { headerEnvelope } from './header.js'
import { jsonEnvelope } from './json-string.js'
import type { Envelope } from './wrapping.js'

export type { Envelope }

/** Only an envelope that wraps its own inside to the same letters counts; one layer, the outermost. */
export const peel = (text: string): Envelope | undefined => {
  const envelope = jsonEnvelope(text) ?? headerEnvelope(text)
  if (envelope === undefined || envelope.inner.trim() === '') return undefined
  return envelope.wrap(envelope.inner) === text.slice(envelope.start, envelope.end) ? envelope : undefined
}

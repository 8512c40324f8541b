// Values of recordings that nobody promised us: each reader takes what it expects, or something empty.

export type Json = Readonly<Record<string, unknown>>

export const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}

export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

export const asObjects = (value: unknown): readonly Json[] => asList(value).map(asObject)

export const asText = (value: unknown): string => (typeof value === 'string' ? value : '')

export const asNumber = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0)

/** The text that `value` parses to, or undefined where it is no JSON. */
export const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** Milliseconds of an ISO time, of seconds or of milliseconds since the epoch. */
export const timeOf = (value: unknown): number | undefined => {
  if (typeof value === 'number' && value > 0) return value < 100_000_000_000 ? value * 1000 : value
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(ms) ? undefined : ms
}

/** `{ atMs }` where there is a time. */
export const at = (value: unknown): { atMs?: number } => {
  const atMs = timeOf(value)
  return atMs === undefined ? {} : { atMs }
}

/** Text of a string or of a list of parts with `text`; other parts count as pictures where they are. */
export const textOf = (content: unknown): { text: string; images: number } => {
  if (typeof content === 'string') return { text: content, images: 0 }
  const parts = asObjects(content)
  return {
    text: parts.flatMap((part) => (typeof part.text === 'string' ? [part.text] : [])).join('\n'),
    images: parts.filter(({ type }) => type === 'image' || type === 'input_image' || type === 'image_url').length,
  }
}

export const withImages = (images: number): { images?: number } => (images > 0 ? { images } : {})

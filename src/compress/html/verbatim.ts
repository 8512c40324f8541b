// Places of the source that must stand in the output letter for letter: what the question names and the page's visible
// text does not hold (an attribute, a script), and spans that the caller protects.
import { elides, render } from '../../base/plan.js'
import { mustKeep } from '../../salience/must-keep.js'
import type { CompressInput } from '../../spec/compressor.js'
import type { Elide, Plan, Segment, Span } from '../../spec/plan.js'

/** Characters shown around a place. */
const AROUND = 80
const MAX_PLACES = 12
const MAX_PLACES_PER_WORD = 3

/** The plan of a page inside its text, with the text around it and such places kept. */
export const withVerbatim = (plan: Plan, html: Span, input: CompressInput): Plan => {
  const whole = shifted(plan, html, input.text)
  if (!elides(whole)) return whole
  const output = render(whole, input.text, () => '')
  const words = mustKeep(input.text, { type: 'html', confidence: 1, evidence: [] }, input.query).filter(
    (word) => !output.includes(word),
  )
  const places = [...words.flatMap((word) => placesOf(input.text, word)).slice(0, MAX_PLACES), ...input.protectedSpans]
  return places.reduce((kept, place) => withPlace(kept, place, input.text), whole)
}

const shifted = (plan: Plan, { start, end }: Span, text: string): Plan => {
  const segments = plan.segments.map(
    (segment): Segment => ({
      ...segment,
      start: segment.start + start,
      end: segment.end + start,
    }),
  )
  if (start > 0) segments.unshift({ kind: 'keep', start: 0, end: start })
  if (end < text.length) segments.push({ kind: 'keep', start: end, end: text.length })
  return { ...plan, segments }
}

const placesOf = (text: string, word: string): Span[] => {
  const places: Span[] = []
  for (
    let at = text.indexOf(word);
    at !== -1 && places.length < MAX_PLACES_PER_WORD;
    at = text.indexOf(word, at + word.length)
  ) {
    const lineStart = text.lastIndexOf('\n', at) + 1
    const newline = text.indexOf('\n', at + word.length)
    const lineEnd = newline === -1 ? text.length : newline
    places.push(whole(text, Math.max(lineStart, at - AROUND), Math.min(lineEnd, at + word.length + AROUND)))
  }
  return places
}

/** Cuts no surrogate pair and no CRLF in two. */
const whole = (text: string, start: number, end: number): Span => {
  const splits = (at: number): boolean => {
    const before = text.charCodeAt(at - 1)
    const after = text.charCodeAt(at)
    return (before >= 0xd800 && before <= 0xdbff && after >= 0xdc00) || (before === 13 && after === 10)
  }
  return {
    start: splits(start) ? start - 1 : start,
    end: splits(end) ? end + (text.charCodeAt(end) === 10 ? -1 : 1) : end,
  }
}

/** Keeps the place inside a gap, or writes it after the text of its region. */
const withPlace = (plan: Plan, place: Span, text: string): Plan => ({
  ...plan,
  segments: plan.segments.flatMap((segment): Segment[] => {
    const start = Math.max(segment.start, place.start)
    const end = Math.min(segment.end, place.end)
    if (start >= end || segment.kind === 'keep') return [segment]
    const words = text.slice(start, end)
    if (segment.kind === 'rewrite') {
      if (place.start < segment.start) return [segment]
      const all = text.slice(place.start, place.end)
      return segment.text.includes(all) ? [segment] : [{ ...segment, text: `${segment.text.trimEnd()}\n${all}\n` }]
    }
    return words === '' ? [segment] : split(segment, { start, end })
  }),
})

const split = (gap: Elide, { start, end }: Span): Segment[] => {
  const segments: Segment[] = []
  const part = (from: number, to: number): Elide => ({
    ...gap,
    start: from,
    end: to,
    gap: { ...gap.gap, count: to - from },
    after: '\n',
  })
  if (start > gap.start) segments.push(part(gap.start, start))
  segments.push({ kind: 'keep', start, end })
  if (gap.end > end) {
    const { note: _, ...rest } = gap.gap
    segments.push({
      ...part(end, gap.end),
      gap: { ...(start > gap.start ? rest : gap.gap), count: gap.end - end },
      before: '\n',
    })
  } else segments.push({ kind: 'rewrite', start: end, end, text: '\n' })
  return segments
}

import type { Elide, Gap, Plan, Segment } from '../spec/plan.js'

/** What is wrong with a plan, or undefined when it covers `text` once, in order, and cuts no character in two. */
export const planFault = (plan: Plan, text: string): string | undefined => {
  let at = 0
  for (const segment of plan.segments) {
    if (segment.start !== at) return `segment starts at ${segment.start}, expected ${at}`
    if (segment.end < segment.start) return `segment ends at ${segment.end}, before its start`
    if (splitsCharacter(text, segment.end)) return `segment ends inside a character at ${segment.end}`
    at = segment.end
  }
  return at === text.length ? undefined : `plan ends at ${at} of ${text.length}`
}

const splitsCharacter = (text: string, at: number): boolean => {
  if (at <= 0 || at >= text.length) return false
  const before = text.charCodeAt(at - 1)
  const after = text.charCodeAt(at)
  return (before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff) || (before === 13 && after === 10)
}

/** Output text of a plan. `marker` prints one gap; `first` is true for the first elided segment, which carries the ref. */
export const render = (plan: Plan, text: string, marker: (gap: Gap, first: boolean) => string): string => {
  const parts: string[] = []
  let first = true
  for (const segment of plan.segments) {
    if (segment.kind === 'keep') parts.push(text.slice(segment.start, segment.end))
    else if (segment.kind === 'rewrite') parts.push(segment.text)
    else {
      parts.push(segment.before, marker(segment.gap, first), segment.after)
      first = false
    }
  }
  return parts.join('')
}

export const elides = (plan: Plan): boolean =>
  plan.segments.some((segment: Segment): segment is Elide => segment.kind === 'elide')

/** Builds segments left to right; neighbours of the same kind merge, empty ones vanish. */
export class PlanBuilder {
  readonly #segments: Segment[] = []
  #at = 0

  get at(): number {
    return this.#at
  }

  keepTo(end: number): this {
    if (end <= this.#at) return this
    const last = this.#segments.at(-1)
    if (last?.kind === 'keep') this.#segments[this.#segments.length - 1] = { kind: 'keep', start: last.start, end }
    else this.#segments.push({ kind: 'keep', start: this.#at, end })
    this.#at = end
    return this
  }

  rewriteTo(end: number, text: string): this {
    const last = this.#segments.at(-1)
    if (last?.kind === 'rewrite') this.#segments[this.#segments.length - 1] = { ...last, end, text: last.text + text }
    else if (end > this.#at || text !== '') this.#segments.push({ kind: 'rewrite', start: this.#at, end, text })
    this.#at = end
    return this
  }

  elideTo(end: number, gap: Gap, frame: { before: string; after: string }): this {
    this.#segments.push({ kind: 'elide', start: this.#at, end, gap, before: frame.before, after: frame.after })
    this.#at = end
    return this
  }

  done(form: string): Plan {
    return { segments: this.#segments, form }
  }
}

// A page as flat arrays in source order. Element 0 is the page itself; a parent always stands before its children, so
// that sums run over the arrays and nothing recurses, however deep the nesting.

export type Attributes = Readonly<Record<string, string>>

export interface Page {
  readonly source: string
  /** Lower-case names by element. */
  readonly tags: readonly string[]
  readonly parents: readonly number[]
  /** Offset of `<` of the start tag. */
  readonly starts: readonly number[]
  /** Offset after the start tag. */
  readonly opened: readonly number[]
  /** Offset at which the content ends: that of the end tag, or of what ended the element. */
  readonly closed: readonly number[]
  /** Offset after the end tag. */
  readonly ends: readonly number[]
  /** Attributes that say something to a reader; the others are not kept. */
  readonly attributes: readonly Attributes[]
  readonly texts: readonly Text[]
  /** Start tags, end tags and texts in source order: `index * 4 + kind`. */
  readonly events: readonly number[]
}

export const OPEN = 0
export const CLOSE = 1
export const TEXT = 2

/** A run of characters between two tags, character references decoded. */
export interface Text {
  readonly element: number
  readonly start: number
  readonly end: number
  readonly text: string
}

export const attribute = (page: Page, element: number, name: string): string | undefined =>
  page.attributes[element]![name]

/** Class names and id, for guesses at what a part of a page is for. */
export const labelOf = (page: Page, element: number): string => {
  const { class: names, id, role } = page.attributes[element]!
  return `${names ?? ''} ${id ?? ''} ${role ?? ''}`
}

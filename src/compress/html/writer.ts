// Markdown text from left to right. Line breaks, bullets and prefixes are written only when text follows, so parts of
// which nothing is kept leave no trace.

/** Nested list or quote around what is written. */
interface Frame {
  /** Put before each line after the first, e.g. two spaces or `> `. */
  readonly indent: string
  /** Put before the first line, e.g. `- `; undefined once written. */
  lead: string | undefined
}

/** Deeper nesting is written at this depth. */
const MAX_FRAMES = 10

export class Writer {
  #parts: string[] = []
  readonly #frames: Frame[] = []
  #ignoredFrames = 0
  /** Line breaks owed before the next text: 0, 1 or 2. */
  #breaks = 0
  #space = false
  #lineIsOpen = false
  #last = ''
  /** Written before the next text, where it joins without a space, e.g. a backtick. */
  #openers = ''
  #anything = false

  /** Last character written, empty at the start of a line. */
  get last(): string {
    return this.#lineIsOpen ? this.#last : ''
  }

  get lineIsOpen(): boolean {
    return this.#lineIsOpen
  }

  /** Ends the line (1) or the paragraph (2) before the next text. */
  break(lines: 1 | 2): void {
    if (lines > this.#breaks) this.#breaks = lines
    this.#space = false
  }

  space(): void {
    this.#space = true
  }

  enter(indent: string, lead: string): void {
    if (this.#frames.length >= MAX_FRAMES) this.#ignoredFrames++
    else this.#frames.push({ indent, lead })
  }

  leave(): void {
    if (this.#ignoredFrames > 0) this.#ignoredFrames--
    else this.#frames.pop()
  }

  /** Text with white space collapsed to single spaces. */
  text(text: string): void {
    if (text === '') return
    if (text === ' ') {
      this.#space = true
      return
    }
    const from = text.startsWith(' ') ? 1 : 0
    const to = text.endsWith(' ') ? text.length - 1 : text.length
    if (from === 1) this.#space = true
    this.#write(text.slice(from, to))
    if (to < text.length) this.#space = true
  }

  /** Marks that belong to the next text and vanish when none comes. */
  opener(mark: string): void {
    this.#openers += mark
  }

  /** Ends what `opener` began: true where text was written in between, so that the closing mark is due. */
  closer(mark: string, openedAs: string): void {
    if (this.#openers.endsWith(openedAs) && openedAs !== '') this.#openers = this.#openers.slice(0, -openedAs.length)
    else this.append(mark)
  }

  /** Joins the text before it, without a space. */
  append(mark: string): void {
    if (mark === '' || !this.#lineIsOpen) return
    this.#parts.push(mark)
    this.#last = mark[mark.length - 1]!
  }

  /** Text with its own line breaks, e.g. code. */
  lines(text: string): void {
    for (const [index, line] of text.split('\n').entries()) {
      if (index > 0) this.#newLine()
      if (line !== '') this.#write(line)
      else if (index > 0) this.#lineIsOpen = false
    }
  }

  /** What was written since the last call; the state goes on. */
  take(): string {
    const text = this.#parts.join('')
    this.#parts = []
    return text
  }

  /** A marker was printed on a line of its own: the next text begins a line. */
  afterMarker(): void {
    this.#lineIsOpen = false
    this.#breaks = 0
    this.#space = false
    this.#anything = true
  }

  #newLine(): void {
    this.#breaks = Math.max(0, this.#breaks - 1)
    this.#parts.push('\n')
    this.#lineIsOpen = false
    this.#last = ''
  }

  #write(text: string): void {
    if (text === '') return
    if (this.#breaks > 0) {
      if (this.#lineIsOpen) this.#parts.push('\n')
      if (this.#breaks === 2 && this.#anything) this.#parts.push(this.#blank())
      this.#breaks = 0
      this.#lineIsOpen = false
    }
    if (!this.#lineIsOpen) this.#startLine()
    else if (this.#space && this.#last !== ' ') this.#parts.push(' ')
    this.#space = false
    if (this.#openers !== '') {
      this.#parts.push(this.#openers)
      this.#openers = ''
    }
    this.#parts.push(text)
    this.#last = text[text.length - 1]!
    this.#anything = true
  }

  #blank(): string {
    const quote = this.#frames.map(({ indent, lead }) => (lead === undefined ? indent : '')).join('')
    return `${quote.trimEnd()}\n`
  }

  #startLine(): void {
    for (const frame of this.#frames) {
      const mark = frame.lead ?? frame.indent
      frame.lead = undefined
      if (mark !== '') this.#parts.push(mark)
    }
    this.#lineIsOpen = true
    this.#last = ''
    this.#space = false
  }
}

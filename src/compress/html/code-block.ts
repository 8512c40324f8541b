// One block of code, gathered as a whole and written between fences.
import { languageOf } from './language.js'
import { BLOCK } from './tags.js'
import { attribute, type Page } from './tree.js'

export class CodeBlock {
  #text = ''
  /** A block boundary inside the code is a line break, where the source has none of its own. */
  #breaks = false
  /** An image ends here, so a word that follows is another word. */
  #afterImage = false

  constructor(
    readonly page: Page,
    readonly element: number,
  ) {}

  get isEmpty(): boolean {
    return this.#text === ''
  }

  boundary(tag: string): void {
    if (tag === 'br') this.#text += '\n'
    else if (BLOCK.has(tag)) this.#breaks = true
  }

  add(text: string): void {
    if (this.#breaks && /[^\n]$/.test(this.#text) && !text.startsWith('\n')) this.#text += '\n'
    this.#breaks = false
    if (text === '') return
    if (this.#afterImage) this.#apart(text)
    this.#afterImage = false
    this.#text += text
  }

  image(element: number): void {
    const alt = attribute(this.page, element, 'alt') ?? ''
    if (alt === '') return
    this.#apart(alt)
    this.add(alt)
    this.#afterImage = true
  }

  /** What an image says is no part of the word beside it. */
  #apart(text: string): void {
    if (/[\p{L}\p{N}]$/u.test(this.#text) && /^[\p{L}\p{N}]/u.test(text)) this.#text += ' '
  }

  /** Code without the line break after its start tag and white space at its end. */
  get text(): string {
    return this.#text.replace(/\r\n?/g, '\n').replace(/^\n/, '').trimEnd()
  }

  get markdown(): string {
    const fence = this.#text.includes('```') ? '````' : '```'
    return `${fence}${languageOf(this.page, this.element)}\n${this.text}\n${fence}`
  }
}

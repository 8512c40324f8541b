// HTML to a flat tree. htmlparser2's tokenizer finds tags and character references as the HTML standard has them; which
// element ends which is decided here, with offsets and without a stack that costs more the deeper it is.
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2'
import { endedBy } from './nesting.js'
import { BLOCK, OF_HEAD, VOID } from './tags.js'
import { type Attributes, CLOSE, OPEN, type Page, TEXT, type Text } from './tree.js'

/** Attributes kept. All others carry styling, scripting and measurement. */
const KEPT: ReadonlySet<string> = new Set(
  (
    'class id role hidden style aria-hidden aria-label href alt title src type name value placeholder action method content property itemprop ' +
    'rel colspan rowspan start datetime checked selected disabled required label for encoding data-lang data-language lang min max pattern open'
  ).split(' '),
)
const NONE: Attributes = Object.freeze({})
/** Content of these is no text of the page. */
const RAW: ReadonlySet<string> = new Set(['script', 'style', 'iframe', 'noembed', 'noframes'])
/** Longest attribute value kept: longer ones are data URIs and state. */
const MAX_VALUE_CHARS = 4000
/** Levels in which the start of an inline element is looked for. */
const REACH = 256

class Builder implements TokenizerCallbacks {
  readonly tags: string[] = ['']
  readonly parents: number[] = [-1]
  readonly starts: number[] = [0]
  readonly opened: number[] = [0]
  readonly closed: number[] = [0]
  readonly ends: number[] = [0]
  readonly attributes: Attributes[] = [NONE]
  readonly texts: Text[] = []
  readonly events: number[] = []
  /** Open elements, outermost first. */
  readonly stack: number[] = [0]
  readonly #openCount = new Map<string, number>()
  readonly #source: string
  #foreign = 0
  /** Offset after the last tag or comment. */
  #after = 0
  #text = ''
  #textStart = -1
  #textEnd = -1
  #tag = ''
  #tagStart = 0
  #values: Record<string, string> | undefined
  #name: string | undefined
  #value = ''

  constructor(source: string) {
    this.#source = source
  }

  isInForeignContext(): boolean {
    return this.#foreign > 0
  }

  ontext(start: number, end: number): void {
    if (RAW.has(this.#top())) return
    if (this.#textStart === -1) this.#textStart = start
    this.#text += this.#source.slice(start, end)
    this.#textEnd = end
  }

  ontextentity(codePoint: number, end: number): void {
    if (this.#textStart === -1) this.#textStart = Math.min(this.#after, end - 1)
    this.#text += String.fromCodePoint(codePoint)
    this.#textEnd = end
  }

  onopentagname(start: number, end: number): void {
    this.#endText()
    this.#tag = this.#source.slice(start, end).toLowerCase()
    this.#tagStart = start - 1
    this.#values = undefined
  }

  onattribname(start: number, end: number): void {
    const name = this.#source.slice(start, end).toLowerCase()
    this.#name = KEPT.has(name) ? name : undefined
    this.#value = ''
  }

  onattribdata(start: number, end: number): void {
    if (this.#name !== undefined && this.#value.length < MAX_VALUE_CHARS)
      this.#value += this.#source.slice(start, Math.min(end, start + MAX_VALUE_CHARS))
  }

  onattribentity(codePoint: number): void {
    if (this.#name !== undefined) this.#value += String.fromCodePoint(codePoint)
  }

  onattribend(): void {
    if (this.#name === undefined) return
    this.#values ??= {}
    if (!Object.hasOwn(this.#values, this.#name)) this.#values[this.#name] = this.#value
  }

  onopentagend(index: number): void {
    this.#open(index + 1, VOID.has(this.#tag))
  }

  onselfclosingtag(index: number): void {
    this.#open(index + 1, VOID.has(this.#tag) || this.#foreign > 0)
  }

  onclosetag(start: number, end: number): void {
    this.#endText()
    const tag = this.#source.slice(start, end).toLowerCase()
    const close = this.#source.indexOf('>', end)
    const after = close === -1 ? this.#source.length : close + 1
    this.#after = after
    if (tag === 'br') {
      this.#tag = 'br'
      this.#tagStart = start - 2
      this.#values = undefined
      this.#open(after, true)
    } else this.#close(tag, start - 2, after)
  }

  oncomment(_start: number, end: number): void {
    this.#endText()
    this.#after = end + 1
  }
  oncdata(start: number, end: number, offset: number): void {
    if (this.#foreign > 0) this.ontext(start, end - offset)
  }
  ondeclaration(_start: number, end: number): void {
    this.#endText()
    this.#after = end + 1
  }
  onprocessinginstruction(_start: number, end: number): void {
    this.#endText()
    this.#after = end + 1
  }

  onend(): void {
    this.#endText()
    while (this.stack.length > 1) this.#pop(this.#source.length, this.#source.length)
    this.closed[0] = this.ends[0] = this.#source.length
  }

  #top(): string {
    return this.tags[this.stack[this.stack.length - 1]!]!
  }

  #endText(): void {
    if (this.#textStart === -1) return
    if (this.#top() === 'head' && this.#text.trim() !== '') this.#pop(this.#textStart, this.#textStart)
    const element = this.stack[this.stack.length - 1]!
    this.events.push(this.texts.length * 4 + TEXT)
    this.texts.push({ element, start: this.#textStart, end: this.#textEnd, text: this.#text })
    this.#text = ''
    this.#textStart = -1
  }

  #open(end: number, isVoid: boolean): void {
    this.#after = end
    const tag = this.#tag === 'image' ? 'img' : this.#tag
    if (this.#top() === 'head' && !OF_HEAD.has(tag)) this.#pop(this.#tagStart, this.#tagStart)
    if (this.#foreign === 0) {
      const depth = endedBy(tag, this.stack, this.tags, this.#openCount)
      while (this.stack.length > depth) this.#pop(this.#tagStart, this.#tagStart)
    }
    const element = this.tags.length
    this.tags.push(tag)
    this.parents.push(this.stack[this.stack.length - 1]!)
    this.starts.push(this.#tagStart)
    this.opened.push(end)
    this.closed.push(end)
    this.ends.push(end)
    this.attributes.push(this.#values ?? NONE)
    this.events.push(element * 4 + OPEN)
    if (isVoid) {
      this.events.push(element * 4 + CLOSE)
      return
    }
    if (tag === 'svg' || tag === 'math') this.#foreign++
    this.stack.push(element)
    this.#openCount.set(tag, (this.#openCount.get(tag) ?? 0) + 1)
  }

  /** Ends the innermost element of this name; an inline end tag never ends a block around it. */
  #close(tag: string, start: number, end: number): void {
    if ((this.#openCount.get(tag) ?? 0) === 0) return
    const isBlock = BLOCK.has(tag)
    if (!isBlock) {
      let depth = this.stack.length - 1
      const last = depth - REACH
      for (; this.tags[this.stack[depth]!] !== tag; depth--) {
        const open = this.tags[this.stack[depth]!]!
        if (depth < last) return
        if (BLOCK.has(open) && open !== 'p' && open !== 'li') return
      }
    }
    while (this.#top() !== tag) this.#pop(start, start)
    this.#pop(start, end)
  }

  #pop(closed: number, end: number): void {
    const element = this.stack.pop()!
    const tag = this.tags[element]!
    this.closed[element] = closed
    this.ends[element] = end
    this.events.push(element * 4 + CLOSE)
    this.#openCount.set(tag, this.#openCount.get(tag)! - 1)
    if (tag === 'svg' || tag === 'math') this.#foreign--
  }
}

/** Linear; never throws, whatever the text. */
export const parsePage = (source: string): Page => {
  const builder = new Builder(source)
  const tokenizer = new Tokenizer({ decodeEntities: true }, builder)
  tokenizer.write(source)
  tokenizer.end()
  const { tags, parents, starts, opened, closed, ends, attributes, texts, events } = builder
  return { source, tags, parents, starts, opened, closed, ends, attributes, texts, events }
}

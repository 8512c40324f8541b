// What a form leaves out and the agent used later: an upper bound on how often it would have asked for an original.
import type { Piece } from './piece.js'

/** Names, paths and numbers: words that are not in a text by chance and cannot be guessed from its kind. */
const WORD = /[\p{L}_$][\p{L}\p{N}_$./:-]{6,}[\p{L}\p{N}_]|\d[\d.]{4,}\d/gu

/** Words of a session by number, so that no set holds a text. */
export class Words {
  readonly #numbers = new Map<string, number>()
  readonly #known = new WeakMap<Piece, readonly number[]>()

  ofText(text: string): readonly number[] {
    const found = new Set<number>()
    for (const [word] of text.replaceAll('\\n', ' ').matchAll(WORD)) {
      const known = this.#numbers.get(word) ?? this.#numbers.size
      this.#numbers.set(word, known)
      found.add(known)
    }
    return [...found]
  }

  of(piece: Piece): readonly number[] {
    const known = this.#known.get(piece) ?? this.ofText(piece.text)
    this.#known.set(piece, known)
    return known
  }
}

/** What one policy's requests show and hide. */
export class Shown {
  readonly #words: Words
  readonly #seen = new Set<Piece>()
  readonly #visible = new Set<number>()
  readonly #hidden = new Map<number, Set<Piece>>()

  constructor(words: Words) {
    this.#words = words
  }

  /** A piece of a request, in the form in which it was sent where that leaves something out; counts when first seen. */
  send(piece: Piece, form: string | undefined): void {
    if (this.#seen.has(piece)) return
    this.#seen.add(piece)
    const shown = form === undefined ? this.#words.of(piece) : this.#words.ofText(form)
    for (const word of shown) {
      this.#visible.add(word)
      this.#hidden.delete(word)
    }
    if (form === undefined) return
    for (const word of this.#words.of(piece)) {
      if (this.#visible.has(word)) continue
      const pieces = this.#hidden.get(word) ?? new Set()
      pieces.add(piece)
      this.#hidden.set(word, pieces)
    }
  }

  /** Results of which the agent used a word that it could have from nowhere else. Each is named once. */
  use(said: readonly Piece[]): readonly Piece[] {
    const needed = new Set<Piece>()
    for (const piece of said)
      for (const word of this.#words.of(piece)) for (const one of this.#hidden.get(word) ?? []) needed.add(one)
    for (const piece of needed) this.#reveal(piece)
    return [...needed]
  }

  /** The conversation starts again from a summary. */
  clear(): void {
    this.#seen.clear()
    this.#visible.clear()
    this.#hidden.clear()
  }

  #reveal(piece: Piece): void {
    for (const word of this.#words.of(piece)) {
      this.#visible.add(word)
      this.#hidden.delete(word)
    }
  }
}

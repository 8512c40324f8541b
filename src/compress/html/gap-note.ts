// Words of one gap: what kinds of parts it held and how many links.
import type { Role } from './roles.js'

const MAX_KINDS = 4

export class GapNote {
  readonly #roles = new Set<Role>()
  #links = 0
  #lastLink = -1

  add(role: Role, link: number): void {
    this.#roles.add(role)
    if (link === -1 || link === this.#lastLink) return
    this.#lastLink = link
    this.#links++
  }

  words(): string {
    const kinds = [...this.#roles]
    const named = kinds.length > MAX_KINDS ? [...kinds.slice(0, MAX_KINDS), 'more'] : kinds
    const links = this.#links === 0 ? [] : [`${this.#links} ${this.#links === 1 ? 'link' : 'links'}`]
    return [...named, ...links].join(', ')
  }
}

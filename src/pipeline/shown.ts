// What the model sees in one request, line by line, for references. Kept from turn to turn: a turn adds its new blocks.
import { refOf } from '../base/hash.js'
import type { Base, ReferenceIndex, ReferRequest, Referred, Rerun, TextSource, VisibleText } from '../spec/reference.js'
import type { Block } from '../spec/wire.js'
import { peelAll } from './block.js'
import type { PipelineParts } from './parts.js'

/** Shorter texts hold no run worth naming. */
const MIN_CHARS = 150

export class Shown {
  readonly #parts: PipelineParts
  readonly #index: ReferenceIndex
  /** Blocks whose texts are in the index, in the order in which they were put there. */
  readonly #blocks: { readonly block: number; readonly size: number }[] = []
  readonly #seen = new Set<number>()
  /** Whether forms that left something out were sent as such: without a way back other texts are shown. */
  readonly hasWayBack: boolean

  constructor(parts: PipelineParts, hasWayBack: boolean) {
    this.#parts = parts
    this.#index = parts.references()
    this.hasWayBack = hasWayBack
  }

  has(block: number): boolean {
    return this.#seen.has(block)
  }

  /** The texts of a block, with what is sent in its place. */
  add(block: Block, index: number, form: string | undefined): void {
    this.#blocks.push({ block: index, size: this.#index.size })
    this.#seen.add(index)
    for (const text of textsOf(this.#parts, block, index, form)) this.#index.add(text)
  }

  get depth(): number {
    return this.#blocks.length
  }

  /** Takes back what was added from this depth on. */
  cut(depth: number): void {
    const size = this.#blocks[depth]?.size ?? this.#index.size
    for (const { block } of this.#blocks.splice(depth)) this.#seen.delete(block)
    this.#index.cut(size)
  }

  /** Forgets blocks from this one on; those before it that stood above them come again when they are needed. */
  keepBefore(block: number): void {
    const at = this.#blocks.findIndex((one) => one.block >= block)
    this.cut(at === -1 ? this.#blocks.length : at)
  }

  /** Lets go of lines that were read for this turn: between turns an index holds no text. */
  rest(): void {
    this.#index.cut(this.#index.size)
  }

  refer(request: ReferRequest): Referred | undefined {
    return this.#index.refer(request)
  }

  rerun(request: ReferRequest): Rerun | undefined {
    return this.#index.rerun(request)
  }

  holds(bases: readonly Base[], before: number): boolean {
    return bases.every((base) => this.#index.holds(base, before))
  }
}

export const sourceOf = ({ kind, role, origin }: Block): TextSource => {
  const { toolName, command, path, pattern } = origin
  // Some editors name what they do `command`, and a search in a folder is told by what it looked for.
  const subject = pattern ?? path ?? command
  return {
    kind: kind === 'tool-result' ? 'result' : kind === 'tool-call' ? 'call' : role === 'user' ? 'user' : 'assistant',
    ...(toolName === undefined ? {} : { tool: toolName }),
    ...(subject === undefined ? {} : { subject }),
    ...(subject === path ? {} : { isCommand: true }),
  }
}

const identities = new WeakMap<Block, string>()

const identityOf = (block: Block): string => {
  const known = identities.get(block)
  if (known !== undefined) return known
  const id = refOf(`${block.role}\n${block.kind}\n${block.text}`)
  identities.set(block, id)
  return id
}

/** System prompts change from turn to turn, and what is opaque may be dropped by the provider: neither is a base. */
const textsOf = (parts: PipelineParts, block: Block, index: number, form: string | undefined): VisibleText[] => {
  const common = { block: index, source: sourceOf(block), id: () => identityOf(block) }
  if (block.kind === 'opaque' || block.role === 'system' || block.text.length < MIN_CHARS) return []
  if (block.kind === 'tool-call')
    return argumentsOf(block).map(({ argument }, at) => ({
      ...common,
      source: { ...common.source, ...(argument === undefined ? {} : { argument }) },
      read: () => {
        const text = argumentsOf(block)[at]?.text ?? ''
        return { original: text, sent: text }
      },
    }))
  const innerOf = (text: string): string => (block.kind === 'tool-result' ? peelAll(parts, text).inner : text)
  const read = (): { original: string; sent: string } => {
    const original = innerOf(block.text)
    return { original, sent: form === undefined ? original : innerOf(form) }
  }
  return [{ ...common, read }]
}

interface Argument {
  readonly argument?: string
  readonly text: string
}

/** Texts of several lines among the arguments of a call, e.g. what it writes; a call in free text is one. */
const argumentsOf = (block: Block): Argument[] => {
  const found: Argument[] = []
  const collect = (value: unknown, argument: string | undefined, depth: number): void => {
    if (typeof value === 'string') {
      if (value.length >= MIN_CHARS && value.includes('\n'))
        found.push({ text: value, ...(argument === undefined ? {} : { argument }) })
    } else if (Array.isArray(value) && depth < 4) for (const item of value) collect(item, argument, depth + 1)
    else if (typeof value === 'object' && value !== null && depth < 4)
      for (const [name, inner] of Object.entries(value)) collect(inner, name, depth + 1)
  }
  collect(parsed(block.text), undefined, 0)
  return found
}

const parsed = (text: string): unknown => {
  if (!/^\s*[[{"]/.test(text)) return text
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return text
    throw error
  }
}

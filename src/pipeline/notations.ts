// In which notation each tool's last result stands in the request, so that a new one comes in the same.
import type { BlockContext } from './block.js'
import type { TurnContext } from './context.js'
import { formOf } from './edits.js'
import type { PipelineParts } from './parts.js'
import type { Turn } from './turn.js'

/** Reads the decisions of a turn once, as far as they are asked for; blocks are asked about from first to last. */
export class Notations {
  readonly #turn: Turn
  readonly #context: TurnContext
  readonly #known: ReadonlySet<string>
  readonly #byTool = new Map<string, string>()
  #read = 0

  constructor({ compressors }: PipelineParts, turn: Turn, context: TurnContext) {
    this.#turn = turn
    this.#context = context
    this.#known = new Set(compressors.flatMap(({ notations = [] }) => notations))
  }

  /** The notation of the tool's last result before this block that has one. */
  before(index: number): string | undefined {
    for (; this.#read < index; this.#read++) {
      const decision = this.#turn.decisions[this.#read]
      if (formOf(decision, this.#context) !== undefined) this.saw(this.#read, decision?.form)
    }
    return this.#byTool.get(this.#toolOf(index) ?? '')
  }

  /** The block is in this form, though no decision says so yet. */
  saw(index: number, form = ''): void {
    const tool = this.#toolOf(index)
    const [notation = ''] = form.split('+')
    if (tool !== undefined && this.#known.has(notation)) this.#byTool.set(tool, notation)
  }

  #toolOf(index: number): string | undefined {
    return this.#turn.scan.blocks[index]?.origin.toolName
  }
}

export const inNotation = (context: BlockContext, notation: string | undefined): BlockContext =>
  notation === undefined ? context : { ...context, notation }

// Runs each workload with every way of asking, and tells where each planted answer is afterwards.
import type { CompressResult, Engine } from 'headroom-ai'
import { withEngine } from '../engine.js'
import { chargeFor, type Place } from '../retrieval.js'
import { answersAll } from '../score.js'
import { tokensOfMessages } from '../tokens.js'
import type { Asked, Message, Question, Workload } from './shape.js'

/** When the conversation names what is wanted: never, the workload's own task, the question before the tools run, or after. */
export const VARIANTS = ['nothing asked', 'task', 'question first', 'question last'] as const
export type Variant = (typeof VARIANTS)[number]

export interface BlockLine {
  readonly tool: string
  readonly type: string
  readonly form: string
  readonly before: number
  readonly after: number
}

interface Missed {
  readonly place: Place
  readonly question: string
  readonly answers: string
}

export interface VariantRow {
  readonly variant: Variant
  readonly before: number
  /** Of the whole conversation, mean over the runs; and the largest of them. */
  readonly after: number
  readonly most: number
  readonly inline: number
  readonly retrievable: number
  readonly lost: number
  /** Mean tokens with the retrievals that the questions of this run need. */
  readonly netAfter: number
  /** Every answer that is not inline. */
  readonly missed: readonly Missed[]
  readonly blocks: readonly BlockLine[]
}

export interface WorkloadRow {
  readonly name: string
  readonly published: Workload['published']
  readonly questions: number
  readonly variants: readonly VariantRow[]
}

interface Run {
  readonly asked: Asked
  /** Questions that this conversation is judged by. */
  readonly judged: readonly Question[]
}

const runsOf = ({ asked, questions }: Workload, variant: Variant): Run[] => {
  if (variant === 'nothing asked') return [{ asked: {}, judged: questions }]
  if (variant === 'task') return [{ asked, judged: questions }]
  return questions.map((question) => ({
    asked: variant === 'question first' ? { ...asked, first: question.text } : { ...asked, last: question.text },
    judged: [question],
  }))
}

export const measureWorkload = async (workload: Workload): Promise<WorkloadRow> => {
  const variants: VariantRow[] = []
  for (const variant of VARIANTS) variants.push(await measureVariant(workload, variant))
  const { name, published, questions } = workload
  return { name, published, questions: questions.length, variants }
}

const measureVariant = async (workload: Workload, variant: Variant): Promise<VariantRow> => {
  const runs = runsOf(workload, variant)
  const places: Record<Place, number> = { inline: 0, retrievable: 0, lost: 0 }
  const missed: Missed[] = []
  const afters: number[] = []
  let charged = 0
  let before = 0
  let blocks: BlockLine[] = []
  // An engine of its own for each run: forms are decided once for a conversation, and these share their beginning.
  for (const { asked, judged } of runs)
    await withEngine(async (engine) => {
      const messages = workload.messages(asked)
      const result = await engine.compress(messages, { model: workload.model })
      before = tokensOfMessages(messages)
      afters.push(tokensOfMessages(result.messages))
      blocks = linesOf(result)
      for (const question of judged) {
        const { place, tokens } = await placeOf(engine, result, question)
        places[place]++
        charged += tokens
        if (place !== 'inline') missed.push({ place, question: question.text, answers: question.answers.join(', ') })
      }
    })
  const after = afters.reduce((sum, tokens) => sum + tokens, 0) / runs.length
  return {
    variant,
    before,
    after: Math.round(after),
    most: Math.max(...afters),
    ...places,
    netAfter: Math.round(after + charged / runs.reduce((sum, { judged }) => sum + judged.length, 0)),
    missed,
    blocks,
  }
}

const linesOf = ({ report }: CompressResult<unknown>): BlockLine[] =>
  report.blocks.map((block) => ({
    tool: block.origin.toolName ?? '',
    type: block.detection?.type ?? '',
    form: block.skip ?? `${block.compressor}/${block.form}`,
    before: block.tokensBefore,
    after: block.tokensAfter,
  }))

const placeOf = (
  engine: Engine,
  { messages, refs }: CompressResult<Message[]>,
  { text, answers }: Question,
): Promise<{ place: Place; tokens: number }> => {
  const shown = messages.flatMap(resultTexts).join('\n')
  return chargeFor(engine, { shown, refs, query: text, found: (hay) => answersAll(hay, answers) })
}

/** Only tool results: a question may repeat words of its answer. */
const resultTexts = ({ role, content }: Message): string[] => {
  if (role === 'tool') return [String(content)]
  if (!Array.isArray(content)) return []
  return content.flatMap((part: { type: string; content?: unknown }) =>
    part.type === 'tool_result' ? [String(part.content)] : [],
  )
}

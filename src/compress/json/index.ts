// JSON of any shape: exact forms first; where rows may go, those stay that the question asks for, that fail, that differ.
import { elides, render } from '../../base/plan.js'
import { isSkip, skip } from '../../base/skip.js'
import type { CompressInput, Compressor } from '../../spec/compressor.js'
import type { Gap, Plan } from '../../spec/plan.js'
import type { Skip } from '../../spec/skip.js'
import { minifiedText, packedTexts } from './exact.js'
import { Output } from './output.js'
import { joined, listText, type Piece, piecesOf } from './pieces.js'
import { Shrinker } from './shrink.js'
import { Study } from './study.js'
import { ARRAY, parseTree, type Tree, withoutSpace } from './tree.js'
import { verifyJson } from './verify.js'

/** Share of the source's tokens that a shortened form may use, and the least number it gets. */
const SHARE = 0.2
const LEAST_TOKENS = 600
/** Characters on which tokens per character are measured. */
const SAMPLE_CHARS = 16_384
/** Below this share of the source no exact form can come near. */
const CLEARLY_SHORTER = 0.25
const LEAST_SHARE = 0.45
/** A shortened form must beat the best exact one by this factor to be worth its gaps. */
const WORTH = 0.85

const COLUMNS_FORM = 'json/columns'
const CSV_FORM = 'json/csv'
/** Behind the form of a text that was cut before it came. */
const OF_CUT = '-of-cut'
const NOTATIONS: readonly string[] = [COLUMNS_FORM, CSV_FORM].flatMap((form) => [form, `${form}${OF_CUT}`])
/** Share of the tokens of rows as arrays that rows as strings must save. */
const CSV_SAVING = 0.02
/** Tokens that they save where a string stands beside another scalar: at most 1.6 in any file of the corpus (o200k). */
const MOST_BY_BORDER = 2

export const json: Compressor = {
  name: 'json',
  version: 6,
  accepts: ['json'],
  notations: NOTATIONS,
  compress: (input) => compressJson(input),
  verify: verifyJson,
}

const compressJson = (input: CompressInput): Plan | Skip => {
  if (input.protectedSpans.length > 0) return skip('protected')
  const tree = parseTree(input.text)
  return tree ? planOf(tree, input) : cutPlan(input)
}

/** Rows on either side of where a client has cut. */
const cutPlan = (input: CompressInput): Plan | Skip => {
  const pieces = piecesOf(input.text)
  if (pieces.length === 0) return skip('not-parsable')
  let { notation } = input
  const parts = pieces.map((piece) => {
    const plan = planOf(piece.tree, { ...inputOf(piece, input), ...(notation === undefined ? {} : { notation }) })
    if (isSkip(plan)) return { piece, plan: undefined }
    if (NOTATIONS.includes(plan.form)) notation ??= plan.form
    return { piece, plan }
  })
  const form = parts.find(({ plan }) => plan !== undefined)?.plan?.form
  return form === undefined ? skip('nothing-to-drop') : joined(input.text, parts, `${form}${OF_CUT}`)
}

/** The piece as a text of its own, with its share of the budget. */
const inputOf = (piece: Piece, input: CompressInput): CompressInput => {
  const text = listText(input.text, piece)
  const tokens = input.count(text)
  const budget = input.budgetTokens
  return { ...input, text, tokens, ...(budget === undefined ? {} : { budgetTokens: (budget * tokens) / input.tokens }) }
}

const planOf = (tree: Tree, input: CompressInput): Plan | Skip => {
  if (tree.kind[tree.root]! > ARRAY) return skip('nothing-to-drop')
  const short = input.mayElide ? shortForm(tree, input) : undefined
  if (short && short.tokens < CLEARLY_SHORTER * input.tokens) return short.plan
  const exact = exactForm(tree, input)
  if (short && short.tokens < WORTH * (exact?.tokens ?? input.tokens)) return short.plan
  return exact ? new Output(input.text).whole(exact.text, exact.form) : skip('nothing-to-drop')
}

interface Form {
  readonly text: string
  readonly form: string
  readonly tokens: number
}

const exactForm = (tree: Tree, input: CompressInput): Form | undefined => {
  const plain = formOf(minifiedText(tree), 'json/minified', input)
  const table = tableForm(tree, plain, input)
  const best = table !== undefined && table.tokens < plain.tokens ? table : plain
  return best.tokens < input.tokens ? best : undefined
}

const formOf = (text: string, form: string, { count }: CompressInput): Form => ({ text, form, tokens: count(text) })

/** Rows as arrays, which are more familiar, or as comma-separated strings where the tool's last table was so or it saves enough. */
const tableForm = (tree: Tree, plain: Form, input: CompressInput): Form | undefined => {
  const wasColumns = input.notation?.startsWith(COLUMNS_FORM) ?? false
  const packed = packedTexts(tree, !wasColumns)
  if (packed === undefined || packed.columns.length >= plain.text.length) return undefined
  const columns = formOf(packed.columns, COLUMNS_FORM, input)
  const wasCsv = input.notation?.startsWith(CSV_FORM) ?? false
  const least = wasCsv ? 0 : CSV_SAVING * columns.tokens
  if (packed.csv === undefined || packed.borders * MOST_BY_BORDER < least) return columns
  const csv = formOf(packed.csv, CSV_FORM, input)
  return columns.tokens - csv.tokens >= least ? csv : columns
}

/** Undefined where nothing goes. */
const shortForm = (tree: Tree, input: CompressInput): { plan: Plan; tokens: number } | undefined => {
  const budget =
    input.budgetTokens ?? Math.max(SHARE * input.tokens, Math.min(LEAST_TOKENS, input.tokens * LEAST_SHARE))
  const study = new Study(tree, input.query)
  let room = budget / tokensPerChar(tree.text, input)
  let best: { plan: Plan; tokens: number } | undefined
  for (let round = 0; round < 2; round++) {
    const plan = shortened(study, room)
    const tokens = input.count(render(plan, input.text, sampleMarker))
    if (!best || tokens < best.tokens) best = { plan, tokens }
    if (tokens < budget * 1.15) break
    room *= Math.max(0.5, budget / tokens)
  }
  return best && elides(best.plan) ? best : undefined
}

/** Of text without white space. */
const tokensPerChar = (text: string, input: CompressInput): number => {
  const sample = withoutSpace(text, 0, Math.min(text.length, SAMPLE_CHARS))
  const tokens = sample === input.text ? input.tokens : input.count(sample)
  return Math.max(0.05, tokens / Math.max(1, sample.length))
}

const shortened = (study: Study, room: number): Plan => {
  const output = new Output(study.tree.text)
  new Shrinker(study, output).root(room)
  return output.done('json/rows')
}

/** As long as a real marker. */
const sampleMarker = (gap: Gap, first: boolean): string =>
  `[${gap.count} ${gap.unit} not shown${gap.note ? `: ${gap.note}` : ''}${first ? '; full text kept; id 0123456789abcdef' : ''}]`

// Source code: imports, declarations, signatures and the first line of each comment stay; bodies fold into a comment.
import { elides, PlanBuilder } from '../../base/plan.js'
import { skip } from '../../base/skip.js'
import type { CompressInput, Compressor } from '../../spec/compressor.js'
import type { Plan, Span } from '../../spec/plan.js'
import type { PolicyName } from '../../spec/policy.js'
import type { Skip } from '../../spec/skip.js'
import { askedOf } from './asked.js'
import { commentsAbove, foldComments } from './comments.js'
import { type Fn, type Found, find, isIsland } from './find.js'
import { type Fold, Folds } from './folds.js'
import { type CodeParser, type CodeParts, type Loaded, loadParser } from './grammars.js'
import { LANGUAGES, type Language } from './languages.js'
import { provable } from './proof.js'
import { readCode } from './read.js'
import { lineNumber, type Source, sourceOf } from './source.js'
import { foldTables } from './tables.js'
import { trustIn } from './trust.js'

export type { CodeParts } from './grammars.js'

interface Level {
  /** Rows that a body, a comment and a table must lose. */
  readonly body: number
  readonly comment: number
  readonly table: number
  /** Share of the source's tokens for bodies that the question names, and for those that resemble it. */
  readonly named: number
  readonly alike: number
}

/** Chosen on files of 200 to 2,000 lines in ten languages: see docs/decisions/0008-grammars.md. */
const LEVELS: Readonly<Record<PolicyName, Level>> = {
  strict: { body: 3, comment: 4, table: 40, named: 1, alike: 1 },
  balanced: { body: 3, comment: 3, table: 30, named: 0.25, alike: 0.12 },
  max: { body: 2, comment: 2, table: 12, named: 0.2, alike: 0.08 },
}
/** Least tokens for bodies, whatever the size of the source. */
const LEAST_BODY_TOKENS = 500

export const createCode = (parts: CodeParts): Compressor => {
  const loaded = new Map<string, Loaded>()
  const proved = new WeakSet<Plan>()
  return {
    name: 'code',
    version: 1,
    accepts: ['code'],
    async prepare({ language }) {
      const held = language === undefined ? undefined : loaded.get(language)
      if (language === undefined || (held !== undefined && 'parse' in held)) return
      loaded.set(language, await loadParser(parts, language))
    },
    compress(input) {
      const { language } = input
      if (!input.mayElide) return skip('policy-lossless-only', 'bodies stay where nothing may be left out')
      const parser = language === undefined ? undefined : loaded.get(language)
      const entry = LANGUAGES.get(language ?? '')
      if (parser === undefined || entry === undefined) return skip('no-grammar', language ?? 'unknown language')
      if ('missing' in parser) return skip('no-grammar', parser.missing)
      const plan = compress(input, parser, entry)
      if (!('skip' in plan)) proved.add(plan)
      return plan
    },
    verify: (source, rendered, plan) => proved.has(plan) && isRendered(source, rendered, plan),
  }
}

const compress = (input: CompressInput, parser: CodeParser, language: Language): Plan | Skip => {
  const reading = readCode(parser, sourceOf(input.text), language)
  if (reading === undefined) return skip('not-parsable', 'parsing takes too long')
  const { source, tree, errors } = reading
  let folds: readonly Fold[]
  try {
    const root = tree.rootNode
    folds = free(foldsOf(find(root, source, language), { input, source, language, root }), source, input)
  } finally {
    tree.delete()
  }
  if (folds.length === 0) return skip('nothing-to-drop', 'no body long enough')
  const safe = provable(source, folds, parser.parse, errors)
  if (safe === undefined || safe.length === 0) return skip('not-parsable', 'the folded text would not parse')
  const plan = planOf(source, safe)
  return elides(plan) ? plan : skip('nothing-to-drop')
}

interface Scene {
  readonly input: CompressInput
  readonly source: Source
  readonly language: Language
  readonly root: Parameters<typeof foldTables>[0]
}

const foldsOf = (found: Found, { input, source, language, root }: Scene): readonly Fold[] => {
  const level = LEVELS[input.policy]
  const tokensPerChar = input.tokens / Math.max(1, input.text.length)
  const share = (part: number): number => Math.max(LEAST_BODY_TOKENS, part * (input.budgetTokens ?? input.tokens))
  const asked = askedOf(found.all, source, input.query, {
    named: share(level.named),
    alike: share(level.alike),
    tokensPerChar,
  })
  const folds = new Folds(source, language, {
    ...asked,
    trust: trustIn(root, source),
    minRows: level.body,
    tokensPerChar,
  })
  const outer = outermost(found, source.code.count, language)
  for (const fn of outer) folds.function(fn)
  if (language.body === 'indent') {
    folds.doc(root)
    for (const node of found.classes) {
      const body = node.childForFieldName('body')
      if (body !== null) folds.doc(body)
    }
  }
  const above = commentsAbove(asked.whole, found.comments, source)
  const owners = new Set<Fn | undefined>([undefined, ...outer.map((fn) => fn.parent)])
  foldComments(
    found.comments.filter(({ owner }) => owners.has(owner)),
    source,
    folds,
    {
      minRows: level.comment,
      stays: (comment) => above.has(comment),
    },
  )
  foldTables(root, outer, { source, folds, language }, { minRows: level.table })
  return folds.made
}

/** Functions that are shown as members of the file: a nameless one that wraps most of it (a module pattern) counts as the file. */
const outermost = (found: Found, rows: number, language: Language): readonly Fn[] => {
  let level = found.outer
  for (let depth = 0; depth < 3; depth++) {
    const wrapper = level.find(
      (fn) => fn.end - fn.start > rows * 0.6 && fn.children.length >= 3 && !isIsland(fn, language),
    )
    if (wrapper === undefined) break
    level = level.flatMap((fn) => (fn === wrapper ? fn.children : [fn]))
  }
  return level
}

/** Without folds that touch a span that must come out unchanged, or another fold. */
const free = (folds: readonly Fold[], { table }: Source, input: CompressInput): Fold[] => {
  const fixed = input.protectedSpans
  let done = -1
  return folds.filter(({ first, last }) => {
    const start = table.starts[first]!
    const end = table.starts[last + 1]!
    if (first <= done || fixed.some((span: Span) => span.start < end && span.end > start)) return false
    done = last
    return true
  })
}

const planOf = (source: Source, folds: readonly Fold[]): Plan => {
  const { table } = source
  const builder = new PlanBuilder()
  for (const { first, last, before, after } of folds) {
    const end = table.starts[last + 1]!
    builder.keepTo(table.starts[first]!)
    builder.elideTo(
      end,
      { count: last - first + 1, unit: 'lines', range: [lineNumber(source, first), lineNumber(source, last)] },
      { before, after: after + lineBreak(table.text, end) },
    )
  }
  return builder.keepTo(table.text.length).done('code/outline')
}

const lineBreak = (text: string, end: number): string =>
  text[end - 1] !== '\n' ? '' : text[end - 2] === '\r' ? '\r\n' : '\n'

/** A marker as the proof took it: on one line, and nothing in it that ends a comment or a string. */
const MARKER = /^\[[^\n\r]*\]$/
const ENDS_COMMENT = /\*\/|"""|'''|\?>|<\//

/** The rendered text is the plan's, with markers that the proof holds for. */
const isRendered = (source: string, rendered: string, plan: Plan): boolean => {
  let at = 0
  for (const segment of plan.segments) {
    if (segment.kind === 'rewrite') return false
    if (segment.kind === 'keep') {
      if (!rendered.startsWith(source.slice(segment.start, segment.end), at)) return false
      at += segment.end - segment.start
      continue
    }
    if (!rendered.startsWith(segment.before, at)) return false
    const start = at + segment.before.length
    const line = rendered.indexOf('\n', start)
    const end = (line === -1 ? rendered.length : line + 1) - segment.after.length
    const marker = rendered.slice(start, end)
    if (!MARKER.test(marker) || ENDS_COMMENT.test(marker) || !rendered.startsWith(segment.after, end)) return false
    at = end + segment.after.length
  }
  return at === rendered.length
}

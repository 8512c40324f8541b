// Diffs: every changed line of a file that somebody wrote stays, under hunk headers that are true of what is shown.
import { lineTable } from '../../base/lines.js'
import { elides } from '../../base/plan.js'
import { skip } from '../../base/skip.js'
import type { CompressInput, Compressor } from '../../spec/compressor.js'
import type { Plan, Span } from '../../spec/plan.js'
import type { Skip } from '../../spec/skip.js'
import { foldsOf } from './fold.js'
import { parseDiff } from './parse.js'
import { askedOf, lineIndexAt } from './question.js'
import { verifyPlan } from './verify.js'
import { writePlan } from './write.js'

/** Tokens of a second hunk header, with a margin. Counted on printed headers with o200k: 13 to 18. */
const HEADER_TOKENS = 20

const compress = (input: CompressInput): Plan | Skip => {
  if (!input.mayElide) return skip('nothing-to-drop', 'every line of a diff counts')
  const table = lineTable(input.text)
  const diff = parseDiff(table)
  if (diff.files.every((file) => file.hunks.length === 0 && file.binary[1] === file.binary[0]))
    return skip('not-parsable', 'no hunks')
  const asked = askedOf(table, input.query, input.origin)
  const fixed = new Uint8Array(table.count)
  for (const span of input.protectedSpans) fix(fixed, span, (at) => lineIndexAt(table, at))
  const plan = writePlan({
    diff,
    asked,
    fixed,
    policy: input.policy,
    folds: foldsOf({ diff, asked, policy: input.policy }),
    splitChars: HEADER_TOKENS * (input.text.length / Math.max(1, input.tokens)),
  })
  return plan !== undefined && elides(plan) ? plan : skip('nothing-to-drop')
}

const fix = (fixed: Uint8Array, span: Span, lineOf: (at: number) => number): void => {
  if (fixed.length > 0) fixed.fill(1, lineOf(span.start), lineOf(Math.max(span.start, span.end - 1)) + 1)
}

export const diff: Compressor = { name: 'diff', version: 1, accepts: ['diff'], compress, verify: verifyPlan }

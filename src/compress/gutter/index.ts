// Numbered files with a number on every tenth line only. Every line of the file stays as it is, so it can be quoted.
import { gutterOf } from '../../base/gutter.js'
import { lineTable } from '../../base/lines.js'
import { PlanBuilder } from '../../base/plan.js'
import { skip } from '../../base/skip.js'
import type { CompressInput, Compressor } from '../../spec/compressor.js'
import type { Origin } from '../../spec/content.js'
import type { Plan } from '../../spec/plan.js'
import type { Skip } from '../../spec/skip.js'
import { droppable, fullNumbers } from './sparse.js'

/** Files whose own first column may count: `1\tAda`. */
const COUNTED_FILE = /\.(?:tsv|tab|dat|txt|psv)$/i
const NUMBERING = /\b(?:cat\s+-\w*n|nl|batcat|bat|less\s+-\w*N|grep\s+-n\s+(?:''|""|\^)|awk)\b/

/** Numbers are a gutter only where a file reader or a numbering command printed them: an id column is data. */
const printsNumbers = ({ command, path }: Origin): boolean =>
  command === undefined ? path !== undefined && !COUNTED_FILE.test(path) : NUMBERING.test(command)

const compress = ({ text, origin, protectedSpans }: CompressInput): Plan | Skip => {
  if (!printsNumbers(origin)) return skip('nothing-to-drop', 'no numbered file')
  const table = lineTable(text)
  const gutter = gutterOf(table)
  if (gutter === undefined) return skip('not-parsable', 'lines are not numbered')
  const drop = droppable(table, gutter)
  const builder = new PlanBuilder()
  for (let index = 0; index < table.count; index++) {
    const start = table.starts[index]!
    if (drop[index] === 0 || protectedSpans.some((span) => span.start <= start && start < span.end)) continue
    builder.keepTo(start).rewriteTo(gutter.contentStarts[index]!, '')
  }
  if (builder.at === 0) return skip('nothing-to-drop')
  return builder.keepTo(text.length).done('gutter/sparse')
}

export const gutter: Compressor = {
  name: 'gutter',
  version: 1,
  accepts: ['plain', 'code', 'text', 'json', 'log', 'search', 'diff', 'html', 'table'],
  exact: true,
  compress,
  verify: (source, rendered) => fullNumbers(rendered, lineTable(source)) === source,
}

// Tables as rows of cells over the lines of a text: delimited (CSV, TSV, semicolons), ruled (Markdown, psql, mysql) and aligned.
import { lineTable } from '../../base/lines.js'
import { alignedTable } from './aligned.js'
import { delimitedTable } from './delimited.js'
import type { Table } from './model.js'
import { ruledTable } from './ruled.js'

export const parseTable = (text: string): Table | undefined => {
  const lines = lineTable(text)
  return ruledTable(lines) ?? delimitedTable(lines) ?? alignedTable(lines)
}

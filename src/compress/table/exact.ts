// Columns of one value said once above a delimited table. Inverse: the value goes back into each row at its column.
import { PlanBuilder } from '../../base/plan.js'
import { skip } from '../../base/skip.js'
import type { Plan } from '../../spec/plan.js'
import type { Skip } from '../../spec/skip.js'
import type { Table } from './model.js'

const HEAD = '[each row also has '
const PLAIN_CELL = /^[\w.:/@+-](?:[\w .:/@+-]{0,78}[\w.:/@+-])?$/
const ITEM = /(?:^|, )([\w.:/@+-][\w .:/@+-]{0,79})=([\w.:/@+-][\w .:/@+-]{0,79}) \(column (\d{1,4}) after '(.)'\)/g
const MIN_ROWS = 4

export const exactPlan = ({ form, lines }: Table, count: (text: string) => number): Plan | Skip => {
  if (form !== 'delimited' || lines.text.includes('"') || lines.text.includes('\r')) return skip('policy-lossless-only')
  const delimiter = [',', '\t', ';', '|'].find((sign) => delimitedBy(lines.text, sign))
  if (delimiter === undefined) return skip('nothing-to-drop')
  const rows = lines.text.split('\n').map((line) => line.split(delimiter))
  if (rows.at(-1)?.join('') === '') rows.pop()
  const constant = constantColumns(rows)
  if (constant.length === 0 || rows.length < MIN_ROWS) return skip('nothing-to-drop', 'no column of one value')
  const items = constant.map(
    (column) => `${rows[0]![column]}=${rows[1]![column]} (column ${column + 1} after '${delimiter}')`,
  )
  const gone = new Set(constant)
  const body = rows.map((row) => row.filter((_, column) => !gone.has(column)).join(delimiter)).join('\n')
  const text = `${HEAD}${items.join(', ')}]\n${body}${lines.text.endsWith('\n') ? '\n' : ''}`
  if (count(text) >= count(lines.text)) return skip('would-grow')
  return new PlanBuilder().rewriteTo(lines.text.length, text).done('table/exact-columns')
}

/** Every line has the same number of cells, two or more besides the constant ones stay to be told. */
const delimitedBy = (text: string, delimiter: string): boolean => {
  const end = text.endsWith('\n') ? text.length - 1 : text.length
  const rows = text.slice(0, end).split('\n')
  const columns = rows[0]!.split(delimiter).length
  return columns > 2 && rows.every((row) => row.split(delimiter).length === columns)
}

const constantColumns = (rows: readonly (readonly string[])[]): number[] => {
  const first = rows[1] ?? []
  const found = first.flatMap((cell, column) =>
    PLAIN_CELL.test(cell) &&
    PLAIN_CELL.test(rows[0]![column]!) &&
    !rows[0]![column]!.includes('=') &&
    rows.every((row, at) => at === 0 || row[column] === cell)
      ? [column]
      : [],
  )
  return found.length < first.length ? found : found.slice(1)
}

/** True where the rendered table gives the source back. */
export const verifyExact = (source: string, rendered: string): boolean => {
  const newline = rendered.indexOf('\n')
  const head = rendered.slice(0, newline)
  if (!head.startsWith(HEAD)) return false
  const items = [...head.slice(HEAD.length).matchAll(ITEM)].map(([, name, value, column, delimiter]) => ({
    name: name!,
    value: value!,
    at: Number(column) - 1,
    delimiter: delimiter!,
  }))
  const delimiter = items[0]?.delimiter
  if (delimiter === undefined) return false
  const rest = rendered.slice(newline + 1)
  const rows = (rest.endsWith('\n') ? rest.slice(0, -1) : rest).split('\n')
  const full = rows.map((row, index) => {
    const cells = row.split(delimiter)
    for (const { at, name, value } of items) cells.splice(at, 0, index === 0 ? name : value)
    return cells.join(delimiter)
  })
  return full.join('\n') + (rest.endsWith('\n') ? '\n' : '') === source
}

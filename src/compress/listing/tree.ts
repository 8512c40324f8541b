// Trees drawn with lines: `tree`, `npm ls`, `cargo tree`, `mvn dependency:tree`, gradle's dependencies.
import { type LineTable, lineAt } from '../../base/lines.js'
import { type Listing, ListingBuilder } from './model.js'

const BRANCH =
  /^((?:\[INFO\] )?(?:(?:│|\|)[ \u00a0]{1,4}|[ \u00a0]{2,4})*)(?:[├└][─┬]{1,2}[─┬]?|[|+`\\](?:--+|-))[ \u00a0]?(\S.*)$/

export const treeListing = (lines: LineTable): Listing => {
  const builder = new ListingBuilder(lines)
  /** Open branches: width of their indentation, line, path. */
  const open: { width: number; line: number; path: string }[] = []
  let root = -1
  for (let line = 0; line < lines.count; line++) {
    const text = lineAt(lines, line)
    const match = BRANCH.exec(text)
    if (match === null) {
      if (text.trim() === '') continue
      open.length = 0
      root = line
      continue
    }
    const width = match[1]!.length
    while (open.length > 0 && open.at(-1)!.width >= width) open.pop()
    const parent = open.at(-1)
    const name = match[2]!.replace(/^\[[^\]]{1,80}\] +/, '')
    const path = parent === undefined ? name : `${parent.path}/${name.replaceAll('/', '∕')}`
    builder.add(line, path, { name, folder: parent?.path ?? '' })
    builder.under(line, parent?.line ?? root)
    open.push({ width, line, path: path.replace(/ -> .*$/, '').slice(-400) })
  }
  return builder.done('tree')
}

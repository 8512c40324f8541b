// Which open elements a start tag ends: the rules of the HTML standard for omitted end tags, with a bounded look up.
import { ENDS_PARAGRAPH, HEADING } from './tags.js'

/** Levels looked up from the innermost element; bounds the work on hostile nesting. */
const REACH = 64

interface Rule {
  /** Elements that end. */
  readonly ends: ReadonlySet<string>
  /** Elements beyond which nothing is ended. */
  readonly within: ReadonlySet<string>
}

const rule = (ends: string, within: string): Rule => ({
  ends: new Set(ends.split(' ')),
  within: new Set(`table template svg math object ${within}`.split(' ')),
})

const CELL = rule('td th caption', 'tr')
const ROW = rule('tr caption colgroup', '')
const SECTION = rule('thead tbody tfoot caption colgroup', '')
const RULES: ReadonlyMap<string, Rule> = new Map([
  ['li', rule('li', 'ul ol menu dir td th')],
  ['dt', rule('dt dd', 'dl td th')],
  ['dd', rule('dt dd', 'dl td th')],
  ['option', rule('option', 'select datalist optgroup')],
  ['optgroup', rule('option optgroup', 'select')],
  ['td', CELL],
  ['th', CELL],
  ['tr', ROW],
  ['thead', SECTION],
  ['tbody', SECTION],
  ['tfoot', SECTION],
  ['rt', rule('rt rp', 'ruby')],
  ['rp', rule('rt rp', 'ruby')],
  ['body', rule('head', 'body')],
  ['a', rule('a', 'td th div li p section article')],
])
const PARAGRAPH = rule('p', 'td th caption button li dd dt')

/** Number of open elements that stay open when `tag` starts. */
export const endedBy = (
  tag: string,
  stack: readonly number[],
  tags: readonly string[],
  open: ReadonlyMap<string, number>,
): number => {
  let depth = stack.length
  const top = tags[stack[depth - 1]!]!
  if (HEADING.has(tag) && HEADING.has(top)) depth--
  const own = RULES.get(tag)
  if (own !== undefined) depth = lookUp(own, depth, stack, tags)
  if (ENDS_PARAGRAPH.has(tag) && (open.get('p') ?? 0) > 0) depth = lookUp(PARAGRAPH, depth, stack, tags)
  return Math.max(1, depth)
}

/** Outermost element that the rule ends counts: `<td><tr>` ends row and cell. */
const lookUp = ({ ends, within }: Rule, depth: number, stack: readonly number[], tags: readonly string[]): number => {
  let kept = depth
  for (let level = depth - 1; level > 0 && level >= depth - REACH; level--) {
    const tag = tags[stack[level]!]!
    if (within.has(tag)) break
    if (ends.has(tag)) kept = level
  }
  return kept
}

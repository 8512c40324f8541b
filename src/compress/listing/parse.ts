// Which listing a text is. The form that reads most lines wins; one that reads too few is none.
import { type LineTable, lineAt } from '../../base/lines.js'
import { quantityOf } from '../../salience/quantity.js'
import { type Listing, ListingBuilder } from './model.js'
import { treeListing } from './tree.js'

/** Share of the lines with text that a form must read. */
const LEAST_SHARE = 0.7
const MIN_ENTRIES = 8

export const parseListing = (lines: LineTable): Listing | undefined => {
  let filled = 0
  for (let line = 0; line < lines.count; line++) if (lineAt(lines, line).trim() !== '') filled++
  const fits = (listing: Listing): boolean =>
    listing.entries.length >= MIN_ENTRIES && listing.entries.length >= filled * LEAST_SHARE
  for (const read of [longListing, treeListing, countedListing, markedListing, pathListing]) {
    const listing = read(lines)
    if (fits(listing)) return listing
  }
  return undefined
}

const LONG =
  /^([bcdlps-][rwxsStT-]{9}[.+@]?) +(\d+) +(\S+) +(\S+) +(\d[\d.,]*[KMGTP]?(?:, +\d+)?) +((?:[A-Z][a-z]{2} +\d{1,2}|\d{1,2} +[A-Z][a-z]{2}) +(?:\d\d:\d\d|\d{4})|\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: [+-]\d{4})?)?) (.+)$/
const HEADING = /^(\S[^:]*|\.):$/

/** `ls -l`, with headings where it went into folders. */
const longListing = (lines: LineTable): Listing => {
  const builder = new ListingBuilder(lines)
  let folder = ''
  let heading = -1
  for (let line = 0; line < lines.count; line++) {
    const text = lineAt(lines, line)
    const match = LONG.exec(text)
    if (match === null) {
      const head = HEADING.exec(text)?.[1]
      if (head === undefined) {
        if (text.startsWith('total ')) builder.under(line, heading)
        continue
      }
      folder = head.replace(/\/$/, '')
      heading = line
      continue
    }
    const [, mode = '', links = '', owner = '', group = '', size = '', date = '', rest = ''] = match
    const name = mode.startsWith('l') ? rest.replace(/ -> .*$/, '') : rest
    builder.add(line, folder === '' ? name : `${folder}/${name}`, {
      size: quantityOf(size.replace(/, +\d+$/, '')),
      printed: size,
      date: dateOf(date),
      cells: [mode, links, owner, group, size, rest],
    })
    builder.under(line, heading)
  }
  return builder.done('long', ['mode', 'links', 'owner', 'group', 'size', 'name'])
}

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec'

/** A date with a clock instead of a year is of the last months, so it is later than one with a year. */
const dateOf = (date: string): number => {
  const iso = quantityOf(date.slice(0, 19).trim())
  if (!Number.isNaN(iso)) return iso
  const month = /[A-Z][a-z]{2}/.exec(date)?.[0] ?? ''
  const day = /(?<![\d:])\d{1,2}(?![\d:])/.exec(date)?.[0] ?? '0'
  const clock = /(\d\d):(\d\d)/.exec(date)
  const year = clock ? '9999' : (/\d{4}/.exec(date)?.[0] ?? '0')
  const order = String(MONTHS.indexOf(month) / 3 + 1).padStart(2, '0')
  return Number(`${year}${order}${day.padStart(2, '0')}${clock?.[1] ?? '00'}${clock?.[2] ?? '00'}00`)
}

const COUNTED = /^ *(\d[\d.,]*[KMGTPB]?)((?:[ \t]+\d+){0,3})[ \t]+(\S.*)$/

/** ` src/a.ts | 12 ++--` of `git diff --stat`. */
const STAT = /^ (\S.*?) +\| +(\d+|Bin\b.*?)(?: [+-]+)?$/

/** `wc`, `du`, `uniq -c` of paths: counts, then a path; and files with changed lines. */
const countedListing = (lines: LineTable): Listing => {
  const builder = new ListingBuilder(lines)
  for (let line = 0; line < lines.count; line++) {
    const text = lineAt(lines, line)
    const stat = STAT.exec(text)
    const match = stat === null ? COUNTED.exec(text) : null
    const path = stat?.[1] ?? match?.[3]
    const printed = stat?.[2] ?? match?.[1]
    if (path === undefined || printed === undefined || path === 'total' || path === '.') continue
    builder.add(line, path, { size: quantityOf(printed), printed })
  }
  return builder.done('counted')
}

const MARKED = /^(?:([MADRCTU?!]\d{0,3})\t|([ MADRCU?!]{2}) )(\S.*)$/

/** `git status -s`, `git diff --name-status`: what became of each file. */
const markedListing = (lines: LineTable): Listing => {
  const builder = new ListingBuilder(lines)
  for (let line = 0; line < lines.count; line++) {
    const match = MARKED.exec(lineAt(lines, line))
    if (match !== null) builder.add(line, match[3]!, { cells: [(match[1] ?? match[2])!.trim()] })
  }
  return builder.done('marked', ['status'])
}

/** What commands say beside the paths. */
const REMARK =
  /^(?:find|ls|fd|du|tree|git|rg|stat|wc|bfs|locate|fatal|error|warning|total)\b.*[: ]|^\s|^\[|^#|: .*[a-z] |^\d+ (?:files?|director|match|results?)|^(?:Found|Showing|Total) /

/** One path a line; `ls -R` puts a folder above its names. */
const pathListing = (lines: LineTable): Listing => {
  const builder = new ListingBuilder(lines)
  let folder = ''
  let heading = -1
  for (let line = 0; line < lines.count; line++) {
    const text = lineAt(lines, line)
    const next = line + 1 < lines.count ? lineAt(lines, line + 1) : ''
    const before = line === 0 ? '' : lineAt(lines, line - 1)
    if (before === '' && next !== '' && HEADING.test(text) && (text.includes('/') || text === '.:' || heading !== -1)) {
      folder = text.slice(0, -1).replace(/\/$/, '')
      heading = line
      continue
    }
    if (text === '' || text.length > 1000 || REMARK.test(text)) continue
    builder.add(line, folder === '' ? text : `${folder}/${text}`)
    builder.under(line, heading)
  }
  return builder.done('paths')
}

// What a gap in a listing says: which folders its entries are in, how many in each, of which kinds, and their sizes.
import type { Gap } from '../../spec/plan.js'
import { kindOf, type Listing } from './model.js'

/** A marker prints no more of a note than 120 characters. */
const MAX_CHARS = 112
/** Folders that the gaps of one listing name; more are named by the folder above them. Chosen, not measured. */
const MAX_FOLDERS = 90
const MAX_DEPTH = 9
const PRINTABLE = /^[^[\]"'`;,\p{Cc}]+$/u

export interface GapPart {
  /** Half-open range of lines. */
  readonly from: number
  readonly to: number
  readonly gap: Gap
}

/** Says of an entry which folder it is counted under. */
export type FolderName = (folder: string) => string

/** Folders cut to the depth at which there are few enough, without what all have in common. */
export const folderNames = (listing: Listing): FolderName => {
  const folders = new Set(listing.entries.map(({ folder }) => folder))
  const common = commonFolder([...folders])
  const inner = (folder: string): string => (common === '' ? folder : folder.slice(common.length + 1))
  let depth = MAX_DEPTH
  for (; depth > 1; depth--) {
    const cut = new Set<string>()
    for (const folder of folders) cut.add(inner(folder).split('/').slice(0, depth).join('/'))
    if (cut.size <= MAX_FOLDERS) break
  }
  const lead = common === '' ? '' : common.length > 14 ? '.../' : `${common}/`
  return (folder) => {
    const short = inner(folder).split('/').slice(0, depth).join('/')
    return short === '' ? lead || './' : `${lead}${short}/`
  }
}

const commonFolder = (folders: readonly string[]): string => {
  let common = folders[0] ?? ''
  for (const folder of folders)
    while (common !== '' && folder !== common && !folder.startsWith(`${common}/`))
      common = common.slice(0, Math.max(0, common.lastIndexOf('/')))
  return common
}

/** One gap or, where its folders do not fit one note, several in a row. */
export const gapsOf = (listing: Listing, from: number, to: number, nameOf: FolderName): readonly GapPart[] => {
  if (listing.form === 'tree') return [{ from, to, gap: gapWith(from, to, branchesOf(listing, from, to)) }]
  const parts: GapPart[] = []
  let start = from
  let folders = new Map<string, number>()
  let chars = 0
  for (let line = from; line < to; line++) {
    const entry = listing.entries[listing.entryOf[line]!]
    if (entry === undefined) continue
    const name = printable(nameOf(entry.folder))
    const known = folders.get(name)
    if (known === undefined && folders.size > 0 && chars + name.length + 8 > MAX_CHARS) {
      parts.push(partOf(listing, { from: start, to: line, folders }))
      start = line
      folders = new Map()
      chars = 0
    }
    if (!folders.has(name)) chars += name.length + 8
    folders.set(name, (folders.get(name) ?? 0) + 1)
  }
  parts.push(partOf(listing, { from: start, to, folders }))
  return parts.length > MAX_SPLITS && isMixed(listing, { from, to, parts: parts.length }, nameOf)
    ? [mixedPart(listing, { from, to, nameOf })]
    : parts
}

/** Parts up to which a gap may be split whatever its order. */
const MAX_SPLITS = 2
/** A folder that comes back in part after part: the listing is not in order of folders. */
const isMixed = (
  listing: Listing,
  { from, to, parts }: { from: number; to: number; parts: number },
  nameOf: FolderName,
): boolean => {
  let changes = 0
  let last = ''
  const names = new Set<string>()
  for (let line = from; line < to; line++) {
    const entry = listing.entries[listing.entryOf[line]!]
    if (entry === undefined) continue
    const name = nameOf(entry.folder)
    if (name !== last) changes++
    last = name
    names.add(name)
  }
  return changes > 2 * names.size + parts
}

/** One gap for all: its most frequent folders by name, the others by their number. */
const mixedPart = (
  listing: Listing,
  { from, to, nameOf }: { from: number; to: number; nameOf: FolderName },
): GapPart => {
  const counts = new Map<string, number>()
  for (let line = from; line < to; line++) {
    const entry = listing.entries[listing.entryOf[line]!]
    if (entry === undefined) continue
    const name = printable(nameOf(entry.folder))
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const folders = new Map<string, number>()
  let chars = 0
  let rest = 0
  for (const [name, count] of [...counts].sort((a, b) => b[1] - a[1])) {
    chars += name.length + 8
    if (chars <= MAX_CHARS - 40) folders.set(name, count)
    else rest += count
  }
  if (rest > 0) folders.set('other folders', (folders.get('other folders') ?? 0) + rest)
  return partOf(listing, { from, to, folders })
}

const printable = (name: string): string => (PRINTABLE.test(name) ? name : 'other folders')

interface Part {
  readonly from: number
  readonly to: number
  readonly folders: ReadonlyMap<string, number>
}

const partOf = (listing: Listing, part: Part): GapPart => {
  const { from, to, folders } = part
  const entries = [...folders.values()].reduce((sum, count) => sum + count, 0)
  const kinds = folders.size <= 2 ? kindsOf(listing, part) : ''
  const notes = [
    entries === to - from || entries === 0 ? '' : `${entries} ${entries === 1 ? 'entry' : 'entries'}`,
    [...folders].map(([name, count]) => (folders.size === 1 ? name : `${name} ${count}`)).join(', '),
    kinds === '' ? '' : `(${kinds})`,
    sizesOf(listing, part),
  ]
  let note = ''
  for (const next of notes) {
    if (next === '' || note.length + next.length + 2 > MAX_CHARS + 6) continue
    note = note === '' ? next : `${note}${next.startsWith('(') ? ' ' : ', '}${next}`
  }
  return { from, to, gap: gapWith(from, to, note) }
}

const gapWith = (from: number, to: number, note: string): Gap => ({
  count: to - from,
  unit: 'lines',
  range: [from + 1, to],
  ...(note === '' ? {} : { note }),
})

/** Branches of a tree that the gap takes away whole, with how many lines are on each: `cli 28, compress 140, 3 others`. */
const branchesOf = ({ entries, entryOf, parentOf }: Listing, from: number, to: number): string => {
  const top = new Int32Array(to - from)
  const sizes = new Map<number, number>()
  for (let line = from; line < to; line++) {
    const parent = parentOf[line]!
    top[line - from] = parent >= from ? top[parent - from]! : line
    sizes.set(top[line - from]!, (sizes.get(top[line - from]!) ?? 0) + 1)
  }
  const names: string[] = []
  let chars = 0
  let others = 0
  for (const [line, size] of [...sizes].sort((a, b) => b[1] - a[1] || a[0] - b[0])) {
    const name = entries[entryOf[line]!]?.name.replace(/ -> .*$/, '')
    const text = size === 1 ? `${name}` : `${name} ${size}`
    if (name === undefined || !PRINTABLE.test(name) || chars + text.length > MAX_CHARS - 12) others += size
    else {
      names.push(text)
      chars += text.length + 2
    }
  }
  if (others > 0 && names.length > 0) names.push(`${others} other${others === 1 ? '' : 's'}`)
  return names.join(', ')
}

const MAX_KINDS = 5

/** `214 .c, 3 .h, 2 others`. */
const kindsOf = (listing: Listing, { from, to }: Part): string => {
  const counts = new Map<string, number>()
  let total = 0
  for (let line = from; line < to; line++) {
    const entry = listing.entries[listing.entryOf[line]!]
    if (entry === undefined) continue
    total++
    const kind = kindOf(entry.name)
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  const named = [...counts]
    .filter(([kind]) => kind !== '')
    .sort((a, b) => b[1] - a[1])
    .slice(0, MAX_KINDS)
  const rest = named.reduce((left, [, count]) => left - count, total)
  if (named.length === 0 || (named.length === 1 && total < 3)) return ''
  const text = named.map(([kind, count]) => `${count} ${kind}`).join(', ')
  return rest === 0 ? text : `${text}, ${rest} other`
}

const sizesOf = ({ entries, entryOf, form }: Listing, { from, to }: Part): string => {
  let least = -1
  let most = -1
  for (let line = from; line < to; line++) {
    const at = entryOf[line]!
    const size = entries[at]?.size
    if (size === undefined || Number.isNaN(size)) continue
    if (least === -1 || size < entries[least]!.size!) least = at
    if (most === -1 || size > entries[most]!.size!) most = at
  }
  if (least === -1 || least === most) return ''
  return `${form === 'long' ? 'sizes' : 'counts'} ${entries[least]!.printed} to ${entries[most]!.printed}`
}

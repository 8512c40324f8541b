// Which lines of a listing are worth showing: what the question is about, what is unlike the rest, what a project is known by.
import { lineAt } from '../../base/lines.js'
import type { AskedColumns } from '../../salience/asked-columns.js'
import { signsOf } from '../../salience/cell-shape.js'
import { judgeGrid } from '../../salience/grid.js'
import { fewOf, outliersOf } from '../../salience/outliers.js'
import { ALWAYS, Claims } from '../../salience/pick.js'
import { severityOf } from '../../salience/severity.js'
import { kindOf, type Listing } from './model.js'

const MANIFEST =
  /^(?:readme(?:\.\w+)?|license(?:\.\w+)?|changelog(?:\.md)?|makefile|dockerfile|docker-compose\.ya?ml|package\.json|pyproject\.toml|setup\.(?:py|cfg)|requirements\.txt|go\.mod|cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?|gemfile|composer\.json|cmakelists\.txt|tsconfig\.json|agents\.md|claude\.md|contributing\.md|index\.\w+|main\.\w+|mod\.rs|lib\.rs|__init__\.py)$/i
/** Names that nobody should overlook: secrets, dumps, leftovers. */
const NOTABLE =
  /^(?:\.env(?:\..+)?|id_(?:rsa|dsa|ecdsa|ed25519)(?:\.pub)?|core(?:\.\d+)?|\.htpasswd|\.netrc|\.pgpass|\.npmrc|nohup\.out)$|(?:\.(?:pem|key|p12|pfx|jks|keystore|kdbx|orig|rej|bak|old|swp|tmp|dump|core|hprof|sqlite|db|sql|log)|~)$|secret|credential|password|backdoor/i
/** Trouble in dependency trees. */
const PROBLEM =
  /\bUNMET (?!OPTIONAL)|\binvalid\b|\bextraneous\b|\bmissing\b|omitted for conflict|\bFAILED\b|\bdeprecated\b|-> .* FAILED/
const SUMMARY = /^\s*(?:total\b|\d[\d,.]*[KMGTP]?\s+(?:total|\.)$|\d+ director|\d+ files?\b)/

const MAX_ROOT = 24
const MAX_NOTABLE = 30
const MAX_MANIFESTS = 24
const MAX_REMARKS = 24

export const claimListing = (listing: Listing, asked: AskedColumns, claims: Claims): void => {
  claimRemarks(listing, claims)
  claimNames(listing, claims)
  claimKinds(listing, claims)
  claimSizes(listing, asked, claims)
  if (listing.names.length > 0) claimCells(listing, claims)
}

/** Lines that are no entries: errors and totals; blank lines and headings go with what is under them. */
const claimRemarks = ({ lines, entryOf, parentOf, entries }: Listing, claims: Claims): void => {
  const headings = new Set(parentOf)
  let remarks = 0
  for (let line = 0; line < lines.count; line++) {
    if (entryOf[line] !== -1 || headings.has(line)) continue
    const text = lineAt(lines, line)
    if (text.trim() === '' || (parentOf[line] !== -1 && text.startsWith('total '))) continue
    if (SUMMARY.test(text)) claims.raise(line, ALWAYS)
    else if (remarks++ < MAX_REMARKS) claims.raise(line, severityOf(text) >= 1 ? 860 : 640)
  }
  for (const at of [0, 1, 2, entries.length - 1]) claims.raise(entries[at]?.line ?? -1, 610)
}

const claimNames = ({ entries, form }: Listing, claims: Claims): void => {
  const depths = entries.map(({ path }) => path.replace(/^\.\//, '').split('/').length)
  let top = Number.POSITIVE_INFINITY
  for (const depth of depths) if (depth < top) top = depth
  // Where most entries are at the top, being there says nothing.
  const atTop = depths.reduce((count, depth) => count + (depth === top ? 1 : 0), 0)
  const rootsTell = atTop <= Math.max(MAX_ROOT, entries.length / 2)
  let notable = 0
  let manifests = 0
  let roots = 0
  entries.forEach(({ line, name, path }, at) => {
    const depth = depths[at]! - top
    if (form === 'tree' && PROBLEM.test(path)) claims.raise(line, 880)
    if (NOTABLE.test(name) && notable++ < MAX_NOTABLE) claims.raise(line, 660 - Math.min(60, notable))
    if (depth <= 2 && MANIFEST.test(name) && manifests++ < MAX_MANIFESTS) claims.raise(line, 580 - depth * 60)
    if (rootsTell && depth === 0 && roots++ < MAX_ROOT) claims.raise(line, 520 - roots)
  })
}

/** Kinds, top folders and odd signs in names that hardly any other entry has. */
const claimKinds = ({ entries }: Listing, claims: Claims): void => {
  const few = fewOf(entries.length)
  const aspects: readonly ((name: string, path: string) => string)[] = [
    (name) => kindOf(name),
    (_, path) => /^(?:\.\/)?[^/]*/.exec(path)![0],
    signsOf,
  ]
  for (const aspect of aspects) {
    const values = entries.map(({ name, path }) => aspect(name, path))
    const counts = new Map<string, number>()
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
    const rare = values.flatMap((value, at) => (counts.get(value)! <= Math.max(1, few / 6) ? [at] : []))
    if (counts.size > 1 && rare.length <= few) for (const at of rare) claims.raise(entries[at]!.line, 650)
  }
}

const claimSizes = ({ entries }: Listing, asked: AskedColumns, claims: Claims): void => {
  if (entries[0]?.size === undefined) return
  const sizes = Float64Array.from(entries, ({ size }) => size ?? Number.NaN)
  for (const at of outliersOf(sizes, fewOf(entries.length))) claims.raise(entries[at]!.line, 670)
  const bySize = [...entries].filter(({ size = Number.NaN }) => !Number.isNaN(size)).sort((a, b) => b.size! - a.size!)
  const dated = entries.filter(({ date }) => date !== undefined).sort((a, b) => b.date! - a.date!)
  const aboutTime = /\b(?:newest|latest|oldest|recent\w*|modified|changed|earliest|last)\b/i.test(asked.source)
  const raise = (list: typeof entries, score: number): void => {
    for (const { line } of list) claims.raise(line, score)
  }
  raise(bySize.slice(0, 3), asked.most && !aboutTime ? 900 : 630)
  if (asked.least && !aboutTime) raise(bySize.slice(-3), 900)
  raise(dated.slice(0, 2), aboutTime ? 900 : 400)
  if (aboutTime && asked.least) raise(dated.slice(-3), 900)
}

const claimCells = ({ entries, names }: Listing, claims: Claims): void => {
  const rows = entries.map(({ cells = [] }) => cells)
  const byEntry = new Claims(rows.length)
  judgeGrid({ names, rows }, byEntry)
  byEntry.score.forEach((score, at) => {
    claims.raise(entries[at]!.line, score)
  })
}

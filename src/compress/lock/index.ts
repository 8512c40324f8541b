// Lock files: packages that were asked for or are unlike the rest stay; of the others each gap names package and version.
import { lineTable } from '../../base/lines.js'
import { PlanBuilder } from '../../base/plan.js'
import { skip } from '../../base/skip.js'
import { fewOf } from '../../salience/outliers.js'
import { ALWAYS, budgetOf, Claims, costsOf, pick } from '../../salience/pick.js'
import { parseQuery, stem } from '../../salience/query.js'
import { termLines } from '../../salience/term-lines.js'
import type { CompressInput, Compressor } from '../../spec/compressor.js'
import type { Gap, Plan } from '../../spec/plan.js'
import type { Skip } from '../../spec/skip.js'
import { type Lock, type Package, parseLock } from './parse.js'

const MARKER_TOKENS = 20
/** A marker prints no more than 120 characters of a note. */
const MAX_NOTE_CHARS = 114
/** Tokens of one `name@version` in a note, marker shared, by estimate. */
const NAMED_TOKENS = 9
/** Lines of a package that stay with it where it was asked for. */
const MAX_BLOCK = 14

const compress = (input: CompressInput): Plan | Skip => {
  if (!input.mayElide) return skip('policy-lossless-only')
  const lines = lineTable(input.text)
  const lock = parseLock(lines)
  if (lock === undefined) return skip('not-parsable', 'no lock file')
  const claims = new Claims(lines.count)
  claimOutside(lock, claims)
  claimOdd(lock, claims)
  claimAsked(lock, input.query, claims)
  for (const span of input.protectedSpans)
    for (let line = 0; line < lines.count; line++)
      if (lines.starts[line]! < span.end && lines.starts[line + 1]! > span.start) claims.raise(line, ALWAYS)
  const cost = costsOf(lines.starts, input.tokens)
  const budget = budgetOf(cost, { tokens: input.tokens, asked: input.budgetTokens, marker: MARKER_TOKENS })
  const kept = pick(claims, budget)
  for (const { from, to, telling } of lock.packages)
    if (kept.subarray(from, to).includes(1)) for (const line of telling) kept[line] = 1
  const names = lock.packages.length * NAMED_TOKENS <= Math.max(budget.goal, input.tokens * 0.2)
  return kept.includes(0) ? planOf(lock, kept, names) : skip('nothing-to-drop')
}

/** Head and tail of the file, direct dependencies among them, and one package whole to show the form. */
const claimOutside = ({ lines, packages }: Lock, claims: Claims): void => {
  const inside = new Uint8Array(lines.count)
  for (const { from, to } of packages) inside.fill(1, from, to)
  let outside = 0
  for (let line = 0; line < lines.count; line++) if (inside[line] === 0) claims.raise(line, 560 - outside++ / 2)
  claimBlock(packages[0]!, 620, claims)
}

const claimBlock = ({ from, to, telling }: Package, score: number, claims: Claims): void => {
  for (const line of telling) claims.raise(line, score + 5)
  for (let line = from; line < Math.min(to, from + MAX_BLOCK); line++) claims.raise(line, score)
}

/** Packages from a rare place, and those without a hash where all others have one. */
const claimOdd = ({ packages }: Lock, claims: Claims): void => {
  const few = fewOf(packages.length)
  const hosts = new Map<string, number>()
  for (const { host } of packages) hosts.set(host, (hosts.get(host) ?? 0) + 1)
  const tests: readonly ((one: Package) => boolean)[] = [
    ({ host }) => host !== '' && hosts.get(host)! <= Math.max(1, few / 3),
    ({ host }) => host === '' && hosts.get('')! <= few,
    ({ hasHash }) => !hasHash,
  ]
  for (const test of tests) {
    const odd = packages.filter(test)
    if (odd.length <= few) for (const one of odd) claimBlock(one, 660, claims)
  }
}

const claimAsked = ({ lines, packages }: Lock, asked: string | undefined, claims: Claims): void => {
  const query = parseQuery(asked)
  if (query.terms.length === 0) return
  const words = new Set(query.terms.flatMap(({ text }) => [text, stem(text)]))
  const said = (asked ?? '').toLowerCase()
  for (const one of packages) {
    const name = one.name.toLowerCase()
    const base = name.slice(name.lastIndexOf('/') + 1)
    if (words.has(name) || (name.length > 3 && said.includes(name))) claimBlock(one, 900, claims)
    else if (words.has(base)) claimBlock(one, 700, claims)
  }
  const found = termLines(lines, query)
  for (const line of found.named) claims.raise(line, ALWAYS)
  const hits = [...found.score.keys()].filter((line) => found.score[line]! >= found.best * 0.6 && found.best > 0.5)
  hits.sort((a, b) => found.score[b]! - found.score[a]! || a - b)
  const top = new Set([...found.named, ...hits.slice(0, 12)])
  for (const line of top) claims.raise(line, 640)
  for (const one of packages)
    for (let line = one.from; line < one.to; line++)
      if (top.has(line)) for (const telling of one.telling) claims.raise(telling, Math.max(650, claims.score[line]!))
}

const planOf = (lock: Lock, kept: Uint8Array, names: boolean): Plan => {
  const { text, starts } = lock.lines
  const builder = new PlanBuilder()
  const breakOf = text.includes('\r\n') ? '\r\n' : '\n'
  let next = 0
  for (let line = 0; line < kept.length; line++) {
    if (kept[line] === 1) continue
    let end = line
    while (end < kept.length && kept[end] === 0) end++
    while (next < lock.packages.length && lock.packages[next]!.to <= line) next++
    const inside: Package[] = []
    for (let at = next; at < lock.packages.length && lock.packages[at]!.from < end; at++)
      inside.push(lock.packages[at]!)
    builder.keepTo(starts[line]!)
    for (const part of partsOf(inside, { from: line, to: end }, names)) {
      const to = starts[part.to]!
      const open = to === text.length && !text.endsWith('\n')
      builder.elideTo(to, part.gap, { before: '', after: open ? '' : breakOf })
    }
    line = end
  }
  return builder.keepTo(text.length).done('lock/packages')
}

interface Part {
  readonly to: number
  readonly gap: Gap
}

/** Packages of which the gap takes the name; what is left of one that is named above it needs no name. */
const partsOf = (
  inside: readonly Package[],
  { from, to }: { from: number; to: number },
  names: boolean,
): readonly Part[] => {
  const hidden = inside.filter((one) => one.from >= from)
  const gap = (first: number, last: number, note: string): Part => ({
    to: last,
    gap: { count: last - first, unit: 'lines', range: [first + 1, last], ...(note === '' ? {} : { note }) },
  })
  if (!names || hidden.length === 0) return [gap(from, to, summary(hidden))]
  const parts: Part[] = []
  let start = from
  let note = ''
  for (const one of hidden) {
    const name = `${one.name}@${one.version}`
    if (note !== '' && note.length + name.length + 2 > MAX_NOTE_CHARS) {
      parts.push(gap(start, one.from, note))
      start = one.from
      note = ''
    }
    note = note === '' ? name : note.endsWith(name) ? note : `${note}, ${name}`
  }
  return [...parts, gap(start, to, note)]
}

const summary = (hidden: readonly Package[]): string => {
  const first = hidden[0]
  const last = hidden.at(-1)
  if (first === undefined || last === undefined) return ''
  return hidden.length === 1
    ? `${first.name}@${first.version}`
    : `${hidden.length} packages, ${first.name} to ${last.name}`
}

export const lock: Compressor = { name: 'lock', version: 1, accepts: ['lock'], compress }

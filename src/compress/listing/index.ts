// Listings of files and dependencies: what was asked for, what is odd, what a project is known by; the rest by folder with true counts.
import { lineTable } from '../../base/lines.js'
import { PlanBuilder } from '../../base/plan.js'
import { skip } from '../../base/skip.js'
import { askedColumns } from '../../salience/asked-columns.js'
import { ALWAYS, budgetOf, Claims, costsOf, pick } from '../../salience/pick.js'
import type { CompressInput, Compressor } from '../../spec/compressor.js'
import type { Plan } from '../../spec/plan.js'
import type { Skip } from '../../spec/skip.js'
import { claimAskedEntries } from './asked.js'
import { claimListing } from './claims.js'
import { commitPlan } from './commits.js'
import { exactPlan, unfolded } from './exact.js'
import { folderNames, gapsOf } from './gaps.js'
import type { Listing } from './model.js'
import { onelinePlan } from './oneline.js'
import { parseListing } from './parse.js'

/** Tokens of a gap with the folders it names, by estimate. */
const MARKER_TOKENS = 26

const compress = (input: CompressInput): Plan | Skip => {
  const lines = lineTable(input.text)
  if (!input.mayElide)
    return input.protectedSpans.length > 0 ? skip('protected') : exactPlan(lines, input.count, input.tokens)
  const commits = commitPlan(lines, input) ?? onelinePlan(lines, input)
  if (commits !== undefined) return commits
  const listing = parseListing(lines)
  if (listing === undefined) return skip('not-parsable', 'no listing')
  const claims = new Claims(lines.count)
  const asked = askedColumns(input.query)
  claimListing(listing, asked, claims)
  claimAskedEntries(listing, asked, claims)
  for (const span of input.protectedSpans)
    for (let line = 0; line < lines.count; line++)
      if (lines.starts[line]! < span.end && lines.starts[line + 1]! > span.start) claims.raise(line, ALWAYS)
  const cost = costsOf(lines.starts, input.tokens)
  const kept = pick(claims, budgetOf(cost, { tokens: input.tokens, asked: input.budgetTokens, marker: MARKER_TOKENS }))
  keepParents(listing, kept)
  return kept.includes(0) ? planOf(listing, kept) : skip('nothing-to-drop')
}

/** A name without the folder above it would be another file. */
const keepParents = ({ parentOf }: Listing, kept: Uint8Array): void => {
  for (let line = kept.length - 1; line >= 0; line--) {
    if (kept[line] === 0) continue
    for (let parent = parentOf[line]!; parent !== -1 && kept[parent] === 0; parent = parentOf[parent]!) kept[parent] = 1
  }
}

const planOf = (listing: Listing, kept: Uint8Array): Plan => {
  const { text, starts } = listing.lines
  const builder = new PlanBuilder()
  const nameOf = folderNames(listing)
  const breakOf = text.includes('\r\n') ? '\r\n' : '\n'
  for (let line = 0; line < kept.length; line++) {
    if (kept[line] === 1) continue
    let end = line
    while (end < kept.length && kept[end] === 0) end++
    builder.keepTo(starts[line]!)
    for (const part of gapsOf(listing, line, end, nameOf)) {
      const to = starts[part.to]!
      const open = to === text.length && !text.endsWith('\n')
      builder.elideTo(to, part.gap, { before: '', after: open ? '' : breakOf })
    }
    line = end
  }
  return builder.keepTo(text.length).done(`listing/${listing.form}`)
}

export const listing: Compressor = {
  name: 'listing',
  version: 1,
  accepts: ['listing'],
  compress,
  verify: (source, rendered, plan) => plan.form !== 'listing/exact-folders' || unfolded(rendered) === source,
}

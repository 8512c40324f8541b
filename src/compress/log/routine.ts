// Everything that is not a failure: start and end, summaries, exits, warnings, odd lines, one line of each template.
import type { Anomaly } from './anomalies.js'
import { ALWAYS, type Claims } from './claims.js'
import { contentOf, EXIT, FRAME, HEADER, HINT, MENDED, SUMMARY } from './classify.js'
import { isBlank, isRoutine } from './clusters.js'
import type { Described } from './described.js'
import type { Facts } from './facts.js'
import type { RowStates } from './tables.js'

const HEAD_LINES = 3
const TAIL_LINES = 10
const TAIL_CHARS = 2500
/** Lines before these that stay where there is room and something failed. */
const MORE_TAIL_LINES = 20
/** Share of lines in unique templates up to which a unique template is news. */
const FEW_RARE = 0.12
/** Unique templates up to which each outranks the tail: a line unlike all others is what a short log is about. */
const SINGULAR = 3
/** Unique templates up to which each is news, however short the log. */
const NEWS_RARE = 16

export const claimEnds = (facts: Facts, claims: Claims): void => {
  const { table } = facts.scan
  const n = table.count
  for (let line = 0; line < Math.min(HEAD_LINES, n); line++)
    if (table.starts[line + 1]! - table.starts[line]! < 400) claims.raise(line, 650 - line)
  let last = n - 1
  while (last > 0 && isBlank(facts.scan, last)) last--
  claims.raise(n - 1, ALWAYS)
  claims.raise(last, ALWAYS)
  const most = facts.classes.severity.some((severity) => severity >= 2) ? TAIL_LINES + MORE_TAIL_LINES : TAIL_LINES
  let shown = 0
  for (let line = last; line >= 0 && shown < most; line--) {
    const near = shown < TAIL_LINES && table.starts[last + 1]! - table.starts[line]! <= TAIL_CHARS
    if (near) claims.raise(line, 660 - shown)
    else if (!isRoutine(facts.clusters, line)) claims.raise(line, 240 - 4 * shown)
    if (!isBlank(facts.scan, line)) shown++
  }
}

/** In a log of a few packages each that failed is told, whatever the others said. */
const EACH_FAILED = 605

/** Files are not what they were: an edit that was prepared before may fail. */
const MENDED_CLAIM = 655
const MOST_MENDED = 8

export const claimOutcomes = (facts: Facts, claims: Claims): void => {
  const { scan, classes, clusters } = facts
  const isShort = facts.repeats !== undefined
  const seen = new Map<number, number>()
  let mended = 0
  for (let line = scan.table.count - 1; line >= 0; line--) {
    const role = classes.role[line]!
    if (role & MENDED && mended < MOST_MENDED && !/\b0 files?\b/.test(contentOf(scan, line))) {
      claims.raise(line, MENDED_CLAIM - mended)
      mended++
    }
    if (!(role & (SUMMARY | EXIT)) || isBlank(scan, line)) continue
    const cluster = clusters.of[line]!
    const rank = seen.get(cluster) ?? 0
    seen.set(cluster, rank + 1)
    const failed = classes.severity[line]! >= 2
    const base = failed ? 640 : role & SUMMARY ? 560 : 380
    claims.raise(line, base * (rank === 0 ? 1 : rank < 3 ? 0.6 : rank < 10 ? 0.3 : 0) - Math.min(60, seen.size))
    if (failed && isShort && rank < 10) claims.raise(line, EACH_FAILED)
  }
}

/** Warnings claimed where something failed, and where nothing did. */
const WARNINGS_BESIDE_FAILURE = 8
const WARNINGS_ALONE = 40

export const claimWarnings = (facts: Facts, claims: Claims): void => {
  const seen = new Map<number, number>()
  const failed = facts.classes.severity.includes(3)
  const most = failed ? WARNINGS_BESIDE_FAILURE : WARNINGS_ALONE
  for (let line = 0; line < facts.scan.table.count; line++) {
    if (facts.classes.severity[line] !== 1) continue
    const cluster = facts.clusters.of[line]!
    const rank = seen.get(cluster) ?? 0
    seen.set(cluster, rank + 1)
    if (rank === 0) claims.raise(line, seen.size <= most ? (failed ? 300 : 420) - seen.size : 110)
    else if (rank === 1 && !failed) claims.raise(line, 200)
    if (rank < PLACED_WARNINGS) claimPlaced(facts, claims, line)
  }
}

/** Warnings of one template under a heading of their own that stay with it, ahead of the source around. */
const PLACED_WARNINGS = 3
const PLACED = 565

/** A place right above a warning, as linters print it, and the warning. */
const claimPlaced = (facts: Facts, claims: Claims, line: number): void => {
  let above = line - 1
  while (above > 0 && isBlank(facts.scan, above)) above--
  if (above < 0 || !(facts.classes.role[above]! & FRAME) || !(facts.classes.role[above]! & HEADER)) return
  claims.raise(above, PLACED)
  claims.raise(line, PLACED)
}

/** Anomalies taken at their full weight, and in all; per template fewer, so that one noisy value does not fill the room. */
const FULL_ANOMALIES = 12
const MOST_ANOMALIES = 48
const PER_TEMPLATE = 6

export const claimAnomalies = (facts: Facts, anomalies: readonly Anomaly[], claims: Claims): void => {
  const sorted = [...anomalies].sort((a, b) => b.weight - a.weight || a.line - b.line)
  const perTemplate = new Map<number, number>()
  let taken = 0
  for (const { line, weight } of sorted) {
    const cluster = facts.clusters.of[line]!
    const used = perTemplate.get(cluster) ?? 0
    if (used >= PER_TEMPLATE || taken >= MOST_ANOMALIES) continue
    perTemplate.set(cluster, used + 1)
    claims.raise(line, 640 * weight * (taken < FULL_ANOMALIES ? 1 : 0.8))
    taken++
  }
}

/** One line of each template: news where templates repeat, noise where every line is its own. */
export const claimTemplates = (
  facts: Facts,
  claims: Claims,
  known: { readonly states: RowStates; readonly described: Described },
): void => {
  const { scan, classes, clusters } = facts
  const rare = clusters.list.filter((cluster) => cluster.count <= 2 && cluster.words.length > 0).length
  const share = rare / Math.max(1, scan.table.count)
  const few = share <= FEW_RARE || rare <= 8
  const failed = classes.severity.includes(3)
  const news = rare <= SINGULAR ? 656 : rare <= NEWS_RARE || share < 0.02 ? 630 : failed ? 430 : 570 - 1000 * share
  for (const cluster of clusters.list) {
    if (cluster.words.length === 0 || isBlank(scan, cluster.first)) continue
    if (known.states[cluster.first] !== undefined || known.described.has(cluster.first)) continue
    const role = classes.role[cluster.first]!
    if (few)
      claims.raise(cluster.first, cluster.count <= 2 ? news : cluster.count <= 5 ? Math.min(420, news - 20) : 380)
    else if (role & HEADER) claims.raise(cluster.first, 150)
    else if (!failed && (role & HINT || cluster.count > 20)) claims.raise(cluster.first, 105)
    if (few && cluster.count === 2) claims.raise(cluster.last, news - 30)
  }
}

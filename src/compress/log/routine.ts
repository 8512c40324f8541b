// Everything that is not a failure: start and end, summaries, exits, warnings, odd lines, one line of each template.
import type { Anomaly } from './anomalies.js'
import { ALWAYS, type Claims } from './claims.js'
import { EXIT, HEADER, HINT, SUMMARY } from './classify.js'
import { isBlank } from './clusters.js'
import type { Facts } from './facts.js'

const HEAD_LINES = 3
const TAIL_LINES = 10
const TAIL_CHARS = 2500
/** Share of lines in unique templates up to which a unique template is news. */
const FEW_RARE = 0.06

export const claimEnds = (facts: Facts, claims: Claims): void => {
  const { table } = facts.scan
  const n = table.count
  for (let line = 0; line < Math.min(HEAD_LINES, n); line++)
    if (table.starts[line + 1]! - table.starts[line]! < 400) claims.raise(line, 650 - line)
  let last = n - 1
  while (last > 0 && isBlank(facts.scan, last)) last--
  claims.raise(n - 1, ALWAYS)
  claims.raise(last, ALWAYS)
  let shown = 0
  for (let line = last; line >= 0 && shown < TAIL_LINES; line--) {
    if (table.starts[last + 1]! - table.starts[line]! > TAIL_CHARS) break
    claims.raise(line, 660 - shown)
    if (!isBlank(facts.scan, line)) shown++
  }
}

export const claimOutcomes = (facts: Facts, claims: Claims): void => {
  const { scan, classes, clusters } = facts
  const seen = new Map<number, number>()
  for (let line = scan.table.count - 1; line >= 0; line--) {
    const role = classes.role[line]!
    if (!(role & (SUMMARY | EXIT)) || isBlank(scan, line)) continue
    const cluster = clusters.of[line]!
    const rank = seen.get(cluster) ?? 0
    seen.set(cluster, rank + 1)
    const base = classes.severity[line]! >= 2 ? 640 : role & SUMMARY ? 560 : 380
    claims.raise(line, base * (rank === 0 ? 1 : rank < 3 ? 0.6 : 0.3) - Math.min(60, seen.size))
  }
}

export const claimWarnings = (facts: Facts, claims: Claims): void => {
  const seen = new Map<number, number>()
  for (let line = 0; line < facts.scan.table.count; line++) {
    if (facts.classes.severity[line] !== 1) continue
    const cluster = facts.clusters.of[line]!
    const rank = seen.get(cluster) ?? 0
    seen.set(cluster, rank + 1)
    if (rank < 2) claims.raise(line, (rank === 0 ? 400 : 200) - Math.min(150, seen.size * 2))
  }
}

export const claimAnomalies = (anomalies: readonly Anomaly[], claims: Claims): void => {
  const sorted = [...anomalies].sort((a, b) => b.weight - a.weight || a.line - b.line)
  sorted.forEach((anomaly, rank) => {
    claims.raise(anomaly.line, 640 * anomaly.weight * (rank < 24 ? 1 : 0.75))
  })
}

/** One line of each template: news where templates repeat, colour where every line is its own. */
export const claimTemplates = (facts: Facts, claims: Claims): void => {
  const { scan, classes, clusters } = facts
  const n = scan.table.count
  const rare = clusters.list.filter((cluster) => cluster.count <= 2 && cluster.words.length > 0)
  const few = rare.length <= Math.max(8, n * FEW_RARE)
  for (const cluster of clusters.list) {
    if (cluster.words.length === 0 || isBlank(scan, cluster.first)) continue
    const role = classes.role[cluster.first]!
    const rarity = cluster.count <= 2 ? (few ? 630 : 170) : cluster.count <= 5 ? (few ? 420 : 150) : few ? 380 : 140
    const bonus = role & HEADER ? 60 : role & HINT ? 50 : 0
    claims.raise(cluster.first, rarity + bonus)
    if (few && cluster.count === 2) claims.raise(cluster.last, rarity - 20)
  }
}

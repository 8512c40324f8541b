// What is known of a log before anything is chosen.
import type { LineTable } from '../../base/lines.js'
import { type Classes, classify } from './classify.js'
import { type Clusters, clusterShapes } from './clusters.js'
import { repeatsOf } from './repeats.js'
import { type Scan, scanLog } from './scan.js'

export interface Facts {
  readonly scan: Scan
  readonly classes: Classes
  readonly clusters: Clusters
  /** By line: the line above that it repeats, or -1; undefined where nobody looked. */
  readonly repeats: Int32Array | undefined
}

export const factsOf = (table: LineTable): Facts => {
  const scan = scanLog(table)
  const classes = classify(scan)
  return { scan, classes, clusters: clusterShapes(scan, classes), repeats: repeatsOf(scan, classes) }
}

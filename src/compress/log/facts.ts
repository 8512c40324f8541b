// What is known of a log before anything is chosen.
import type { Classes } from './classify.js'
import type { Clusters } from './clusters.js'
import type { Scan } from './scan.js'

export interface Facts {
  readonly scan: Scan
  readonly classes: Classes
  readonly clusters: Clusters
}

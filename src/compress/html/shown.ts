// A page with what was decided about it: what its emitter and the writer of its blocks share.
import type { LinkPlan } from './links.js'
import type { Role } from './roles.js'
import type { Runs } from './runs.js'
import type { Page } from './tree.js'

export interface Shown {
  readonly page: Page
  readonly runs: Runs
  readonly left: readonly (Role | undefined)[]
  /** Data table around each element, -1 outside. */
  readonly dataTable: Int32Array
  readonly links: LinkPlan
  readonly isArticle: boolean
}

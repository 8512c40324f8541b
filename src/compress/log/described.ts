// `kubectl describe` and its like: nested `Key: value` fields, of which a few carry the trouble.
import type { Claims } from './claims.js'
import { wholeOf } from './classify.js'
import { isBlank } from './clusters.js'
import type { Facts } from './facts.js'
import type { Scan } from './scan.js'

const TOP_FIELD =
  /^(?:Name|Namespace|Labels|Annotations|Events|Node|Status|Conditions|Containers|Volumes|Spec|Capacity|Replicas):/
/** Top fields from which an output counts as described. */
const MIN_TOP_FIELDS = 4
const TELLING =
  /^\s*(?:State|Last State|Reason|Message|Exit Code|Signal|Restart Count|Ready|Status|Phase|Error|Unschedulable|Taints|Replicas|Limits|Requests|Liveness|Readiness|Startup|Failed|Succeeded|Active Deadline|Backoff Limit|Pods Statuses|Conditions|Events|Containers|Init Containers|Allocated resources|Command|Args)\b.*:/
const OPENING = /^(?:Name|Namespace|Node|Start Time|Controlled By|Image|Host Port):/
const BAD_CONDITION =
  /^\s+(?:Ready|ContainersReady|Initialized|PodScheduled|PodReadyToStartContainers|Available|Progressing|Complete)\s+False\b|^\s+\w*(?:Pressure|Unavailable|Failure|Failed)\s+True\b/
/** Sections kept as they are. */
const WHOLE_SECTION = /^(?:Events|Allocated resources):/
const MAX_SECTION = 40
/** A description up to this long is shown as far as there is room. */
const SMALL_CHARS = 6000

/** Fields that a description may open with, by their first letter: most lines are told by one character. */
const NAME = 78
/** Line at the left edge that goes on with a description. */
const FIELD = /^[A-Z][\w ./()-]{0,40}:(?:\s|$)/

export interface Described {
  /** Share of the lines that descriptions hold. */
  readonly share: number
  has(line: number): boolean
}

/** Finds descriptions and claims their fields; other routine claims do not apply to these lines. */
export const claimDescribed = (facts: Facts, claims: Claims): Described => {
  const { scan } = facts
  const n = scan.table.count
  const inside = new Uint8Array(n)
  let lines = 0
  for (let line = 0; line < n; line++) {
    if (scan.table.text.charCodeAt(scan.table.starts[line]!) !== NAME) continue
    const end = descriptionEnd(scan, line)
    if (end === line) continue
    inside.fill(1, line, end)
    lines += end - line
    claimFields(facts, { from: line, to: end }, claims)
    line = end - 1
  }
  return { share: n === 0 ? 0 : lines / n, has: (line) => inside[line] === 1 }
}

/** One past the last line of the description that starts at `from`; `from` where there is none. */
const descriptionEnd = (scan: Scan, from: number): number => {
  let fields = 0
  let end = from
  for (let line = from; line < scan.table.count; line++) {
    if (isBlank(scan, line)) continue
    if (scan.indent[line] === 0) {
      const text = wholeOf(scan, line)
      if (line > from && text.startsWith('Name:')) break
      if (TOP_FIELD.test(text)) fields++
      else if (!FIELD.test(text) && !/^\s/.test(text)) break
    }
    end = line + 1
  }
  return fields < MIN_TOP_FIELDS ? from : end
}

const claimFields = (facts: Facts, at: { readonly from: number; readonly to: number }, claims: Claims): void => {
  const { scan } = facts
  const small = scan.table.starts[at.to]! - scan.table.starts[at.from]! <= SMALL_CHARS
  let section = 0
  let under = 0
  let underIndent = 0
  for (let line = at.from; line < at.to; line++) {
    const text = wholeOf(scan, line)
    if (small) claims.raise(line, 130)
    if (/^\S/.test(text)) section = WHOLE_SECTION.test(text) ? MAX_SECTION : 0
    if (section > 0) claims.raise(line, 500 + section--)
    if (BAD_CONDITION.test(text)) claims.raise(line, 660)
    else if (TELLING.test(text)) {
      claims.raise(line, /Reason|Exit Code|State|Message|Ready|Restart/.test(text) ? 640 : 520)
      under = /:\s*$/.test(text) ? 4 : 0
      underIndent = scan.indent[line]!
    } else if (OPENING.test(text.trim())) claims.raise(line, /^\S/.test(text) ? 560 : 380)
    else if (under > 0 && scan.indent[line]! > underIndent) {
      claims.raise(line, 510)
      under--
    } else under = 0
  }
}

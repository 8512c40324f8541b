// `kubectl describe` and its like: nested `Key: value` fields, of which a few carry the trouble.
import type { Claims } from './claims.js'
import { wholeOf } from './classify.js'
import type { Facts } from './facts.js'

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

/** True where the text is a description; its fields are claimed and other routine claims do not apply. */
export const claimDescribed = (facts: Facts, claims: Claims): boolean => {
  const { scan } = facts
  const n = scan.table.count
  if (n > 5000) return false
  let fields = 0
  for (let line = 0; line < n; line++)
    if (scan.indent[line] === 0 && TOP_FIELD.test(wholeOf(facts.scan, line))) fields++
  if (fields < MIN_TOP_FIELDS) return false
  let section = 0
  let under = 0
  let underIndent = 0
  for (let line = 0; line < n; line++) {
    const text = wholeOf(scan, line)
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
  return true
}

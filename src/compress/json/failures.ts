// Which values say that something went wrong. Judged by values; a key's name alone ("error": null) says nothing.
import { severityOf } from '../../salience/severity.js'
import { FALSE, innerOf, isContainer, NULL, NUMBER, STRING, TRUE, type Tree } from './tree.js'

/** 0 nothing, 1 sounds like trouble, 2 is a failure. */
export type Trouble = 0 | 1 | 2

const FAILING =
  /^(?:err|errors?|errored|fail|failed|failing|failure|fatal|critical|crit|emerg(?:ency)?|alert|severe|panic|exception|crash(?:ed|loopbackoff)?|crashloopbackoff|oomkilled|imagepullbackoff|errimagepull|evicted|abort(?:ed)?|timed[ _-]?out|timeout|denied|rejected|declined|refused|unhealthy|unreachable|unavailable|down|offline|dead|lost|stuck|broken|degraded|nack|blocked|revoked|suspended|expired|invalid|corrupt(?:ed)?|cancel(?:l?ed)|notready|blocker|high)$/i
const CALM = /^(?:|none|no|nil|null|ok|okay|success|0|false|n\/a|na|-|disabled|off)$/i
const FAULT_KEY =
  /(?:^|[_\-.a-z])(?:error|exception|failure|fault|err)s?(?:$|[_\-.]|Code|Message|Msg|Type|Reason|Name|Text|Detail)/i
const COUNT_KEY = /count|total|rate|num|budget|threshold|ratio|percent|limit|max|min/i
const STATUS_KEY = /status|^code$|http|response_?code/i
const EXIT_KEY = /exit|return_?code|^rc$/i
const GOOD_KEY = /^(?:ok|success|successful|succeeded|passed|healthy|valid|alive)$/i
const TEXT_KEY = /^$|message|msg|log|text|reason|detail|error|output|stderr|summary|note|event|line|warning|result/i

/** A value under its key; `parent` is the key above, so that `{"error":{"message":…}}` counts as well. */
export const troubleOf = (tree: Tree, node: number, name: string, parent: string): Trouble => {
  const kind = tree.kind[node]!
  if (kind === NULL || isContainer(tree, node)) return 0
  const fault = FAULT_KEY.test(name) || /^(?:error|exception|failure|err|fault)$/i.test(parent)
  if (kind === TRUE) return fault ? 2 : 0
  if (kind === FALSE) return GOOD_KEY.test(name) ? 2 : 0
  const value = innerOf(tree, node)
  if (kind === NUMBER) return troubleOfNumber(value, name, fault)
  if (kind !== STRING) return 0
  if (fault && !COUNT_KEY.test(name)) return CALM.test(value) ? 0 : 2
  if (value.length <= 24) {
    if (STATUS_KEY.test(name) && /^[45]\d\d\b/.test(value)) return 2
    return FAILING.test(value) ? (/^(?:high|invalid|down|lost|alert|dead|offline|blocked)$/i.test(value) ? 1 : 2) : 0
  }
  if (!TEXT_KEY.test(name)) return 0
  const severity = severityOf(value)
  return severity === 3 ? 2 : severity === 2 ? 1 : 0
}

const troubleOfNumber = (value: string, name: string, fault: boolean): Trouble => {
  if (STATUS_KEY.test(name) && /^[45]\d\d$/.test(value)) return 2
  if (EXIT_KEY.test(name) && value !== '0') return 2
  if (fault && value !== '0') return COUNT_KEY.test(name) || /s$/i.test(name) ? 1 : 2
  return 0
}

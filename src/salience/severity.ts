/** 3 failure, 2 error, 1 warning, 0 nothing. By words in their usual spelling, never by substrings of identifiers. */
export type Severity = 0 | 1 | 2 | 3

const FAILURE =
  /\b(?:FAILED|FAILURES?|FAIL|FATAL|PANIC|panicked|panic:|Traceback|CRITICAL|EMERG|ALERT|Segmentation fault|core dumped|BUILD FAILED|not ok|npm ERR!|Uncaught|Unhandled|fatal:|OOMKilled|CrashLoopBackOff)\b|✗|✖|✘|❌|^\s*not ok\b/
const ERROR =
  /\b(?:ERROR|Error|error|ERR|Exception|exception|SEVERE|failed|failure|fails?|denied|refused|unreachable|cannot|could not|can't|unable to|not found|No such file|undefined reference|unrecognized|unsupported|invalid|timed? ?out|aborted|killed|rejected|missing|mismatch|unexpected|conflict)\b|[A-Z]\w+(?:Error|Exception)\b/
const WARNING = /\b(?:WARN(?:ING)?|[Ww]arn(?:ing)?|deprecated|DEPRECAT\w+|retry(?:ing)?|skipp?ed)\b/
/** `0 errors`, `errors: 0`, `no failures`, `error_count=0`: says that nothing is wrong. */
const NEGATED =
  /\b(?:0|no|zero|without)\s+(?:errors?|failures?|failed|warnings?|problems?|issues?)\b|\b(?:errors?|failures?|failed|warnings?)\s*[:=]\s*0\b/gi

export const severityOf = (line: string): Severity => {
  const text = line.length > 2000 ? line.slice(0, 2000) : line
  const calm = NEGATED.test(text) ? text.replace(NEGATED, '') : text
  NEGATED.lastIndex = 0
  if (FAILURE.test(calm)) return 3
  if (ERROR.test(calm)) return 2
  return WARNING.test(calm) ? 1 : 0
}

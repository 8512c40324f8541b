import { stripAnsi } from '../base/ansi.js'

/** 3 failure, 2 error, 1 warning, 0 nothing. By words in their usual spelling, never by substrings of identifiers. */
export type Severity = 0 | 1 | 2 | 3

/** Characters read at each end of a longer line. */
const REACH = 2000

// A word counts only where it is not part of a path, option, identifier or file name: `libgpg-error0`, `errors.rb`, `-Wno-error`.
const FREE = '(?<![\\w./\\\\$-])'
const END = '(?![\\w/\\\\-]|\\.\\w)'
const words = (alternatives: string): RegExp => new RegExp(`${FREE}(?:${alternatives})${END}`)

const FAILURE = new RegExp(
  `${FREE}(?:FAILED|FAILURES?|FAILING|FAIL|FATAL|PANIC|panicked|CRITICAL|critical|EMERG|ALERT|Segmentation [Ff]ault|segfault|core dumped|` +
    'not ok|Uncaught|Unhandled|OOMKilled|CrashLoopBackOff|ImagePullBackOff|ErrImagePull|Evicted|Access violation|Out of memory)' +
    `${END}|\\bnpm ERR!|\\bpanic:|\\bfatal( error)?:|\\bTraceback \\(most recent|[✗✖✘❌⨯]|^\\s*[●×]\\s|AddressSanitizer|ThreadSanitizer|LeakSanitizer|` +
    '\\b(?:aborted|crashed)[!.]|^\\*\\* \\(|\\b(?:exited with|exit(?:ed)?(?: with)?(?: (?:code|status))?:?) [(]?(?:-?[1-9]\\d{0,9})\\b|^make(?:\\[\\d+\\])?: \\*\\*\\*|^\\*\\*\\* (?:\\[|No rule|missing|error|fatal)',
)
const ERROR = words(
  'ERROR|ERRORS|Error|Errors|error(?! (?:messages?|handling|handlers?|codes?|reporting|pages?|checking|output|logs?|rate|count)\\b)|errors|ERR|ERR!|(?<!License )Exception|exception|EXCEPTION|SEVERE|[Ff]ailed|[Ff]ailure|[Ff]ailures|[Ff]ails?|[Ff]ailing|' +
    '[Dd]enied|[Rr]efused|[Uu]nreachable|[Cc]annot|[Cc]ould not|[Cc]ouldn.t|[Cc]an.t|[Uu]nable to|[Nn]ot found|No such|no such|' +
    '[Uu]ndefined|[Uu]nrecognized|[Uu]nrecognised|[Uu]nsupported|[Ii]nvalid|INVALID|[Ii]llegal|[Tt]imed ?[Oo]ut|TIMEOUT|(?:i/o|read|write|connect|connection|request|gateway|lock|wait|operation) [Tt]imeout|[Tt]imeout (?:exceeded|waiting|expired|while|after|reached|error)|[Aa]bort(?:ed|ing)?|[Kk]illed|[Rr]ejected|[Mm]issing|' +
    '[Mm]ismatch|[Uu]nexpected|[Cc]onflicts?|[Vv]iolations?|[Uu]nresolved|not defined|[Nn]ot available|[Uu]navailable|does not exist|doesn.t exist|[Cc]orrupt(?:ed)?|' +
    '[Cc]rash(?:ed)?|[Ee]xhausted|did not match|AssertionError|panic',
)
const NAMED =
  /(?<![\w/])[A-Z]\w*(?:Error|Exception|Fault)\b(?!\.\w)|(?<!-W)(?<![\w-])error(?:\[|:|\s+(?:TS|CS|C|LNK|MSB)\d)|"level":"?(?:error|fatal|critical|5\d|6\d)\b|\blevel=(?:error|fatal|crit)|^[EF]\d{4} \d\d:|Err:\d+ |^E: |^E {2,}\S/
const WARNING =
  /(?<![\w-])(?:WARN(?:ING)?S?|[Ww]arn(?:ing)?s?|[Dd]eprecat\w+|DEPRECAT\w+|retry(?:ing)?|Retry(?:ing)?|[Ss]kipp?ed|degraded|dropped|NotReady|Unhealthy|BackOff)\b(?!\.\w|[\w/]|-)|"level":"?(?:warn|4\d)|^W\d{4} \d\d:/
/** `0 errors`, `errors: 0`, `no failures`, `error_count=0`: says that nothing is wrong. */
const CALM =
  /\b(?:0|no|zero|without(?: any)?)\s+(?:errors?|failures?|failed|failing|warnings?|problems?|issues?|exceptions?|conflicts?|violations?)\b|\b(?:errors?|failures?|failed|failing|fail|warnings?|skipped|exceptions?)["']?\s*[:=]\s*0\b(?!\.\d)|\b(?:exit(?:ed)?(?: with)?(?: (?:code|status))?:?) 0\b/gi
/** A passing test may have any words in its name. */
const PASSED =
  /^\s*(?:[✓✔√]|ok \d|ok\b(?=\s+\S+\s+[\d.(])|PASS(?:ED)?\b|--- PASS|\[ *(?:OK|PASSED|RUN|PASS) *\]|=== (?:RUN|PAUSE|CONT)\b|TEST-PASS)|\.{3} ?ok(?: {1,9}\d| {0,9}$|\s?\()|\bPASSED\b(?: {1,9}\[ {0,3}\d+%\])?[ \r]{0,9}$|: (?:OK|PASSED|ok)[ \r]{0,9}$/
/** Release notes speak of errors that are gone. */
const CHANGE_NOTE =
  /^\s*[*•-] (?:[Ff]ix(?:e[sd])?|[Aa]dd(?:ed|s)?|[Ii]mprove[sd]?|[Rr]emove[sd]?|[Uu]pdate[sd]?|[Aa]llow|[Dd]on't|[Rr]aise|[Ss]how|[Cc]hange[sd]?|[Ss]upport)\b/
/** An explicit level at or below warning: words alone make at most a warning of it. */
const ROUTINE_LEVEL =
  /^.{0,80}?(?<![\w-])(?:INFO|DEBUG|TRACE|NOTICE|VERBOSE|WARN(?:ING)?|notice|info|debug|warn(?:ing)?|Info|Debug|Notice|Warning)(?![\w-])|"level":"?(?:info|debug|trace|warn|[1234]0)\b|^[IW]\d{4} \d\d:/
/** An explicit level below warning. */
const LOW_LEVEL =
  /^.{0,80}?(?<![\w-])(?:INFO|DEBUG|TRACE|NOTICE|VERBOSE|notice|info|debug|Info|Debug|Notice)(?![\w-])|"level":"?(?:info|debug|trace|[123]0)\b|^I\d{4} \d\d:/

/** Date and clock that a CI service puts before each line; patterns that want the start of a line mean what follows. */
const STAMP = /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[\d.,]{0,10}(?:Z|[+-]\d\d:?\d\d)?\]? /

const afterStamp = (line: string): string => {
  const first = line.charCodeAt(0)
  return (first >= 48 && first <= 57) || first === 91 ? line.replace(STAMP, '') : line
}

export const severityOf = (line: string): Severity => {
  const plain = afterStamp(stripAnsi(line))
  const text = plain.length > 2 * REACH ? `${plain.slice(0, REACH)} ${plain.slice(-REACH)}` : plain
  if (!MAYBE.test(text)) return 0
  if (PASSED.test(text)) return 0
  if (CHANGE_NOTE.test(text)) return 0
  const calm = text.replace(CALM, '')
  if (FAILURE.test(calm)) return 3
  const error = NAMED.test(calm) || ERROR.test(calm)
  if (error) return ROUTINE_LEVEL.test(calm) ? 1 : 2
  return WARNING.test(calm) && !LOW_LEVEL.test(calm) ? 1 : 0
}

/** First line of severity 3. Only lines with one of its words are judged, so that a quiet text costs one pass. */
export const firstFailure = (text: string): string | undefined => {
  MAYBE_FAILURE.lastIndex = 0
  for (let found = MAYBE_FAILURE.exec(text); found !== null; found = MAYBE_FAILURE.exec(text)) {
    const end = text.indexOf('\n', found.index)
    const line = text.slice(text.lastIndexOf('\n', found.index) + 1, end === -1 ? text.length : end)
    if (severityOf(line) === 3) return line
    if (end === -1) return undefined
    MAYBE_FAILURE.lastIndex = end + 1
  }
  return undefined
}

/** Words without one of which `FAILURE` cannot match. */
const MAYBE_FAILURE =
  /FAIL|FATAL|fatal|PANIC|panic|CRITICAL|critical|EMERG|ALERT|Segment|segfault|core dump|not ok|Unc|Unh|OOMK|BackOff|ErrI|Evict|Access|Out of|ERR!|Traceback|[✗✖✘❌⨯●×]|Sanitizer|abort|crash|exit|\*\*/g

/** Letters without which none of the patterns can match; most routine lines stop here. */
const MAYBE =
  /fail|err|panic|crit|emerg|alert|fault|dump|not |n't|un[a-z]|kill|back|evict|violat|memory|fatal|trace|saniti|abort|crash|exit|exce|sever|denied|refus|no such|illegal|invalid|time|reject|miss|match|confl|corrupt|exhaust|warn|deprec|retry|skip|degrad|drop|level|assert|\*\*|[✗✖✘❌⨯●×]|^[EFW](?:\d{4} |: | {2})|^\W*ok\b/i

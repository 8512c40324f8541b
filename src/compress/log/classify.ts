// What each line is: severity and role, worked out once per shape and again only where digits decide.
import { stripAnsi } from '../../base/ansi.js'
import { lineAt } from '../../base/lines.js'
import { severityOf } from '../../salience/severity.js'
import { COUNTS, ENDS, NAMES, SEVERE } from './grams.js'
import { BLANK, RED, type Scan } from './scan.js'

/** Bits of a line's role. */
export const FRAME = 1
export const SUMMARY = 2
/** Names a failing test, file or target. */
export const NAMES_FAILURE = 4
/** Starts a step, group or section. */
export const HEADER = 8
/** How a process or job ended. */
export const EXIT = 16
/** Words that often explain a failure without naming one. */
export const HINT = 32
/** The tool has changed files. */
export const MENDED = 64

export interface Classes {
  readonly severity: Uint8Array
  readonly role: Uint8Array
}

const FRAME_START =
  /^\s*(?:at\s+[\w$<[(.@/*]|File "[^"]*", line \d|#\d+\s+\S|\d{1,4}:\s+(?:0x|\w+::)|goroutine \d|from \S+:\d+:in|Caused by\b|\.\.\. \d+ more|--- End of|Suppressed:|\(\w+\) lib\/)/
/** A place in a source file opens the line; only looked for where a colon and a digit are. */
const FRAME_PLACE =
  /^\s*(?:\[?\S{1,200}\.(?:go|rb|py|jsx?|tsx?|mjs|php|erl|exs?|scala|java|kt|rs|cc?|cpp|h|coffee|lua|pl|pm|swift|mm?|cs|hs|clj|r|R):\d+(?::|\b)(?!\d*:? (?:error|warning|fatal|note)\b)|[\w$.]+\([\w$]+\.\w+:\d+\)|@\S+:\d+:\d+|\S+@\S+:\d+:\d+$)/
const PLACE = /:\d/
const SUMMARY_LINE = new RegExp(
  '\\b\\d+ (?:\\w+ )?(?:tests?|specs?|examples?|assertions?|passed|passing|failed|failing|failures?|errors?|warnings?|skipped|pending|problems?|scenarios|suites|runs|checks|offenses?|violations?|annotations?|issues?|findings?|vulnerabilit(?:y|ies))(?=[^\\w ]| (?:in|found|generated|completed|emitted|total|have|were|across|on|and|\\W)|\\s*$)' +
    '|^\\W*(?:Tests?|Test Suites|Test Files|Suites|Specs?|Tests run|Snapshots|Ran \\d+|Results?|Total\\b|TOTAL|Summary|Finished|Failures|Failed tests|Errors|Duration|Time|Elapsed|Status|Found \\d+|Overall)\\b ?[:(\\d]?' +
    '|BUILD (?:FAILED|SUCCESS\\w*|FAILURE)|Build (?:failed|succeeded)|\\d+% tests passed|tests? (?:completed|passed|failed)|test result:|All (?:tests|checks)|Tests run:|Your build|^\\W*(?:OK|FAIL|FAILED|PASS) ?\\([^)]*\\)|^=+ .*\\bin [\\d.]+ ?s|^\\W*Result:|[Cc]overage:|\\b(?:TEST|BUILD|RUN) (?:COMPLETE|SUMMARY)|^Files=\\d',
)
const NAMED_FAILURE =
  /^\s*(?:\d+\)\s+\S|--- FAIL|FAIL(?:ED|URE)?\b[: (]|not ok \d|[✗✖✘❌×●⨯]\s|ERROR:? \S+[( ]|ERROR: \w+ \(|\[ *(?:FAILED|ERROR) *\]|test \S+ \.\.\. FAILED|_{3,} .* _{3,}$|FAIL +\S|E: |Err:|Failed(?: test)?:? \S)|\b(?:FAILED|FAILURE!?|FAILED \*\*\*)\s*$|\.\.\.\s*(?:FAIL|FAILED|ERROR)\b|\bFAILED \*\*\*|<<< (?:FAILURE|ERROR)|TEST-UNEXPECTED|^fatal: \[|error\[E\d+\]|\berror TS\d+/
const HEADER_LINE =
  /^(?:\$ \S|\+ ?[\w./]\S* |##\[(?:group|command|section)\]|Step \d+\/\d+|\[Pipeline\]|-{3,}> |={2,}> |> Task |> \S+@\S+ |Run \S|travis_fold:start|-{3,} .* -{3,}|={3,} .* ={3,}|_{3,} .* _{3,}|TASK \[|PLAY |\[INFO\] -{3,}|\*{3,} .*|--- \S|Running \S|Executing \S|#+ \S|make\[\d+\]: Entering|Build:|Started by |Building in |\S{1,300}:\d+:\d+ .{1,120} ━{3})/
const EXIT_LINE =
  /\b(?:exit(?:ed)?(?: with)?(?: (?:code|status|value))?|exit code|exit status|returned(?: a)? non-zero|return code|status code)[:= ]{0,2}\(?-?\d|Process completed with|Your build|Job (?:complete|failed|succeeded)|Finished: [A-Z]|Killed$|Terminated$|max run time|[Tt]ask (?:aborted|completed)|signal \d+|SIG(?:KILL|TERM|SEGV|ABRT)|core dumped/
const HINT_LINE =
  /\b(?:did(?:n't| not)|does(?:n't| not)|is(?:n't| not)|was(?:n't| not)|are not|not (?:in|equal|allowed|supported|installed|ready|permitted)|[Ee]xpect(?:ed|ing|s)?|[Aa]ctual|[Rr]eceived:|unknown|bad|lost|leak|overflow|exceed\w*|too (?:many|large|long|few)|disconnect\w*|terminat\w+|stale|interrupt\w*|Usage:|usage:|only|must|should|required|[Rr]easons?|Issues?|[Dd]etails|see|See|why|unable|outdated|unclean|differ\w*|instead|stopp\w+|usage|hung|stuck|slow|undefined|diff|blocked|expired|reset|halt\w*|panic|problem)\b/
const MENDED_LINE = /\b(?:[Ff]ixed|[Ff]ormatted|[Rr]eformatted|[Rr]ewrote|[Mm]odified) \d{1,9} files?\b/
/** Digits change what such a line says: `0 failed`, `exited with 0`. */
const DIGITS_DECIDE =
  /\b\d+\s+(?:errors?|failures?|failed|failing|warnings?|exceptions?|conflicts?|violations?)\b|\b(?:errors?|failures?|failed|failing|fail|warnings?|skipped|exceptions?)["']?\s*[:=]\s*\d|\bexit(?:ed)?\b.{0,20}\d|\blevel["']?\s*[:=]\s*["']?\d/i

/** A share of red lines above which red is decoration. */
const RED_IS_DECORATION = 0.2

export const classify = (scan: Scan): Classes => {
  const n = scan.table.count
  const severity = new Uint8Array(n)
  const role = new Uint8Array(n)
  const shapeSeverity = new Int8Array(scan.shapes.length).fill(-1)
  const shapeRole = new Uint8Array(scan.shapes.length)
  const perLine = new Uint8Array(scan.shapes.length)
  let reds = 0
  for (let line = 0; line < n; line++) if (scan.flags[line]! & RED) reds++
  const redCounts = reds > 0 && reds <= Math.max(12, n * RED_IS_DECORATION)
  for (let line = 0; line < n; line++) {
    if (scan.flags[line]! & BLANK) continue
    const shape = scan.shape[line]!
    if (shapeSeverity[shape] === -1 || perLine[shape]) {
      const grams = scan.grams[line]!
      const isNew = shapeSeverity[shape] === -1
      shapeSeverity[shape] = severityAt(scan, line)
      if (isNew) {
        const content = contentOf(scan, line)
        shapeRole[shape] = roleOf(content, grams)
        perLine[shape] = shapeRole[shape]! & EXIT || (grams & COUNTS && DIGITS_DECIDE.test(content)) ? 1 : 0
      }
    }
    role[line] = shapeRole[shape]!
    severity[line] = shapeSeverity[shape]!
    if (redCounts && scan.flags[line]! & RED && severity[line]! < 2) severity[line] = 2
  }
  return { severity, role }
}

/** Line without escapes. */
export const wholeOf = (scan: Scan, line: number): string => stripAnsi(lineAt(scan.table, line))

/** The same from its content on. */
export const contentOf = (scan: Scan, line: number): string =>
  stripAnsi(lineAt(scan.table, line).slice(scan.content[line]! - scan.table.starts[line]!))

/** Source text around the place of a diagnostic, as tools print it; the line they point at has another mark. */
export const EXCERPT: RegExp = /^\s*(?:\d{1,6} *[|│]|[|│][\s|^~-]*$)/

/** The line that the quoted source is about, and the carets below it. */
const POINTER = /^\s*(?:>\s{0,9}\d{1,6} *[|│]|[|│][\s|~-]*\^)/
/** Lines of source that are quoted on either side of a pointer. */
const EXCERPT_REACH = 6

/** Words of quoted source say nothing of the run. */
const severityAt = (scan: Scan, line: number): number => {
  const severity = scan.grams[line]! & SEVERE ? severityOf(wholeOf(scan, line)) : 0
  if (severity === 0) return hasWarningMark(scan, line) ? 1 : 0
  return severity < 3 && isDigit(scan, line) && isQuotedSource(scan, line) ? 0 : severity
}

/** `4821 | ERROR | declined` and rows of a table look like it, but nothing points into them. */
const isQuotedSource = (scan: Scan, line: number): boolean =>
  EXCERPT.test(contentOf(scan, line)) && (isPointedAt(scan, line, 1) || isPointedAt(scan, line, -1))

const isPointedAt = (scan: Scan, line: number, step: 1 | -1): boolean => {
  for (let near = line + step, seen = 0; seen < EXCERPT_REACH; near += step, seen++) {
    if (near < 0 || near >= scan.table.count) return false
    const content = contentOf(scan, near)
    if (POINTER.test(content)) return true
    if (!EXCERPT.test(content)) return false
  }
  return false
}

const isDigit = ({ table, content }: Scan, line: number): boolean => {
  const code = table.text.charCodeAt(content[line]!)
  return code >= 48 && code <= 57
}

/** `! unused import`, `! [rejected]`, `⚠ deprecated`: marks of linters, of git, of installers. */
const hasWarningMark = (scan: Scan, line: number): boolean => {
  const { text } = scan.table
  const at = scan.content[line]!
  const mark = text.charCodeAt(at)
  return (mark === 33 && text.charCodeAt(at + 1) === 32) || mark === 0x26a0
}

const ROLE_REACH = 600

const roleOf = (content: string, grams: number): number => {
  const text = content.length > ROLE_REACH ? content.slice(0, ROLE_REACH) : content
  let role = 0
  if (FRAME_START.test(text) || (PLACE.test(text) && FRAME_PLACE.test(text))) role |= FRAME
  if (SUMMARY_LINE.test(text)) role |= SUMMARY
  if (grams & NAMES && NAMED_FAILURE.test(text)) role |= NAMES_FAILURE
  if (HEADER_LINE.test(text)) role |= HEADER
  if (grams & ENDS && EXIT_LINE.test(text)) role |= EXIT
  if (HINT_LINE.test(text)) role |= HINT
  if (MENDED_LINE.test(text)) role |= MENDED
  return role
}

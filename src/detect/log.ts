// Logs, build and test output, and what operations commands print: everything whose unit is the line.
import { type Candidate, clamp, share } from './candidate.js'
import { isJsonLog } from './json.js'
import type { Sample } from './sample.js'

interface Sign {
  readonly name: string
  readonly pattern: RegExp
  /** How much one line of it says that the text is a log; 1 is an ordinary log line. */
  readonly weight: number
}

const SIGNS: readonly Sign[] = [
  {
    name: 'timestamps',
    weight: 1,
    pattern:
      /^.{0,60}?(?:\b\d{4}[-/.]\d\d[-/.]\d\d[T _:-]?\d\d[:.]\d\d|\b\d\d[/-](?:\d\d|[A-Z][a-z]{2})[/-]\d{2,4}[ :]\d\d:\d\d|\b[A-Z][a-z]{2} {1,2}\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d|(?:^|[[ T])\d\d:\d\d:\d\d\b|^\d{6} \d{6} \d+ |^[IWEFD]\d{4} \d\d:|^\[?\s*\d+\.\d{3,6}\]|"?(?:time|ts|timestamp)"?[=:] ?"?\d{4,})/,
  },
  {
    name: 'log levels',
    weight: 1,
    pattern:
      /^.{0,80}?(?:\[ *(?:INFO|WARN(?:ING)?|ERROR|DEBUG|TRACE|FATAL|NOTICE|CRITICAL|err|info|warn|notice|error|debug) *\]|\b(?:INFO|WARN|WARNING|ERROR|DEBUG|TRACE|FATAL|SEVERE|NOTICE|CRITICAL)\b[ :|\]]|\blevel=\w+)|^-{0,2}(?:[IWEF]-)?[A-Z]{2,}[\w-]*-\d+:|^(?:error|warning|note|info|fatal)(?:\[\w+\])?:|^(?:npm|yarn|pnpm) (?:ERR!|error|WARN|warn|notice|http|verb|info)\b/,
  },
  {
    name: 'test results',
    weight: 1.2,
    pattern:
      /\b(?:PASSED|FAILED|SKIPPED|XFAIL)\b|^\s*(?:✓|✔|✗|✖|×|✕|❯|√|●|◌|↓)\s|^\s*(?:not )?ok \d+|^\s*(?:---|===) (?:PASS|FAIL|SKIP|RUN|CONT|PAUSE|NAME)|^(?:ok|FAIL|PASS|\?)\s+\t?\S+|^test .* \.\.\. (?:ok|FAILED|ignored)|\.\.\. (?:ok|FAIL|ERROR|skipped.*)$|^Tests? (?:run|Suites|Files)?:|^={3,}.*={3,}$|^(?:_{5,}|-{20,}|={20,}|\*{20,})|\d+ (?:passing|passed|failing|failed|pending)\b|^Ran \d+ tests?|^\s*\d+\) /,
  },
  {
    name: 'stack frames',
    weight: 1.2,
    pattern:
      /^(?:\s|\\t)+at .*[(:]|^Traceback \(most recent|^\s+File "[^"]+", line \d+|^goroutine \d+|^panic: |^\t.*\.go:\d+|^thread '.*' panicked|^Caused by:|^\s+\.\.\. \d+ (?:more|common)|^(?:[\w$.]+\.)?[A-Z]\w*(?:Error|Exception|Warning|Failure)\b(?::|$)|^\s*\d+: (?:0x[0-9a-f]+ - )?\w+(?:::\w+)+|^#\d+ 0x|^E {2,}|^\s+--> .*:\d+:\d+|^Exception in thread/,
  },
  {
    name: 'compiler diagnostics',
    weight: 1.2,
    pattern:
      /^\S[^:()]*[:(]\d+(?:[:,]\d+)?\)?: ?(?:- )?(?:fatal error|error|warning|note|info|TS\d)|^\s+\d+:\d+\s+(?:error|warning)\s|^\s*\d* ?\|\s|\berror TS\d+:|: (?:undefined reference|error|warning): |^\s+\^[~^]*\s*$|\[-W[\w=-]+\]|^✖ \d+ problems?/,
  },
  {
    name: 'build steps',
    weight: 1,
    pattern:
      /^(?:\[[\d/ ]+%?\]|\s*(?:Compiling|Downloading|Downloaded|Finished|Running|Building|Checking|Installing|Collecting|Fetching|Updating|Resolving|Doc-tests|Locking|Adding|Blocking|Preparing|Unpacking|Selecting|Setting up|Processing triggers|Requirement already|Successfully|Using cached|Generating|Linking|Scanning|Copying|Creating|Removing|Loading|Executing|Starting|Pulling|Extracting|Verifying|Digest|Status|Saving|Cloning|Receiving objects|Resolving deltas|remote:|From|HEAD is now) |Get:\d+ |Hit:\d+ |Ign:\d+ |Reading (?:package|state)|Building dependency|(?:After this|Need to get|The following) |make(?:\[\d+\])?: |(?:g?cc|g\+\+|clang(?:\+\+)?|ld|ar|javac|rustc|ranlib|libtool|cc|c\+\+) -|ar |> Task |:\w[\w:-]* ?(?:UP-TO-DATE|SKIPPED|NO-SOURCE)?$|\s*\[(?:javac|exec|junit|echo|mkdir|copy|jar|INFO|WARNING|ERROR|delete|java)\]|-- |checking |\$ \S|\+{1,3} \S|##\[|travis_|Step \d+\/\d+|#\d+ (?:\[|\d|DONE|CACHED)|--->|(?:added|removed|changed|audited|up to date) .*packages?|(?:npm|yarn|pnpm) |Done in |> \S+@\S+ |(?:BUILD|Build) \w+|The command "|PLAY |TASK |ok: \[|changed: \[|\s*CC |\s*LD |Worker information|TAP version)|^[\w.-]+(?:\[[^\]\n]{1,80}\])?: (?:Refreshing|Creating|Creation|Still|Destroying|Destruction|Modifying|Modifications|Reading|Read) |^\d+ bytes from |^Entering directory|^time="|\bexit(?:ed)? (?:code|status|with)\b/,
  },
  {
    name: 'aligned columns',
    weight: 0.9,
    pattern: /^\S+(?: \S+)*(?:\s{2,}\S+(?: \S+)*){3,}\s*$|^\s*(?:\S+\s+){5,}\S+$(?<=\d\S*)/,
  },
  {
    name: 'labelled values',
    weight: 0.8,
    pattern:
      /^\s*(?:[A-Z][\w./() -]{1,40}:(?:\s{2,}\S|\s*$)|[a-z][\w.-]*(?:\/[\w.-]+)?[:=]\S*\s*$)|^\s{2,}\S.*\s{3,}\S|^\s*[\d.]+[KMGT]?\s+\S+$|^\S+\s{1,60}[\d.,]+ (?:[kKMG]i?)?B\b/,
  },
  {
    name: 'metrics',
    weight: 1.2,
    pattern: /^# (?:HELP|TYPE) |^[a-zA-Z_:][\w:]*(?:\{[^}]*\})? [-+\d.eEInfNa]+(?: \d+)?$/,
  },
]

/** Written by continuous integration and by test runners, never by people. */
const RUNNER =
  /^travis_(?:fold|time):|^##\[(?:group|section|error|command)|^The command "|^Done\. Your build exited|^(?:Ran \d+ tests? in|Test Suites:|BUILD (?:SUCCESS|FAIL)|make(?:\[\d+\])?: (?:Entering|Leaving|\*\*\*)|npm (?:ERR!|error|warn|WARN) |added \d+ packages|test result: |={5,} test session starts|\s*Finished .* target)|\[taskcluster|^error: could not compile/

/** Lines of these kinds are common in code and prose too: alone they make no log. */
const WEAK: ReadonlySet<string> = new Set(['aligned columns', 'labelled values'])

/** A numbered file counts as a log only where nearly every line has its own time. */
const isStamped = (sample: Sample): boolean => share(sample.lines, SIGNS[0]!.pattern) >= 0.8

export const logCandidate = (sample: Sample): Candidate | undefined => {
  if (isJsonLog(sample)) return { type: 'log', score: 0.995, evidence: 'JSON lines with time, level and message' }
  if (sample.lines.length < 2 || (sample.gutter && !isStamped(sample))) return undefined
  const hits = new Map<string, number>()
  let total = 0
  let strong = 0
  for (const line of sample.lines) {
    const sign = SIGNS.find(({ pattern }) => pattern.test(line))
    if (!sign) continue
    hits.set(sign.name, (hits.get(sign.name) ?? 0) + 1)
    total += sign.weight
    if (!WEAK.has(sign.name)) strong++
  }
  const n = sample.lines.length
  const ratio = total / n
  const runner = sample.lines.some((line) => RUNNER.test(line))
  if (!runner && (ratio < 0.12 || (strong === 0 && ratio < 0.5))) return undefined
  const [top] = [...hits].sort((a, b) => b[1] - a[1])
  const score = clamp(0.35 + (runner ? 0.25 : 0) + 0.65 * Math.min(1, ratio * 1.05))
  return { type: 'log', score, evidence: `${top![0]} in ${top![1]} of ${n} lines` }
}

// Stack traces that stand alone, and output that is mostly progress.
import { type Candidate, countFrom, share } from './candidate.js'
import type { Sample } from './sample.js'

const FRAME =
  /^\s+at (?:async )?[\w$.<>[\]/@\\-]+.*(?:[(:]|$)|^\s+File "[^"]+", line \d+|^\t\S+\.(?:go|s):\d+|^\s*#\d+:? +(?:0x[0-9a-f]+|\/|\S+\(|\{main\})|^\s+\d+: +(?:0x[0-9a-f]+ - )?[\w<][\w:<>{}$. -]*$|^\s+from \S+:\d+:in |^\s+\(\w[\w.]* [\d.]+[\w.-]*\) \S+:\d+: /
const GO_CALL = /^(?:created by )?[\w./*()[\]-]+\.[\w.*()[\]-]+\(.*\)$|^(?:created by )[\w./*()[\]-]+/
const HEAD =
  /^(?:Traceback \(most recent|panic: |goroutine \d+ \[|thread '.*' panicked|Exception in thread|Caused by:|\*\* \(|PHP Fatal|Fatal error|Unhandled exception|Uncaught |==\d+==ERROR|stack backtrace:)|^(?:[\w$.]+\.)?[A-Z]\w*(?:Error|Exception)\b|\((?:\w+::)*\w*(?:Error|Exception)\)$/
const CODE_BELOW = /^ {4,}\S/

export const traceCandidate = ({ lines, gutter }: Sample): Candidate | undefined => {
  if (gutter || lines.length < 6 || !lines.slice(0, 12).some((line) => HEAD.test(line))) return undefined
  const isFrame = (line: string, at: number): boolean =>
    FRAME.test(line) ||
    (GO_CALL.test(line) && /^\t\S/.test(lines[at + 1] ?? '')) ||
    (CODE_BELOW.test(line) && /^\s+File "/.test(lines[at - 1] ?? ''))
  const frames = countFrom(lines, 0.6, isFrame)
  if (frames === 0) return undefined
  return { type: 'trace', score: 0.93, evidence: `${frames} of ${lines.length} lines are stack frames` }
}

const PROGRESS =
  /\b\d{1,3}(?:\.\d+)?%\|?.{0,60}\d|[\d.]+[kKMG]?i?B\/[\d.]+[kKMG]?i?B|^[0-9a-f]{12}: (?:Pulling|Waiting|Downloading|Verifying|Download|Extracting|Pull|Already|Pushed|Preparing|Layer|Mounted)|\.{10} \.{10}/
/** States of one line, drawn over each other. */
const MIN_STATES = 12

export const progressCandidate = ({ lines, head, gutter }: Sample): Candidate | undefined => {
  if (gutter) return undefined
  const drawn = head.split(/\r(?!\n)/).length - 1
  if (
    drawn >= MIN_STATES &&
    drawn > head.split('\n').length &&
    share([...head.split(/[\r\n]+/)].slice(0, 200), PROGRESS_STATE) > 0.5
  )
    return { type: 'progress', score: 0.94, evidence: `${drawn} states drawn over each other` }
  if (lines.length < 10) return undefined
  const moving = countFrom(lines, 0.6, (line) => PROGRESS.test(line))
  if (moving === 0 || lines.some((line) => /\b(?:PASS|FAIL)(?:ED)?\b/.test(line))) return undefined
  const part = Math.round((100 * moving) / lines.length)
  return { type: 'progress', score: 0.92, evidence: `${part} % of lines are progress` }
}

const PROGRESS_STATE = /\d{1,3}%|\d+\/\d+|\d+(?:\.\d+)?[kKMG]|\d:\d\d/

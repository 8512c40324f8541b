// Which programs print what a shell command line shows. Pipes, redirections and wrappers are understood or named as a
// reason why nothing can be said; a command line is never run or changed.
import { shellTokens, type Token } from './shell-words.js'
import { unwrap } from './shell-wrappers.js'

/** One program that prints to the screen. */
export interface ShellStep {
  /** Program without its folder, then its arguments; wrappers are off. */
  readonly words: readonly string[]
  /** Wrappers that were looked through, outermost first. */
  readonly through: readonly string[]
}

export interface ShellReading {
  /** In order; programs that print nothing (`cd`, `export`) and `echo` are left out. */
  readonly steps: readonly ShellStep[]
  /** Why the steps do not tell what is shown. */
  readonly unclear?: string
}

/** They print nothing, or only what the command line itself says. */
const SILENT: ReadonlySet<string> = new Set(
  'cd pushd popd export set unset source . alias true false : mkdir rm cp mv touch ln chmod chown sleep wait exit trap ulimit umask shopt test [ echo printf read local declare'.split(
    ' ',
  ),
)
const KEYWORDS: ReadonlySet<string> = new Set(
  'for while until if case select function [[ then else elif do done fi esac'.split(' '),
)
/** As the last part of a pipe they hand on what comes in. */
const PASSES_ON: ReadonlySet<string> = new Set(['tee', 'cat', 'less', 'more', 'unbuffer', 'sponge'])
/** As the last part of a pipe they show their own choice or form of what comes in. */
const SELECTS: ReadonlySet<string> = new Set(
  (
    'grep egrep fgrep zgrep rg ag ack head tail awk gawk mawk sed jq yq wc sort uniq cut tr column nl fold fmt pr rev tac paste join comm ' +
    'perl python python3 node ruby bat hexdump xxd od base64 md5sum sha256sum diff strings split csplit shuf gron xmllint fx miller mlr'
  ).split(' '),
)
const MAX_DEPTH = 4

/** Never throws; reads at most the first few thousand characters. */
export const readShell = (command: string): ShellReading => readAt(command, 0)

const readAt = (command: string, depth: number): ShellReading => {
  if (depth > MAX_DEPTH) return unclear('shells inside shells')
  const steps: ShellStep[] = []
  for (const pipeline of pipelinesOf(shellTokens(command))) {
    if ('reason' in pipeline) return unclear(pipeline.reason)
    const shown = shownOf(pipeline.stages, depth)
    if ('unclear' in shown && shown.unclear !== undefined) return shown
    steps.push(...shown.steps)
  }
  return { steps }
}

const unclear = (reason: string): ShellReading => ({ steps: [], unclear: reason })

interface Stage {
  readonly words: readonly string[]
}
type Pipeline = { readonly stages: readonly Stage[] } | { readonly reason: string }

const pipelinesOf = (tokens: readonly Token[]): Pipeline[] => {
  const pipelines: Pipeline[] = []
  let stages: Stage[] = []
  let words: string[] = []
  let closed = false
  const endStage = (): void => {
    if (words.length > 0) stages.push({ words })
    words = []
  }
  const endPipeline = (): void => {
    endStage()
    if (stages.length > 0) pipelines.push({ stages })
    stages = []
  }
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!
    if ('hereDocument' in token) return [{ reason: 'a here-document feeds it' }]
    if ('word' in token) {
      const first = words.length === 0
      if (first && !token.quoted && KEYWORDS.has(token.word)) return [{ reason: 'it is a loop or a condition' }]
      if (first && !token.quoted && token.word === '}') closed = true
      else if (!(first && !token.quoted && (token.word === '{' || token.word === '!'))) words.push(token.word)
      continue
    }
    const { operator } = token
    if (operator === '(' && words.length > 0) return [{ reason: 'it defines a function' }]
    if (operator === '(' || operator === ')') {
      endPipeline()
      closed = operator === ')'
    } else if (/^(?:\||\|&)$/.test(operator)) {
      if (closed) return [{ reason: 'a group of commands is piped on' }]
      endStage()
    } else if (/[<>]/.test(operator)) {
      const target = tokens[++at]
      const reason = redirectReason(operator, target)
      if (reason !== undefined) return [{ reason }]
    } else if (operator !== '\n' || words.length > 0 || stages.length === 0) {
      endPipeline()
      closed = false
    }
  }
  endPipeline()
  return pipelines
}

const SCREEN = /^(?:\d|-|\/dev\/(?:std(?:out|err)|tty))$/

const redirectReason = (operator: string, target: Token | undefined): string | undefined => {
  if (target === undefined || !('word' in target)) return 'it reads or writes a process substitution'
  if (operator.includes('<') || /^[2-9]/.test(operator) || SCREEN.test(target.word)) return undefined
  return 'its output goes to a file'
}

const shownOf = (stages: readonly Stage[], depth: number): ShellReading => {
  let last = stages.length - 1
  while (last > 0 && passesOn(unwrap(stages[last]!.words).words)) last--
  const { words, through, script } = unwrap(stages[last]!.words)
  if (script !== undefined) {
    const inner = readAt(script, depth + 1)
    const outer = [...through]
    return { ...inner, steps: inner.steps.map((step) => ({ ...step, through: [...outer, ...step.through] })) }
  }
  const program = words[0]
  if (program === undefined) return { steps: [] }
  if (program === 'eval') return unclear('eval runs what is not read here')
  if (last > 0 && SELECTS.has(program) && !through.includes('xargs'))
    return unclear(`its output is chosen by ${program}`)
  if (SILENT.has(program)) return { steps: [] }
  return { steps: [{ words, through }] }
}

const passesOn = ([program = '', ...rest]: readonly string[]): boolean =>
  PASSES_ON.has(program) && (program === 'tee' || rest.every((word) => word.startsWith('-')))

// Which compressor may do what to one block: tables plus policy, no I/O. A refusal says why.
import { skip } from '../base/skip.js'
import type { Detection, Origin } from '../spec/content.js'
import type { Policy, PolicyName, WayBack } from '../spec/policy.js'
import type { Skip } from '../spec/skip.js'
import { policyFor } from './rules.js'
import { COMPRESSOR_OF, ELIDE_FLOOR_TOKENS, FLOOR_TOKENS, LEAST_CONFIDENCE, PLAIN_LOG_LINES } from './table.js'
import { isFileReader, isInstruction, isOwnFileReader, isRetrieval, isShell } from './tools.js'

export { isFileReader, isRetrieveTool, offersEditTool, wayBackOf } from './tools.js'

export interface RouteInput {
  readonly detection: Detection
  readonly origin: Origin
  readonly policy: Policy
  readonly tokens: number
  /** Lines of the text; only asked where the type is `plain`. */
  readonly lines?: number
  readonly wayBack: WayBack
  readonly offersEditTool: boolean
  /** The library's `compressText`: no request around the text, so only the tool's name tells what may be edited. */
  readonly wholeText: boolean
  /** Compressor that claims what produced the text, whatever its type. */
  readonly specialist?: string
  /** Compressor of exact forms, for text that no other one reads. */
  readonly exact?: string
}

export interface Route {
  readonly compressor: string
  readonly policy: PolicyName
  readonly mayElide: boolean
  /** What repeats an earlier run but for times and ids may be left out: nobody asks for it back, so that pays from fewer tokens on. */
  readonly mayFoldRepeats: boolean
}

export const route = (input: RouteInput): Route | Skip => {
  const { detection, origin, tokens } = input
  if (isRetrieval(origin)) return skip('retrieved-content')
  if (tokens < FLOOR_TOKENS) return skip('below-floor', `under ${FLOOR_TOKENS} tokens`)
  const policy = policyFor(input.policy, origin, detection.type)
  if (policy === 'off') return skip('policy-off')
  const compressor = compressorFor(input) ?? input.specialist
  const isGuess = detection.confidence < LEAST_CONFIDENCE
  if (compressor !== undefined && !isGuess) return { compressor, policy, ...leave(input, policy) }
  if (input.exact !== undefined) return { compressor: input.exact, policy, mayElide: false, mayFoldRepeats: false }
  return isGuess
    ? skip('low-confidence', `${detection.type} ${detection.confidence}`)
    : skip('no-compressor', `none reads ${detection.type}`)
}

const compressorFor = ({ detection, origin, lines = 0 }: RouteInput): string | undefined => {
  if (detection.type !== 'plain') return COMPRESSOR_OF[detection.type]
  return lines >= PLAIN_LOG_LINES && isShell(origin) && !isFileReader(origin) ? COMPRESSOR_OF.log : undefined
}

const leave = (input: RouteInput, policy: PolicyName): Pick<Route, 'mayElide' | 'mayFoldRepeats'> => {
  const isOpen = input.wayBack.kind !== 'none' && policy !== 'strict' && !isInstruction(input.origin)
  const mayFoldRepeats = isOpen && (policy === 'max' || !isVerbatimMaterial(input))
  return { mayElide: mayFoldRepeats && input.tokens >= ELIDE_FLOOR_TOKENS[policy], mayFoldRepeats }
}

/** Text that an agent may edit from. A log or a search result that a shell prints from a file is output that was saved. */
const isVerbatimMaterial = ({ wholeText, offersEditTool, origin, detection }: RouteInput): boolean => {
  const isFile = wholeText ? isOwnFileReader(origin) : offersEditTool && isFileReader(origin)
  return isFile && !(isShell(origin) && (detection.type === 'log' || detection.type === 'search'))
}

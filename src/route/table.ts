// Data: which compressor reads which type, and from how many tokens on.
import type { ContentType } from '../spec/content.js'
import type { PolicyName } from '../spec/policy.js'

export const COMPRESSOR_OF: Partial<Readonly<Record<ContentType, string>>> = {
  json: 'json',
  log: 'log',
  search: 'search',
  code: 'code',
  diff: 'diff',
  html: 'html',
  text: 'text',
  table: 'table',
  listing: 'listing',
  yaml: 'yaml',
  lock: 'lock',
  trace: 'trace',
  progress: 'progress',
}

/** Below this nothing is touched: a marker costs 20 to 40 tokens, so a tenth of the block is the least gain left. */
export const FLOOR_TOKENS = 200

/**
 * From here on a form may elide. Chosen from the sizes agents really send (most tokens in results of 500 to 8,000):
 * under 400 tokens a marker and the risk of one retrieval, a turn of its own, outweigh what is left to gain.
 */
export const ELIDE_FLOOR_TOKENS: Readonly<Record<PolicyName, number>> = {
  strict: Number.POSITIVE_INFINITY,
  balanced: 400,
  max: 250,
}

/** Detection below this is a guess. */
export const LEAST_CONFIDENCE = 0.5

/** Shell output of no known shape is read as a log from this many lines on: by then it has lines that repeat. */
export const PLAIN_LOG_LINES = 60

/** Decisions as rows, and back. Optional fields are absent, not undefined, so that a decision read equals the one written. */
import { utf8 } from '../base/bytes.js'
import type { SqlRow, SqlValue } from '../base/database/driver.js'
import type { Base } from '../spec/reference.js'
import type { SkipCode } from '../spec/skip.js'
import type { Decision } from '../spec/store.js'
import { seal, unseal } from './seal.js'

/** Forms replayed on a warm path are short; decoding below this size costs more than the disk it saves (0.05 ms each). */
const COMPRESS_TEXT_FROM_BYTES = 16 * 1024

export const DECISION_COLUMNS =
  'key, text, ref, skip, compressor, form, content_type, tokens_before, tokens_after, used_ms, bases'

export const decisionValues = (decision: Decision, usedMs: number): SqlValue[] => [
  decision.key,
  decision.text === undefined ? null : seal(utf8(decision.text), { compressFrom: COMPRESS_TEXT_FROM_BYTES }),
  decision.ref ?? null,
  decision.skip ?? null,
  decision.compressor ?? null,
  decision.form ?? null,
  decision.contentType ?? null,
  decision.tokensBefore,
  decision.tokensAfter,
  usedMs,
  decision.bases === undefined ? null : JSON.stringify(decision.bases),
]

/** Undefined when the text is damaged: a form that is not exactly the one sent before must not be replayed. */
export const decisionOf = (row: SqlRow): Decision | undefined => {
  let text: string | undefined
  if (row.text instanceof Uint8Array) {
    const bytes = unseal(row.text)
    if (bytes === undefined) return undefined
    text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
  }
  const bases = typeof row.bases === 'string' ? basesOf(row.bases) : undefined
  if (bases === null) return undefined
  return {
    key: String(row.key),
    ...(text === undefined ? {} : { text }),
    ...(row.ref === null ? {} : { ref: String(row.ref) }),
    ...(row.skip === null ? {} : { skip: row.skip as SkipCode }),
    ...(row.compressor === null ? {} : { compressor: String(row.compressor) }),
    ...(row.form === null ? {} : { form: String(row.form) }),
    ...(bases === undefined ? {} : { bases }),
    ...(row.content_type === null ? {} : { contentType: String(row.content_type) }),
    tokensBefore: Number(row.tokens_before),
    tokensAfter: Number(row.tokens_after),
  }
}

/** Null where they are damaged: a reference whose base is unknown must not be replayed. */
const basesOf = (json: string): readonly Base[] | null => {
  try {
    const bases: unknown = JSON.parse(json)
    return Array.isArray(bases) && bases.every(isBase) ? bases : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

const isBase = (value: unknown): value is Base => {
  const { id, line, count, first, hash } = (value ?? {}) as Partial<Record<keyof Base, unknown>>
  return typeof id === 'string' && typeof hash === 'string' && [line, count, first].every(Number.isInteger)
}

/** The original stays, because what the decision needs could not be stored. */
export const refused = (decision: Decision): Decision => ({
  key: decision.key,
  skip: 'store-unavailable',
  tokensBefore: decision.tokensBefore,
  tokensAfter: decision.tokensBefore,
})

import { createHash } from 'node:crypto'
import type { Ref } from '../spec/store.js'

export const sha256Hex = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

/** Hex digits of a ref: 64 bits, so a store of a million originals collides with probability 3e-8. */
export const REF_DIGITS = 16

/** The one key function: same bytes, same ref, on every machine. Strings are hashed as UTF-8. */
export const refOf = (data: string | Uint8Array): Ref => sha256Hex(data).slice(0, REF_DIGITS)

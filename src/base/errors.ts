/** One branded error class; `code` says what failed, the message says what to do. */
export type ErrorCode =
  | 'CONFIG_INVALID'
  | 'INPUT_INVALID'
  | 'STORE_UNAVAILABLE'
  | 'UPSTREAM_UNREACHABLE'
  | 'PORT_IN_USE'
  | 'REF_UNKNOWN'
  | 'INTERNAL'

const BRAND = 'headroom.error'

export class HeadroomError extends Error {
  readonly code: ErrorCode
  /** Same string in every bundle and realm, where `instanceof` would fail. */
  readonly brand: string = BRAND

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'HeadroomError'
    this.code = code
  }

  static isInstance(value: unknown): value is HeadroomError {
    return typeof value === 'object' && value !== null && 'brand' in value && value.brand === BRAND
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

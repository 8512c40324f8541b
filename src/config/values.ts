// Readers of one value. Each takes text as a user wrote it, or a JSON value of a file, and says what it expected.
import { homedir } from 'node:os'
import { resolve } from 'node:path'

type ReadValue = { readonly value: string | number } | { readonly expected: string }

/** Reads one value; `base` is the folder that relative paths start from. */
export type OptionKind = (raw: unknown, base: string) => ReadValue

const textOf = (raw: unknown): string | undefined =>
  typeof raw === 'string' ? raw.trim() : typeof raw === 'number' && Number.isFinite(raw) ? String(raw) : undefined

export const parseInteger =
  (least: number, most: number): OptionKind =>
  (raw) => {
    const text = textOf(raw)
    const value = text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
    return value !== undefined && value >= least && value <= most
      ? { value }
      : { expected: `a whole number from ${least} to ${most}` }
  }

// Factors of SI and IEC units; a bare number is bytes.
const BYTE_UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
}

/** Below this a single original of an agent may not fit. */
const LEAST_STORE_BYTES = 1_000_000

export const parseBytes: OptionKind = (raw) => {
  const match = /^(\d{1,15}(?:\.\d{1,3})?)\s*([a-z]*)$/i.exec(textOf(raw) ?? '')
  const factor = BYTE_UNITS[match?.[2]?.toLowerCase() ?? 'none']
  const value = factor === undefined ? 0 : Math.round(Number(match?.[1]) * factor)
  return value >= LEAST_STORE_BYTES && Number.isSafeInteger(value)
    ? { value }
    : { expected: 'a size of at least 1MB, e.g. 512MB, 2GiB or 2147483648' }
}

export const parseChoice =
  (...names: readonly string[]): OptionKind =>
  (raw) =>
    typeof raw === 'string' && names.includes(raw.trim())
      ? { value: raw.trim() }
      : { expected: `one of ${names.join(', ')}` }

/** `on` or `off`; a file may say true or false. */
export const parseSwitch: OptionKind = (raw) => {
  const text = typeof raw === 'string' ? raw.trim() : raw
  if (text === true || text === 'on' || text === 'true') return { value: 'on' }
  return text === false || text === 'off' || text === 'false' ? { value: 'off' } : { expected: 'on or off' }
}

export const parseLine: OptionKind = (raw) =>
  typeof raw === 'string' && /^[^\s\p{Cc}]+$/u.test(raw.trim())
    ? { value: raw.trim() }
    : { expected: 'a text without spaces' }

/** Absolute; `~/` is the user's folder. */
export const parsePath: OptionKind = (raw, base) => {
  if (typeof raw !== 'string' || raw.trim() === '' || raw.includes('\0')) return { expected: 'a path of a folder' }
  return { value: resolve(base, raw.replace(/^~(?=$|[/\\])/, homedir())) }
}

/** Base URL without a trailing slash. User and password in it would end in logs and are refused. */
export const parseUrl: OptionKind = (raw) => {
  const expected = { expected: 'a http:// or https:// address without user, password, query or fragment' }
  if (typeof raw !== 'string' || !URL.canParse(raw)) return expected
  const url = new URL(raw)
  const plain = url.username === '' && url.password === '' && url.search === '' && url.hash === ''
  if (!plain || (url.protocol !== 'https:' && url.protocol !== 'http:')) return expected
  return { value: url.href.replace(/\/+$/, '') }
}

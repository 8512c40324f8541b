// What a cell says as a number: amounts, sizes, durations, percentages, dates. NaN where it says none.

const AMOUNT =
  /^[-+]?[$€£¥]?\d[\d,]*(?:\.\d+)?(?:[eE][-+]?\d{1,3})?(?: ?(%|[kKMGTP](?:i?[bB])?|[bB]|ns|us|µs|ms|s|sec|min|m|h|d))?$/
const PLAIN = /^[-+]?\d{1,15}(?:\.\d{1,12})?$/
const DATE = /^(\d{4})[-/.](\d\d)[-/.](\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d))?(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)?$/
const MAX_CHARS = 36

/** Factor of a unit; sizes in bytes, times in seconds. */
const FACTORS: Readonly<Record<string, number>> = {
  k: 1024,
  M: 1024 ** 2,
  G: 1024 ** 3,
  T: 1024 ** 4,
  P: 1024 ** 5,
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  min: 60,
  m: 60,
  h: 3600,
  d: 86_400,
}

/** Dates become the number of their digits (20240115102311), which sorts and spreads like they do. */
export const quantityOf = (cell: string): number => {
  const first = cell.charCodeAt(0)
  if (cell.length === 0 || cell.length > MAX_CHARS || first > 0x20ac || (first >= 65 && first <= 122)) return Number.NaN
  if (PLAIN.test(cell)) return Number(cell)
  const date = DATE.exec(cell)
  if (date !== null)
    return Number(`${date[1]}${date[2]}${date[3]}${date[4] ?? '00'}${date[5] ?? '00'}${date[6] ?? '00'}`)
  const amount = AMOUNT.exec(cell)
  if (amount === null) return Number.NaN
  const value = Number.parseFloat(cell.replace(/[$€£¥,+]/g, ''))
  const unit = amount[1]
  if (unit === undefined) return value
  return value * (FACTORS[unit] ?? FACTORS[unit[0] === 'K' ? 'k' : unit[0]!] ?? 1)
}

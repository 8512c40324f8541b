// What differs between two runs of no news, as patterns that a line is compared without.

/** When something happened: no news where the same command runs again. */
const CLOCKS = [
  String.raw`\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?`,
  String.raw`\b\d\d?:\d\d(?::\d\d(?:[.,]\d{1,9})?)?\b`,
]
/** Durations, addresses, short hashes (a checksum is a finding), temporary files, process ids and ports. */
const PASSING = [
  String.raw`\b\d{1,9}(?:\.\d{1,9})? ?(?:ms|s|secs?|seconds?|min|minutes?|us|µs|ns)\b`,
  String.raw`\b0x[0-9a-f]{1,32}\b`,
  String.raw`\b(?=[a-f]{0,40}\d)(?=\d{0,40}[a-f])[0-9a-f]{7,31}\b`,
  String.raw`/tmp/[\w./-]{1,200}`,
  String.raw`\bpid[ =:]{1,3}\d{1,8}\b`,
  String.raw`(?<=(?:localhost|127\.0\.0\.1|0\.0\.0\.0):)\d{2,5}\b`,
]
const IN_RUNS = new RegExp([...CLOCKS, ...PASSING].join('|'), 'gi')
const IN_OTHERS = new RegExp(PASSING.join('|'), 'gi')

export type Mask = (line: string) => string

/** Of two runs of one command. */
export const maskOfRuns: Mask = (line) => line.replace(IN_RUNS, '#')

/** Of two commands: what one of them wrote at another time is another entry, so clocks count. */
export const maskOfOthers: Mask = (line) => line.replace(IN_OTHERS, '#')

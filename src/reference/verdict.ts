// Lines that say how a run ended.

const COUNTED =
  /\b\d+ (?:tests?|specs?|examples?|suites?|passed|passing|failed|failing|failures?|errors?|warnings?|skipped|pending|todo|problems?)\b/i
const TOTAL =
  /^\W*(?:tests?|test (?:files|suites)|suites|total|result|status|exit(?:ed)?(?: code)?|build|coverage|snapshots)\b.{0,3}[:=\s]/i
const ENDED =
  /\b(?:exit(?:ed)?(?: with)?(?: code| status)?:? \d+|succeeded|successfully|finished in|done in|ran \d+)\b|\ball\b.{1,60}\b(?:passed|succeeded|up to date)\b/i

/** A tool has changed files: news each time. */
const MENDED = /\b(?:fixed|formatted|reformatted|rewrote|modified) [1-9]\d{0,8} files?\b/i

/** Counts, totals, what was changed and the way a command ended. */
export const isSummary = (line: string): boolean => {
  const text = line.length > 400 ? line.slice(0, 400) : line
  return COUNTED.test(text) || TOTAL.test(text) || ENDED.test(text) || MENDED.test(text)
}

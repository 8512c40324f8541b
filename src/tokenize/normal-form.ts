// Unicode compatibility form, which the Claude vocabulary is applied to.

/** Characters that normalisation may put in another order. */
const REORDERED_RUN = /[\p{M}\uFF9E\uFF9F]{4,}/gu
/** Longest run that is reordered: that takes quadratic time, and real text keeps below 30. */
const LONGEST_RUN = 256

const hasLongRun = (text: string): boolean => {
  for (const [run] of text.matchAll(REORDERED_RUN)) if (run.length > LONGEST_RUN) return true
  return false
}

/** NFKC, or the text itself where a run of combining marks is too long for it. */
export const compatible = (text: string): string => (hasLongRun(text) ? text : text.normalize('NFKC'))

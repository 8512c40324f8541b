// A generated build log with one failure in it: long and dull enough that every policy above strict shortens it.

const MODULES = ['parser', 'reader', 'writer', 'index', 'session', 'cache', 'router', 'metrics']

/** The line that must survive any compression. */
export const FAILURE = 'ERROR test/reader.test.ts: expected 4211 rows, got 4210'

/** Same text on every machine; about `lines` × 70 bytes, with CRLF, astral and combining characters among them. */
export const sampleLog = (lines: number): string => {
  const out: string[] = []
  let state = 20_250_101
  for (let line = 0; line < lines; line++) {
    // Linear congruential generator (Numerical Recipes, 3rd ed., section 7.1): the sample needs variety, not randomness.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const name = MODULES[(state >>> 8) % MODULES.length]
    const seconds = String(Math.floor(line / 60) % 60).padStart(2, '0')
    out.push(
      `2025-01-01T10:${seconds}:${String(line % 60).padStart(2, '0')}Z INFO build ${name} step ${line} done in ${(state >>> 16) % 900} ms`,
    )
    if (line === Math.floor(lines * 0.6)) out.push(FAILURE)
    if (line === Math.floor(lines * 0.3)) out.push('note: naïve 測試 🚀 e\u0301\r')
  }
  return `${out.join('\n')}\n`
}

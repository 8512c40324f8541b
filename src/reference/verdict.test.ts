import { describe, expect, it } from 'vitest'
import { isSummary } from './verdict.js'

describe('isSummary', () => {
  it('knows counts, totals, ends and files that a tool has changed', () => {
    for (const line of [
      '58 passed, 1 skipped',
      'Tests: 3 total',
      'Process exited with code 1',
      'All checks passed!',
      'Checked 232 files in 121ms. Fixed 2 files.',
    ])
      expect([line, isSummary(line)]).toEqual([line, true])
    for (const line of ['Checked 232 files in 121ms. No fixes applied.', 'Fixed 0 files.', '> tsgo --noEmit'])
      expect([line, isSummary(line)]).toEqual([line, false])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineTable } from '../../base/lines.js'
import { severityOf } from '../../salience/severity.js'
import { FAILURE_SAMPLES } from './failure-samples.js'
import { SEVERE } from './grams.js'
import { scanLog } from './scan.js'

const WORDS = (
  'FAILED fail FATAL PANIC panicked CRITICAL EMERG ALERT segfault dumped core not ok Uncaught Unhandled OOMKilled CrashLoopBackOff Evicted ' +
  'npm ERR! panic: fatal: Traceback (most recent ✗ ● × AddressSanitizer aborted! crashed. ** (throw) exited with 3 exit code 127 make: *** [all] ' +
  'Error error: errors Exception SEVERE Denied refused unreachable Cannot could couldn’t can’t unable to found No such undefined unrecognized ' +
  'unsupported invalid illegal timed out timeout aborting killed rejected missing mismatch unexpected conflicts violation unresolved defined ' +
  'available unavailable does exist doesn’t corrupted exhausted did match TypeError error[E0432] error TS2538 level=fatal E0311 Err:4 E: E  ' +
  'W0311 Warning deprecated retrying skipped degraded dropped NotReady Unhealthy BackOff INFO 0 errors no failures build/lib.rs -Werror'
).split(' ')

describe('grams', () => {
  it('lets no line pass unread that the severity patterns would raise', () => {
    const line = fc.tuple(
      fc.constantFrom('', '  ', '[ERROR] ', '2024-03-11 06:00:00,123 ', '\x1b[31m', 'ERROR - ', '12%\rsecond\r', '\t'),
      fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 6 }),
      fc.constantFrom(' ', '_', ': ', '.', '-'),
    )
    fc.assert(
      fc.property(line, ([prefix, words, joint]) => {
        const text = prefix + words.join(joint)
        const scan = scanLog(lineTable(text))
        if (severityOf(text) > 0) expect(scan.grams[0]! & SEVERE, JSON.stringify(text)).toBe(SEVERE)
      }),
      { numRuns: 5000 },
    )
    for (const sample of Object.values(FAILURE_SAMPLES)) {
      const lines = sample.slice(1).replaceAll(/^!/gm, '')
      const scan = scanLog(lineTable(lines))
      lines.split('\n').forEach((text, index) => {
        if (severityOf(text) > 0) expect(scan.grams[index]! & SEVERE, text).toBe(SEVERE)
      })
    }
  })

  it('lets most routine lines pass unread', () => {
    const lines = Array.from({ length: 100 }, (_, i) => `[${i}/100] compiling module_${i % 7} in ${i} ms`).join('\n')
    const scan = scanLog(lineTable(lines))
    expect(scan.grams.every((grams) => (grams & SEVERE) === 0)).toBe(true)
  })
})

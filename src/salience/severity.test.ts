import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstFailure, severityOf } from './severity.js'

const CASES: readonly [severity: number, line: string][] = [
  [3, 'FAILED tests/test_a.py::test_b - assert 1 == 2'],
  [3, '\x1b[31mFAIL\x1b[0m src/a.test.ts'],
  [3, 'Traceback (most recent call last):'],
  [3, '--- FAIL: TestRetry (0.81s)'],
  [3, 'The command "make" exited with 2.'],
  [3, '##[error]Process completed with exit code 1.'],
  [3, 'make: *** [Makefile:12: all] Error 2'],
  [3, '  ✗ rounds the total'],
  [3, '  × src/cart.test.ts > rounds the total 12ms'],
  [3, 'npm ERR! code ERESOLVE'],
  [2, 'src/a.ts(1,2): error TS2345: Argument'],
  [2, 'bash: line 1: foo: No such file or directory'],
  [2, 'java.lang.IllegalStateException: closed'],
  [2, '{"level":50,"time":1,"msg":"db gone"}'],
  [2, 'E: Unable to locate package libfoo'],
  [1, 'WARN could not reach peer, retrying'],
  [1, 'warning: unused variable x'],
  [1, '2024-03-11 INFO handler threw KeyError exception, ignored'],
  [0, '  ✓ throws an error when the file is missing (3 ms)'],
  [0, 'test parse::error_case ... ok'],
  [0, 'Unpacking libgpg-error0:amd64 (1.43-3) ...'],
  [0, 'gcc -Wno-error=format -c errors.c -o errors.o'],
  [0, '41 passed, 0 failed, 0 errors'],
  [0, 'The command "make" exited with 0.'],
  [0, '* Fix crash when the error message is missing'],
  [0, 'resized to 640 × 480'],
  [0, 'Compiling error-chain v0.12.4'],
  [0, 'INFO skipped 3 files that are unchanged'],
]

describe('severityOf', () => {
  for (const [severity, line] of CASES)
    it(`gives ${severity} to: ${line.replaceAll('\x1b', '')}`, () => {
      expect(severityOf(line)).toBe(severity)
    })

  it('reads both ends of a very long line and nothing between', () => {
    expect(severityOf(`${'x '.repeat(50_000)}FAILED`)).toBe(3)
    expect(severityOf(`FAILED ${'x '.repeat(50_000)}`)).toBe(3)
  })
})

describe('firstFailure', () => {
  const PHRASES =
    'FAILED|FAILURE|FAILING|FATAL|PANIC|panicked|CRITICAL|critical|EMERG|ALERT|Segmentation fault|segfault|core dumped|not ok|Uncaught|Unhandled|OOMKilled|CrashLoopBackOff|ImagePullBackOff|ErrImagePull|Evicted|Access violation|Out of memory|npm ERR!|panic:|fatal:|fatal error:|Traceback (most recent|✗|✖|✘|❌|⨯|●|×|AddressSanitizer|ThreadSanitizer|LeakSanitizer|aborted!|crashed.|** (x)|exited with 2|exit code 1|exit status: 2|exit (3|make: *** x|*** No rule|*** missing|0 errors|src/a.ts|ok|INFO|built part'
  const line = fc
    .array(fc.constantFrom(...PHRASES.split('|')), { minLength: 0, maxLength: 5 })
    .map((words) => words.join(' '))

  it('is the first line that is judged a failure, and nothing where there is none', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        expect(firstFailure(lines.join('\n'))).toBe(lines.find((text) => severityOf(text) === 3))
      }),
      { numRuns: 2000 },
    )
  })
})

// Runs the tests and closes with one plain line, `N passed, N failed`, which CI reads.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'

const REPORT = 'node_modules/.cache/headroom/vitest.json'
mkdirSync('node_modules/.cache/headroom', { recursive: true })
rmSync(REPORT, { force: true })
const args = [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${REPORT}`,
  ...(process.env.CI ? ['--coverage'] : []),
  ...process.argv.slice(2),
]
const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
let passed = 0
let failed = 1
try {
  const report = JSON.parse(readFileSync(REPORT, 'utf8'))
  passed = report.numPassedTests
  failed = report.numFailedTests + (report.numFailedTests === 0 ? report.numFailedTestSuites : 0)
} catch (error) {
  console.error(`no test report: ${error.message}`)
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(status === 0 && failed === 0 && passed > 0 ? 0 : 1)

// Runs the end-to-end parts, each as its own process: all of them, those that are named, or, given anything else
// (a client's name, --all, --errors, --results), the clients alone with these arguments.
// They share the machine with whatever else runs on it, so a part that fails gets one more turn; what passed is not run again.
import { spawnSync } from 'node:child_process'

const PARTS = ['sessions', 'mcp-wrap', 'retrieval', 'scenes', 'run']
const TURNS = 2

const passes = (part, args) => {
  for (let turn = 1; turn <= TURNS; turn++) {
    const startedMs = Date.now()
    const { status } = spawnSync(process.execPath, ['scripts/ts.mjs', `test/e2e/${part}.ts`, ...args], {
      stdio: 'inherit',
    })
    const outcome = status === 0 ? 'passed' : `failed (exit code ${status}, turn ${turn} of ${TURNS})`
    console.log(`e2e ${part}: ${outcome} in ${((Date.now() - startedMs) / 1000).toFixed(0)} s`)
    if (status === 0) return true
  }
  return false
}

const args = process.argv.slice(2)
const named = args.filter((arg) => PARTS.includes(arg))
const rest = args.filter((arg) => !PARTS.includes(arg))
const parts = named.length > 0 ? named : rest.length > 0 ? ['run'] : PARTS
const failed = parts.filter((part) => !passes(part, rest))
if (failed.length > 0) console.log(`e2e failed: ${failed.join(', ')}`)
process.exit(failed.length === 0 ? 0 : 1)

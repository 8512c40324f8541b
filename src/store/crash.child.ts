/**
 * A writer process for the crash and race tests: `HOME DRIVER NAME COUNT [SHARED]`. Commits COUNT texts and prints each
 * key once its commit returned. With SHARED all writers use the same keys, each with a form of its own. Without
 * arguments it prints where it was built.
 */
import { loadSqlDriver } from '../base/database/load.js'
import { refOf, sha256Hex } from '../base/hash.js'
import type { Decision } from '../spec/store.js'
import { openStore } from './index.js'

const textOf = (name: string, index: number): string =>
  Array.from({ length: 40 + (index % 50) }, (_, line) => `${name} ${index} line ${line * 7919}\n`).join('')

const write = (home: string, driverName: string, name: string, [count, shared]: readonly [number, boolean]): void => {
  const driver = driverName === 'plain' ? 'plain' : loadSqlDriver({ names: [driverName as 'libsql'] })
  if (driver === undefined) throw new Error(`${driverName} does not load`)
  const store = openStore({ home, driver })
  for (let index = 0; index < count; index++) {
    const text = textOf(shared ? 'shared' : name, index)
    const ref = refOf(text)
    const decision: Decision = {
      key: sha256Hex(shared ? `${index}` : `${name} ${index}`),
      text: `form of ${name} [9 lines not shown; full text kept; id ${ref}]`,
      ref,
      tokensBefore: 100,
      tokensAfter: 10,
    }
    const [inForce] = store.commit([{ ref, bytes: Buffer.from(text, 'utf8') }], [decision]) as readonly Decision[]
    process.stdout.write(`${decision.key} ${inForce?.text ?? inForce?.skip}\n`)
  }
  store.close()
}

const [home, driverName, name, count, shared] = process.argv.slice(2)
if (home === undefined || driverName === undefined || name === undefined) process.stdout.write(`${import.meta.url}\n`)
else write(home, driverName, name, [Number(count), shared === 'shared'])

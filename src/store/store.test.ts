import { describe, it } from 'vitest'
import { conformsToStore } from '../../test/conformance/store.js'
import { loadSqlDriver } from '../base/database/load.js'
import { openStore } from './index.js'

const libsql = loadSqlDriver({ names: ['libsql'] })
const nodeSqlite = loadSqlDriver({ names: ['node:sqlite'] })

describe.each([
  ['libsql', libsql],
  ['node:sqlite', nodeSqlite],
  ['plain files', 'plain' as const],
])('the store on %s', (name, driver) => {
  if (driver === undefined) it.skip(`is not tested: ${name} does not load on Node ${process.version}`, () => undefined)
  else conformsToStore({ open: (settings) => openStore({ ...settings, driver }) })
})

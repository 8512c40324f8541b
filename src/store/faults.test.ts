import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { decisionFor, originalOf } from '../../test/conformance/store.js'
import type { SqlDriver } from '../base/database/driver.js'
import { loadSqlDriver } from '../base/database/load.js'
import { refOf } from '../base/hash.js'
import { openStore } from './index.js'

const folders: string[] = []
const newHome = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'faults-'))
  folders.push(folder)
  return join(folder, 'home')
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A driver that fails on some statements, as a full or broken disk does. */
const failing = (driver: SqlDriver, failsOn: (sql: string) => boolean): SqlDriver => ({
  name: driver.name,
  open: (file) => {
    const database = driver.open(file)
    const check = (sql: string): void => {
      if (failsOn(sql)) throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL', rawCode: 13 })
    }
    return {
      exec: (sql) => {
        check(sql)
        database.exec(sql)
      },
      prepare: (sql) => {
        check(sql)
        return database.prepare(sql)
      },
      close: () => database.close(),
    }
  },
})

const drivers = (['libsql', 'node:sqlite'] as const)
  .map((name) => loadSqlDriver({ names: [name] }))
  .filter((driver) => driver !== undefined)

describe.each(drivers)('a fault of $name', (driver) => {
  it.each(['INSERT INTO bodies', 'INSERT INTO decisions', 'COMMIT'])(
    'while the disk is full at %s refuses the commit and leaves nothing of it (C-3)',
    async (statement) => {
      const home = newHome()
      let full = false
      const store = openStore({ home, driver: failing(driver, (sql) => full && sql.startsWith(statement)) })
      full = true
      expect(() => store.commit([originalOf('a')], [decisionFor('a')])).toThrow(
        expect.objectContaining({ code: 'STORE_UNAVAILABLE', cause: expect.objectContaining({ code: 'SQLITE_FULL' }) }),
      )
      full = false
      expect(await store.holds([refOf('a')])).toBe(false)
      expect((await store.decisions([decisionFor('a').key])).size).toBe(0)
      expect(await store.commit([originalOf('a')], [decisionFor('a')])).toEqual([decisionFor('a')])
      store.close()
    },
  )

  it('while another process holds the lock refuses a commit after three seconds, and still reads (C-3)', async () => {
    const home = newHome()
    const store = openStore({ home, driver })
    await store.commit([originalOf('before')], [decisionFor('before')])
    const other = driver.open(join(home, 'store.db'))
    other.exec('BEGIN IMMEDIATE')
    expect(() => store.commit([originalOf('a')], [decisionFor('a')])).toThrow(/busy/)
    expect((await store.decisions([decisionFor('before').key])).size).toBe(1)
    expect(await store.original(refOf('before'))).toEqual(expect.anything())
    other.exec('ROLLBACK')
    expect(await store.commit([originalOf('a')], [decisionFor('a')])).toEqual([decisionFor('a')])
    other.close()
    store.close()
  })

  it('never gives one text for another whose ref is the same: the second stays uncompressed', async () => {
    const home = newHome()
    const store = openStore({ home, driver })
    await store.commit([originalOf('first')], [decisionFor('first')])
    const other = driver.open(join(home, 'store.db'))
    // Two texts with one 64-bit ref cannot be made; a stored one with another hash is the same situation.
    other.prepare('UPDATE originals SET digest = ?').run([new Uint8Array(32)])
    const again = decisionFor('first', { key: decisionFor('second').key })
    expect(await store.commit([originalOf('first')], [again])).toEqual([
      { key: again.key, skip: 'store-unavailable', tokensBefore: 400, tokensAfter: 400 },
    ])
    other.close()
    store.close()
  })

  it('leaves the store usable again after the folder came back', async () => {
    const home = newHome()
    let away = true
    const store = openStore({ home, driver: failing(driver, (sql) => sql.includes('busy_timeout') && away) })
    expect(() => store.commit([originalOf('a')], [])).toThrow(expect.objectContaining({ code: 'STORE_UNAVAILABLE' }))
    away = false
    await expect.poll(() => tryCommit(store), { timeout: 5000, interval: 200 }).toBe(true)
    store.close()
  })
})

const tryCommit = (store: ReturnType<typeof openStore>): boolean => {
  try {
    store.commit([originalOf('a')], [])
    return true
  } catch {
    return false
  }
}

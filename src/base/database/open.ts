/** Opens one database file for several processes: private, WAL, at the current format, and fresh where the old one is damaged. */
import { existsSync, rmSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Logger } from '../../spec/logger.js'
import { HeadroomError, messageOf } from '../errors.js'
import { immediately, type SqlDatabase, type SqlDriver, sqlFault } from './driver.js'
import { makePrivateFile, makePrivateFolder } from './private-file.js'
import { setAside } from './set-aside.js'

export interface DatabaseFile {
  readonly file: string
  readonly driver: SqlDriver
  /** Statements that raise the format by one; `PRAGMA user_version` counts how many have run. Never edited, only added to. */
  readonly formats: readonly string[]
  readonly logger?: Logger | undefined
}

/** How long a statement waits for another process's write. Our longest write is a sweep of about 20 ms. */
const BUSY_TIMEOUT_MS = 3000
/** The write-ahead log is cut back to this after a checkpoint; otherwise its largest size stays on disk. */
const WAL_LIMIT_BYTES = 16 * 1024 * 1024
/** Pages in the log at which a commit itself writes them back, with an fsync. Users of a busy file do so earlier, between commits. */
const WAL_PAGES = 4000
/** Page cache of one connection. SQLite's own default, stated because every worker thread has a connection. */
const CACHE_KIB = 2000

const CONNECTION_SETUP = `
  PRAGMA auto_vacuum = INCREMENTAL;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA wal_autocheckpoint = ${WAL_PAGES};
  PRAGMA journal_size_limit = ${WAL_LIMIT_BYTES};
  PRAGMA cache_size = -${CACHE_KIB};
`

/** Written next to a database whose use reported damage; the next open then checks every page. */
export const suspectFile = (file: string): string => `${file}.suspect`

export const openDatabase = (options: DatabaseFile): SqlDatabase => {
  makePrivateFolder(dirname(options.file))
  try {
    return openOnce(options)
  } catch (error) {
    if (sqlFault(error) !== 'corrupt') throw error
    const moved = setAside(options.file, () => isDamaged(options))
    if (moved !== undefined)
      options.logger?.('warn', 'a damaged database was set aside and a fresh one started', {
        file: basename(moved),
        error: messageOf(error),
      })
    rmSync(suspectFile(options.file), { force: true })
    return openOnce(options)
  }
}

const openOnce = (options: DatabaseFile): SqlDatabase => {
  makePrivateFile(options.file)
  const database = options.driver.open(options.file)
  try {
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`)
    patiently(() => database.exec(CONNECTION_SETUP))
    if (existsSync(suspectFile(options.file))) checkPages(database, options.file)
    raiseFormat(database, options)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

const isDamaged = (options: DatabaseFile): boolean => {
  try {
    openOnce(options).close()
    return false
  } catch (error) {
    return sqlFault(error) === 'corrupt'
  }
}

const checkPages = (database: SqlDatabase, file: string): void => {
  const answer = database.prepare('PRAGMA quick_check(1)').get([])
  if (answer?.quick_check !== 'ok')
    throw Object.assign(new Error(`quick_check: ${String(answer?.quick_check)}`), { code: 'SQLITE_CORRUPT' })
  rmSync(suspectFile(file), { force: true })
}

const raiseFormat = (database: SqlDatabase, { file, formats }: DatabaseFile): void => {
  const format = (): number => Number(database.prepare('PRAGMA user_version').get([])?.user_version ?? 0)
  if (format() === formats.length) return
  patiently(() =>
    immediately(database, () => {
      const found = format()
      if (found > formats.length)
        throw new HeadroomError(
          'STORE_UNAVAILABLE',
          `${basename(file)} has format ${found}, written by a newer Headroom; this one reads up to ${formats.length}. Update Headroom or set another home folder.`,
        )
      for (const statements of formats.slice(found)) database.exec(statements)
      database.exec(`PRAGMA user_version = ${formats.length}`)
    }),
  )
}

const ATTEMPTS = 20
const PAUSE_MS = 15

/** Turning a new file to WAL answers "busy" at once, without waiting, while another process does the same. */
const patiently = (work: () => void): void => {
  for (let attempt = 1; ; attempt++) {
    try {
      work()
      return
    } catch (error) {
      if (sqlFault(error) !== 'busy' || attempt === ATTEMPTS) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS)
    }
  }
}

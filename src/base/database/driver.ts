/** The little of SQLite that we use, so that two bindings fit behind it. Synchronous: callers run in worker threads or short commands. */
export type SqlValue = string | number | Uint8Array | null
export type SqlRow = Readonly<Record<string, SqlValue>>

export interface SqlStatement {
  /** Number of rows changed. */
  run(values: readonly SqlValue[]): number
  get(values: readonly SqlValue[]): SqlRow | undefined
  all(values: readonly SqlValue[]): readonly SqlRow[]
}

export interface SqlDatabase {
  /** One or more statements without parameters. */
  exec(sql: string): void
  /** Prepared once per text and kept until close. */
  prepare(sql: string): SqlStatement
  close(): void
}

export interface SqlDriver {
  readonly name: 'libsql' | 'node:sqlite'
  open(file: string): SqlDatabase
}

/** Runs `work` with the write lock held from its start, so that what it reads cannot change before what it writes. */
export const immediately = <T>(database: SqlDatabase, work: () => T): T => {
  database.exec('BEGIN IMMEDIATE')
  let result: T
  try {
    result = work()
    database.exec('COMMIT')
  } catch (error) {
    rollBack(database)
    throw error
  }
  return result
}

/** SQLite itself rolls back after some errors (disk full, I/O), and then refuses a second ROLLBACK; the first error is the one that counts. */
const rollBack = (database: SqlDatabase): boolean => {
  try {
    database.exec('ROLLBACK')
    return true
  } catch {
    return false
  }
}

export type SqlFault = 'busy' | 'full' | 'corrupt' | 'other'

/** Primary result codes, https://www.sqlite.org/rescode.html (read 2026-11-25). */
const FAULTS: ReadonlyMap<number, SqlFault> = new Map([
  [5, 'busy'],
  [6, 'busy'],
  [11, 'corrupt'],
  [13, 'full'],
  [26, 'corrupt'],
])

/** What an error of either binding means: libsql gives `code: 'SQLITE_…'` and `rawCode`, node:sqlite gives `errcode`. */
export const sqlFault = (error: unknown): SqlFault => {
  if (typeof error !== 'object' || error === null) return 'other'
  const number = 'rawCode' in error ? error.rawCode : 'errcode' in error ? error.errcode : undefined
  if (typeof number === 'number') return FAULTS.get(number & 0xff) ?? 'other'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return 'busy'
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return 'corrupt'
  return code.startsWith('SQLITE_FULL') ? 'full' : 'other'
}

/** A database that may be away for a while: opened on first use, opened again after a failure, damage noted for the next open. */
import { writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { HeadroomError, messageOf } from '../errors.js'
import { type SqlDatabase, sqlFault } from './driver.js'
import { type DatabaseFile, openDatabase, suspectFile } from './open.js'

/** After a failed open, callers get the same error for this long before the file is tried again. */
const RETRY_AFTER_MS = 2000

const COMPLAIN_EVERY_MS = 60_000

export class Connection {
  readonly #options: DatabaseFile
  #database: SqlDatabase | undefined
  #failure: { readonly error: HeadroomError; readonly atMs: number } | undefined
  #closed = false
  #complainedMs = 0

  constructor(options: DatabaseFile) {
    this.#options = options
  }

  /** Throws only `STORE_UNAVAILABLE`, with what went wrong as its cause. */
  use<T>(work: (database: SqlDatabase) => T): T {
    const database = this.#open()
    try {
      return work(database)
    } catch (error) {
      if (sqlFault(error) === 'corrupt') this.#suspect()
      throw this.#unavailable(error)
    }
  }

  /** Same for callers that have an answer without the database: logs, and gives undefined. */
  tryUse<T>(work: (database: SqlDatabase) => T): T | undefined {
    try {
      return this.use(work)
    } catch (error) {
      this.#complain(error)
      return undefined
    }
  }

  /** libsql keeps the file open until its statements are collected, so the log is written back here, where nobody waits for it. */
  close(): void {
    if (this.#database !== undefined) this.tryUse((database) => database.exec('PRAGMA wal_checkpoint(PASSIVE)'))
    this.#closed = true
    this.#database?.close()
    this.#database = undefined
  }

  #open(): SqlDatabase {
    if (this.#database !== undefined) return this.#database
    if (this.#closed) throw new HeadroomError('STORE_UNAVAILABLE', `${basename(this.#options.file)} is closed`)
    if (this.#failure !== undefined && Date.now() - this.#failure.atMs < RETRY_AFTER_MS) throw this.#failure.error
    try {
      this.#database = openDatabase(this.#options)
      this.#failure = undefined
      return this.#database
    } catch (error) {
      const unavailable = this.#unavailable(error)
      this.#failure = { error: unavailable, atMs: Date.now() }
      throw unavailable
    }
  }

  #unavailable(error: unknown): HeadroomError {
    if (HeadroomError.isInstance(error)) return error
    const { file } = this.#options
    const why = messageOf(error).replaceAll(dirname(file), '<home>')
    return new HeadroomError('STORE_UNAVAILABLE', `${basename(file)} cannot be used (${sqlFault(error)}): ${why}`, {
      cause: error,
    })
  }

  #complain(error: unknown): void {
    const nowMs = Date.now()
    if (nowMs - this.#complainedMs < COMPLAIN_EVERY_MS) return
    this.#complainedMs = nowMs
    this.#options.logger?.('error', 'a database call failed', { error: messageOf(error) })
  }

  /** Closes, so that the next use opens, checks every page and starts fresh where that fails. */
  #suspect(): void {
    this.#database?.close()
    this.#database = undefined
    try {
      writeFileSync(suspectFile(this.#options.file), '', { mode: 0o600 })
    } catch (error) {
      this.#options.logger?.('warn', 'a damaged database could not be marked', {
        error: this.#unavailable(error).message,
      })
    }
  }
}

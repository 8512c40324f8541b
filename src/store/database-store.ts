/** The store in one SQLite file, `store.db`, shared by any number of processes and threads. */
import { join } from 'node:path'
import { Connection } from '../base/database/connection.js'
import type { SqlDatabase, SqlDriver, SqlRow } from '../base/database/driver.js'
import { HeadroomError } from '../base/errors.js'
import type { Logger } from '../spec/logger.js'
import type { Decision, Original, Ref, Store } from '../spec/store.js'
import { commitTo } from './commit.js'
import { DECISION_COLUMNS, decisionOf } from './decision-row.js'
import { exposedFile, isExposed, isRef, writeExposed } from './exposed.js'
import { STORE_FORMATS } from './format.js'
import { unseal } from './seal.js'
import { type SweepBounds, sweepDatabase } from './sweep.js'
import { USE_LAG_MS, Uses } from './uses.js'

export interface DatabaseStoreOptions extends SweepBounds {
  readonly driver: SqlDriver
  readonly logger: Logger
  nowMs(): number
}

/** Keys or refs asked for in one statement. */
const CHUNK = 200
/** Uses are written and the log is written back this long after the first call that made it necessary. */
const TIDY_AFTER_MS = 1000

export class DatabaseStore implements Store {
  readonly #options: DatabaseStoreOptions
  readonly #connection: Connection
  readonly #uses = new Uses()
  #timer: NodeJS.Timeout | undefined

  constructor(options: DatabaseStoreOptions) {
    const { home, driver, logger } = options
    this.#options = options
    this.#connection = new Connection({ file: join(home, 'store.db'), driver, logger, formats: STORE_FORMATS })
  }

  /** Opens now what would be opened on first use; a failure is logged and tried again on use. */
  warmUp(): void {
    this.#connection.tryUse(() => undefined)
  }

  commit(originals: readonly Original[], decisions: readonly Decision[]): readonly Decision[] {
    if (originals.length === 0 && decisions.length === 0) return []
    const inForce = this.#connection.use((database) => commitTo(database, originals, decisions, this.#options.nowMs()))
    this.#tidySoon()
    return inForce
  }

  /** While the store is away nothing is known: blocks then count as new, and the commit that follows refuses or finds the first form. */
  decisions(keys: readonly string[]): ReadonlyMap<string, Decision> {
    const found = new Map<string, Decision>()
    if (keys.length === 0) return found
    this.#connection.tryUse((database) => {
      const nowMs = this.#options.nowMs()
      const sql = `SELECT ${DECISION_COLUMNS} FROM decisions WHERE key IN`
      let urgent = false
      for (const row of inChunks(database, sql, keys)) {
        const decision = decisionOf(row)
        if (decision === undefined) this.#options.logger('error', 'a stored decision failed its checksum')
        else {
          found.set(decision.key, decision)
          if (this.#uses.noteKey(decision.key, Number(row.used_ms), nowMs)) urgent = true
        }
      }
      this.#writeUsesSoon(database, urgent, nowMs)
    })
    return found
  }

  original(ref: Ref, scope?: string): Uint8Array | undefined {
    if (!isRef(ref)) return undefined
    return this.#connection.use((database) => {
      const owned =
        scope === undefined ? '' : 'AND EXISTS (SELECT 1 FROM owners WHERE owners.id = originals.id AND scope = ?)'
      const row = database
        .prepare(`SELECT sealed FROM originals JOIN bodies ON bodies.id = originals.id WHERE ref = ? ${owned}`)
        .get(scope === undefined ? [ref] : [ref, scope])
      if (row === undefined) return undefined
      const bytes = unseal(row.sealed as Uint8Array)
      if (bytes === undefined) this.#options.logger('error', 'a stored original failed its checksum', { ref })
      else this.#noteHeld(database, [ref])
      return bytes
    })
  }

  formOf(ref: Ref): Decision | undefined {
    return this.#connection.tryUse((database) => {
      const row = database
        .prepare(`SELECT ${DECISION_COLUMNS} FROM decisions WHERE ref = ? ORDER BY id LIMIT 1`)
        .get([ref])
      return row === undefined ? undefined : decisionOf(row)
    })
  }

  /** False while the store is away: a marker without a certain original is not worth sending. */
  holds(refs: readonly Ref[]): boolean {
    const nowMs = this.#options.nowMs()
    const open = refs.filter((ref) => !this.#uses.isFresh(ref, nowMs))
    if (open.length === 0) return true
    return this.#connection.tryUse((database) => this.#noteHeld(database, open) === new Set(open).size) ?? false
  }

  lastUseMs(refs: readonly Ref[]): number | undefined {
    return this.#connection.tryUse((database) => {
      let newest: number | undefined
      for (const row of inChunks(database, 'SELECT used_ms FROM originals WHERE ref IN', [...new Set(refs)]))
        newest = Math.max(newest ?? 0, Number(row.used_ms) + USE_LAG_MS)
      return newest
    })
  }

  expose(ref: Ref): string | undefined {
    if (!isRef(ref)) return undefined
    const file = exposedFile(this.#options.home, ref)
    if (isExposed(file) && this.holds([ref])) return file
    const bytes = this.original(ref)
    if (bytes === undefined) return undefined
    try {
      return writeExposed(this.#options.home, ref, bytes)
    } catch (error) {
      throw new HeadroomError('STORE_UNAVAILABLE', 'an original cannot be written as a file', { cause: error })
    }
  }

  sweep(nowMs: number): number {
    return this.#connection.use((database) => {
      this.#uses.write(database, this.#options.nowMs())
      return sweepDatabase(database, this.#options, nowMs)
    })
  }

  close(): void {
    clearTimeout(this.#timer)
    if (this.#uses.pending) this.#tidy()
    this.#connection.close()
  }

  /** Number of distinct refs that are held; their use is noted. */
  #noteHeld(database: SqlDatabase, refs: readonly Ref[]): number {
    if (refs.length === 0) return 0
    const nowMs = this.#options.nowMs()
    let held = 0
    let urgent = false
    for (const row of inChunks(database, 'SELECT ref, used_ms FROM originals WHERE ref IN', [...new Set(refs)])) {
      held++
      if (this.#uses.noteRef(String(row.ref), Number(row.used_ms), nowMs)) urgent = true
    }
    this.#writeUsesSoon(database, urgent, nowMs)
    return held
  }

  #writeUsesSoon(database: SqlDatabase, urgent: boolean, nowMs: number): void {
    if (urgent) this.#uses.write(database, nowMs)
    else if (this.#uses.pending) this.#tidySoon()
  }

  #tidySoon(): void {
    this.#timer ??= setTimeout(() => this.#tidy(), TIDY_AFTER_MS).unref()
  }

  /** Writing the log back costs an fsync (5 to 20 ms): done here, so that commits stay short. */
  #tidy(): void {
    this.#timer = undefined
    this.#connection.tryUse((database) => {
      this.#uses.write(database, this.#options.nowMs())
      database.exec('PRAGMA wal_checkpoint(PASSIVE)')
    })
  }
}

/** Rows for all values; the last chunk is filled up with its last value, so that one prepared statement serves every call. */
function* inChunks(database: SqlDatabase, select: string, values: readonly string[]): Generator<SqlRow> {
  for (let at = 0; at < values.length; at += CHUNK) {
    const chunk = values.slice(at, at + CHUNK)
    const width = chunk.length <= SMALL_CHUNK ? SMALL_CHUNK : CHUNK
    const last = chunk.at(-1)!
    while (chunk.length < width) chunk.push(last)
    yield* database.prepare(`${select} (${'?, '.repeat(width - 1)}?)`).all(chunk)
  }
}

/** Most calls ask for the few blocks of one turn. */
const SMALL_CHUNK = 8

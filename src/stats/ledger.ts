/** Append-only record of requests, shared by every way in. Writing never waits and never throws; reading may say STORE_UNAVAILABLE. */
import { join } from 'node:path'
import { Connection } from '../base/database/connection.js'
import { type SqlDatabase, type SqlDriver, sqlFault } from '../base/database/driver.js'
import { loadSqlDriver } from '../base/database/load.js'
import { messageOf } from '../base/errors.js'
import type { Ledger, Stats } from '../spec/ledger.js'
import type { Logger } from '../spec/logger.js'
import type { Money, Pricing } from '../spec/money.js'
import { type BilledPeriod, readBilled } from './billed.js'
import { type Entry, type LedgerTarget, writeEntries } from './entries.js'
import { LEDGER_FORMATS } from './format.js'
import { LedgerMemory } from './memory.js'
import { moneyOf } from './money.js'
import { readStats } from './read.js'

export interface LedgerOptions {
  /** Folder of all durable state; absolute. */
  readonly home: string
  readonly logger?: Logger
  /** `memory` forces the ledger that ends with the process; default: the best driver that loads. */
  readonly driver?: SqlDriver | 'memory'
  /** Clock of retrievals, Unix milliseconds; for tests. */
  readonly nowMs?: () => number
}

/** An entry is on disk within this time, or with this many others, whichever comes first. */
const FLUSH_AFTER_MS = 250
const FLUSH_FROM_ENTRIES = 50
/** Entries kept while the file cannot be written; older ones are lost, and the log says so. */
const MAX_WAITING = 5000

export const openLedger = (options: LedgerOptions): Ledger => {
  const logger = options.logger ?? (() => undefined)
  const driver = options.driver ?? loadSqlDriver({ logger })
  if (driver === undefined) logger('warn', 'no database binding loads here; statistics end with the process')
  const file = join(options.home, 'ledger.db')
  const target =
    driver === undefined || driver === 'memory'
      ? new LedgerMemory()
      : new LedgerFile(new Connection({ file, driver, formats: LEDGER_FORMATS, logger }), logger)
  return new QueuedLedger(target, logger, options.nowMs ?? Date.now)
}

class LedgerFile implements LedgerTarget {
  readonly #connection: Connection
  readonly #logger: Logger

  constructor(connection: Connection, logger: Logger) {
    this.#connection = connection
    this.#logger = logger
  }

  write(entries: readonly Entry[]): boolean {
    const written = this.#connection.tryUse((database) => {
      try {
        writeEntries(database, entries)
      } catch (error) {
        if (sqlFault(error) !== 'other') throw error
        for (const entry of entries) this.#writeOne(database, entry)
      }
      return true
    })
    return written ?? false
  }

  /** One entry that no table accepts must not hold up the others for ever. */
  #writeOne(database: SqlDatabase, entry: Entry): void {
    try {
      writeEntries(database, [entry])
    } catch (error) {
      if (sqlFault(error) !== 'other') throw error
      this.#logger('warn', 'a ledger entry was refused', { error: messageOf(error) })
    }
  }

  stats(sinceMs: number): Stats {
    return this.#connection.use((database) => readStats(database, sinceMs))
  }

  billed(sinceMs: number): BilledPeriod {
    return this.#connection.use((database) => readBilled(database, sinceMs))
  }

  close(): void {
    this.#connection.close()
  }
}

class QueuedLedger implements Ledger {
  readonly #target: LedgerTarget
  readonly #logger: Logger
  readonly #nowMs: () => number
  #queue: Entry[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(target: LedgerTarget, logger: Logger, nowMs: () => number) {
    this.#target = target
    this.#logger = logger
    this.#nowMs = nowMs
  }

  append(event: Parameters<Ledger['append']>[0]): void {
    this.#add({ event })
  }

  retrieved(ref: string, tokens: number, whole: boolean): void {
    this.#add({ retrieval: { atMs: this.#nowMs(), ref, tokens, whole } })
  }

  settle(...[id, status, usage]: Parameters<Ledger['settle']>): void {
    this.#add({ settlement: usage === undefined ? { id, status } : { id, status, usage } })
  }

  broke(broke: Parameters<Ledger['broke']>[0]): void {
    this.#add({ broke })
  }

  stats(sinceMs: number): Stats {
    this.#flush()
    return this.#target.stats(sinceMs)
  }

  money(sinceMs: number, { costOf, prices }: Pricing): Money {
    this.#flush()
    return moneyOf({ sinceMs, ...this.#target.billed(sinceMs), costOf, prices })
  }

  close(): void {
    this.#flush()
    clearTimeout(this.#timer)
    this.#target.close()
  }

  #add(entry: Entry): void {
    this.#queue.push(entry)
    const waitMs = this.#queue.length >= FLUSH_FROM_ENTRIES ? 0 : FLUSH_AFTER_MS
    if (this.#timer !== undefined && waitMs > 0) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#flush(), waitMs).unref()
  }

  #flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#queue.length === 0) return
    if (this.#target.write(this.#queue)) this.#queue = []
    else if (this.#queue.length > MAX_WAITING) {
      const lost = this.#queue.splice(0, this.#queue.length - MAX_WAITING).length
      this.#logger('warn', 'ledger entries were lost', { entries: lost })
    }
  }
}

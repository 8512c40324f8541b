/** Remembers which refs and keys were used, and writes that down rarely: reads stay reads. */
import { immediately, type SqlDatabase } from '../base/database/driver.js'
import type { Ref } from '../spec/store.js'

/** A use is written at most this often for one ref. */
const REF_EVERY_MS = 60_000
/** The most by which a written use of a ref may lag behind the real one, the delay of writing it included. */
export const USE_LAG_MS: number = 2 * REF_EVERY_MS
/** And for one decision: its row is long, and a session reads it once and then keeps it in memory. */
const KEY_EVERY_MS = 3_600_000
/** Nothing used within a day is ever dropped; the hour is the most by which a written use may lag behind the real one. */
export const LIVE_MS: number = 24 * 3_600_000 + KEY_EVERY_MS
/** A use this old is written before `holds` answers, so that a sweep of another process cannot come in between. */
const WRITE_NOW_AFTER_MS = 12 * 3_600_000
/** Refs remembered by one process; beyond, all are forgotten and simply asked for again. */
const MAX_KNOWN = 20_000

export class Uses {
  readonly #known = new Map<Ref, number>()
  readonly #refs = new Set<Ref>()
  readonly #keys = new Set<string>()

  /** Held at that moment, and too fresh to be dropped since. */
  isFresh(ref: Ref, nowMs: number): boolean {
    const at = this.#known.get(ref)
    return at !== undefined && nowMs - at < REF_EVERY_MS && nowMs >= at
  }

  /** Notes a use of a ref that is held. True when it has to be written before anybody relies on it. */
  noteRef(ref: Ref, writtenMs: number, nowMs: number): boolean {
    if (this.#known.size >= MAX_KNOWN) this.#known.clear()
    this.#known.set(ref, nowMs)
    if (nowMs - writtenMs >= REF_EVERY_MS) this.#refs.add(ref)
    return nowMs - writtenMs >= WRITE_NOW_AFTER_MS
  }

  /** Same for a decision; a sweep keeps the original of a decision that is in use. */
  noteKey(key: string, writtenMs: number, nowMs: number): boolean {
    if (nowMs - writtenMs >= KEY_EVERY_MS) this.#keys.add(key)
    return nowMs - writtenMs >= WRITE_NOW_AFTER_MS
  }

  get pending(): boolean {
    return this.#refs.size > 0 || this.#keys.size > 0
  }

  write(database: SqlDatabase, nowMs: number): void {
    if (!this.pending) return
    immediately(database, () => this.writeInside(database, nowMs))
  }

  /** Same, inside a transaction that is open already. */
  writeInside(database: SqlDatabase, nowMs: number): void {
    const touchRef = database.prepare('UPDATE originals SET used_ms = ? WHERE ref = ? AND used_ms < ?')
    const touchKey = database.prepare('UPDATE decisions SET used_ms = ? WHERE key = ? AND used_ms < ?')
    for (const ref of this.#refs) touchRef.run([nowMs, ref, nowMs])
    for (const key of this.#keys) touchKey.run([nowMs, key, nowMs])
    this.#refs.clear()
    this.#keys.clear()
  }
}

/** The store without a database: the same promises from plain files under `plain/`, slower to open and to sweep. */
import { join } from 'node:path'
import { makePrivateFolder } from '../base/database/private-file.js'
import { HeadroomError, messageOf } from '../base/errors.js'
import type { Logger } from '../spec/logger.js'
import type { Decision, Original, Ref, Store } from '../spec/store.js'
import { DecisionLog } from './decision-log.js'
import { refused } from './decision-row.js'
import { exposedFile, isExposed, isRef, writeExposed } from './exposed.js'
import { OriginalFiles } from './original-files.js'
import type { SweepBounds } from './sweep.js'
import { LIVE_MS, Uses } from './uses.js'

export interface PlainStoreOptions extends SweepBounds {
  readonly logger: Logger
  nowMs(): number
}

export class PlainStore implements Store {
  readonly #options: PlainStoreOptions
  readonly #originals: OriginalFiles
  readonly #log: DecisionLog
  readonly #uses = new Uses()
  readonly #folders: readonly string[]

  constructor(options: PlainStoreOptions) {
    const folder = join(options.home, 'plain')
    const originals = join(folder, 'originals')
    this.#options = options
    this.#folders = [options.home, folder, originals, join(originals, 'owners')]
    this.#originals = new OriginalFiles(originals)
    this.#log = new DecisionLog(folder)
  }

  commit(originals: readonly Original[], decisions: readonly Decision[]): readonly Decision[] {
    return this.#use(() => {
      const rejected = new Set(originals.filter((original) => !this.#originals.put(original)).map(({ ref }) => ref))
      const backed = decisions.map((decision) => (this.#isBacked(decision, rejected) ? decision : refused(decision)))
      const inForce = this.#log.commit(backed, this.#options.nowMs())
      // The first form may have lost its original meanwhile; then nobody can send it again.
      return inForce.map((decision) => (this.#isBacked(decision, new Set()) ? decision : refused(decision)))
    })
  }

  /** While the folder cannot be read nothing is known. A form whose original is gone is not known either. */
  decisions(keys: readonly string[]): ReadonlyMap<string, Decision> {
    const found = new Map<string, Decision>()
    this.#tryUse(() => {
      this.#log.refresh()
      for (const key of keys) {
        const decision = this.#log.get(key)
        if (decision !== undefined && (decision.ref === undefined || this.holds([decision.ref])))
          found.set(key, decision)
      }
      this.#log.carry([...found.keys()], this.#options.nowMs())
    })
    return found
  }

  original(ref: Ref, scope?: string): Uint8Array | undefined {
    if (!isRef(ref)) return undefined
    const bytes = this.#use(() => this.#originals.get(ref, scope))
    if (bytes === null) this.#options.logger('error', 'a stored original failed its checksum', { ref })
    return bytes ?? undefined
  }

  formOf(ref: Ref): Decision | undefined {
    return this.#tryUse(() => {
      this.#log.refresh()
      return this.#log.find((decision) => decision.ref === ref)
    })
  }

  holds(refs: readonly Ref[]): boolean {
    const nowMs = this.#options.nowMs()
    const open = refs.filter((ref) => !this.#uses.isFresh(ref, nowMs))
    return (
      this.#tryUse(() =>
        open.every((ref) => {
          const held = isRef(ref) && this.#originals.touch(ref)
          if (held) this.#uses.noteRef(ref, nowMs, nowMs)
          return held
        }),
      ) ?? false
    )
  }

  /** Files tell no use that is exact enough. */
  lastUseMs(): undefined {
    return undefined
  }

  expose(ref: Ref): string | undefined {
    if (!isRef(ref)) return undefined
    const file = exposedFile(this.#options.home, ref)
    if (isExposed(file) && this.holds([ref])) return file
    const bytes = this.original(ref)
    return bytes === undefined ? undefined : this.#use(() => writeExposed(this.#options.home, ref, bytes))
  }

  sweep(nowMs: number): number {
    return this.#use(() => {
      this.#log.refresh()
      const oldest = nowMs - Math.max(this.#options.maxAgeMs, LIVE_MS)
      return this.#originals.sweep(this.#options, nowMs) + this.#log.drop(oldest)
    })
  }

  close(): void {
    this.#log.close()
  }

  #isBacked({ ref, text }: Decision, rejected: ReadonlySet<Ref>): boolean {
    if (text !== undefined && /\p{Surrogate}/u.test(text)) return false
    return ref === undefined || (!rejected.has(ref) && isRef(ref) && this.#originals.touch(ref))
  }

  #use<T>(work: () => T): T {
    try {
      for (const folder of this.#folders) makePrivateFolder(folder)
      return work()
    } catch (error) {
      if (HeadroomError.isInstance(error)) throw error
      throw new HeadroomError('STORE_UNAVAILABLE', 'the store folder cannot be used', { cause: error })
    }
  }

  #tryUse<T>(work: () => T): T | undefined {
    try {
      return this.#use(work)
    } catch (error) {
      this.#options.logger('error', 'a store call failed', { error: messageOf(error) })
      return undefined
    }
  }
}

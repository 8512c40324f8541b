/** Originals as files named by their ref, for machines without a database binding. The modification time is the last use. */
import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { sha256Hex } from '../base/hash.js'
import type { Original, Ref } from '../spec/store.js'
import { isRef, removeExposed } from './exposed.js'
import { digestOf, sameBytes, seal, sealedDigest, unseal } from './seal.js'
import type { SweepBounds } from './sweep.js'
import { LIVE_MS } from './uses.js'

const HEADER_BYTES = 33
/** Files looked at, and removed, per call. */
const LOOKED_AT_PER_CALL = 2000
const REMOVED_PER_CALL = 200

interface Held {
  readonly ref: Ref
  readonly bytes: number
  readonly usedMs: number
}

export class OriginalFiles {
  readonly #folder: string
  /** State of a sweep that spans several calls. */
  #unseen: string[] = []
  #seen: Held[] = []

  constructor(folder: string) {
    this.#folder = folder
  }

  /** True when exactly these bytes are held afterwards. */
  put({ ref, bytes, scope }: Original): boolean {
    const digest = digestOf(bytes)
    if (!isRef(ref) || Buffer.from(digest).toString('hex', 0, ref.length / 2) !== ref) return false
    const path = this.#path(ref)
    if (!this.touch(ref)) {
      const draft = `${path}.${process.pid}.${performance.now().toString(36).replace('.', '')}`
      writeFileSync(draft, seal(bytes, { digest }), { mode: 0o600, flag: 'wx' })
      renameSync(draft, path)
    } else if (!sameBytes(readHeader(path), digest)) return false
    writeFileSync(this.#ownerPath(ref, scope ?? ''), '', { mode: 0o600 })
    return true
  }

  /** `null`: held, but damaged. */
  get(ref: Ref, scope?: string): Uint8Array | undefined | null {
    if (scope !== undefined && !exists(this.#ownerPath(ref, scope))) return undefined
    return this.touch(ref) ? (unseal(readFileSync(this.#path(ref))) ?? null) : undefined
  }

  /** Notes a use; false when the original is not held. */
  touch(ref: Ref): boolean {
    const now = new Date()
    try {
      utimesSync(this.#path(ref), now, now)
      return true
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
      throw error
    }
  }

  /** Goes on where the last call stopped; removes once everything was looked at. Returns freed bytes. */
  sweep({ home, maxBytes, maxAgeMs }: SweepBounds, nowMs: number): number {
    if (this.#unseen.length === 0 && this.#seen.length === 0) this.#unseen = readdirSync(this.#folder).filter(isRef)
    for (const ref of this.#unseen.splice(0, LOOKED_AT_PER_CALL)) {
      const stats = statSync(this.#path(ref), { throwIfNoEntry: false })
      if (stats !== undefined) this.#seen.push({ ref, bytes: stats.size, usedMs: stats.mtimeMs })
    }
    if (this.#unseen.length > 0) return 0
    const seen = this.#seen.sort((a, b) => a.usedMs - b.usedMs)
    this.#seen = []
    let total = seen.reduce((sum, { bytes }) => sum + bytes, 0)
    let freed = 0
    for (const { ref, bytes, usedMs } of seen.slice(0, REMOVED_PER_CALL)) {
      const idleMs = nowMs - usedMs
      if (idleMs < LIVE_MS || (idleMs < maxAgeMs && total <= maxBytes)) break
      this.#remove(home, ref)
      total -= bytes
      freed += bytes
    }
    return freed
  }

  #remove(home: string, ref: Ref): void {
    rmSync(this.#path(ref), { force: true })
    removeExposed(home, ref)
    for (const name of readdirSync(this.#ownersFolder))
      if (name.startsWith(ref)) rmSync(join(this.#ownersFolder, name), { force: true })
  }

  get #ownersFolder(): string {
    return join(this.#folder, 'owners')
  }

  #path(ref: Ref): string {
    return join(this.#folder, ref)
  }

  #ownerPath(ref: Ref, scope: string): string {
    return join(this.#ownersFolder, `${ref}-${sha256Hex(scope).slice(0, 16)}`)
  }
}

const exists = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined

const readHeader = (path: string): Uint8Array => {
  const header = new Uint8Array(HEADER_BYTES)
  const descriptor = openSync(path, 'r')
  try {
    readSync(descriptor, header, 0, HEADER_BYTES, 0)
  } finally {
    closeSync(descriptor)
  }
  return sealedDigest(header)
}

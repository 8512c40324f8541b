// Every change of a file that is not ours is written down first, so that it can be taken back byte for byte.
import { createHash, randomUUID } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

/** One file before and after. */
export interface Entry {
  readonly id: string
  /** Who asked, e.g. `mcp codex`. */
  readonly purpose: string
  readonly path: string
  /** Base64; absent: there was no file. */
  readonly original?: string
  readonly mode?: number
  /** SHA-256 of what was written, in hex. */
  readonly after: string
  /** What was put in, for a file that the user has changed since. */
  readonly change?: unknown
}

export interface Write {
  readonly purpose: string
  readonly path: string
  readonly text: string
  readonly change?: unknown
  /** Of a new file; a file that is there keeps its own. */
  readonly mode?: number
  /** Takes what we put in out of a text that the user has changed since. */
  without(text: string): string
}

export type Restored = 'restored' | 'removed' | 'changed-since' | 'gone'

/** One name for each file, so that what a crash left is overwritten or removed. */
const draftOf = (file: string): string => `${file}.headroom-draft`

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const bytesOf = (path: string): Buffer | undefined => (existsSync(path) ? readFileSync(path) : undefined)

/** A link stays a link: the file it leads to is written. */
const target = (path: string): string => (existsSync(path) ? realpathSync(path) : path)

/** Steps of a write at which a crash is possible, for tests that crash there. */
export type Step = 'recorded' | 'drafted' | 'renamed'

export class Journal {
  readonly #folder: string
  readonly #after: (step: Step) => void

  constructor(home: string, after: (step: Step) => void = () => undefined) {
    this.#folder = join(home, 'journal')
    this.#after = after
  }

  entries(): Entry[] {
    if (!existsSync(this.#folder)) return []
    return readdirSync(this.#folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => JSON.parse(readFileSync(join(this.#folder, name), 'utf8')) as Entry)
  }

  /** Recorded before it is written; nothing is written where the text is the same. */
  write({ purpose, path, text, change, mode, without }: Write): boolean {
    const file = target(path)
    const original = bytesOf(file)
    const bytes = Buffer.from(text)
    if (original?.equals(bytes)) return false
    const earlier = this.entries().find((entry) => entry.purpose === purpose && entry.path === path)
    const untouched = earlier !== undefined && original !== undefined && digest(original) === earlier.after
    const before =
      earlier !== undefined && original !== undefined ? Buffer.from(without(original.toString())) : original
    const first = untouched
      ? earlier
      : {
          id: earlier?.id ?? `${Date.now()}-${randomUUID()}`,
          ...(before === undefined || original === undefined
            ? {}
            : { original: before.toString('base64'), mode: statSync(file).mode & 0o777 }),
        }
    const entry: Entry = {
      ...first,
      purpose,
      path,
      after: digest(bytes),
      ...(change === undefined ? {} : { change }),
    }
    this.#record(entry)
    this.#after('recorded')
    mkdirSync(dirname(file), { recursive: true })
    const draft = draftOf(file)
    writeFileSync(draft, bytes, { mode: 0o600 })
    chmodSync(draft, entry.mode ?? mode ?? 0o600)
    this.#after('drafted')
    renameSync(draft, file)
    this.#after('renamed')
    return true
  }

  /**
   * Takes one entry back: byte for byte where nobody has touched the file since, else by `remove`, which takes out what
   * was put in and nothing else.
   */
  undo(entry: Entry, remove: (text: string, entry: Entry) => string): Restored {
    const file = target(entry.path)
    const now = bytesOf(file)
    const before = entry.original === undefined ? undefined : Buffer.from(entry.original, 'base64')
    let restored: Restored
    if (now === undefined) restored = before === undefined ? 'removed' : 'gone'
    else if (digest(now) === entry.after) {
      if (before === undefined) rmSync(file)
      else this.#replace(file, before, entry.mode)
      restored = before === undefined ? 'removed' : 'restored'
    } else if (before?.equals(now)) restored = 'restored'
    else {
      const text = remove(now.toString('utf8'), entry)
      if (text.trim() === '' && before === undefined) rmSync(file)
      else if (!Buffer.from(text).equals(now)) this.#replace(file, Buffer.from(text), statSync(file).mode & 0o777)
      restored = 'changed-since'
    }
    rmSync(draftOf(file), { force: true })
    rmSync(join(this.#folder, `${entry.id}.json`), { force: true })
    return restored
  }

  #record(entry: Entry): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    const file = join(this.#folder, `${entry.id}.json`)
    writeFileSync(`${file}.tmp`, JSON.stringify(entry), { mode: 0o600, flush: true })
    renameSync(`${file}.tmp`, file)
  }

  #replace(file: string, bytes: Buffer, mode: number | undefined): void {
    const draft = draftOf(file)
    writeFileSync(draft, bytes, { mode: mode ?? 0o600 })
    if (mode !== undefined) chmodSync(draft, mode)
    renameSync(draft, file)
  }
}

/**
 * Decisions as lines of append-only files, one file a month, for machines without a database binding. Every process
 * appends with O_APPEND and then reads what others appended: the first line of a key, in file order, is in force.
 * A line is `key TAB length TAB json`; the length tells a whole line from one cut short by a crash or a full disk.
 */
import { closeSync, fstatSync, openSync, readdirSync, readSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { makePrivateFile } from '../base/database/private-file.js'
import type { Decision } from '../spec/store.js'

interface LogFile {
  readonly name: string
  readonly descriptor: number
  readBytes: number
}

interface Place {
  readonly file: LogFile
  readonly start: number
  readonly length: number
}

const NAME = /^decisions-(\d{4})-(\d{2})\.jsonl$/
const NEWLINE = 10
/** Read at once while catching up; longer lines are read whole. */
const READ_BYTES = 1024 * 1024

export class DecisionLog {
  readonly #folder: string
  readonly #files = new Map<string, LogFile>()
  readonly #places = new Map<string, Place>()
  readonly #carried = new Set<string>()

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Appends what is new and returns what is in force, in the same order. */
  commit(decisions: readonly Decision[], nowMs: number): Decision[] {
    this.refresh()
    const fresh = decisions.filter(({ key }) => !this.#places.has(key))
    if (fresh.length > 0) {
      this.#append(fresh, nowMs)
      this.refresh()
    }
    return decisions.map((decision) => this.get(decision.key) ?? decision)
  }

  /** First decision that matches; reads every known one, so it is for questions of people, not for requests. */
  find(matches: (decision: Decision) => boolean): Decision | undefined {
    for (const key of this.#places.keys()) {
      const decision = this.get(key)
      if (decision !== undefined && matches(decision)) return decision
    }
    return undefined
  }

  get(key: string): Decision | undefined {
    const place = this.#places.get(key)
    return place === undefined ? undefined : (JSON.parse(readText(place)) as Decision)
  }

  /** Copies decisions that are still used into this month's file, so that old files can go. */
  carry(keys: readonly string[], nowMs: number): void {
    const current = fileName(nowMs)
    const isOld = (key: string): boolean => (this.#places.get(key)?.file.name ?? current) < current
    const old = keys.filter((key) => !this.#carried.has(key) && isOld(key))
    const decisions = old.flatMap((key) => this.get(key) ?? [])
    if (decisions.length > 0) this.#append(decisions, nowMs)
    for (const key of old) this.#carried.add(key)
  }

  /** Takes in what any process appended since. O(new bytes). */
  refresh(): void {
    const names = readdirSync(this.#folder).filter((name) => NAME.test(name))
    for (const name of names.sort()) this.#catchUp(this.#file(name))
  }

  /** Removes files whose month ended before `beforeMs`. */
  drop(beforeMs: number): number {
    let bytes = 0
    for (const file of [...this.#files.values()]) {
      const [, year, month] = NAME.exec(file.name) ?? []
      if (Date.UTC(Number(year), Number(month)) > beforeMs) continue
      bytes += fstatSync(file.descriptor).size
      rmSync(join(this.#folder, file.name), { force: true })
      closeSync(file.descriptor)
      this.#files.delete(file.name)
      for (const [key, place] of this.#places) if (place.file === file) this.#places.delete(key)
    }
    if (bytes > 0) for (const file of this.#files.values()) file.readBytes = 0
    return bytes
  }

  close(): void {
    for (const { descriptor } of this.#files.values()) closeSync(descriptor)
    this.#files.clear()
    this.#places.clear()
  }

  #file(name: string): LogFile {
    const known = this.#files.get(name)
    if (known !== undefined) return known
    const opened = { name, descriptor: openSync(join(this.#folder, name), 'r'), readBytes: 0 }
    this.#files.set(name, opened)
    return opened
  }

  #append(decisions: readonly Decision[], nowMs: number): void {
    const path = join(this.#folder, fileName(nowMs))
    makePrivateFile(path)
    // The leading line break ends a line that a crash cut short.
    const bytes = Buffer.from(`\n${decisions.map(lineOf).join('')}`, 'utf8')
    const descriptor = openSync(path, 'a')
    try {
      const written = writeSync(descriptor, bytes)
      if (written !== bytes.length) throw new Error(`${written} of ${bytes.length} bytes were written`)
    } finally {
      closeSync(descriptor)
    }
  }

  #catchUp(file: LogFile): void {
    const size = fstatSync(file.descriptor).size
    while (file.readBytes < size) {
      const consumed = this.#readLines(file, size)
      if (consumed === 0) return
      file.readBytes += consumed
    }
  }

  /** Bytes of whole lines read; the rest waits for its line break. */
  #readLines(file: LogFile, size: number): number {
    let want = READ_BYTES
    for (;;) {
      const chunk = readBytes(file.descriptor, file.readBytes, Math.min(want, size - file.readBytes))
      const end = chunk.lastIndexOf(NEWLINE) + 1
      if (end > 0) {
        this.#takeLines(file, chunk.subarray(0, end))
        return end
      }
      if (file.readBytes + chunk.length >= size) return 0
      want *= 4
    }
  }

  #takeLines(file: LogFile, lines: Buffer): void {
    for (let at = 0; at < lines.length; ) {
      const end = lines.indexOf(NEWLINE, at)
      const place = placeOf(lines, at, end)
      if (place !== undefined) {
        const start = file.readBytes + place.start
        const known = this.#places.get(place.key)
        if (known === undefined || file.name < known.file.name)
          this.#places.set(place.key, { file, start, length: place.length })
      }
      at = end + 1
    }
  }
}

const fileName = (nowMs: number): string => `decisions-${new Date(nowMs).toISOString().slice(0, 7)}.jsonl`

const lineOf = (decision: Decision): string => {
  const json = JSON.stringify(decision)
  return `${decision.key}\t${Buffer.byteLength(json)}\t${json}\n`
}

const placeOf = (
  lines: Buffer,
  at: number,
  end: number,
): { key: string; start: number; length: number } | undefined => {
  const tab = lines.indexOf(9, at)
  const second = tab === -1 ? -1 : lines.indexOf(9, tab + 1)
  if (second === -1 || second >= end) return undefined
  const length = Number(lines.toString('latin1', tab + 1, second))
  return length === end - second - 1 ? { key: lines.toString('utf8', at, tab), start: second + 1, length } : undefined
}

const readText = ({ file, start, length }: Place): string => readBytes(file.descriptor, start, length).toString('utf8')

const readBytes = (descriptor: number, start: number, length: number): Buffer => {
  const bytes = Buffer.allocUnsafe(length)
  let filled = 0
  while (filled < length) {
    const read = readSync(descriptor, bytes, filled, length - filled, start + filled)
    if (read === 0) break
    filled += read
  }
  return bytes.subarray(0, filled)
}

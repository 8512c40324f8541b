// Reads a shortened diff against its source: each line is the next source line, a gap with a true count, or a hunk header that is true of what stands below it.
import type { LinesRead } from './read-lines.js'

const GAP = /^\[(\d+) lines? not shown(?:: (\d+)(?:-(\d+))?(?=[,;\]]))?[^\]\n]*\]\r?$/
const HUNK = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/

interface SourceLine {
  readonly line: string
  readonly kind: 'header' | 'body' | 'other'
  /** Line numbers in the old and new file, for body lines. */
  readonly old: number
  readonly fresh: number
}

export const readDiff = (source: string, output: string): LinesRead => {
  const reader = new DiffReader(sourceLines(source))
  for (const line of linesOf(output)) {
    const fault = reader.read(line)
    if (fault !== undefined) return { kept: reader.kept, fault }
  }
  const fault = reader.end()
  return fault === undefined ? { kept: reader.kept } : { kept: reader.kept, fault }
}

/** Lines that may go under the diff's one account: unchanged ones and blob ids. */
const mayVanish = ({ line, kind }: SourceLine): boolean =>
  kind === 'body' ? /^(?:[ \\]|\r?$)/.test(line) : /^index \S+\.\.\S+/.test(line)

class DiffReader {
  readonly kept: string[] = []
  readonly #source: readonly SourceLine[]
  #at = 0
  #vanished = 0
  #told = 0
  /** Lines due under the last header, in the old and the new file; undefined below a gap. */
  #due: [old: number, fresh: number] | undefined

  constructor(source: readonly SourceLine[]) {
    this.#source = source
  }

  read(line: string): string | undefined {
    const gap = GAP.exec(line)
    if (gap && this.#source[this.#at]?.line !== line) return this.#gap(gap)
    const hunk = HUNK.exec(line)
    if (hunk && !this.#isDue()) return this.#header(line, hunk)
    return this.#line(line)
  }

  end(): string | undefined {
    if (this.#isDue()) return 'the last header counts more lines than follow'
    for (; this.#at < this.#source.length; this.#at++) {
      if (!mayVanish(this.#source[this.#at]!)) return `source line ${this.#at + 1} is gone`
      this.#vanished++
    }
    return this.#vanished === this.#told
      ? undefined
      : `${this.#vanished} lines vanished, the account says ${this.#told}`
  }

  #isDue(): boolean {
    return this.#due !== undefined && (this.#due[0] > 0 || this.#due[1] > 0)
  }

  #gap([, count, first]: RegExpExecArray): string | undefined {
    if (first === undefined) {
      this.#told += Number(count)
      return undefined
    }
    if (Number(first) !== this.#at + 1) return `a gap from line ${first} stands at source line ${this.#at + 1}`
    this.#at += Number(count)
    this.#due = undefined
    return undefined
  }

  #header(line: string, [, old, olds = '1', fresh, freshes = '1']: RegExpExecArray): string | undefined {
    this.#due = [Number(olds), Number(freshes)]
    for (; this.#at < this.#source.length; this.#at++) {
      const next = this.#source[this.#at]!
      if (next.kind === 'header' && next.line === line) {
        this.#at++
        this.kept.push(line)
        return undefined
      }
      const isPlace = next.kind === 'body' && next.old === Number(old) && next.fresh === Number(fresh)
      if (isPlace) return undefined
      if (next.kind === 'header') continue
      if (!mayVanish(next)) return `a header skips source line ${this.#at + 1}: ${next.line.slice(0, 80)}`
      this.#vanished++
    }
    return `no place in the source for ${line}`
  }

  #line(line: string): string | undefined {
    for (; this.#at < this.#source.length; this.#at++) {
      const next = this.#source[this.#at]!
      if (next.line === line) {
        if (next.kind !== 'body' && this.#isDue()) return `a header counts more lines than it shows before ${line}`
        this.#at++
        this.kept.push(line)
        this.#take(line, next)
        return undefined
      }
      if (!mayVanish(next)) break
      this.#vanished++
    }
    return `no source line at ${this.#at + 1} for ${JSON.stringify(line.slice(0, 100))}`
  }

  #take(line: string, { kind }: SourceLine): void {
    if (this.#due === undefined || kind !== 'body' || line.startsWith('\\')) return
    if (!line.startsWith('+')) this.#due[0]--
    if (!line.startsWith('-')) this.#due[1]--
  }
}

const linesOf = (text: string): string[] => text.replace(/\n$/, '').split('\n')

const sourceLines = (source: string): SourceLine[] => {
  let olds = 0
  let freshes = 0
  let old = 0
  let fresh = 0
  return linesOf(source).map((line): SourceLine => {
    if (olds > 0 || freshes > 0 || (line.startsWith('\\') && old > 0)) {
      const body: SourceLine = { line, kind: 'body', old, fresh }
      if (line.startsWith('\\')) return body
      if (!line.startsWith('+')) {
        olds--
        old++
      }
      if (!line.startsWith('-')) {
        freshes--
        fresh++
      }
      return body
    }
    const match = HUNK.exec(line)
    if (match === null) return { line, kind: 'other', old: 0, fresh: 0 }
    old = Number(match[1])
    fresh = Number(match[3])
    olds = Number(match[2] ?? 1)
    freshes = Number(match[4] ?? 1)
    return { line, kind: 'header', old: 0, fresh: 0 }
  })
}

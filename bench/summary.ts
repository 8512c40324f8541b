// bench/results/summary.json: the committed figures that README.md shows. Each section keeps the facts it was measured with.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Facts } from './facts.js'
import type { ProxyResult } from './proxy.js'
import type { TextRow } from './text.js'
import type { TimeRow } from './time.js'
import type { WorkloadRow } from './workloads/measure.js'

export interface Section<T> {
  readonly facts: Facts
  readonly rows: T
}

export interface Summary {
  /** Questions of the corpus stay out: it is not ours to publish. */
  readonly text?: Section<readonly Omit<TextRow, 'missed'>[]>
  readonly time?: Section<readonly TimeRow[]>
  readonly workloads?: Section<readonly WorkloadRow[]>
  readonly proxy?: Section<ProxyResult>
}

const FILE = 'bench/results/summary.json'

/** Four digits tell enough, and keep the file's changes readable. */
const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value

export const record = (sections: Summary): void => {
  const known = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Summary) : {}
  mkdirSync(dirname(FILE), { recursive: true })
  writeFileSync(FILE, `${JSON.stringify({ ...known, ...sections }, rounded, 2)}\n`)
}

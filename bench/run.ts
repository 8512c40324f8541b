// npm run bench [-- text|time|workloads|proxy,…] [KIND,…] [--json] [--details]: prints tables, writes bench/results/*.json.
import { mkdirSync, writeFileSync } from 'node:fs'
import { CORPUS, corpusInputs, corpusIsHere, type Input, KINDS } from './corpus.js'
import { factsNow, lineOf } from './facts.js'
import { baselineTable, textTable, timeTable, workloadDetails, workloadTable } from './print.js'
import { measureProxy, proxyTable } from './proxy.js'
import { record, type Summary } from './summary.js'
import { type FileScore, rowOf, scoreFiles, type TextRow } from './text.js'
import { type TimeRow, timeKind } from './time.js'
import { type Part, type Wanted, wantedOf } from './wanted.js'
import { workloads } from './workloads/list.js'
import { measureWorkload, type WorkloadRow } from './workloads/measure.js'

const progress = (text: string): void => void process.stderr.write(`bench: ${text} …\n`)

const inputsOf = (kind: string, only: string): Input[] => corpusInputs(kind).filter(({ file }) => file.includes(only))

const textRows = async (kinds: readonly string[], only: string): Promise<TextRow[]> => {
  const all: FileScore[] = []
  const rows: TextRow[] = []
  for (const kind of kinds) {
    progress(`text ${kind}`)
    const scores = await scoreFiles(inputsOf(kind, only))
    if (scores.length > 0) rows.push(rowOf(kind, scores))
    all.push(...scores)
  }
  if (rows.length > 1) rows.push(rowOf(kinds.length === KINDS.length ? 'all ten kinds' : 'together', all))
  return rows
}

const timeRows = async (kinds: readonly string[], only: string): Promise<TimeRow[]> => {
  const rows: TimeRow[] = []
  for (const kind of kinds) {
    progress(`time ${kind}`)
    const inputs = inputsOf(kind, only)
    if (inputs.length > 0) rows.push(await timeKind(kind, inputs))
  }
  return rows
}

const workloadRows = async (words: readonly string[]): Promise<WorkloadRow[]> => {
  const rows: WorkloadRow[] = []
  for (const workload of workloads.filter(({ name }) => words.some((word) => name.includes(word)))) {
    progress(`workload ${workload.name}`)
    rows.push(await measureWorkload(workload))
  }
  return rows
}

const wantedHere = (): Wanted | string => {
  const names = { kinds: KINDS, workloads: workloads.map(({ name }) => name) }
  const wanted = wantedOf(process.argv.slice(2), names)
  if (typeof wanted === 'string' || wanted.only === '' || !corpusIsHere()) return wanted
  const { kinds = KINDS, only } = wanted
  return kinds.some((kind) => inputsOf(kind, only).length > 0)
    ? wanted
    : `no file of ${kinds.join(', ')} is called "${only}"`
}

/** Sections measured whole go to the committed summary; everything goes to a file of its own for looking at. */
const main = async (): Promise<void> => {
  const wanted = wantedHere()
  if (typeof wanted === 'string') {
    process.stderr.write(`bench: ${wanted}\n`)
    process.exitCode = 2
    return
  }
  const { parts, kinds = KINDS, only, json, details } = wanted
  const isWhole = kinds === KINDS && only === ''
  const show = (text: string): void => {
    if (!json) console.log(`${text}\n`)
  }
  const out: { [part in Part]?: unknown } = {}
  const sections: { -readonly [part in keyof Summary]: Summary[part] } = {}
  if (!json) console.log(lineOf(factsNow()))
  if ((parts.includes('text') || parts.includes('time')) && !corpusIsHere())
    process.stderr.write(`bench: text and time skipped: no corpus at ${CORPUS} (it is not part of the package)\n`)
  else {
    if (parts.includes('text')) {
      const facts = factsNow()
      const rows = await textRows(kinds, only)
      show(textTable(rows))
      show(baselineTable(rows))
      if (details) show(rows.at(-1)!.missed.join('\n'))
      out.text = { facts, rows }
      sections.text = { facts, rows: rows.map(({ missed: _, ...row }) => row) }
    }
    if (parts.includes('time')) {
      const facts = factsNow()
      const rows = await timeRows(kinds, only)
      show(timeTable(rows))
      out.time = sections.time = { facts, rows }
    }
  }
  if (parts.includes('workloads')) {
    const facts = factsNow()
    const rows = await workloadRows(kinds === KINDS ? [''] : kinds)
    show(workloadTable(rows))
    if (details) show(workloadDetails(rows))
    out.workloads = sections.workloads = { facts, rows }
  }
  if (parts.includes('proxy')) {
    const facts = factsNow()
    progress('proxy')
    const rows = await measureProxy()
    show(proxyTable(rows))
    out.proxy = sections.proxy = { facts, rows }
  }
  mkdirSync('bench/results', { recursive: true })
  for (const [part, result] of Object.entries(out))
    writeFileSync(`bench/results/${part}.json`, JSON.stringify(result, null, 1))
  if (isWhole) record(sections)
  if (json) console.log(JSON.stringify(out))
}

await main()

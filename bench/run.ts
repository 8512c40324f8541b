// npm run bench [-- text|proxy] [KIND,…]: prints a table and writes bench/results/*.json with machine facts.
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { CORPUS, corpusIsHere } from './corpus.js'
import { measureProxy } from './proxy.js'
import { table } from './score.js'
import { measureKind, type TextRow } from './text.js'

const KINDS = ['json', 'logs-ci', 'logs-system', 'ops', 'search']
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

const textBench = async (kinds: readonly string[], only?: string): Promise<TextRow[]> => {
  if (!corpusIsHere()) {
    console.log(`text bench skipped: no corpus at ${CORPUS} (it is not part of the package)`)
    return []
  }
  const rows: TextRow[] = []
  for (const kind of kinds) {
    process.stderr.write(`${kind} …\n`)
    const row = await measureKind(kind, only)
    if (row) rows.push(row)
  }
  const head = [
    'kind',
    'files',
    'saved',
    'median',
    'inline',
    'retrievable',
    'lost',
    'grown',
    'ms/MB',
    'minify saved/inline',
    'head+tail saved/inline',
  ]
  const body = rows.map((row) => [
    row.kind,
    String(row.files),
    percent(row.savedTotal),
    percent(row.savedMedian),
    `${row.inline}/${row.questions}`,
    String(row.retrievable),
    String(row.lost),
    String(row.grown),
    row.msPerMb.toFixed(0),
    ...['minify', 'head+tail'].map((name) => `${percent(row.baselines[name]!.saved)} ${row.baselines[name]!.inline}`),
  ])
  console.log(table([head, ...body]))
  return rows
}

const main = async (): Promise<void> => {
  const [what = 'all', kinds, only] = process.argv.slice(2)
  const facts = {
    node: process.version,
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1e9),
    load: loadavg(),
  }
  console.log(
    `node ${facts.node}, ${facts.cores} × ${facts.cpu}, load ${facts.load.map((load) => load.toFixed(1)).join(' ')}`,
  )
  const text = what === 'proxy' ? [] : await textBench(kinds?.split(',') ?? KINDS, only)
  const proxy = what === 'text' ? undefined : await measureProxy()
  mkdirSync('bench/results', { recursive: true })
  writeFileSync(`bench/results/${what}.json`, JSON.stringify({ facts, text, proxy }, null, 2))
}

await main()

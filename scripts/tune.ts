// Tuning loop for one compressor: corpus files of some kinds with their questions, straight through detect-free compress and render.
// node scripts/ts.mjs scripts/tune.ts COMPRESSOR KIND[,KIND] [--show FILE-PART] [--lost]
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { stripAnsi } from '../src/base/ansi.js'
import { planFault, render } from '../src/base/plan.js'
import type { Compressor } from '../src/spec/compressor.js'
import type { ContentType } from '../src/spec/content.js'
import type { Gap } from '../src/spec/plan.js'

interface Probe {
  file: string
  query: string
  answer: string
  answers_all?: string[]
  alt?: string[]
}

const CORPUS = '../shared/corpus'
const TYPES: Record<string, ContentType> = {
  text: 'text',
  html: 'html',
  json: 'json',
  search: 'search',
  log: 'log',
  table: 'table',
  listing: 'listing',
  yaml: 'yaml',
  lock: 'lock',
  diff: 'diff',
}
const count = (text: string): number => encode(text, { disallowedSpecial: new Set() }).length
const marker = (gap: Gap, first: boolean): string =>
  `[${gap.count} ${gap.unit} not shown${gap.range ? `: ${gap.range[0]}-${gap.range[1]}` : ''}${gap.note ? `, ${gap.note}` : ''}${first ? '; full text kept; id 0123456789abcdef' : ''}]`

const walk = (dir: string): string[] =>
  readdirSync(dir).flatMap((name) => {
    const path = join(dir, name)
    return statSync(path).isDirectory() ? walk(path) : name === 'probes.jsonl' ? [] : [path]
  })

const main = async (): Promise<void> => {
  const [name = 'json', kinds = name, ...flags] = process.argv.slice(2)
  if (!existsSync(CORPUS)) return console.log(`skipped: ${CORPUS} is not here`)
  const modules: Record<string, () => Promise<Record<string, unknown>>> = {
    json: () => import('../src/compress/json/index.js') as never,
    diff: () => import('../src/compress/diff/index.js') as never,
    log: () => import('../src/compress/log/index.js') as never,
    html: () => import('../src/compress/html/index.js') as never,
    search: () => import('../src/compress/search/index.js') as never,
    text: () => import('../src/compress/text/index.js') as never,
    table: () => import('../src/compress/table/index.js') as never,
    listing: () => import('../src/compress/listing/index.js') as never,
    yaml: () => import('../src/compress/yaml/index.js') as never,
    lock: () => import('../src/compress/lock/index.js') as never,
  }
  const compressor = Object.values(await modules[name]!())[0] as Compressor
  const show = flags.includes('--show') ? flags[flags.indexOf('--show') + 1] : undefined
  let before = 0,
    after = 0,
    inline = 0,
    probesTotal = 0,
    bytes = 0,
    ms = 0
  const saved: number[] = []
  for (const kind of kinds.split(',')) {
    const probes = readFileSync(join(CORPUS, kind, 'probes.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Probe)
    for (const path of walk(join(CORPUS, kind))) {
      const file = path.slice(CORPUS.length + 1)
      if (show && !file.includes(show)) continue
      const text = readFileSync(path, 'utf8')
      const tokens = count(text)
      const own = probes.filter((probe) => probe.file === file)
      for (const probe of own.length ? own : [undefined]) {
        const start = performance.now()
        const plan = compressor.compress({
          text,
          type: TYPES[name]!,
          origin: {},
          tokens,
          protectedSpans: [],
          mayElide: true,
          policy: 'balanced',
          count,
          ...(probe ? { query: probe.query } : {}),
        })
        ms += performance.now() - start
        bytes += text.length
        const fault = 'skip' in plan ? undefined : planFault(plan, text)
        const out = 'skip' in plan ? text : render(plan, text, marker)
        const outTokens = count(out)
        before += tokens
        after += outTokens
        saved.push(1 - outTokens / tokens)
        const plain = stripAnsi(out)
        const found = probe
          ? (probe.answers_all ?? [probe.answer]).every((answer) =>
              [answer, ...(probe.alt ?? [])].some((a) => plain.includes(stripAnsi(a))),
            )
          : undefined
        if (probe) {
          probesTotal++
          if (found) inline++
        }
        if (show) console.log(out)
        console.log(
          `${((1 - outTokens / tokens) * 100).toFixed(0).padStart(4)}% of ${String(tokens).padStart(6)} ${'skip' in plan ? plan.skip : plan.form} ${file} ${found === false ? `LOST ${probe!.query} -> ${probe!.answer}` : ''} ${fault ?? ''}`,
        )
      }
    }
  }
  saved.sort((a, b) => a - b)
  console.log(
    `TOTAL saved ${((1 - after / before) * 100).toFixed(1)}% median ${((saved[saved.length >> 1] ?? 0) * 100).toFixed(1)}% inline ${inline}/${probesTotal}; ${((ms * 1e6) / bytes / 1).toFixed(1)} ms/MB without counting`,
  )
}

await main()

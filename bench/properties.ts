// node scripts/ts.mjs bench/properties.ts [SEEDS] [NAME]: what survives and what is saved, by family of generated output.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHeadroom } from 'headroom-ai'
import { type FamilyRow, survey, totalsOf } from '../test/properties/survey.js'
import { table } from './score.js'

const percent = (share: number): string => (Number.isNaN(share) ? '-' : `${(share * 100).toFixed(1)} %`)

const rowOf = (row: FamilyRow): string[] => [
  row.name,
  `${row.shortened}/${row.samples}`,
  percent(row.plantsKept / row.shortened),
  percent(1 - row.after / row.before),
  `${row.needlesInline}/${row.samples}`,
  String(row.needlesLost),
  String(row.violations.length),
  row.plantsLost.slice(0, 6).join(' '),
]

const main = async (): Promise<void> => {
  const [seeds = '20', only = ''] = process.argv.slice(2)
  const home = mkdtempSync(join(tmpdir(), 'headroom-bench-'))
  const engine = createHeadroom({ home })
  const rows = await survey(engine, { seeds: Number(seeds), first: 1000, only })
  await engine.close()
  rmSync(home, { recursive: true, force: true })
  const head = ['family', 'shortened', 'plants', 'saved', 'needle inline', 'lost', 'violations', 'plant lost at seeds']
  console.log(table([head, ...rows.map(rowOf)]))
  for (const { name, violations } of rows)
    for (const { seed, fault } of violations.slice(0, 3)) console.log(`${name} seed ${seed}: ${fault}`)
  for (const kind of ['json', 'log', 'search'] as const) {
    const { plantShare, savedShare, shortenedShare } = totalsOf(rows, kind)
    console.log(
      `${kind}: plants ${percent(plantShare)}, saved ${percent(savedShare)}, shortened ${percent(shortenedShare)}`,
    )
  }
}

await main()

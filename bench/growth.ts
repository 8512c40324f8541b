// node scripts/ts.mjs bench/growth.ts [NAME]: how CPU time grows from 64 KB to 4 MB, for each family whose name holds NAME.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHeadroom, type Engine } from 'headroom-ai'
import { families } from '../test/properties/families.js'
import { growthOf, SIZES } from '../test/properties/growth.js'
import { table } from './score.js'

const main = async (): Promise<void> => {
  const [only = ''] = process.argv.slice(2)
  const home = mkdtempSync(join(tmpdir(), 'headroom-bench-'))
  const engine: Engine = createHeadroom({ home })
  const rows: string[][] = []
  try {
    for (const family of families.filter(({ name }) => name.includes(only))) {
      const { exponent, msBySize, msPerMb } = await growthOf(engine, family)
      rows.push([family.name, exponent.toFixed(2), msPerMb.toFixed(0), ...msBySize.map((ms) => ms.toFixed(1))])
    }
  } finally {
    await engine.close()
    rmSync(home, { recursive: true, force: true })
  }
  rows.sort((a, b) => Number(b[1]) - Number(a[1]))
  console.log(table([['family', 'exponent', 'ms/MB', ...SIZES.map((chars) => `${chars >> 10} KB ms`)], ...rows]))
}

await main()

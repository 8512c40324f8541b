// Makes src/pricing/table.ts from @pydantic/genai-prices (MIT): what the providers' own models cost. Run by hand when
// the package is raised; the table is committed, so that nothing is read or fetched where the program runs.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { findProvider } from '@pydantic/genai-prices'

const OUT = 'src/pricing/table.ts'
const PROVIDERS = ['anthropic', 'openai', 'google', 'deepseek', 'x-ai', 'mistral']
/** Day of the package's release, from the registry. */
const DATE = '2026-09-23'

const require = createRequire(import.meta.url)
const root = dirname(dirname(require.resolve('@pydantic/genai-prices')))
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

const KEYS = {
  input: 'input_mtok',
  read: 'cache_read_mtok',
  write: 'cache_write_mtok',
  write1h: 'cache_write_1h_mtok',
  output: 'output_mtok',
}

/** Dollars per million tokens are micro-dollars per token; a table of whole numbers needs micro-dollars per million. */
const micro = (usd) => Math.round(usd * 1_000_000)
const rate = (value) =>
  typeof value === 'number'
    ? micro(value)
    : { base: micro(value.base), tiers: value.tiers.map(({ start, price }) => [start, micro(price)]) }

const ratesOf = (prices) =>
  Object.fromEntries(
    Object.entries(KEYS).flatMap(([name, key]) => (prices[key] === undefined ? [] : [[name, rate(prices[key])]])),
  )

/** Prices by the time of day are no prices of a table; the ones without a condition and those from a day on are. */
const periodsOf = (prices) =>
  (Array.isArray(prices) ? prices : [{ prices }])
    .filter(({ constraint }) => constraint === undefined || constraint.type === 'start_date')
    .map(({ constraint, prices: own }) => ({
      ...(constraint === undefined ? {} : { from: constraint.start_date }),
      ...ratesOf(own),
    }))
    .filter(({ input, output }) => input !== undefined && output !== undefined)

const models = PROVIDERS.flatMap((provider) =>
  findProvider({ providerId: provider })
    // A provider that resells another one's models has prices of its own for them.
    .models.filter(({ id }) => provider !== 'google' || !id.startsWith('claude'))
    .map(({ id, match, prices }) => ({ provider, id, match, periods: periodsOf(prices) }))
    .filter(({ periods }) => periods.length > 0),
)

const source = `// Data without functions, made by scripts/build-prices.mjs: list prices in micro-dollars per million tokens.
// From @pydantic/genai-prices ${version} of ${DATE} (MIT, Copyright (c) Pydantic Services Inc.).
import type { PricedModel } from './model.js'

export const PRICES_SOURCE = '@pydantic/genai-prices ${version}'
export const PRICES_DATE = '${DATE}'

export const PRICED_MODELS: readonly PricedModel[] = ${JSON.stringify(models)}
`
writeFileSync(OUT, source)
spawnSync('npx', ['biome', 'format', '--write', OUT], { stdio: 'inherit' })
process.stderr.write(`${models.length} models\n`)

import { describe, expect, it } from 'vitest'
import { createHeadroom } from '../../src/index.js'
import { tempHome } from '../support/home.js'
import { families } from './families.js'
import { type FamilyRow, survey, totalsOf } from './survey.js'

/** Seeds per family; `bench/properties.ts` runs as many as it is told. */
const SEEDS = 3
/** Least share of planted anomalies that stay inline, and of tokens that go, by kind. */
const BARS = {
  json: [0.98, 0.6],
  log: [0.98, 0.6],
  search: [0.98, 0.6],
  html: [0.98, 0.6],
  table: [0.98, 0.6],
  yaml: [0.98, 0.6],
  text: [0.98, 0.5],
  code: [0.98, 0.6],
} as const

const surveyed = async (): Promise<readonly FamilyRow[]> => {
  const engine = createHeadroom({ home: tempHome() })
  try {
    return await survey(engine, { seeds: SEEDS })
  } finally {
    await engine.close()
  }
}

describe('84 families of tool output and more, one anomaly in each sample', () => {
  it('keeps anomalies and saves tokens, keeps needles at hand, and says nothing untrue (A-2, A-3, A-4, A-5, A-7)', async () => {
    expect(new Set(families.map(({ name }) => name)).size).toBeGreaterThanOrEqual(84)
    const rows = await surveyed()
    expect(
      rows.flatMap(({ name, violations }) => violations.map(({ seed, fault }) => `${name} ${seed}: ${fault}`)),
    ).toEqual([])
    expect(rows.filter(({ needlesLost }) => needlesLost > 0).map(({ name }) => name)).toEqual([])
    for (const kind of ['json', 'log', 'search', 'html', 'table', 'yaml', 'text', 'code'] as const) {
      const { plantShare, savedShare } = totalsOf(rows, kind)
      const lost = rows
        .filter((row) => row.kind === kind && row.plantsLost.length > 0)
        .map((row) => `${row.name} ${row.plantsLost}`)
      expect(plantShare, `${kind}: ${lost.join('; ')}`).toBeGreaterThanOrEqual(BARS[kind][0])
      expect(savedShare, kind).toBeGreaterThanOrEqual(BARS[kind][1])
    }
  }, 120_000)
})

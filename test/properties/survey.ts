// Many seeds of every family through one engine: what is kept, saved and broken, by family.
import type { Engine } from '../../src/index.js'
import { families } from './families.js'
import { judge } from './judge.js'
import type { Kind } from './sample.js'

export interface FamilyRow {
  readonly name: string
  readonly kind: Kind
  samples: number
  shortened: number
  plantsKept: number
  before: number
  after: number
  needlesInline: number
  needlesLost: number
  readonly violations: { readonly seed: number; readonly fault: string }[]
  readonly plantsLost: number[]
}

export interface SurveyOptions {
  readonly seeds: number
  readonly first?: number
  /** Only families whose name holds this. */
  readonly only?: string
  /** Lines or rows of each sample; absent, the seed chooses. */
  readonly size?: number
}

export const survey = async (
  engine: Engine,
  { seeds, first = 1, only = '', size }: SurveyOptions,
): Promise<FamilyRow[]> => {
  const rows: FamilyRow[] = []
  for (const family of families) {
    if (!family.name.includes(only)) continue
    const row: FamilyRow = {
      name: family.name,
      kind: family.kind,
      samples: 0,
      shortened: 0,
      plantsKept: 0,
      before: 0,
      after: 0,
      needlesInline: 0,
      needlesLost: 0,
      violations: [],
      plantsLost: [],
    }
    for (let seed = first; seed < first + seeds; seed++) {
      const verdict = await judge(engine, family, family.sample(seed, size))
      row.samples++
      row.before += verdict.before
      row.after += verdict.after
      if (verdict.shortened) {
        row.shortened++
        if (verdict.plantKept) row.plantsKept++
        else row.plantsLost.push(seed)
      }
      if (verdict.needle === 'inline') row.needlesInline++
      if (verdict.needle === 'lost') row.needlesLost++
      for (const fault of verdict.faults) row.violations.push({ seed, fault })
    }
    rows.push(row)
  }
  return rows
}

export interface KindTotals {
  readonly plantShare: number
  readonly savedShare: number
  readonly shortenedShare: number
}

export const totalsOf = (rows: readonly FamilyRow[], kind: Kind): KindTotals => {
  const own = rows.filter((row) => row.kind === kind)
  const sum = (of: (row: FamilyRow) => number): number => own.reduce((total, row) => total + of(row), 0)
  return {
    plantShare: sum((row) => row.plantsKept) / sum((row) => row.shortened),
    savedShare: 1 - sum((row) => row.after) / sum((row) => row.before),
    shortenedShare: sum((row) => row.shortened) / sum((row) => row.samples),
  }
}

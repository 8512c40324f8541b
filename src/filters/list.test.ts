import { describe, expect, it } from 'vitest'
import { readShell } from '../detect/shell.js'
import { parseQuery } from '../salience/query.js'
import { severityOf } from '../salience/severity.js'
import { runCase } from './cases.js'
import { checkFilter } from './check.js'
import { builtIn } from './list.js'
import type { Filter } from './spec.js'

const sight = { readShell, severityOf, parseQuery }

const textsOf = (filter: Filter): unknown =>
  JSON.parse(JSON.stringify(filter, (_, value: unknown) => (value instanceof RegExp ? value.source : value)))

describe('built-in filters', () => {
  it('are more than sixty, each with a name of its own and a case', () => {
    expect(builtIn.length).toBeGreaterThan(60)
    expect(new Set(builtIn.map(({ name }) => name)).size).toBe(builtIn.length)
    expect(builtIn.filter(({ cases }) => cases.length === 0).map(({ name }) => name)).toEqual([])
  })

  it('have the shape that a user writes; what only trusted patterns may do aside', () => {
    const faults = builtIn.flatMap((filter) => {
      const checked = checkFilter(textsOf(filter))
      return 'faults' in checked ? checked.faults.map((fault) => `${filter.name}: ${fault}`) : []
    })
    expect(faults.filter((fault) => !/refers back to a group|has more than 2 of/.test(fault))).toEqual([])
  })

  it('use no flags in lists of patterns, where all become one', () => {
    const flagged = builtIn.flatMap(({ name, keep = [], summary = [], sign = [] }) =>
      [keep, summary, sign]
        .filter((list) => list.length > 1)
        .flat()
        .filter((pattern) => pattern instanceof RegExp && pattern.flags !== '')
        .map((pattern) => `${name}: ${pattern}`),
    )
    expect(flagged).toEqual([])
  })

  for (const filter of builtIn)
    for (const one of filter.cases)
      it(`${filter.name} ${one.name}`, () => {
        const result = runCase(filter, one, sight, builtIn)
        expect(result.shown).toBe(result.expected)
        expect(result.fault).toBeUndefined()
      })
})

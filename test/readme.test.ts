// README.md shows the figures that were measured and committed, and no others.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { withTables } from '../bench/readme.js'
import type { Summary } from '../bench/summary.js'

const readme = readFileSync('README.md', 'utf8')
const summary = JSON.parse(readFileSync('bench/results/summary.json', 'utf8')) as Summary

describe('README.md', () => {
  it('has the tables of bench/results/summary.json (node scripts/ts.mjs scripts/readme-tables.ts)', () => {
    expect(withTables(readme, summary)).toBe(readme)
  })

  it('would show every changed figure', () => {
    const [first, ...rest] = summary.text!.rows
    const changed = { ...summary, text: { ...summary.text!, rows: [{ ...first!, saved: 0.1234 }, ...rest] } }
    expect(withTables(readme, changed)).not.toBe(readme)
  })

  it('without a pair of comments is an error, never an old table', () => {
    expect(() => withTables(readme.replace('<!-- /bench:kinds -->', ''), summary)).toThrow(/pair/)
    expect(() => withTables(readme.replaceAll(/<!-- \/?bench:time -->/g, ''), summary)).toThrow(/no <!-- bench:time/)
  })
})

// node scripts/ts.mjs scripts/readme-tables.ts: writes README.md's tables from bench/results/summary.json.
import { readFileSync, writeFileSync } from 'node:fs'
import { withTables } from '../bench/readme.js'
import type { Summary } from '../bench/summary.js'

const summary = JSON.parse(readFileSync('bench/results/summary.json', 'utf8')) as Summary
writeFileSync('README.md', withTables(readFileSync('README.md', 'utf8'), summary))

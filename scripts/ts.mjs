// Runs a TypeScript file of this repository on Node 20: bundles it with rolldown (the build's own bundler) and imports the result.

import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const require = createRequire(createRequire(import.meta.url).resolve('tsdown'))
const { rolldown } = require('rolldown')
const [entry, ...rest] = process.argv.slice(2)
const out = resolve('.cache/ts', `${entry.replace(/\.ts$/, '').replace(/\W+/g, '-')}.mjs`)
mkdirSync(resolve('.cache/ts'), { recursive: true })
const bundle = await rolldown({
  input: resolve(entry),
  platform: 'node',
  external: (id) => !id.startsWith('.') && !id.startsWith('/'),
  logLevel: 'silent',
})
await bundle.write({ file: out, format: 'esm', codeSplitting: false })
process.argv = [process.argv[0], out, ...rest]
await import(pathToFileURL(out).href)

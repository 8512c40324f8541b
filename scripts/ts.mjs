// Runs a TypeScript file of this repository on Node 20: bundles it with rolldown (the build's own bundler) and imports the result.

import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'

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

// A TypeScript entry as one script that a worker thread or a child process can run.
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

interface Rolldown {
  rolldown(options: object): Promise<{ write(options: object): Promise<unknown> }>
}

/** Bundles `entry` (from the repository's root) and gives the script's address. */
export const bundled = async (entry: string, name: string): Promise<URL> => {
  const require = createRequire(createRequire(import.meta.url).resolve('tsdown'))
  const { rolldown } = require('rolldown') as Rolldown
  const file = resolve('node_modules/.cache/test', `${name}.mjs`)
  const bundle = await rolldown({ input: resolve(entry), platform: 'node', external: ['libsql'], logLevel: 'silent' })
  await bundle.write({ file, format: 'esm', codeSplitting: false })
  return pathToFileURL(file)
}

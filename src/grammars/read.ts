// Bytes of the WASM files that are shipped, brotli-packed, beside the code: the parser and one grammar per language.
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { brotliDecompress } from 'node:zlib'

/** Beside the bundle; beside this source; and from a script that scripts/ts.mjs bundled two folders below the root. */
const FOLDERS = ['./grammars/', './data/', '../../src/grammars/data/'] as const

const unpack = promisify(brotliDecompress)

/** Rejects with what was looked for when the file is not there. */
export const readWasm = async (name: string): Promise<Uint8Array> => {
  let cause: unknown
  for (const folder of FOLDERS) {
    try {
      return await unpack(await readFile(new URL(`${folder}${name}.br`, import.meta.url)))
    } catch (error) {
      cause = error
    }
  }
  throw new Error(`grammar file ${name} is not beside the program; reinstall the package`, { cause })
}

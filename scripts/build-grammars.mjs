// Packs the parser and its grammars (WASM files of the dev dependencies) into src/grammars/data, brotli-compressed:
// their parse tables shrink to a tenth, so that all of them fit the package. Does only what is missing or older.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'

const OUT = join(dirname(fileURLToPath(import.meta.url)), '..', 'src', 'grammars', 'data')
const require = createRequire(import.meta.url)

/** Package of each file; names in the output are those of `src/compress/code/languages.ts`. */
const FILES = {
  'web-tree-sitter.wasm': 'web-tree-sitter',
  'tree-sitter-python.wasm': 'tree-sitter-python',
  'tree-sitter-javascript.wasm': 'tree-sitter-javascript',
  'tree-sitter-typescript.wasm': 'tree-sitter-typescript',
  'tree-sitter-tsx.wasm': 'tree-sitter-typescript',
  'tree-sitter-go.wasm': 'tree-sitter-go',
  'tree-sitter-rust.wasm': 'tree-sitter-rust',
  'tree-sitter-java.wasm': 'tree-sitter-java',
  'tree-sitter-c.wasm': 'tree-sitter-c',
  'tree-sitter-cpp.wasm': 'tree-sitter-cpp',
  'tree-sitter-ruby.wasm': 'tree-sitter-ruby',
  'tree-sitter-php.wasm': 'tree-sitter-php',
  'tree-sitter-c_sharp.wasm': 'tree-sitter-c-sharp',
}

/** Folder of an installed package, whatever its exports say. */
const packageRoot = (name) => {
  for (const base of require.resolve.paths(name))
    if (existsSync(join(base, name, 'package.json'))) return join(base, name)
  throw new Error(`build-grammars: ${name} is not installed`)
}

mkdirSync(OUT, { recursive: true })
const stampPath = join(OUT, 'versions.json')
const stamps = existsSync(stampPath) ? JSON.parse(readFileSync(stampPath, 'utf8')) : {}
const wanted = {}
for (const [file, name] of Object.entries(FILES)) {
  const root = packageRoot(name)
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  wanted[file] = `${name}@${version}`
  const path = join(OUT, `${file}.br`)
  if (stamps[file] === wanted[file] && existsSync(path)) continue
  const bytes = readFileSync(join(root, file))
  const packed = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  })
  writeFileSync(`${path}.part`, packed)
  renameSync(`${path}.part`, path)
}
for (const name of readdirSync(OUT))
  if (!name.endsWith('.json') && FILES[name.replace(/\.br$/, '')] === undefined) rmSync(join(OUT, name))
writeFileSync(stampPath, `${JSON.stringify(wanted, null, 2)}\n`)

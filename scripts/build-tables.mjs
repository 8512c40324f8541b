// Makes src/tokenize/data/*.bin: one rank table per vocabulary, laid out as src/tokenize/table.ts reads it.
// Sources are devDependencies: gpt-tokenizer (MIT) for o200k and cl100k, @anthropic-ai/tokenizer (Apache-2.0) for claude.
import { createHash } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const HERE = dirname(fileURLToPath(import.meta.url))
const OUT = join(HERE, '..', 'src', 'tokenize', 'data')
const MAGIC = 0x31627268
const HEADER_INTS = 32
const INLINE_BYTES = 12
const RANK_BITS = 18
const BUCKET_INTS = 16
const FILTER_BITS = 21
const require = createRequire(import.meta.url)

/** Folder of an installed package, whatever its exports say. */
const packageRoot = (name) => {
  for (const base of require.resolve.paths(name))
    if (existsSync(join(base, name, 'package.json'))) return join(base, name)
  throw new Error(`build-tables: ${name} is not installed`)
}

const gpt = (file) => ({
  package: 'gpt-tokenizer',
  load: async () => {
    const path = join(packageRoot('gpt-tokenizer'), 'esm', 'bpeRanks', file)
    const ranks = (await import(pathToFileURL(path).href)).default
    // Ranks without a token are holes of the array, which `flatMap` passes over.
    return ranks.flatMap((token, rank) => [[rank, Buffer.from(token)]])
  },
})

const VOCABULARIES = {
  o200k: gpt('o200k_base.js'),
  cl100k: gpt('cl100k_base.js'),
  claude: {
    package: '@anthropic-ai/tokenizer',
    load: async () => {
      const { bpe_ranks: text } = JSON.parse(
        readFileSync(join(packageRoot('@anthropic-ai/tokenizer'), 'claude.json'), 'utf8'),
      )
      return text.split('\n').flatMap((line) => {
        const [, first, ...tokens] = line.split(' ')
        return tokens.map((token, i) => [Number(first) + i, Buffer.from(token, 'base64')])
      })
    },
  },
}

/** Bit of a code point's class, as src/tokenize/classes.ts names them. White space is the Unicode property, as in Rust's \s. */
const CLASSES = [
  [/[\p{Lu}\p{Lt}]/u, 1],
  [/\p{Ll}/u, 2],
  [/[\p{Lm}\p{Lo}]/u, 4],
  [/\p{M}/u, 8],
  [/\p{N}/u, 16],
  [/[\r\n]/u, 64],
  [/\p{White_Space}/u, 32],
]
const classOf = (codePoint) => {
  const char = String.fromCodePoint(codePoint)
  for (const [pattern, bit] of CLASSES) if (pattern.test(char)) return bit
  return 128
}

/** Two-stage table: 0x1100 page numbers, then the distinct pages of 256 classes. */
const classPages = () => {
  const pages = new Map()
  const index = Buffer.alloc(0x1100)
  for (let page = 0; page < 0x1100; page++) {
    const classes = Buffer.alloc(256, 128)
    const surrogates = page >= 0xd8 && page < 0xe0
    if (!surrogates) for (let i = 0; i < 256; i++) classes[i] = classOf(page * 256 + i)
    const key = classes.toString('latin1')
    if (!pages.has(key)) pages.set(key, pages.size)
    index[page] = pages.get(key)
  }
  if (pages.size > 256) throw new Error('build-tables: page numbers need more than one byte')
  return { index, classes: Buffer.from([...pages.keys()].join(''), 'latin1') }
}

/** Same arithmetic as `hashOf` in src/tokenize/ranks.ts; token bytes are read as little-endian words, zero-padded. */
const mix = (hash, word) => {
  const h = Math.imul(hash ^ word, 0x9e3779b1)
  return h ^ (h >>> 15)
}
const finish = (hash) => {
  const h = Math.imul(hash, 0x85ebca6b)
  return h ^ (h >>> 13)
}

const build = (tokens, pages, stamp) => {
  let shift = 32
  while (2 ** (32 - shift) * 4 * 0.8 < tokens.length) shift--
  const keys = new Int32Array(2 ** (32 - shift) * BUCKET_INTS)
  const filter = new Int32Array(2 ** (FILTER_BITS - 5))
  const pairs = new Int32Array(65536).fill(0x7fffffff)
  const singles = new Set()
  const arena = []
  let longest = 0
  for (const [rank, token] of tokens.sort((a, b) => a[0] - b[0])) {
    const n = token.length
    if (rank >= 2 ** RANK_BITS || n >= 2 ** (31 - RANK_BITS)) throw new Error('build-tables: rank or token too large')
    longest = Math.max(longest, n)
    if (n === 1) singles.add(token[0])
    if (n === 2) pairs[(token[0] << 8) | token[1]] = rank
    const padded = Buffer.alloc(Math.max(INLINE_BYTES, Math.ceil(n / 4) * 4))
    token.copy(padded)
    const words = new Int32Array(padded.buffer.slice(padded.byteOffset, padded.byteOffset + padded.length))
    let hash = n
    for (let i = 0; i * 4 < n; i++) hash = mix(hash, words[i])
    hash = finish(hash)
    const bit = hash >>> (32 - FILTER_BITS)
    filter[bit >> 5] |= 1 << (bit & 31)
    let at = (hash >>> shift) * BUCKET_INTS
    while (keys[at + 3] !== 0) at = (at + 4) % keys.length
    const inline = n <= INLINE_BYTES
    keys.set([words[0], inline ? words[1] : hash, inline ? words[2] : arena.length, rank | (n << RANK_BITS)], at)
    if (!inline) arena.push(...words)
  }
  if (singles.size !== 256) throw new Error('build-tables: a single byte has no token')
  const header = new Int32Array(HEADER_INTS)
  header.set([MAGIC, shift, longest, keys.length, arena.length, pages.index.length, pages.classes.length])
  stamp.copy(Buffer.from(header.buffer), 96)
  return Buffer.concat(
    [header, keys, pairs, filter, Int32Array.from(arena)]
      .map((ints) => Buffer.from(ints.buffer))
      .concat(pages.index, pages.classes),
  )
}

const stampOf = (name) => {
  const { package: source } = VOCABULARIES[name]
  const version = JSON.parse(readFileSync(join(packageRoot(source), 'package.json'), 'utf8')).version
  return createHash('sha256')
    .update(`${name} ${source} ${version} `)
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .digest()
}

const stampIn = (path) => {
  if (!existsSync(path)) return undefined
  const header = Buffer.alloc(HEADER_INTS * 4)
  const file = openSync(path, 'r')
  readSync(file, header)
  closeSync(file)
  return header.subarray(96)
}

mkdirSync(OUT, { recursive: true })
let pages
for (const name of Object.keys(VOCABULARIES)) {
  const path = join(OUT, `${name}.bin`)
  const stamp = stampOf(name)
  if (stampIn(path)?.equals(stamp)) continue
  pages ??= classPages()
  writeFileSync(`${path}.part`, build(await VOCABULARIES[name].load(), pages, stamp))
  renameSync(`${path}.part`, path)
}

// Parser and grammars, loaded once each and never changed after: all that two compressors of a process share.
import { Language, Parser, type Tree } from 'web-tree-sitter'
import { LANGUAGES } from './languages.js'

export interface CodeParts {
  /** Bytes of a WASM file of the package by its name; rejects when it is not there. */
  readWasm(name: string): Promise<Uint8Array>
}

let started: Promise<void> | undefined

/** The module behind web-tree-sitter exists once per process, whoever starts it. */
const start = (parts: CodeParts): Promise<void> => {
  started ??= parts
    .readWasm('web-tree-sitter.wasm')
    .then((wasmBinary) => Parser.init({ wasmBinary }))
    .catch((error: unknown) => {
      started = undefined
      throw error
    })
  return started
}

const grammars = new Map<string, Promise<Language>>()

const loadGrammar = (parts: CodeParts, wasm: string): Promise<Language> => {
  let grammar = grammars.get(wasm)
  if (grammar === undefined) {
    grammar = start(parts)
      .then(() => parts.readWasm(wasm))
      .then((bytes) => Language.load(bytes))
    grammars.set(wasm, grammar)
    grammar.catch(() => grammars.delete(wasm))
  }
  return grammar
}

/** Steps of the parser per code unit after which a text is given up: well-formed code takes a thirtieth of a callback. */
const MAX_CALLBACKS_PER_UNIT = 0.5

export interface CodeParser {
  /** The caller deletes the tree. Undefined: parsing took far more steps than code of this length does. */
  parse(text: string): Tree | undefined
}

export type Loaded = CodeParser | { readonly missing: string }

/** Never rejects; what could not be loaded is said in `missing`. */
export const loadParser = async (parts: CodeParts, language: string): Promise<Loaded> => {
  const entry = LANGUAGES.get(language)
  if (entry === undefined) return { missing: language }
  try {
    const grammar = await loadGrammar(parts, entry.wasm)
    const parser = new Parser().setLanguage(grammar)
    return { parse: (text) => boundedParse(parser, text) }
  } catch (error) {
    return { missing: `${language}: ${error instanceof Error ? error.message : String(error)}` }
  }
}

const boundedParse = (parser: Parser, text: string): Tree | undefined => {
  let left = 10_000 + text.length * MAX_CALLBACKS_PER_UNIT
  const tree = parser.parse(text, undefined, { progressCallback: () => --left < 0 })
  if (tree === null) parser.reset()
  return tree ?? undefined
}

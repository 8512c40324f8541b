// The one list of compressors. Adding one is its folder and a line here.
import { readShell } from '../detect/shell.js'
import { createCommand, type Filter } from '../filters/index.js'
import { parseQuery } from '../salience/query.js'
import { severityOf } from '../salience/severity.js'
import type { Compressor } from '../spec/compressor.js'
import { createCode } from './code/index.js'
import { diff } from './diff/index.js'
import { gutter } from './gutter/index.js'
import { html } from './html/index.js'
import { json } from './json/index.js'
import { listing } from './listing/index.js'
import { lock } from './lock/index.js'
import { log } from './log/index.js'
import { progress } from './progress/index.js'
import { search } from './search/index.js'
import { table } from './table/index.js'
import { text } from './text/index.js'
import { trace } from './trace/index.js'
import { yaml } from './yaml/index.js'

/** What compressors cannot do themselves, since they do no I/O. */
export interface CompressorParts {
  /** Bytes of a WASM file of the package by its name, e.g. `tree-sitter-python.wasm`; rejects when it is not there. */
  readWasm(name: string): Promise<Uint8Array>
  /** A user's own filters of command output, in order of precedence. */
  readonly filters?: readonly Filter[]
}

export const createCompressors = (parts: CompressorParts): readonly Compressor[] => [
  json,
  log,
  search,
  createCode(parts),
  diff,
  text,
  gutter,
  table,
  listing,
  yaml,
  lock,
  trace,
  progress,
  html,
  createCommand({
    readShell,
    severityOf,
    parseQuery,
    ...(parts.filters === undefined ? {} : { filters: parts.filters }),
  }),
]

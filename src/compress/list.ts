// The one list of compressors. Adding one is its folder and a line here.
import type { Compressor } from '../spec/compressor.js'
import { json } from './json/index.js'
import { log } from './log/index.js'
import { search } from './search/index.js'

export const compressors: readonly Compressor[] = [json, log, search]

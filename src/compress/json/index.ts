import { skip } from '../../base/skip.js'
import type { Compressor } from '../../spec/compressor.js'

export const json: Compressor = { name: 'json', version: 1, accepts: ['json'], compress: () => skip('nothing-to-drop') }

import { skip } from '../../base/skip.js'
import type { Compressor } from '../../spec/compressor.js'

export const log: Compressor = { name: 'log', version: 1, accepts: ['log'], compress: () => skip('nothing-to-drop') }

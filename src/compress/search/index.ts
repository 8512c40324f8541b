import { skip } from '../../base/skip.js'
import type { Compressor } from '../../spec/compressor.js'

export const search: Compressor = {
  name: 'search',
  version: 1,
  accepts: ['search'],
  compress: () => skip('nothing-to-drop'),
}

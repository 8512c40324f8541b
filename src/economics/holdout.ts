// Which conversations are left alone. By content, so that a restart and another process say the same.
import { sha256Hex } from '../base/hash.js'

/** @param percent of all conversations that are left alone, 0 to 100; with 0 there are no sides. */
export const armOf = (conversation: string, percent: number): 'held-out' | 'treated' | undefined => {
  if (percent <= 0) return undefined
  return Number.parseInt(sha256Hex(`holdout\n${conversation}`).slice(0, 8), 16) % 100 < percent ? 'held-out' : 'treated'
}

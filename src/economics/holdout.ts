// Which conversations are left alone. By content, so that a restart and another process say the same.
import { sha256Hex } from '../base/hash.js'

/** @param percent of all conversations, 0 to 100. */
export const isHeldOut = (conversation: string, percent: number): boolean =>
  percent > 0 && Number.parseInt(sha256Hex(`holdout\n${conversation}`).slice(0, 8), 16) % 100 < percent

// A logger that says the same thing at most once a minute, so that a broken upstream cannot fill a disk.
import type { Logger } from '../spec/logger.js'

const QUIET_MS = 60_000
const REMEMBERED = 200

export const oncePerMinute = (logger: Logger, nowMs: () => number): Logger => {
  const said = new Map<string, number>()
  return (level, message, fields) => {
    const now = nowMs()
    const last = said.get(message)
    if (last !== undefined && now - last < QUIET_MS) return
    if (said.size >= REMEMBERED) said.clear()
    said.set(message, now)
    logger(level, message, fields)
  }
}

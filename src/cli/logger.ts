// Log lines on stderr: time, level, message, fields. stdout belongs to output and protocols.
import type { Writable } from 'node:stream'
import type { Logger, LogLevel } from '../spec/logger.js'

const ORDER: readonly LogLevel[] = ['debug', 'info', 'warn', 'error']

export const streamLogger = (
  stream: Writable,
  least: LogLevel,
  now: () => string = () => new Date().toISOString(),
): Logger => {
  const from = ORDER.indexOf(least)
  return (level, message, fields = {}) => {
    if (ORDER.indexOf(level) < from) return
    const tail = Object.entries(fields).map(([name, value]) => ` ${name}=${printed(value)}`)
    stream.write(`${now()} ${level} ${message}${tail.join('')}\n`)
  }
}

const printed = (value: string | number | boolean): string =>
  typeof value === 'string' && !/^[\w./:@-]+$/.test(value) ? JSON.stringify(value) : String(value)

/** The one place that loads a native database binding. None at all is a normal answer: callers then use plain files or memory. */
import { createRequire } from 'node:module'
import type { Logger } from '../../spec/logger.js'
import { messageOf } from '../errors.js'
import type { SqlDriver } from './driver.js'
import { type LibsqlModule, libsqlDriver } from './libsql.js'
import { type NodeSqliteModule, nodeSqliteDriver } from './node-sqlite.js'

export type DriverName = SqlDriver['name']

/** Best first; the second is tried only where the first does not load, since loading costs 5 to 20 ms. */
const PREFERENCE: readonly DriverName[] = ['libsql', 'node:sqlite']

export interface LoadOptions {
  readonly names?: readonly DriverName[]
  readonly logger?: Logger
  /** Replaced in tests of a missing binding. */
  readonly require?: (name: string) => unknown
}

export const loadSqlDriver = (options: LoadOptions = {}): SqlDriver | undefined => {
  const require = options.require ?? createRequire(import.meta.url)
  for (const name of options.names ?? PREFERENCE) {
    try {
      const loaded = require(name)
      return name === 'libsql' ? libsqlDriver(loaded as LibsqlModule) : nodeSqliteDriver(loaded as NodeSqliteModule)
    } catch (error) {
      options.logger?.('debug', 'a database binding did not load', { binding: name, error: messageOf(error) })
    }
  }
  return undefined
}

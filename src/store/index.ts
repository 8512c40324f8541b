/** Originals, decisions and everything that prints or reads a marker. */

import type { SqlDriver } from '../base/database/driver.js'
import { loadSqlDriver } from '../base/database/load.js'
import type { Logger } from '../spec/logger.js'
import type { Store } from '../spec/store.js'
import { DatabaseStore } from './database-store.js'
import { PlainStore } from './plain-store.js'

export { exposedFolder } from './exposed.js'
export { isMarkerPath, markers } from './marker.js'
export { retrieveFrom } from './retrieve.js'

export interface StoreOptions {
  /** Folder of all durable state; absolute. Made private (0700) when it is created. */
  readonly home: string
  /** Content above this is swept, oldest use first. Default 1 GiB. */
  readonly maxBytes?: number
  /** Content not used for this long is swept. Default 30 days; never less than one. */
  readonly maxAgeMs?: number
  readonly logger?: Logger
  /** `plain` forces the store without a database; default: the best driver that loads. */
  readonly driver?: SqlDriver | 'plain'
  /** Clock, Unix milliseconds; for tests. */
  readonly nowMs?: () => number
}

const DEFAULT_MAX_BYTES = 1024 ** 3
const DEFAULT_MAX_AGE_MS = 30 * 24 * 3_600_000

/** Never throws: while the folder or file cannot be used, `commit` refuses with STORE_UNAVAILABLE and the file is tried again. */
export const openStore = (options: StoreOptions): Store => {
  const logger = options.logger ?? (() => undefined)
  const common = {
    home: options.home,
    maxBytes: options.maxBytes ?? DEFAULT_MAX_BYTES,
    maxAgeMs: options.maxAgeMs ?? DEFAULT_MAX_AGE_MS,
    logger,
    nowMs: options.nowMs ?? Date.now,
  }
  const driver = options.driver ?? loadSqlDriver({ logger })
  if (driver === undefined)
    logger('warn', 'no database binding loads here; originals and decisions are kept in plain files')
  if (driver === undefined || driver === 'plain') return new PlainStore(common)
  const store = new DatabaseStore({ ...common, driver })
  store.warmUp()
  return store
}

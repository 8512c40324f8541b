/**
 * Tables of `ledger.db`; `PRAGMA user_version` counts the entries that have run. No text, headers, keys or paths.
 *
 *   events       one per request; times in Unix ms, sizes in bytes of the request body; `repack` is JSON of what was weighed
 *                `arm` tells sessions apart while some are held out; `agent` is a name from a fixed list, never a header's words
 *   lines        sums over the blocks of an event that share compressor or skip, tool and content type
 *   settlements  what the answer said; a row of its own, since it may be written by another process, or before its event
 *   retrievals   originals handed back; `whole` is 1 where nothing was left out
 *   cache_breaks losses of cached tokens; `event` is JSON without request text. Only the newest are kept
 */
export const LEDGER_FORMATS: readonly string[] = [
  `
  CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    event TEXT NOT NULL UNIQUE,
    at_ms INTEGER NOT NULL,
    way TEXT NOT NULL,
    dialect TEXT,
    model TEXT,
    session TEXT,
    project TEXT,
    outcome TEXT NOT NULL,
    reason TEXT,
    bytes_in INTEGER NOT NULL,
    bytes_out INTEGER NOT NULL,
    tokens_before INTEGER NOT NULL,
    tokens_after INTEGER NOT NULL,
    basis TEXT NOT NULL,
    duration_ms REAL NOT NULL,
    status INTEGER,
    input_tokens INTEGER,
    output_tokens INTEGER,
    cache_read_tokens INTEGER,
    cache_write_tokens INTEGER
  );
  CREATE INDEX events_at ON events (at_ms);
  CREATE TABLE lines (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL,
    compressor TEXT,
    skip TEXT,
    tool TEXT,
    content_type TEXT,
    blocks INTEGER NOT NULL,
    tokens_before INTEGER NOT NULL,
    tokens_after INTEGER NOT NULL,
    replayed INTEGER NOT NULL
  );
  CREATE INDEX lines_event ON lines (event_id);
  CREATE TABLE settlements (
    event TEXT NOT NULL UNIQUE,
    status INTEGER NOT NULL,
    input_tokens INTEGER,
    output_tokens INTEGER,
    cache_read_tokens INTEGER,
    cache_write_tokens INTEGER
  );
  CREATE TABLE retrievals (
    id INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    ref TEXT NOT NULL,
    tokens INTEGER NOT NULL,
    whole INTEGER NOT NULL
  );
  CREATE INDEX retrievals_at ON retrievals (at_ms);
  `,
  'ALTER TABLE events ADD COLUMN repack TEXT',
  `
  CREATE TABLE cache_breaks (
    id INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    cause TEXT NOT NULL,
    lost_tokens INTEGER,
    lost_micro_usd INTEGER,
    event TEXT NOT NULL
  );
  CREATE INDEX cache_breaks_at ON cache_breaks (at_ms);
  `,
  `
  ALTER TABLE events ADD COLUMN cache_write_1h_tokens INTEGER;
  ALTER TABLE settlements ADD COLUMN cache_write_1h_tokens INTEGER;
  ALTER TABLE events ADD COLUMN arm TEXT;
  `,
  'ALTER TABLE events ADD COLUMN agent TEXT',
]

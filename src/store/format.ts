/**
 * Tables of `store.db`. `PRAGMA user_version` is the number of entries of STORE_FORMATS that have run; entries are only
 * ever added. Ordinary rowid tables: WITHOUT ROWID triples the file with kilobyte blobs (measured). Bodies live apart
 * from their originals so that recording a use rewrites a short row.
 *
 *   originals  ref, digest (SHA-256 of the bytes), stored (sealed size, bytes), used_ms (last use, Unix ms)
 *   bodies     sealed bytes of the original with the same id
 *   owners     scopes that stored an original; the empty scope is the local user
 *   decisions  form of a block by key; `text` sealed; a `ref` always has its original; `bases` JSON of Decision.bases
 */
export const STORE_FORMATS: readonly string[] = [
  `
  CREATE TABLE originals (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,
    digest BLOB NOT NULL,
    stored INTEGER NOT NULL,
    used_ms INTEGER NOT NULL
  );
  CREATE INDEX originals_used ON originals (used_ms);
  CREATE TABLE bodies (id INTEGER PRIMARY KEY, sealed BLOB NOT NULL);
  CREATE TABLE owners (id INTEGER NOT NULL, scope TEXT NOT NULL, UNIQUE (id, scope));
  CREATE TABLE decisions (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    text BLOB,
    ref TEXT,
    skip TEXT,
    compressor TEXT,
    form TEXT,
    content_type TEXT,
    tokens_before INTEGER NOT NULL,
    tokens_after INTEGER NOT NULL,
    used_ms INTEGER NOT NULL
  );
  CREATE INDEX decisions_ref ON decisions (ref) WHERE ref IS NOT NULL;
  CREATE INDEX decisions_used ON decisions (used_ms) WHERE ref IS NULL;
  `,
  'ALTER TABLE decisions ADD COLUMN bases TEXT;',
]

/** One commit: originals first, then decisions, in one transaction. First writer wins, in any process. */
import { immediately, type SqlDatabase } from '../base/database/driver.js'
import type { Decision, Original, Ref } from '../spec/store.js'
import { DECISION_COLUMNS, decisionOf, decisionValues, refused } from './decision-row.js'
import { isRef } from './exposed.js'
import { digestOf, sameBytes, seal } from './seal.js'

/** An original whose ref is right, with its hash, sealed when it is first needed. */
interface Candidate {
  readonly ref: Ref
  readonly digest: Uint8Array
  readonly scope: string
  /** Not held when it was looked for, and so sealed. */
  isNew(): boolean
  sealed(): Uint8Array
}

/** Decision in force for each given one, in the same order. A decision whose original cannot be held becomes a refusal. */
export const commitTo = (
  database: SqlDatabase,
  originals: readonly Original[],
  decisions: readonly Decision[],
  nowMs: number,
): Decision[] => {
  const candidates = originals.flatMap(candidateOf)
  const find = database.prepare('SELECT digest FROM originals WHERE ref = ?')
  // Compressing is the slow part: done before the lock is taken, and not at all for what is held already.
  for (const candidate of candidates) if (find.get([candidate.ref]) === undefined) candidate.sealed()
  return immediately(database, () => {
    const held = new Map(candidates.map((candidate) => [candidate.ref, holdOriginal(database, candidate, nowMs)]))
    return decisions.map((decision) => insertDecision(database, backed(database, decision, held), nowMs))
  })
}

const candidateOf = ({ ref, bytes, scope }: Original): Candidate[] => {
  const digest = digestOf(bytes)
  if (!isRef(ref) || Buffer.from(digest).toString('hex', 0, ref.length / 2) !== ref) return []
  let sealed: Uint8Array | undefined
  return [
    {
      ref,
      digest,
      scope: scope ?? '',
      isNew: () => sealed !== undefined,
      sealed: () => (sealed ??= seal(bytes, { digest })),
    },
  ]
}

/** False where the ref stands for other bytes. */
const holdOriginal = (database: SqlDatabase, candidate: Candidate, nowMs: number): boolean => {
  const { ref, digest, scope } = candidate
  if (!candidate.isNew() || !insertOriginal(database, candidate, nowMs)) {
    const held = database.prepare('SELECT digest FROM originals WHERE ref = ?').get([ref])
    if (held === undefined) insertOriginal(database, candidate, nowMs)
    else if (!sameBytes(held.digest as Uint8Array, digest)) return false
    else database.prepare('UPDATE originals SET used_ms = max(used_ms, ?) WHERE ref = ?').run([nowMs, ref])
  }
  database
    .prepare('INSERT OR IGNORE INTO owners (id, scope) SELECT id, ? FROM originals WHERE ref = ?')
    .run([scope, ref])
  return true
}

/** False where another process was first. */
const insertOriginal = (database: SqlDatabase, { ref, digest, sealed }: Candidate, nowMs: number): boolean => {
  const bytes = sealed()
  const isNew =
    database
      .prepare('INSERT INTO originals (ref, digest, stored, used_ms) VALUES (?, ?, ?, ?) ON CONFLICT (ref) DO NOTHING')
      .run([ref, digest, bytes.length, nowMs]) > 0
  if (isNew) database.prepare('INSERT INTO bodies (id, sealed) VALUES (last_insert_rowid(), ?)').run([bytes])
  return isNew
}

/** The decision itself when its original is held with the very bytes it was made from and it can be written down exactly. */
const backed = (database: SqlDatabase, decision: Decision, held: ReadonlyMap<Ref, boolean>): Decision => {
  if (decision.text !== undefined && /\p{Surrogate}/u.test(decision.text)) return refused(decision)
  if (decision.ref === undefined) return decision
  const isHeld = (ref: Ref): boolean =>
    database.prepare('SELECT digest FROM originals WHERE ref = ?').get([ref]) !== undefined
  return (held.get(decision.ref) ?? isHeld(decision.ref)) ? decision : refused(decision)
}

const INSERT_DECISION = `INSERT INTO decisions (${DECISION_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING`

const insertDecision = (database: SqlDatabase, decision: Decision, nowMs: number): Decision => {
  const insert = database.prepare(INSERT_DECISION)
  if (insert.run(decisionValues(decision, nowMs)) > 0) return decision
  const row = database.prepare(`SELECT ${DECISION_COLUMNS} FROM decisions WHERE key = ?`).get([decision.key])
  const first = row === undefined ? undefined : decisionOf(row)
  if (first !== undefined) return first
  // The earlier text is damaged, so nobody can send it again: the new one takes its place.
  database.prepare('DELETE FROM decisions WHERE key = ?').run([decision.key])
  insert.run(decisionValues(decision, nowMs))
  return decision
}

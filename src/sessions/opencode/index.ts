// OpenCode: one database for all sessions (1.2 and later), before that a JSON file for every message and part.
// The database is opened read-only. Seen in a database of 1.18.33; the files as its migration describes them.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { SqlDatabase } from '../../base/database/driver.js'
import { loadSqlDriver } from '../../base/database/load.js'
import { asObject, asText, type Json, parsed } from '../json.js'
import type { Candidate, Recording, SessionReader } from '../model.js'
import { dialectOf, eventsOf, type Message } from './messages.js'

const folderOf = ({ home, env }: Parameters<SessionReader['places']>[0]): string =>
  join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'opencode')

export const opencode: SessionReader = {
  agent: 'opencode',
  title: 'OpenCode',
  places: (places) => [join(folderOf(places), 'opencode.db'), join(folderOf(places), 'storage', 'session')],
  accepts: ({ path, head }) => isDatabase(path, head) || isSessionFile(path),
  recordings: async (candidate) =>
    isDatabase(candidate.path, candidate.head) ? fromDatabase(candidate) : fromFiles(candidate),
}

const isDatabase = (path: string, head: string): boolean =>
  basename(path) === 'opencode.db' && head.startsWith('SQLite format 3')

/** storage/session/PROJECT/ses_ID.json */
const isSessionFile = (path: string): boolean =>
  /^ses_\w+\.json$/.test(basename(path)) && basename(dirname(dirname(path))) === 'session'

const withDatabase = <T>(path: string, work: (database: SqlDatabase) => T): T => {
  const driver = loadSqlDriver()
  if (driver === undefined) throw new Error('no SQLite binding is installed')
  const database = driver.open(`${pathToFileURL(path).href}?mode=ro`)
  try {
    return work(database)
  } finally {
    database.close()
  }
}

const fromDatabase = ({ path, bytes }: Candidate): readonly Recording[] => {
  const sessions = withDatabase(path, (database) =>
    database
      .prepare(
        'SELECT s.id AS id, (SELECT data FROM message m WHERE m.session_id = s.id ORDER BY m.time_created DESC LIMIT 1) AS last FROM session s ORDER BY s.time_created, s.id',
      )
      .all([]),
  )
  return sessions.map(({ id, last }) => ({
    id: String(id),
    agent: 'opencode',
    dialect: dialectOf(providerIn(asObject(parsed(String(last))))),
    bytes: Math.ceil(bytes / sessions.length),
    events: () => eventsOf(rowsOf(path, String(id))),
  }))
}

const providerIn = (info: Json): string => asText(info.providerID) || asText(asObject(info.model).providerID)

/** The messages of one session, a page at a time so that a long one is not held whole. */
const PAGE = 50

async function* rowsOf(path: string, session: string): AsyncGenerator<Message> {
  for (let from = 0; ; from += PAGE) {
    const page = withDatabase(path, (database) => {
      const messages = database
        .prepare('SELECT id, data FROM message WHERE session_id = ? ORDER BY time_created, id LIMIT ? OFFSET ?')
        .all([session, PAGE, from])
      const parts = database.prepare('SELECT data FROM part WHERE message_id = ? ORDER BY id')
      return messages.map(({ id, data }) => ({
        info: { ...asObject(parsed(String(data))), id },
        parts: parts.all([String(id)]).map((row) => asObject(parsed(String(row.data)))),
      }))
    })
    yield* page
    if (page.length < PAGE) return
  }
}

const fromFiles = ({ path }: Candidate): readonly Recording[] => {
  const id = basename(path, '.json')
  const storage = dirname(dirname(dirname(path)))
  const names = jsonIn(join(storage, 'message', id))
  const first = names.length === 0 ? {} : readJson(join(storage, 'message', id, names.at(-1)!))
  return [
    {
      id,
      agent: 'opencode',
      dialect: dialectOf(providerIn(first)),
      bytes: bytesIn(storage, id, names),
      events: () => eventsOf(filesOf(storage, id, names)),
    },
  ]
}

/** Ids rise with time, so names sort by it. */
const jsonIn = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .sort()
    : []

const readJson = (path: string): Json => asObject(parsed(readFileSync(path, 'utf8')))

const partFolder = (storage: string, name: string): string => join(storage, 'part', basename(name, '.json'))

const bytesIn = (storage: string, id: string, names: readonly string[]): number =>
  [
    ...names.map((name) => join(storage, 'message', id, name)),
    ...names.flatMap((name) => jsonIn(partFolder(storage, name)).map((part) => join(partFolder(storage, name), part))),
  ].reduce((total, file) => total + statSync(file).size, 0)

async function* filesOf(storage: string, id: string, names: readonly string[]): AsyncGenerator<Message> {
  for (const name of names) {
    const parts = jsonIn(partFolder(storage, name)).map((part) => readJson(join(partFolder(storage, name), part)))
    yield { info: { ...readJson(join(storage, 'message', id, name)), id: basename(name, '.json') }, parts }
  }
}

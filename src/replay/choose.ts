// Which recordings are replayed: the newest ones, of one agent where one is asked for.
import { stat } from 'node:fs/promises'
import { filesUnder, recordingsIn } from '../sessions/find.js'

export interface Choice {
  /** Files and folders. */
  readonly paths: readonly string[]
  readonly agent?: string
  /** Files not changed since are left out. */
  readonly sinceMs?: number
  /** Sessions after which no further file is taken. */
  readonly limit?: number
}

export interface Chosen {
  /** Files, newest first. */
  readonly paths: readonly string[]
  /** Older files beyond the limit. */
  readonly filesLeftOut: number
}

export const chooseFiles = async (choice: Choice): Promise<Chosen> => {
  const { agent, limit = Number.POSITIVE_INFINITY } = choice
  const newest = await newestFiles(choice)
  if (agent === undefined && limit === Number.POSITIVE_INFINITY) return { paths: newest, filesLeftOut: 0 }
  const paths: string[] = []
  let sessions = 0
  for (const [index, path] of newest.entries()) {
    if (sessions >= limit) return { paths, filesLeftOut: newest.length - index }
    const found = await recordingsIn(path)
    const own = 'why' in found ? [] : found.filter((recording) => agent === undefined || recording.agent === agent)
    // A file that cannot be read is kept, so that the report names it.
    if (own.length > 0 || ('why' in found && agent === undefined)) paths.push(path)
    sessions += own.length
  }
  return { paths, filesLeftOut: 0 }
}

const newestFiles = async ({ paths, sinceMs = 0 }: Choice): Promise<readonly string[]> => {
  const timed: { readonly path: string; readonly atMs: number }[] = []
  for (const { path } of await filesUnder(paths)) timed.push({ path, atMs: (await stat(path)).mtimeMs })
  return timed
    .filter(({ atMs }) => atMs >= sinceMs)
    .sort((a, b) => b.atMs - a.atMs || (a.path < b.path ? -1 : 1))
    .map(({ path }) => path)
}

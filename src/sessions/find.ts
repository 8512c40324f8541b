// Finds the recordings under paths, or where a user's own programs keep them.
import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '../base/errors.js'
import { candidateOf } from './files.js'
import { readers } from './list.js'
import type { Places, Recording, SessionReader } from './model.js'

export interface FoundFile {
  readonly path: string
  readonly bytes: number
}

export interface LeftOut {
  readonly path: string
  readonly why: string
}

/** Extensions of files that may be recordings; the rest is not opened. */
const NAMES = /\.(?:jsonl|json|db|md|traj)$/

/** Folders that the programs themselves keep, of those that exist. */
export const ownPlaces = (places: Places): readonly string[] => [
  ...new Set(readers.flatMap((reader) => reader.places(places)).filter((path) => existsSync(path))),
]

/** Files under the paths, sorted, each once. A path that is a file is taken whatever its name. */
export const filesUnder = async (paths: readonly string[]): Promise<readonly FoundFile[]> => {
  const found = new Map<string, FoundFile>()
  const walk = async (path: string, isNamed: boolean): Promise<void> => {
    const info = await stat(path)
    if (info.isDirectory()) {
      for (const entry of (await readdir(path, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1)))
        if (entry.isDirectory() ? entry.name !== 'node_modules' : NAMES.test(entry.name) && entry.isFile())
          await walk(join(path, entry.name), false)
    } else if (info.isFile() && (isNamed || NAMES.test(path)) && info.size > 0)
      found.set(path, { path, bytes: info.size })
  }
  for (const path of paths) await walk(path, true)
  return [...found.values()]
}

/** The recordings of one file, or why there are none. */
export const recordingsIn = async (
  path: string,
  known: readonly SessionReader[] = readers,
): Promise<readonly Recording[] | LeftOut> => {
  try {
    const candidate = await candidateOf(path)
    const reader = known.find((one) => one.accepts(candidate))
    if (reader === undefined) return { path, why: 'no format that is known' }
    const recordings = await reader.recordings(candidate)
    return recordings.length > 0 ? recordings : { path, why: `no conversation in it (${reader.title})` }
  } catch (error) {
    return { path, why: messageOf(error) }
  }
}

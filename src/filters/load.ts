// A user's own filters from folders. A file that cannot be used is named with its faults and left out; the others count.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parse as parseYaml } from 'yaml'
import { checkFilter } from './check.js'
import type { Filter } from './spec.js'

export interface LoadedFilter {
  readonly filter: Filter
  readonly path: string
}

export interface FilterFault {
  readonly path: string
  /** What is wrong, where in the file, and what to do. */
  readonly message: string
}

export interface LoadedFilters {
  readonly loaded: readonly LoadedFilter[]
  readonly faults: readonly FilterFault[]
}

/** Folder of a project, below its root, and of an engine, below its home. */
export const PROJECT_FOLDER: string = join('.headroom', 'filters')
export const HOME_FOLDER = 'filters'

const MAX_BYTES = 256 * 1024
const MAX_FILES = 500

/** The first folder wins where two filters have one name. A folder that is not there holds none. */
export const loadFilters = (folders: readonly string[]): LoadedFilters => {
  const loaded: LoadedFilter[] = []
  const faults: FilterFault[] = []
  const names = new Map<string, string>()
  for (const folder of folders)
    for (const path of filesIn(folder, faults)) {
      const read = readFilters(path)
      faults.push(...read.faults)
      for (const filter of read.filters) {
        const twin = names.get(filter.name)
        if (twin === undefined) {
          names.set(filter.name, path)
          loaded.push({ filter, path })
        } else if (twin === path || twin.startsWith(join(folder, '/')))
          faults.push({
            path,
            message: `a filter named "${filter.name}" is in ${twin} too; give one of them another name`,
          })
      }
    }
  return { loaded, faults }
}

const filesIn = (folder: string, faults: FilterFault[]): string[] => {
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch (error) {
    if (!isMissing(error)) faults.push({ path: folder, message: `cannot be read: ${wordsOf(error)}` })
    return []
  }
  return names
    .filter((name) => /\.(?:json|ya?ml)$/i.test(name))
    .sort()
    .slice(0, MAX_FILES)
    .map((name) => join(folder, name))
}

/** One filter, or a list of them. */
const readFilters = (path: string): { filters: Filter[]; faults: FilterFault[] } => {
  const fault = (message: string): { filters: Filter[]; faults: FilterFault[] } => ({
    filters: [],
    faults: [{ path, message }],
  })
  let value: unknown
  try {
    if (statSync(path).size > MAX_BYTES) return fault(`is larger than ${MAX_BYTES / 1024} KiB; split it`)
    const source = readFileSync(path, 'utf8')
    value = path.toLowerCase().endsWith('.json') ? JSON.parse(source) : parseYaml(source, { maxAliasCount: 20 })
  } catch (error) {
    return fault(`cannot be read: ${wordsOf(error)}`)
  }
  const filters: Filter[] = []
  const faults: FilterFault[] = []
  const entries = Array.isArray(value) ? value : [value]
  entries.forEach((entry: unknown, index) => {
    const checked = checkFilter(entry)
    const where = Array.isArray(value) ? `entry ${index + 1}: ` : ''
    if ('filter' in checked) filters.push(checked.filter)
    else faults.push(...checked.faults.map((message) => ({ path, message: where + message })))
  })
  return { filters, faults }
}

const isMissing = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  (error.code === 'ENOENT' || error.code === 'ENOTDIR')

const wordsOf = (error: unknown): string =>
  error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)

// Finds and reads the two files, then resolves. A missing file is no file; an unreadable one is an error that names it.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { HeadroomError, messageOf } from '../base/errors.js'
import { defaultHome, type Env, readEnv } from './env.js'
import { type ConfigFile, type ResolvedConfig, resolveConfig } from './resolve.js'
import { parsePath } from './values.js'

export interface LoadInput {
  readonly flags?: Readonly<Record<string, string | undefined>>
  readonly env?: Env
  readonly cwd?: string
}

const readConfigFile = (path: string): ConfigFile | undefined => {
  if (!existsSync(path)) return undefined
  try {
    return { path, values: JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')) }
  } catch (error) {
    throw new HeadroomError(
      'CONFIG_INVALID',
      `${path} cannot be read as JSON: ${messageOf(error)}; correct or remove it`,
      {
        cause: error,
      },
    )
  }
}

/**
 * The nearest `.headroom/config.json` from the working folder up to the repository's root. Outside a repository only the
 * working folder counts, so that nobody can plant a file in a shared parent folder.
 */
const projectFile = (cwd: string, userFile: string): string | undefined => {
  const found: string[] = []
  for (let dir = cwd; ; dir = dirname(dir)) {
    const path = join(dir, '.headroom', 'config.json')
    if (path !== userFile && existsSync(path)) found.push(path)
    if (existsSync(join(dir, '.git'))) return found[0]
    if (dir === dirname(dir)) return found.find((candidate) => candidate === join(cwd, '.headroom', 'config.json'))
  }
}

/** Every setting from all its places. Throws CONFIG_INVALID. */
export const loadConfig = ({ flags = {}, env = readEnv(), cwd = process.cwd() }: LoadInput = {}): ResolvedConfig => {
  const asked = flags.home === undefined ? undefined : parsePath(flags.home, cwd)
  const home = asked !== undefined && 'value' in asked ? String(asked.value) : defaultHome(env, cwd)
  const userFile = resolve(home, 'config.json')
  const file = readConfigFile(userFile)
  const projectPath = projectFile(cwd, userFile)
  const project = projectPath === undefined ? undefined : readConfigFile(projectPath)
  return resolveConfig({ flags, env, cwd, ...(file ? { file } : {}), ...(project ? { project } : {}) })
}

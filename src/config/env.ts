// The only place outside the command line that reads the environment.
import { parsePath } from './values.js'

export type Env = Readonly<Record<string, string | undefined>>

export const readEnv = (): Env => process.env

/** Where a library call keeps its originals unless told otherwise: `HEADROOM_HOME`, else `~/.headroom`; absolute. */
export const defaultHome = (env: Env = readEnv(), cwd: string = process.cwd()): string => {
  const read = parsePath(env.HEADROOM_HOME || '~/.headroom', cwd)
  return 'value' in read ? String(read.value) : defaultHome({}, cwd)
}

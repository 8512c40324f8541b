// How a client starts us later: by name where the name leads here, else by the files we run from.
import { accessSync, constants, realpathSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import type { CliIo } from '../context.js'

/** Full path of a program on PATH; folders for which `skips` holds are passed over. */
export const onPath = (
  env: CliIo['env'],
  name: string,
  skips: (folder: string) => boolean = () => false,
): string | undefined => {
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => folder !== '' && !skips(folder))
  const extensions = process.platform === 'win32' ? ['.exe', '.cmd', '.bat', ''] : ['']
  for (const folder of folders)
    for (const extension of extensions) {
      const file = join(folder, name + extension)
      try {
        accessSync(file, constants.X_OK)
        return file
      } catch {
        // Not in this folder: the next one is looked at.
      }
    }
  return undefined
}

export const ownScript = (): string => resolve(process.argv[1] ?? '')

/** `headroom`, or node and our script. */
export const ownCommand = (env: CliIo['env']): readonly string[] => {
  const named = onPath(env, 'headroom')
  const isThis = named !== undefined && realpathSync(named) === realpathSync(ownScript())
  return isThis ? ['headroom'] : [process.execPath, ownScript()]
}

/** Folders and files that only their owner can open, whatever the umask says. On Windows the profile folder's own rights apply. */
import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs'

const OWNER_ONLY_FOLDER = 0o700
const OWNER_ONLY_FILE = 0o600

export const makePrivateFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: OWNER_ONLY_FOLDER })
  restrict(folder, OWNER_ONLY_FOLDER)
}

/** Creates `file` empty where it is missing, so that whoever opens it next (SQLite, for its side files too) inherits the mode. */
export const makePrivateFile = (file: string): void => {
  closeSync(openSync(file, 'a', OWNER_ONLY_FILE))
  restrict(file, OWNER_ONLY_FILE)
}

const restrict = (path: string, mode: number): void => {
  if (process.platform === 'win32' || (statSync(path).mode & 0o777) === mode) return
  chmodSync(path, mode)
}

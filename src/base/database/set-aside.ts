/** Moves a damaged database out of the way, so that a fresh one can start and the damaged one can still be looked at. */
import { closeSync, existsSync, openSync, renameSync, rmSync, statSync } from 'node:fs'

/** A lock older than this belongs to a process that died while it moved three files. */
const STALE_LOCK_MS = 10_000

/** Name the file now has, or undefined when another process is moving it at this moment. `stillDamaged` is asked under the lock. */
export const setAside = (file: string, stillDamaged: () => boolean): string | undefined => {
  const lock = `${file}.moving`
  if (!takeLock(lock)) return undefined
  try {
    if (!stillDamaged()) return undefined
    let number = 1
    while (existsSync(`${file}.corrupt-${number}`)) number++
    const target = `${file}.corrupt-${number}`
    renameSync(file, target)
    for (const side of ['-wal', '-shm']) if (existsSync(file + side)) renameSync(file + side, target + side)
    return target
  } finally {
    rmSync(lock, { force: true })
  }
}

const takeLock = (lock: string): boolean => {
  if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > STALE_LOCK_MS) rmSync(lock, { force: true })
  try {
    closeSync(openSync(lock, 'wx', 0o600))
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

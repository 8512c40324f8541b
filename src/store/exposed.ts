/** Originals as plain read-only files, which an agent's own file tools can open. */
import { chmodSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makePrivateFolder } from '../base/database/private-file.js'
import { REF_DIGITS } from '../base/hash.js'
import type { Ref } from '../spec/store.js'

const REF = new RegExp(`^[0-9a-f]{${REF_DIGITS}}$`)

/** Refs come from model output too: only this shape may become part of a path. */
export const isRef = (value: string): value is Ref => REF.test(value)

export const exposedFolder = (home: string): string => join(home, 'files')

export const exposedFile = (home: string, ref: Ref): string => join(exposedFolder(home), `${ref}.txt`)

/** True when the file is there with the content's size. Content cannot differ: the name is its hash and the mode is read-only. */
export const isExposed = (file: string, sizeBytes?: number): boolean => {
  const stats = statSync(file, { throwIfNoEntry: false })
  return stats?.isFile() === true && (sizeBytes === undefined || stats.size === sizeBytes)
}

/** Atomic: a reader sees no file or the whole one, whichever process wins. */
export const writeExposed = (home: string, ref: Ref, bytes: Uint8Array): string => {
  const file = exposedFile(home, ref)
  if (isExposed(file, bytes.length)) return file
  makePrivateFolder(exposedFolder(home))
  const draft = `${file}.${process.pid}.${performance.now().toString(36).replace('.', '')}`
  writeFileSync(draft, bytes, { mode: 0o600, flag: 'wx' })
  chmodSync(draft, 0o400)
  try {
    removeExposed(home, ref)
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    if (!isExposed(file, bytes.length)) throw error
  }
  return file
}

export const removeExposed = (home: string, ref: Ref): void => {
  const file = exposedFile(home, ref)
  // Windows refuses to remove or replace a read-only file.
  if (process.platform === 'win32' && isExposed(file)) chmodSync(file, 0o600)
  rmSync(file, { force: true })
}

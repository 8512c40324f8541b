// Files by which several launches share one proxy: who runs it, and who uses it. One folder per set of settings.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../spec/config.js'

/** What a proxy says of itself once it listens. */
export interface RunningState {
  readonly pid: number
  readonly url: string
  readonly port: number
  /** Drawn at the start; its health answer must name it, or somebody else has the port. */
  readonly instance: string
}

/** Launches that differ in what the proxy does with requests cannot share one. */
export const stateFolder = (config: Config): string => {
  const { policy, rules, host, upstreamAnthropic, upstreamOpenai, upstreamGemini } = config
  const settings = JSON.stringify([policy, rules, host, upstreamAnthropic, upstreamOpenai, upstreamGemini])
  return join(config.home, 'run', createHash('sha256').update(settings).digest('hex').slice(0, 12))
}

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const privately = { mode: 0o600 } as const

const makeFolder = (folder: string): void => void mkdirSync(folder, { recursive: true, mode: 0o700 })

/** Atomic, so that a reader sees a whole file or none. */
export const writeState = (folder: string, state: RunningState): void => {
  makeFolder(folder)
  const draft = join(folder, `proxy.${state.pid}.tmp`)
  writeFileSync(draft, JSON.stringify(state), privately)
  renameSync(draft, join(folder, 'proxy.json'))
}

/** What the last started proxy wrote, if its process lives. */
export const readState = (folder: string): RunningState | undefined => {
  try {
    const state = JSON.parse(readFileSync(join(folder, 'proxy.json'), 'utf8')) as RunningState
    return isAlive(state.pid) ? state : undefined
  } catch {
    // No file, or one that no proxy of ours wrote: nobody runs one.
    return undefined
  }
}

/** Takes the state away, unless another proxy has written its own since. */
export const clearState = (folder: string, instance: string): void => {
  if (readState(folder)?.instance === instance) rmSync(join(folder, 'proxy.json'), { force: true })
}

const LEASE = /^lease-(\d{1,10})$/

/** From now on this process needs the proxy. Gone with the process, whatever ends it. */
export const takeLease = (folder: string): (() => void) => {
  makeFolder(folder)
  const file = join(folder, `lease-${process.pid}`)
  writeFileSync(file, '', privately)
  return () => rmSync(file, { force: true })
}

/** Processes that need the proxy; files of dead ones are removed. */
export const countLeases = (folder: string): number => {
  let count = 0
  for (const name of readdirSync(folder)) {
    const pid = LEASE.exec(name)?.[1]
    if (pid === undefined) continue
    if (isAlive(Number(pid))) count++
    else rmSync(join(folder, name), { force: true })
  }
  return count
}

/** True for the one process that may start the proxy; a lock of a dead one is taken over. */
export const tryLock = (folder: string): boolean => {
  makeFolder(folder)
  const file = join(folder, 'start.lock')
  try {
    writeFileSync(file, String(process.pid), { ...privately, flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const holder = Number(readText(file))
  if (holder > 0 && !isAlive(holder)) rmSync(file, { force: true })
  return false
}

export const unlock = (folder: string): void => {
  const file = join(folder, 'start.lock')
  if (Number(readText(file)) === process.pid) rmSync(file, { force: true })
}

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // Gone between two looks: whoever had it is done.
    return ''
  }
}

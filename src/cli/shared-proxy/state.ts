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
  const { retrieval, repack, holdoutPercent, alignPrefix } = config
  const settings = JSON.stringify([
    ...[policy, rules, host, upstreamAnthropic, upstreamOpenai, upstreamGemini],
    ...[retrieval, repack, holdoutPercent, alignPrefix],
  ])
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

const LEASE = 'lease'
/** Names a process that would start the proxy. */
const START = 'start'

/** From now on this process needs the proxy. Gone with the process, whatever ends it. */
export const takeLease = (folder: string): (() => void) => {
  makeFolder(folder)
  const file = join(folder, `${LEASE}-${process.pid}`)
  writeFileSync(file, '', privately)
  return () => rmSync(file, { force: true })
}

/** Processes that need the proxy; files of dead ones are removed. */
export const countLeases = (folder: string): number => living(folder, LEASE).length

const living = (folder: string, kind: string): number[] =>
  readdirSync(folder).flatMap((name) => {
    const pid = new RegExp(`^${kind}-(\\d{1,10})$`).exec(name)?.[1]
    if (pid === undefined) return []
    if (isAlive(Number(pid))) return [Number(pid)]
    rmSync(join(folder, name), { force: true })
    return []
  })

/**
 * True for the one process that may start the proxy. Each names itself before it looks at the others, so of two at least one
 * sees the other. The lowest number stays and asks again until it is alone; the others give way. Dead ones count for nothing.
 */
export const tryLock = (folder: string): boolean => {
  makeFolder(folder)
  const named = living(folder, START)
  // Who comes later does not even name itself: the lowest would hardly ever be alone.
  if (named.length > 0 && !named.includes(process.pid)) return false
  writeFileSync(join(folder, `${START}-${process.pid}`), '', privately)
  const others = living(folder, START).filter((pid) => pid !== process.pid)
  if (others.some((pid) => pid < process.pid)) unlock(folder)
  return others.length === 0
}

/** Ends holding the lock, and waiting for it. */
export const unlock = (folder: string): void => rmSync(join(folder, `${START}-${process.pid}`), { force: true })

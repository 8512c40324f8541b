// What a figure depends on besides the code: machine, load, and which code it was.
import { spawnSync } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'

export interface Facts {
  readonly date: string
  /** Commit that was measured; `+` where tracked sources differed from it. */
  readonly commit: string
  readonly node: string
  readonly cpu: string
  readonly cores: number
  readonly memoryGb: number
  /** Load average of the last minute when the run began. */
  readonly load: number
}

const git = (...args: string[]): string => {
  const { status, stdout } = spawnSync('git', args, { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : ''
}

export const factsNow = (): Facts => {
  const changed = git('status', '--porcelain', '--untracked-files=no', '--', 'src') === '' ? '' : '+'
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: `${git('rev-parse', '--short', 'HEAD') || 'unknown'}${changed}`,
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1e9),
    load: Math.round(loadavg()[0]! * 10) / 10,
  }
}

export const lineOf = ({ commit, node, cores, cpu, memoryGb, load }: Facts): string =>
  `commit ${commit}, node ${node}, ${cores} × ${cpu}, ${memoryGb} GB, load ${load.toFixed(1)}`

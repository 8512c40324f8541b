// Starts the one proxy of a set of settings, or joins it where it runs; starts it again at the same port when it died.
import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '../../spec/config.js'
import { ask } from '../checks/http.js'
import { nextFreePort, portState } from '../checks/port.js'
import { CliFailure } from '../failure.js'
import { type RunningState, readState, stateFolder, takeLease, tryLock, unlock } from './state.js'

/** Longest wait for a proxy to listen. */
const START_MS = 20_000
const POLL_MS = 50
/** How often a user of the proxy looks whether it lives. */
const WATCH_MS = 1_000

export interface SharedProxy {
  readonly state: RunningState
  /** This process no longer needs it. */
  leave(): void
}

export const joinProxy = async (config: Config, onRestart: (problem: string) => void): Promise<SharedProxy> => {
  const folder = stateFolder(config)
  const release = takeLease(folder)
  try {
    const state = await ensure(config, folder)
    let looking = false
    const watch = setInterval(() => {
      if (looking || readState(folder) !== undefined) return
      looking = true
      void ensure(config, folder, state.port)
        .then(() => onRestart('the proxy had ended and was started again'))
        .catch((error: unknown) => onRestart(`the proxy ended and cannot be started again: ${String(error)}`))
        .finally(() => {
          looking = false
        })
    }, WATCH_MS)
    watch.unref()
    return {
      state,
      leave() {
        clearInterval(watch)
        release()
      },
    }
  } catch (error) {
    release()
    throw error
  }
}

/** @param port the port that running clients were given; absent: the configured one or the next free. */
const ensure = async (config: Config, folder: string, port?: number): Promise<RunningState> => {
  const endMs = performance.now() + START_MS
  try {
    while (performance.now() < endMs) {
      const running = readState(folder)
      if (running !== undefined && (await answers(running))) return running
      if (running === undefined && tryLock(folder) && readState(folder) === undefined)
        await start(config, folder, port ?? (await freePort(config)))
      else await sleep(POLL_MS)
    }
  } finally {
    unlock(folder)
  }
  throw new CliFailure('the proxy did not become ready', { hint: `its log: ${join(folder, 'proxy.log')}` })
}

/** The health answer names the very proxy that wrote the state. */
const answers = async ({ url, instance }: RunningState): Promise<boolean> => {
  // Nobody there yet, or somebody slow: the caller asks again.
  const answer = await ask(`${url}/healthz`).catch(() => undefined)
  return answer?.status === 200 && answer.body.toString('utf8').includes(instance)
}

const freePort = async (config: Config): Promise<number> =>
  (await portState(config)).kind === 'free' ? config.port : nextFreePort(config.host, Math.max(config.port, 1024))

/** A process of its own, which outlives us as long as others need it. Resolves when it has written its state or ended. */
const start = async (config: Config, folder: string, port: number): Promise<void> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const log = openSync(join(folder, 'proxy.log'), 'a', 0o600)
  const child = spawn(process.execPath, [process.argv[1] ?? '', ...proxyArgs(config, port)], {
    detached: true,
    stdio: ['ignore', log, log],
    windowsHide: true,
  })
  closeSync(log)
  child.unref()
  let ended = false
  child.once('error', () => {
    ended = true
  })
  child.once('exit', () => {
    ended = true
  })
  const endMs = performance.now() + START_MS
  while (!ended && performance.now() < endMs && readState(folder)?.pid !== child.pid) await sleep(POLL_MS)
}

const proxyArgs = (config: Config, port: number): string[] => [
  'proxy',
  '--while-needed',
  ...['--port', String(port), '--home', config.home, '--policy', config.policy, '--host', config.host],
  ...['--upstream-anthropic', config.upstreamAnthropic, '--upstream-openai', config.upstreamOpenai],
  ...['--upstream-gemini', config.upstreamGemini],
]

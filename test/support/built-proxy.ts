// The built proxy (dist) in a process of its own, as a user starts it.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { performance } from 'node:perf_hooks'

export interface BuiltProxy {
  readonly port: number
  readonly pid: number
  /** From spawn to the line that says ready. */
  readonly readyMs: number
  /** SIGTERM lets it drain and close its files; SIGKILL is a crash. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

export interface BuiltProxyOptions {
  readonly home: string
  /** Base URL of the provider, for every dialect. */
  readonly upstream: string
  readonly cli?: string
  readonly deadlineMs?: number
  readonly more?: readonly string[]
}

export const startBuiltProxy = async ({
  home,
  upstream,
  cli = 'dist/cli.js',
  deadlineMs,
  more = [],
}: BuiltProxyOptions): Promise<BuiltProxy> => {
  const startedMs = performance.now()
  const upstreams = ['anthropic', 'openai', 'gemini'].flatMap((name) => [`--upstream-${name}`, upstream])
  const deadline = deadlineMs === undefined ? [] : ['--deadline-ms', String(deadlineMs)]
  const flags = ['--json', '--log-level', 'error', '--port', '0', '--home', home, ...upstreams, ...deadline, ...more]
  const child = spawn(process.execPath, [cli, 'proxy', ...flags], { stdio: ['ignore', 'pipe', 'pipe'] })
  let stopping = false
  const port = await portOf(child, () => stopping)
  return {
    port,
    pid: child.pid!,
    readyMs: performance.now() - startedMs,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return
      stopping = true
      const gone = once(child, 'exit')
      child.kill(signal)
      await gone
    },
  }
}

const portOf = (child: ChildProcess, isStopping: () => boolean): Promise<number> =>
  new Promise((resolve, reject) => {
    let said = ''
    let complained = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      complained += chunk.toString()
    })
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (said.includes('\n')) resolve((JSON.parse(said) as { port: number }).port)
    })
    child.once('exit', (code) => {
      const fault = `the proxy ended with ${code}: ${complained || 'is it built? run `npm run build`'}`
      if (!isStopping()) console.error(fault)
      reject(new Error(fault))
    })
  })

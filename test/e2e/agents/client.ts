// What a real client is to the end-to-end run, and how its process is started.
import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { resolve as absolute, delimiter, join } from 'node:path'

export interface Sandbox {
  /** Folder with the clients' node_modules. */
  readonly modules: string
  /** Working folder with the files that the scripted calls read and edit. */
  readonly work: string
  /** Home of the client, empty at start. */
  readonly home: string
  /** Base URL without path. */
  readonly url: string
  /** Start the client with `headroom wrap` in front of the provider at `url`, with this home of Headroom's. */
  readonly wrapHome?: string
}

export interface Command {
  readonly file: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

export interface Start {
  readonly prompt: string
  /** Go on with the session of the process before. */
  readonly resumes: boolean
  /** Set it up so that it sums its history up early, where it takes such a setting. */
  readonly compactsEarly?: boolean
}

export interface Client {
  readonly name: string
  /** Runs without `--all`. */
  readonly isUsual?: boolean
  /** Fewer tokens of all bodies, percent, that the session should save; absent: none may be added. */
  readonly bar?: number
  /** Why the bar is not reached, and what must be saved all the same. */
  readonly short?: { readonly floor: number; readonly why: string }
  /** After its session the proxy's page is opened in a browser. */
  readonly looksAtPage?: boolean
  /** The provider speaks WebSocket to it. */
  readonly webSocket?: true
  /** Goes through the proxy by `headroom wrap`, which also starts it. */
  readonly wraps?: true
  /** It cannot go on with a session headless: one prompt only. */
  readonly isOneShot?: true
  readonly command: (sandbox: Sandbox, start: Start) => Command
  /** Ends what the client leaves running. */
  readonly after?: (sandbox: Sandbox) => void
}

export interface Ended {
  readonly said: string
  /** Exit status; null after a signal. */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** It was interrupted while it ran. */
  readonly wasInterrupted: boolean
}

const TIMEOUT_MS = 150_000
/** How long a client may take to end once it was interrupted. */
const INTERRUPTED_MS = 15_000
/** OpenCode, on a busy machine, now and then does not hear the first Ctrl-C, straight or not; its user presses again. */
const AGAIN_MS = 4000
const LOOK_MS = 25
/** A client reads what has arrived before its user's next key. */
const SETTLE_MS = 300

/** Helpers of a client are in its process group, as they are at a terminal. */
const signalGroup = (child: ChildProcess, signal: NodeJS.Signals): void => {
  try {
    process.kill(-child.pid!, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** The folder of Codex's ripgrep: OpenCode would fetch one of its own where none is on the path. */
const searchTool = (modules: string): string[] =>
  readdirSync(join(modules, '@openai'))
    .filter((name) => name.startsWith('codex-'))
    .map((name) => join(modules, '@openai', name, 'vendor'))
    .flatMap((vendor) => readdirSync(vendor).map((target) => join(vendor, target, 'codex-path')))

/** Machines are shared: a result must not go uncompressed because another process had the processor. */
export const DEADLINE_MS = 5000
const deadline = (wrapHome: string | undefined): Record<string, string> =>
  wrapHome === undefined ? {} : { HEADROOM_DEADLINE_MS: String(DEADLINE_MS) }

/** Ctrl-C once the moment has come. */
const interruptAt = (child: ChildProcess, hasCome: () => boolean): void => {
  const look = (): void => {
    if (child.exitCode !== null || child.signalCode !== null) return
    if (!hasCome()) return void setTimeout(look, LOOK_MS)
    setTimeout(() => {
      signalGroup(child, 'SIGINT')
      const again = setInterval(() => signalGroup(child, 'SIGINT'), AGAIN_MS)
      const kill = setTimeout(() => child.kill('SIGKILL'), INTERRUPTED_MS)
      child.on('exit', () => {
        clearInterval(again)
        clearTimeout(kill)
      })
    }, SETTLE_MS)
  }
  look()
}

/** @param isRipe tells when the user interrupts the client; absent: never. */
export const runClient = (
  { file, args, env }: Command,
  { work, home, modules, wrapHome }: Sandbox,
  isRipe?: () => boolean,
): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const PATH = [join(modules, '.bin'), ...searchTool(modules), process.env.PATH ?? ''].join(delimiter)
    const child = spawn(file, args, {
      cwd: work,
      env: { PATH, HOME: home, NO_COLOR: '1', ...deadline(wrapHome), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    const parts: Buffer[] = []
    child.stdout.on('data', (part: Buffer) => parts.push(part))
    child.stderr.on('data', (part: Buffer) => parts.push(part))
    const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS)
    let wasInterrupted = false
    if (isRipe !== undefined)
      interruptAt(child, () => {
        wasInterrupted = isRipe()
        return wasInterrupted
      })
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      clearTimeout(timer)
      signalGroup(child, 'SIGKILL')
      setTimeout(() => resolve({ said: Buffer.concat(parts).toString('utf8'), code, signal, wasInterrupted }), 100)
    })
  })

/** The arguments of a client as its user gives them, straight to it or to `headroom wrap`. */
export const launched = (
  { url, wrapHome, modules }: Sandbox,
  agent: string,
  args: readonly string[],
): Pick<Command, 'file' | 'args'> => {
  if (wrapHome === undefined) return { file: join(modules, '.bin', agent), args }
  const upstreams = ['anthropic', 'openai', 'gemini'].flatMap((name) => [`--upstream-${name}`, url])
  return {
    file: process.execPath,
    args: [absolute('dist/cli.js'), 'wrap', '--home', wrapHome, '--port', '0', ...upstreams, agent, '--', ...args],
  }
}

/** A base URL that only a direct run needs: `headroom wrap` gives its own. */
export const whereDirect = ({ wrapHome, url }: Sandbox, name: string): Record<string, string> =>
  wrapHome === undefined ? { [name]: url } : {}

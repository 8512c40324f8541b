// Proves on the installed client that our hook's answer takes the place of a result, and that the model could open the
// original: a headless session in a scratch home, with a model of our own on this machine.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import spawn from 'cross-spawn'
import { withSettings } from '../../agents/config-file/edit.js'
import { exposedFolder, markers } from '../../store/index.js'
import { FAILURE, sampleLog } from '../checks/sample.js'
import { userFolders } from '../clients/folders.js'
import { onPath, ownScript } from '../clients/own-command.js'
import type { CliIo } from '../context.js'
import type { HookClient } from './clients.js'
import { hookArgv, makeFilesFolder } from './installed.js'
import { startScriptedModel } from './scripted-model.js'

export interface ProbeOutcome {
  /** The model saw our text in place of the result. */
  readonly replaced: boolean
  /** The client's own tools opened the original; undefined where it has no setting for that. */
  readonly opened?: boolean
  /** What `--version` printed. */
  readonly version: string
  /** Why not, in words. */
  readonly fault?: string
}

/** Longest session: two tool calls. */
const SESSION_MS = 60_000
/** Below what any client keeps out of a result. */
const SAMPLE_LINES = 200

export const probe = async (client: HookClient, io: CliIo): Promise<ProbeOutcome> => {
  const { agent } = client
  const file = agent.binaries.map((name) => onPath(io.env, name)).find((found) => found !== undefined)
  if (file === undefined)
    return { replaced: false, version: '', fault: `${agent.binaries[0]} is not on PATH, so nothing can be proved` }
  const base = mkdtempSync(join(tmpdir(), 'headroom-probe-'))
  try {
    const version = (await output(file, ['--version'], { cwd: base, env: io.env })).split('\n')[0]?.trim() ?? ''
    return { version, ...(await session(client, { file, base, io })) }
  } finally {
    rmSync(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}

interface Place {
  readonly file: string
  readonly base: string
  readonly io: CliIo
}

const session = async (client: HookClient, place: Place): Promise<Omit<ProbeOutcome, 'version'>> => {
  const { hooks } = client
  const sample = sampleLog(SAMPLE_LINES)
  const { home, work } = prepared(client, place, sample)
  const model = await startScriptedModel((results) => {
    if (results.length === 0) return hooks.probe.shell('cat build.log')
    const path = hooks.opens === undefined ? undefined : originalIn(results[0] ?? '')
    return results.length === 1 && path !== undefined ? hooks.probe.read(path) : undefined
  })
  try {
    const { env, args = [] } = hooks.probe.launch({ url: model.url, home })
    const launched = { cwd: work, env: { PATH: place.io.env.PATH, NO_COLOR: '1', ...env } }
    const printed = await output(place.file, args, launched)
    return judged(model.results(), { sample, opens: hooks.opens !== undefined, printed })
  } finally {
    model.close()
  }
}

/** The scratch home with our hook in it, as an installation would write it, and what gives the model a way back. */
const prepared = (
  { agent, hooks }: HookClient,
  { base }: Place,
  sample: string,
): { readonly home: string; readonly work: string } => {
  const [home, work, own] = [join(base, 'home'), join(base, 'work'), join(base, 'headroom')]
  const folders = { home, env: {}, platform: userFolders({ HOME: home }).platform }
  const argv = hookArgv(agent, hooks, { command: [process.execPath, ownScript()], home: own })
  const changes = hooks.changes(folders, { argv, filesDir: exposedFolder(own) })
  const server = [process.execPath, ownScript(), 'mcp', 'serve', '--home', own]
  const entry = hooks.opens === undefined ? agent.mcpEntry?.(folders, server) : undefined
  const files = [...changes, ...(entry === undefined ? [] : [entry])].map((change) => ({
    path: change.path,
    text: 'text' in change ? change.text : withSettings(change, ''),
  }))
  makeFilesFolder(own)
  for (const { path, text } of [...files, { path: join(work, SAMPLE_FILE), text: sample }]) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  return { home, work }
}

const SAMPLE_FILE = 'build.log'

/** The file that the first marker of a text names. */
const originalIn = (text: string): string | undefined => /; full text in ([^\]\n]+)\]/.exec(text)?.[1]

const judged = (
  [shell, file]: readonly string[],
  { sample, opens, printed }: { readonly sample: string; readonly opens: boolean; readonly printed: string },
): Omit<ProbeOutcome, 'version'> => {
  if (shell === undefined)
    return { replaced: false, fault: `it made no tool call; it said: ${lastLine(printed) || 'nothing'}` }
  const short = shell.length < sample.length && markers.find(shell).length > 0 && shell.includes(FAILURE)
  if (!short) return { replaced: false, fault: 'the model saw the result as the tool gave it' }
  if (!opens) return { replaced: true }
  const hidden = sample.split('\n').find((line) => line !== '' && !shell.includes(line))
  const opened = hidden !== undefined && (file ?? '').includes(hidden)
  return opened
    ? { replaced: true, opened }
    : { replaced: true, opened, fault: "the result was replaced, but the client's own tools did not open the original" }
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.slice(0, 200) ?? ''

interface Launched {
  readonly cwd: string
  readonly env: CliIo['env']
}

/** What a program printed; one that does not end in time is ended. */
const output = (file: string, args: readonly string[], { cwd, env }: Launched): Promise<string> =>
  new Promise((resolve) => {
    const child = spawn(file, [...args], { cwd, env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    const chunks: Buffer[] = []
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk))
    const timer = setTimeout(() => child.kill('SIGKILL'), SESSION_MS)
    const end = (): void => {
      clearTimeout(timer)
      resolve(Buffer.concat(chunks).toString('utf8'))
    }
    child.once('error', end)
    child.once('close', end)
  })

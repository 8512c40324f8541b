// `headroom hook run`: one event in, at most one answer out. It never fails: whatever goes wrong, nothing is printed and the
// client keeps the result as it came.
import { isUtf8 } from 'node:buffer'
import { readFileSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SavedOutput } from '../../spec/agent.js'
import { userFolders } from '../clients/folders.js'
import { type CliContext, configOf, write } from '../context.js'
import { clientsWithHooks } from './clients.js'

/** Counted from the start of the process; the rest of the second is for the client's own work. */
const LIMIT_MS = 900
const MAX_EVENT_BYTES = 8 * 1024 * 1024
/** Shorter texts are under the floor of any policy. */
const MIN_CHARS = 400
/** Longer ones take too long; clients cut most results far below. */
const MAX_CHARS = 1024 * 1024

/** Whole milliseconds until the client must have its answer. */
const leftMs = ({ io }: CliContext): number => Math.max(1, Math.round(io.startedMs + LIMIT_MS - performance.now()))

export const runHook = async (context: CliContext, id: string, flags: { readonly home?: string }): Promise<void> => {
  const timer = new AbortController()
  // Rejects where it is not needed any more.
  const late = sleep(leftMs(context), undefined, { signal: timer.signal }).catch(() => undefined)
  try {
    const answer = await Promise.race([answerTo(context, id, flags), late])
    if (answer !== undefined) await write(context.io.stdout, `${JSON.stringify(answer)}\n`)
  } catch (error) {
    if (context.io.env.HEADROOM_LOG_LEVEL === 'debug') context.io.stderr.write(`headroom: ${String(error)}\n`)
  } finally {
    timer.abort()
  }
}

const answerTo = async (context: CliContext, id: string, flags: { readonly home?: string }): Promise<unknown> => {
  const client = clientsWithHooks().find(({ agent }) => agent.id === id)
  const input = await eventOf(context)
  if (client === undefined || input === undefined) return undefined
  const event = client.hooks.read(JSON.parse(input))
  if ('skip' in event) return undefined
  const { tool, saved } = event
  const texts = saved === undefined ? event.texts : wholeOf(saved)
  if (texts.every(({ length }) => length < MIN_CHARS) || texts.some(({ length }) => length > MAX_CHARS))
    return undefined
  // Most events end above: only now more than the client's own shape is needed.
  const [{ toolsOf }, { shorten }, { exposedFolder }] = await Promise.all([
    import('./installed.js'),
    import('./shorten.js'),
    import('../../store/index.js'),
  ])
  const { config } = configOf(context, flags)
  const tools = toolsOf(client, userFolders(context.io.env), exposedFolder(config.home))
  const shorter = await shorten(
    texts,
    {
      policy: config.policy,
      tool,
      agent: { tools, name: client.agent.id, ...(saved === undefined ? {} : { shown: saved.shown }) },
      ...(saved === undefined ? {} : { budgetTokens: budgetOf(saved) }),
    },
    {
      config,
      open: () => context.parts.compressCall(config),
      leftMs: leftMs(context),
    },
  )
  return shorter.some((text, at) => text !== texts[at]) ? event.answer(shorter) : undefined
}

/** The saved output, whole; nothing where it is no text, or not the output that the client saved. */
const wholeOf = ({ path, bytes }: SavedOutput): readonly string[] => {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > MAX_CHARS || (bytes !== undefined && bytes !== size)) return []
  const data = readFileSync(path)
  return isUtf8(data) ? [data.toString('utf8')] : []
}

/** Most forms of this budget are as long as the piece that the client shows: dense text has 3 to 4 characters a token. */
const budgetOf = ({ shown }: SavedOutput): number => Math.round(shown.length / 4.5)

const eventOf = async ({ io }: CliContext): Promise<string | undefined> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of io.stdin) {
    bytes += (chunk as Buffer).length
    if (bytes > MAX_EVENT_BYTES) return undefined
    chunks.push(Buffer.from(chunk as Buffer))
  }
  return bytes === 0 ? undefined : Buffer.concat(chunks).toString('utf8')
}

// Plays one scripted session with one client, straight to the provider or through the built proxy, in folders of its own.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startBuiltProxy } from '../support/built-proxy.js'
import { type Client, DEADLINE_MS, type Ended, runClient } from './agents/client.js'
import { MODULES } from './clients.js'
import { EDITED_SOURCE, writeFixtures } from './fixtures.js'
import { openAll } from './markers.js'
import { EDITED, endings, type Plan, RUNNING } from './plan.js'
import { type Fault, type Provider, startProvider } from './provider/index.js'
import { numberIn, startTap, type Tap } from './tap.js'

export type Way = 'direct' | 'through'

export interface Played {
  readonly plan: Plan
  /** One a prompt. */
  readonly ended: readonly Ended[]
  readonly provider: Provider
  /** Between client and proxy; absent where there is no place for it. */
  readonly tap?: Tap
  readonly isEdited: boolean
  /** What the local page got wrong after the session; absent where nobody looked. */
  readonly page?: readonly string[]
  /** What the proxy still held or did not answer once its clients were gone. */
  readonly left: readonly string[]
  /** Body bytes that the proxy's ledger counts as received and sent. */
  readonly counted?: { readonly bytesIn: number; readonly bytesOut: number }
  /** What the ways back in sent bodies lead to, by file or id. */
  readonly opened: ReadonlyMap<string, string | undefined>
}

/** The page in a real browser: it must show the session's figures, ask no other host and log no error. */
const lookAtPage = (port: number): string[] => {
  const shot = resolve('.cache/page.png')
  const args = ['test/e2e/page.mjs', MODULES, `http://127.0.0.1:${port}/`, shot]
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 })
  if (status !== 0) return [`the browser failed: ${stderr.slice(-400)}`]
  const { text, faults } = JSON.parse(stdout) as { text: string; faults: string[] }
  return /json/.test(text) && /log/.test(text) && /\d,\d{3}/.test(text)
    ? faults
    : [...faults, `no figures on the page: ${text.slice(0, 300)}`]
}

/** A shared proxy outlives its launches for a minute; nobody comes back here. */
const endShared = (home: string): void => {
  const runs = join(home, 'run')
  for (const folder of existsSync(runs) ? readdirSync(runs) : []) {
    const { pid } = JSON.parse(readFileSync(join(runs, folder, 'proxy.json'), 'utf8')) as { pid: number }
    process.kill(pid, 'SIGTERM')
  }
}

interface Watched {
  readonly provider: Provider
  readonly work: string
  readonly hasArrived: (headers: readonly string[]) => boolean
}

/** When the user interrupts the client in this prompt; undefined: he does not. */
const momentOf = (plan: Plan, prompt: number, { provider, work, hasArrived }: Watched): (() => boolean) | undefined => {
  const ending = endings(plan)[prompt]
  if (ending?.isInterrupted !== true) return undefined
  if ('calls' in ending) return () => existsSync(join(work, RUNNING))
  const step = plan.steps.indexOf(ending)
  return () => provider.calls.some((call) => call.holds && call.step === step && hasArrived(call.headers))
}

/** Between two looks; as long again once all is expected to be gone. */
const LOOK_MS = 50
const LOOKS = 40

const countedBy = async (proxyPort: number): Promise<{ bytesIn: number; bytesOut: number }> => {
  const text = await (await fetch(`http://127.0.0.1:${proxyPort}/metrics`)).text()
  const counterOf = (name: string): number => Number(new RegExp(`^headroom_${name} (\\d+)$`, 'm').exec(text)?.[1])
  return { bytesIn: counterOf('request_bytes_in_total'), bytesOut: counterOf('request_bytes_out_total') }
}

const leftBehind = async (provider: Provider, proxyPort: number | undefined): Promise<string[]> => {
  for (let look = 0; look < LOOKS && provider.open() > 0; look++) await sleep(LOOK_MS)
  const faults = provider.open() > 0 ? [`${provider.open()} connections to the provider are still open`] : []
  if (proxyPort === undefined) return faults
  const { status } = await fetch(`http://127.0.0.1:${proxyPort}/healthz`)
  return status === 200 ? faults : [...faults, `the proxy's health is ${status}`]
}

export const play = async (client: Client, way: Way, plan: Plan, fault?: Fault): Promise<Played> => {
  const base = mkdtempSync(join(resolve('.cache'), 'e2e-'))
  const [work, home, store] = ['work', 'home', 'store'].map((part) => join(base, part)) as [string, string, string]
  for (const folder of [work, home]) mkdirSync(folder)
  writeFixtures(work)
  const webSocket = client.webSocket === true
  let tap: Tap | undefined
  const hasArrived = (headers: readonly string[]): boolean =>
    tap === undefined || (tap.calls[numberIn(headers)]?.answered.length ?? 1) > 0
  const provider = await startProvider({ plan, work, webSocket, hasArrived, ...(fault === undefined ? {} : { fault }) })
  const upstream = `http://127.0.0.1:${provider.port}`
  const wraps = way === 'through' && client.wraps === true
  const proxy =
    way === 'through' && !wraps ? await startBuiltProxy({ home: store, upstream, deadlineMs: DEADLINE_MS }) : undefined
  tap = proxy === undefined ? undefined : await startTap(proxy.port)
  const url = `http://127.0.0.1:${tap?.port ?? provider.port}`
  const sandbox = { modules: MODULES, work, home, url, ...(wraps ? { wrapHome: store } : {}) }
  try {
    const ended: Ended[] = []
    for (const [index, prompt] of plan.prompts.entries()) {
      const command = client.command(sandbox, { prompt, resumes: index > 0 })
      ended.push(await runClient(command, sandbox, momentOf(plan, index, { provider, work, hasArrived })))
    }
    return {
      plan,
      ended,
      provider,
      left: await leftBehind(provider, proxy?.port),
      ...(proxy === undefined ? {} : { counted: await countedBy(proxy.port) }),
      opened: proxy === undefined ? new Map() : await openAll(provider.calls, proxy.port),
      isEdited: readFileSync(join(work, EDITED), 'utf8') === EDITED_SOURCE,
      ...(tap === undefined ? {} : { tap }),
      ...(proxy !== undefined && client.looksAtPage ? { page: lookAtPage(proxy.port) } : {}),
    }
  } finally {
    client.after?.(sandbox)
    await tap?.close()
    await proxy?.stop()
    if (wraps) endShared(store)
    await provider.close()
    rmSync(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

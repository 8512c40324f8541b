// npm run e2e: real clients and SDKs hold a multi-turn session with tools, direct and through the built proxy, against a scripted provider.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startBuiltProxy } from '../support/built-proxy.js'
import { clients } from './client-list.js'
import { installClients, MODULES } from './clients.js'
import { type Provider, type Recorded, type Step, startProvider } from './provider.js'

/** A build log, a JSON list and a search result, large enough to be worth compressing and small enough that clients do not cut them. */
const writeFixtures = (work: string): void => {
  const log = Array.from({ length: 260 }, (_, line) =>
    line === 171
      ? 'ERROR checkout.test.ts: expected 200 but got 503 (upstream connect error)'
      : `12:00:${String(line % 60).padStart(2, '0')} INFO worker-${line % 5} compiled module ${line} in ${line % 40} ms`,
  )
  const rows = Array.from({ length: 90 }, (_, id) => ({
    id,
    name: `service-${id}`,
    status: id === 61 ? 'failed' : 'ok',
    latencyMs: 20 + (id % 9),
    region: 'eu-1',
  }))
  const hits = Array.from(
    { length: 120 },
    (_, hit) =>
      `src/module${hit % 12}/file${hit % 24}.ts:${hit + 1}:  const session${hit} = openSession(config, ${hit})`,
  ).sort()
  writeFileSync(join(work, 'build.log'), `${log.join('\n')}\n2 failed, 258 passed\n`)
  writeFileSync(join(work, 'services.json'), JSON.stringify(rows, null, 1))
  writeFileSync(join(work, 'hits.txt'), `${hits.join('\n')}\n`)
  writeFileSync(join(work, 'print.sh'), 'cat "$1"\n')
}

const STEPS: readonly Step[] = [
  { shell: 'sh print.sh build.log' },
  { shell: 'sh print.sh services.json' },
  { shell: 'sh print.sh hits.txt' },
  { say: 'The checkout test fails because service-61 answers 503.' },
]

const generating = (calls: readonly Recorded[]): Recorded[] =>
  calls.filter((call) => /\/(messages|chat\/completions|responses)$|:streamGenerateContent$/.test(call.path))
const total = (calls: readonly Recorded[]): number => generating(calls).reduce((sum, call) => sum + call.body.length, 0)

interface Outcome {
  readonly said: string
  readonly provider: Provider
  /** What the local page got wrong after the session; absent where nobody looked. */
  readonly page?: readonly string[]
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
  for (const folder of readdirSync(join(home, 'run'))) {
    const { pid } = JSON.parse(readFileSync(join(home, 'run', folder, 'proxy.json'), 'utf8')) as { pid: number }
    process.kill(pid, 'SIGTERM')
  }
}

const session = async (name: string, through: 'direct' | 'headroom'): Promise<Outcome> => {
  const client = clients.find((candidate) => candidate.name === name)!
  const base = mkdtempSync(join(resolve('.cache'), 'e2e-'))
  const [work, home, store] = ['work', 'home', 'store'].map((part) => join(base, part)) as [string, string, string]
  for (const folder of [work, home]) mkdirSync(folder)
  writeFixtures(work)
  const provider = await startProvider(STEPS, client.webSocket)
  const upstream = `http://127.0.0.1:${provider.port}`
  const wraps = through === 'headroom' && client.wraps === true
  const proxy = through === 'headroom' && !wraps ? await startBuiltProxy({ home: store, upstream }) : undefined
  try {
    const said = await client.run({
      modules: MODULES,
      work,
      home,
      url: `http://127.0.0.1:${proxy?.port ?? provider.port}`,
      ...(wraps ? { wrapHome: store } : {}),
    })
    const page = proxy !== undefined && client.looksAtPage ? { page: lookAtPage(proxy.port) } : {}
    return { said, provider, ...page }
  } finally {
    await proxy?.stop()
    if (wraps) endShared(store)
    await provider.close()
    rmSync(base, { recursive: true, force: true })
  }
}

/** Names that belong to one connection: each side of a relay has its own. */
const OF_CONNECTION = new Set(['content-length', 'host', 'transfer-encoding', 'connection', 'sec-websocket-extensions'])

/** Header names that the proxy must hand on; values are compared except where they differ from run to run. */
const names = (call: Recorded): string =>
  Object.keys(call.headers)
    .filter((name) => !OF_CONNECTION.has(name))
    .sort()
    .join(' ')

const compare = async (name: string): Promise<string[]> => {
  const direct = await session(name, 'direct')
  const through = await session(name, 'headroom')
  const faults: string[] = []
  const expected = (STEPS.at(-1) as { say: string }).say
  if (!direct.said.includes(expected))
    faults.push(`direct: the client did not say the closing words: ${direct.said.slice(-300)}`)
  if (!through.said.includes(expected))
    faults.push(`through: the client did not say the closing words: ${through.said.slice(-300)}`)
  const [a, b] = [generating(direct.provider.calls), generating(through.provider.calls)]
  if (a.length !== b.length) faults.push(`${a.length} calls direct, ${b.length} through`)
  for (let index = 0; index < Math.min(a.length, b.length); index++)
    if (names(a[index]!) !== names(b[index]!))
      faults.push(`call ${index}: headers ${names(a[index]!)} became ${names(b[index]!)}`)
  for (const fault of through.page ?? []) faults.push(`page: ${fault}`)
  const saved = 1 - total(through.provider.calls) / total(direct.provider.calls)
  if (saved <= 0) faults.push('nothing was saved')
  if (!through.provider.calls.some((call) => call.body.includes('service-61')))
    faults.push('the failed row did not reach the provider')
  console.log(
    `${faults.length === 0 ? 'ok  ' : 'FAIL'} ${name}: ${a.length} calls direct, ${b.length} through, ${(saved * 100).toFixed(1)} % fewer bytes sent`,
  )
  for (const fault of faults) console.log(`     ${fault}`)
  return faults
}

const main = async (): Promise<void> => {
  installClients()
  mkdirSync(tmpdir(), { recursive: true })
  const wanted = process.argv.slice(2)
  let failed = 0
  const chosen = clients.filter((client) => wanted.length === 0 || wanted.includes(client.name))
  for (const client of chosen) if ((await compare(client.name)).length > 0) failed++
  console.log(`${chosen.length - failed} passed, ${failed} failed`)
  process.exit(failed === 0 ? 0 : 1)
}

await main()

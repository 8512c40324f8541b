// npm run e2e: real clients and SDKs hold a session of two prompts with tools, straight and through the built proxy, against a
// scripted provider. Names choose clients; --all runs every one and each provider error,
// --errors adds those to a choice, --results prints what became of each tool result.
import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import type { Client } from './agents/client.js'
import { clients } from './client-list.js'
import { installClients } from './clients.js'
import { type ErrorRun, errorRun, FAULTS } from './errors.js'
import { type Judgement, judge } from './judge.js'
import { firstPrompt, SESSION } from './plan.js'
import { play } from './play.js'

/** Clients mostly wait for each other's processes to start. */
const AT_ONCE = 2

interface Row extends Judgement {
  readonly name: string
  readonly seconds: number
  /** Empty where they were not asked for. */
  readonly errors: readonly ErrorRun[]
}

const errorRuns = async (client: Client): Promise<ErrorRun[]> => {
  const runs: ErrorRun[] = []
  for (const kind of FAULTS) runs.push(await errorRun(client, kind))
  return runs
}

const faultsOf = (runs: readonly ErrorRun[]): string[] =>
  runs
    .filter(({ direct, through }) => direct !== through)
    .map(({ kind, direct, through }) => `${kind}: ${direct} direct; ${through} through`)

const rowOf = async (client: Client, withErrors: boolean): Promise<Row> => {
  const startedMs = performance.now()
  const plan = client.isOneShot ? firstPrompt(SESSION) : SESSION
  const direct = await play(client, 'direct', plan)
  const through = await play(client, 'through', plan)
  const judged = judge(direct, through, plan, client)
  // A launch by `headroom wrap` is the same client again; its errors need no second look.
  const errors = withErrors && client.wraps !== true ? await errorRuns(client) : []
  return { name: client.name, ...judged, errors, seconds: (performance.now() - startedMs) / 1000 }
}

const print = (row: Row): void => {
  const { name, calls, continued, tokensBefore, tokensAfter, savedPercent, faults, errors, seconds, below, results } =
    row
  const all = [...faults, ...faultsOf(errors)]
  const figures = `${calls} requests, ${continued} continued, ${tokensBefore} -> ${tokensAfter} tokens, -${savedPercent.toFixed(1)} %, ${seconds.toFixed(0)} s`
  console.log(`${all.length === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(24)} ${figures}`)
  if (below !== undefined) console.log(`     ${below}`)
  for (const fault of all) console.log(`     ${fault}`)
  if (!process.argv.includes('--results')) return
  for (const { tokensBefore, tokensAfter, head } of results)
    console.log(`     ${String(tokensBefore).padStart(6)} -> ${String(tokensAfter).padStart(6)}  ${head}`)
}

const failedRow = (name: string, error: unknown): Row => ({
  name,
  calls: 0,
  tokensBefore: 0,
  tokensAfter: 0,
  savedPercent: 0,
  seconds: 0,
  faults: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
  errors: [],
  continued: 0,
  results: [],
})

const main = async (): Promise<void> => {
  const args = process.argv.slice(2)
  const [all, errorsToo] = [args.includes('--all'), args.includes('--all') || args.includes('--errors')]
  const wanted = args.filter((arg) => !arg.startsWith('--'))
  const unknown = wanted.filter((name) => !clients.some((client) => client.name === name))
  if (unknown.length > 0)
    throw new Error(`no client ${unknown.join(', ')}; known: ${clients.map(({ name }) => name).join(' ')}`)
  installClients()
  mkdirSync(tmpdir(), { recursive: true })
  const queue = clients.filter(({ name, isUsual }) => (wanted.length > 0 ? wanted.includes(name) : all || isUsual))
  const rows: Row[] = []
  const work = async (): Promise<void> => {
    for (let client = queue.shift(); client !== undefined; client = queue.shift()) {
      const { name } = client
      const row = await rowOf(client, errorsToo).catch((error: unknown) => failedRow(name, error))
      rows.push(row)
      print(row)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  const failed = rows.filter(({ faults, errors }) => faults.length + faultsOf(errors).length > 0).length
  writeFileSync('.cache/e2e-clients.json', JSON.stringify(rows, null, 1))
  console.log(`${rows.length - failed} passed, ${failed} failed`)
  process.exit(failed === 0 ? 0 : 1)
}

await main()

// npm run e2e -- scenes: special situations in sessions of real clients, straight and through the built proxy.
// Names choose scenes or clients; --all plays every scene with every client it names.
import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import type { Client } from './agents/client.js'
import { installClients } from './clients.js'
import { firstPrompt } from './plan.js'
import { play } from './play.js'
import { scenes } from './scenes/list.js'
import { endsOf, stepsOf, summariesOf } from './scenes/relay.js'
import type { Scene } from './scenes/scene.js'

/** Clients mostly wait for each other's processes to start. */
const AT_ONCE = 2

interface Row {
  readonly scene: string
  readonly client: string
  readonly requests: number
  /** Steps, number of summaries and exits of the session through the proxy. */
  readonly steps: string
  readonly summaries: number
  readonly ends: string
  readonly seconds: number
  readonly faults: readonly string[]
}

const rowOf = async (scene: Scene, client: Client): Promise<Row> => {
  const startedMs = performance.now()
  const plan = client.isOneShot ? firstPrompt(scene.plan) : scene.plan
  const direct = await play(client, 'direct', plan)
  const through = await play(client, 'through', plan)
  return {
    scene: scene.name,
    client: client.name,
    requests: through.provider.calls.filter(({ dialect }) => dialect !== undefined).length,
    steps: stepsOf(through),
    summaries: summariesOf(through),
    ends: endsOf(through),
    seconds: (performance.now() - startedMs) / 1000,
    faults: scene.faults(direct, through),
  }
}

const failedRow = (scene: Scene, client: Client, error: unknown): Row => ({
  scene: scene.name,
  client: client.name,
  requests: 0,
  steps: '',
  summaries: 0,
  ends: '',
  seconds: 0,
  faults: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
})

const print = ({ scene, client, requests, steps, summaries, ends, seconds, faults }: Row): void => {
  const verdict = faults.length === 0 ? 'ok  ' : 'FAIL'
  console.log(
    `${verdict} ${scene.padEnd(14)} ${client.padEnd(20)} ${requests} requests, steps ${steps}, ${summaries} summaries, ends ${ends}, ${seconds.toFixed(0)} s`,
  )
  for (const fault of faults) console.log(`     ${fault}`)
}

/** Names of one kind choose among those; no name of a kind chooses all of it. */
const choose = (args: readonly string[]): (readonly [Scene, Client])[] => {
  const all = args.includes('--all')
  const names = args.filter((arg) => !arg.startsWith('--'))
  const known = { scenes: scenes.map(({ name }) => name), clients: scenes.flatMap(namesOf) }
  const unknown = names.filter((name) => !known.scenes.includes(name) && !known.clients.includes(name))
  if (unknown.length > 0)
    throw new Error(
      `no scene or client ${unknown.join(', ')}; scenes: ${known.scenes.join(' ')}; clients: ${[...new Set(known.clients)].join(' ')}`,
    )
  const isWanted = (name: string, kind: readonly string[]): boolean =>
    names.includes(name) || !names.some((one) => kind.includes(one))
  const namesClient = names.some((name) => known.clients.includes(name))
  return scenes
    .filter(({ name }) => isWanted(name, known.scenes))
    .flatMap((scene) =>
      scene.clients
        .filter(({ client, isUsual }) => (all || namesClient || isUsual) && isWanted(client.name, known.clients))
        .map(({ client }) => [scene, client] as const),
    )
}

const namesOf = ({ clients }: Scene): string[] => clients.map(({ client }) => client.name)

const main = async (): Promise<void> => {
  const queue = choose(process.argv.slice(2))
  installClients()
  mkdirSync(tmpdir(), { recursive: true })
  const rows: Row[] = []
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [scene, client] = next
      const row = await rowOf(scene, client).catch((error: unknown) => failedRow(scene, client, error))
      rows.push(row)
      print(row)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  const failed = rows.filter(({ faults }) => faults.length > 0).length
  writeFileSync('.cache/e2e-scenes.json', JSON.stringify(rows, null, 1))
  console.log(`${rows.length - failed} passed, ${failed} failed`)
  process.exit(failed === 0 ? 0 : 1)
}

await main()

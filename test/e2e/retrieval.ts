// Retrieval in the wire with the official SDKs: the model asks for an original, alone and beside a call of the client, in an agent
// that knows nothing of it. A second process then goes on from the first one's history.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { startBuiltProxy } from '../support/built-proxy.js'
import { type Model, startModel } from '../support/redeem-model.js'
import type { Client } from './agents/client.js'
import { sdks } from './agents/sdk.js'
import { installClients, MODULES } from './clients.js'

const LOG = Array.from({ length: 400 }, (_, line) =>
  line === 233
    ? 'ERROR payment of order 91823 refused'
    : `12:00:${line % 60} INFO worker-${line % 5} compiled module ${line} in ${line % 40} ms`,
).join('\n')

const OWN = { own: { ref: '$REF' } }
const say = (text: string) => ({ parts: [{ say: text }] })

/** `thinks` where the client sends ids in the place of what it was shown: a thought must then be followed by what it led to. */
const script = (model: Model, log: string, thinks: boolean): void => {
  const think = thinks ? [{ think: 'hm' }] : []
  model.next(
    { parts: [...think, { say: 'I look at the log.' }, { call: 'bash', args: { command: `cat ${log}` } }] },
    { parts: [...think, { say: 'Let me see all of it.' }, OWN] },
    { parts: [...think, OWN, { call: 'bash', args: { command: 'echo more' } }] },
    { parts: [...think, ...say('Order 91823 was refused.').parts] },
    say('Nothing more.'),
  )
}

const run = (client: Client, given: { url: string; home: string }, prompt: string, resumes: boolean): Promise<string> =>
  new Promise((done, failed) => {
    const { file, args } = client.command({ ...given, modules: MODULES } as never, { prompt, resumes } as never)
    const child = spawn(file, args, { cwd: given.home, timeout: 60_000 })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    child.stderr.resume()
    child.on('error', failed)
    child.on('exit', () => done(said.trim()))
  })

const faultsOf = async (client: Client, base: string): Promise<string[]> => {
  const home = mkdtempSync(join(base, 'home-'))
  const log = join(home, 'build.log')
  writeFileSync(log, LOG)
  const model = await startModel()
  script(model, log, client.name === 'ai-sdk-openai')
  const start = () =>
    startBuiltProxy({ home: join(home, 'h'), upstream: model.url, deadlineMs: 5000, more: ['--retrieval', 'wire'] })
  let proxy = await start()
  try {
    const first = await run(client, { url: `http://127.0.0.1:${proxy.port}`, home }, 'Why does the build fail?', false)
    await proxy.stop()
    proxy = await start()
    const second = await run(client, { url: `http://127.0.0.1:${proxy.port}`, home }, 'And now?', true)
    const file = join(home, 'session.json')
    const memory = existsSync(file) ? readFileSync(file, 'utf8') : ''
    const bodies = model.bodies.map((body) => body.toString())
    const wanted: readonly (readonly [boolean, string])[] = [
      [first.includes('Order 91823 was refused.'), `the first prompt came to: ${first.slice(-300)}`],
      [second.includes('Nothing more.'), `the second prompt came to: ${second.slice(-300)}`],
      [bodies.length === 5, `the model was asked ${bodies.length} times instead of 5`],
      [bodies[2]?.includes('compiled module 399') === true, 'the original did not reach the model'],
      [
        bodies[1]?.includes('compiled module 77 ') === false,
        'the log was not shortened, so nothing was to be asked for',
      ],
      [!memory.includes('headroom'), 'the client saw a call of ours'],
      [model.faults.length === 0, `history was not as the model left it: ${model.faults.join('; ')}`],
    ]
    return wanted.flatMap(([holds, fault]) => (holds ? [] : [fault]))
  } finally {
    await proxy.stop()
    await model.close()
  }
}

const main = async (): Promise<void> => {
  installClients()
  mkdirSync('.cache', { recursive: true })
  const base = mkdtempSync(resolve('.cache/retrieval-'))
  let failed = 0
  try {
    for (const client of sdks) {
      const faults = await faultsOf(client, base)
      console.log(`${faults.length === 0 ? 'ok  ' : 'FAIL'} retrieval in the wire: ${client.name}`)
      for (const fault of faults) console.log(`     ${fault}`)
      if (faults.length > 0) failed++
    }
    console.log(`${sdks.length - failed} passed, ${failed} failed`)
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
  process.exit(failed === 0 ? 0 : 1)
}

await main()

// `headroom wrap` as real processes around a stand-in for an agent.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { RunningState } from '../../src/cli/shared-proxy/state.js'

const bin = process.env.CLI_UNDER_TEST ?? fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

let base: string
beforeAll(() => {
  if (!existsSync(bin)) throw new Error(`${bin} is not there: build first`)
})
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'headroom-wrap-'))
  for (const folder of ['bin', 'home', 'work']) mkdirSync(join(base, folder))
})
afterEach(async () => {
  for (const { pid } of states()) process.kill(pid, 'SIGTERM')
  await sleep(100)
  rmSync(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
})

/** The agent is a program of ours under Claude Code's name. */
const program = (text: string): void => {
  const file = join(base, 'bin', 'claude')
  writeFileSync(file, text)
  chmodSync(file, 0o755)
}

const agent = (script: string): void => program(`#!${process.execPath}\n${script}\n`)

const environment = (): Record<string, string> => ({
  PATH: `${join(base, 'bin')}${delimiter}${dirname(process.execPath)}`,
  HOME: join(base, 'home'),
  HEADROOM_HOME: join(base, 'headroom'),
  HEADROOM_PORT: String(20_000 + (process.pid % 20_000)),
})

interface Wrapped {
  readonly child: ChildProcess
  readonly done: Promise<{ code: number | null; out: string; err: string }>
}

const wrap = (...args: string[]): Wrapped => {
  const child = spawn(process.execPath, [bin, 'wrap', ...args], {
    cwd: join(base, 'work'),
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const text = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => {
    text.out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    text.err += chunk.toString()
  })
  return { child, done: once(child, 'close').then(([code]) => ({ code: code as number | null, ...text })) }
}

const states = (): RunningState[] => {
  const run = join(base, 'headroom', 'run')
  if (!existsSync(run)) return []
  return readdirSync(run).flatMap((name) => {
    const file = join(run, name, 'proxy.json')
    return existsSync(file) ? [JSON.parse(readFileSync(file, 'utf8')) as RunningState] : []
  })
}

const PRINT = `
const answer = await fetch(process.env.ANTHROPIC_BASE_URL + '/healthz')
console.log(JSON.stringify({ health: await answer.json(), args: process.argv.slice(2) }))
`

/** Every file below the folders that a user has. */
const filesOfUser = (): string[] =>
  ['home', 'work'].flatMap((folder) => readdirSync(join(base, folder), { recursive: true }) as string[])

describe('headroom wrap', { timeout: 60_000 }, () => {
  it('gives the agent a proxy that answers, its own arguments and nothing on disk (H-1)', async () => {
    agent(`(async () => { ${PRINT}; process.exit(7) })()`)
    const { code, out, err } = await wrap('claude', '--', '-p', 'two words', '').done
    expect([code, err]).toEqual([7, expect.stringContaining('no request came through the proxy')])
    const { health, args } = JSON.parse(out) as { health: object; args: string[] }
    expect(health).toMatchObject({ service: 'headroom', instance: states()[0]!.instance })
    expect(args.slice(-3)).toEqual(['-p', 'two words', ''])
    expect(filesOfUser()).toEqual([])
  })
  it('passes signals on and ends as the agent ended', async () => {
    agent(`process.on('SIGTERM', () => process.exit(9)); console.log('up'); setInterval(() => {}, 1000)`)
    const { child, done } = wrap('claude')
    await once(child.stdout!, 'data')
    child.kill('SIGTERM')
    expect((await done).code).toBe(9)
    agent(`process.kill(process.pid, 'SIGKILL')`)
    expect((await wrap('claude').done).code).toBe(137)
  })
  it('starts one proxy for fifty launches at once, and leaves no lease behind (C-8)', {
    timeout: 120_000,
  }, async () => {
    program('#!/bin/sh\necho "$ANTHROPIC_BASE_URL"\n')
    const results = await Promise.all(Array.from({ length: 50 }, () => wrap('claude', '-x').done))
    expect(results.filter(({ code }) => code !== 0)).toEqual([])
    const [state, ...others] = states()
    expect(others).toEqual([])
    expect(new Set(results.map(({ out }) => out))).toEqual(new Set([`${state!.url}\n`]))
    // Each proxy that listens says so in the log, those that ended again too.
    const [folder] = readdirSync(join(base, 'headroom', 'run'))
    const files = join(base, 'headroom', 'run', folder!)
    expect(readFileSync(join(files, 'proxy.log'), 'utf8').match(/listens on/g)).toHaveLength(1)
    expect(readdirSync(files).sort()).toEqual(['proxy.json', 'proxy.log'])
  })
  it('starts a killed proxy again at the same place (C-9)', async () => {
    agent(`(async () => {
      const { setTimeout: sleep } = require('node:timers/promises')
      const url = process.env.ANTHROPIC_BASE_URL + '/healthz'
      const health = async () => (await (await fetch(url)).json()).instance
      const before = await health()
      console.log('ready')
      const gone = Date.now() + 20000
      let after = before
      while (after === before && Date.now() < gone) { await sleep(50); after = await health().catch(() => before) }
      console.log(after !== before ? 'again' : 'never')
    })()`)
    const { child, done } = wrap('claude')
    await once(child.stdout!, 'data')
    process.kill(states()[0]!.pid, 'SIGKILL')
    expect((await done).out).toContain('again')
  })
  it('says what to do where an agent is missing, unknown or cannot be pointed anywhere', async () => {
    const missing = await wrap('codex').done
    expect(missing.err).toMatch(/Codex is not on this machine[\s\S]*npm install -g @openai\/codex/)
    expect((await wrap('cloude').done).err).toContain('did you mean "claude"')
    const byHand = await wrap('--dry-run', 'cline').done
    expect([byHand.code, byHand.err]).toEqual([2, expect.stringContaining('cline auth')])
  })
})

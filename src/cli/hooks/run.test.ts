import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CliParts, CompressCall } from '../context.js'
import { type FakeCli, fakeCli } from '../fake-io.js'

let cli: FakeCli
beforeEach(() => {
  cli = fakeCli()
})
afterEach(() => cli.dispose())

const eventText = (name: string): string => readFileSync(`test/fixtures/hooks/${name}.json`, 'utf8')

const hook = (stdin: string, parts: Partial<CliParts> = {}, agent = 'claude', env: Record<string, string> = {}) =>
  cli.run(['hook', 'run', agent, 'PostToolUse', '--home', cli.home], { stdin, parts, env: { HOME: cli.user, ...env } })

const nothing = { code: 0, out: '', err: '' }

const answering = (call: (body: Record<string, unknown>) => object): CliParts['compressCall'] => {
  const compressJson: CompressCall['compressJson'] = async (body) => ({
    status: 200,
    json: JSON.stringify(call(JSON.parse(Buffer.from(body).toString('utf8')))),
  })
  return async () => ({ compressJson, close: async () => undefined })
}

describe('headroom hook run', () => {
  it('answers with the short text in the shape of the tool', async () => {
    const { code, out, err } = await hook(eventText('claude/bash'))
    expect([code, err]).toEqual([0, ''])
    const { hookSpecificOutput } = JSON.parse(out)
    expect(hookSpecificOutput.updatedToolOutput.stdout).toMatch(/lines not shown/)
    expect(hookSpecificOutput.updatedToolOutput.interrupted).toBe(false)
  })
  it('says nothing where nothing got shorter', async () => {
    const same = answering(({ text }) => ({ text }))
    expect(await hook(eventText('claude/bash'), { compressCall: same })).toMatchObject(nothing)
  })
  it('opens no engine for a short text, a failed tool or another event', async () => {
    const compressCall = () => Promise.reject(new Error('opened'))
    const env = { HEADROOM_LOG_LEVEL: 'debug' }
    for (const name of ['claude/failed', 'claude/saved-to-file', 'claude/read', 'claude/mcp-text'])
      expect(await hook(eventText(name), { compressCall }, 'claude', env)).toMatchObject(nothing)
  })
  it('ends well, and silent, whatever goes wrong (A-24)', async () => {
    const broken: Partial<CliParts>[] = [
      { compressCall: () => Promise.reject(new Error('no engine')) },
      {
        compressCall: async () => ({
          compressJson: () => Promise.reject(new Error('no')),
          close: async () => undefined,
        }),
      },
      {
        compressCall: async () => ({
          compressJson: async () => ({ status: 500, json: '{}' }),
          close: async () => undefined,
        }),
      },
      {
        compressCall: async () => ({
          compressJson: async () => ({ status: 200, json: 'x' }),
          close: async () => undefined,
        }),
      },
    ]
    for (const parts of broken) expect(await hook(eventText('claude/bash'), parts)).toMatchObject(nothing)
    for (const stdin of ['', 'not json', '[]', 'null', '{"hook_event_name":"PostToolUse"}'])
      expect([stdin, await hook(stdin)]).toMatchObject([stdin, nothing])
    expect(await hook(eventText('claude/bash'), {}, 'nobody')).toMatchObject(nothing)
    writeFileSync(join(cli.home, 'config.json'), '{"wrong": 1}')
    expect(await hook(eventText('claude/bash'))).toMatchObject(nothing)
  })
  it('is over within a second while the engine hangs (A-24)', async () => {
    const hanging: CliParts['compressCall'] = async () => ({
      compressJson: () => new Promise(() => undefined),
      close: async () => undefined,
    })
    const startedMs = performance.now()
    expect(await hook(eventText('claude/bash'), { compressCall: hanging })).toMatchObject(nothing)
    expect(performance.now() - startedMs).toBeLessThan(1000)
  })
  it('tells the engine which client it is, and which way back it really has (A-10)', async () => {
    const asked: unknown[] = []
    const compressCall = answering(({ text, agent }) => {
      asked.push(agent)
      return { text }
    })
    await hook(eventText('claude/bash'), { compressCall })
    mkdirSync(join(cli.user, '.claude'))
    const settings = { permissions: { additionalDirectories: [join(cli.home, 'files')] } }
    writeFileSync(join(cli.user, '.claude', 'settings.json'), JSON.stringify(settings))
    await hook(eventText('claude/bash'), { compressCall })
    writeFileSync(join(cli.user, '.claude.json'), '{"mcpServers":{"headroom":{"command":"x"}}}')
    await hook(eventText('claude/bash'), { compressCall })
    expect(asked).toEqual([
      { name: 'claude', tools: ['Edit'] },
      { name: 'claude', tools: ['Edit', 'Read'] },
      { name: 'claude', tools: ['Edit', 'mcp__headroom__headroom_retrieve'] },
    ])
  })
})

describe('an output over 30,000 characters (K-2)', () => {
  const saved = (text: string | Uint8Array, bytes?: number): string => {
    const path = join(cli.home, 'saved.txt')
    writeFileSync(path, text)
    const event = JSON.parse(eventText('claude/saved-to-file'))
    event.tool_response.persistedOutputPath = path
    event.tool_response.persistedOutputSize = bytes ?? Buffer.byteLength(text)
    return JSON.stringify(event)
  }
  const whole = 'a line of the output\n'.repeat(4000)
  it('is shown as a short form of the whole, where that is no longer than what the client would show', async () => {
    const { out } = await hook(saved(whole))
    const { updatedToolOutput } = JSON.parse(out).hookSpecificOutput
    expect(updatedToolOutput.stdout).toMatch(/4000 lines not shown/)
    expect(updatedToolOutput).not.toHaveProperty('persistedOutputPath')
  })
  it('is compressed for what the client would show, so that no more is counted as saved', async () => {
    const asked: Record<string, unknown>[] = []
    const compressCall = answering((body) => {
      asked.push(body)
      return { text: body.text }
    })
    expect(await hook(saved(whole), { compressCall })).toMatchObject(nothing)
    expect(asked).toMatchObject([{ text: whole, agent: { shown: expect.stringContaining('Preview (first 2KB)') } }])
    expect(asked[0]!.budgetTokens).toBeLessThan(700)
  })
  it('stays as the client has it, where its file is gone, another one, no text or too long', async () => {
    for (const event of [saved(whole, 5), saved(Buffer.alloc(40_000, 0xff)), saved('a line\n'.repeat(200_000))])
      expect(await hook(event)).toMatchObject(nothing)
    const event = saved(whole)
    rmSync(join(cli.home, 'saved.txt'))
    expect(await hook(event)).toMatchObject(nothing)
  })
})

describe('a running proxy', () => {
  let server: Server | undefined
  afterEach(() => {
    server?.close()
    server?.closeAllConnections()
  })
  const proxy = async (status: number, text: string): Promise<string[]> => {
    const paths: string[] = []
    server = createServer((request, response) => {
      paths.push(request.url ?? '')
      request.resume().on('end', () => response.writeHead(status).end(JSON.stringify({ text })))
    })
    await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const folder = join(cli.home, 'run', 'abc')
    mkdirSync(folder, { recursive: true })
    const state = { pid: process.pid, url: `http://127.0.0.1:${port}`, port, instance: 'i' }
    writeFileSync(join(folder, 'proxy.json'), JSON.stringify(state))
    return paths
  }
  it('of the same home does the work, so that no engine is opened', async () => {
    const paths = await proxy(200, 'short')
    const { out } = await hook(eventText('claude/bash'), { compressCall: () => Promise.reject(new Error('opened')) })
    expect(JSON.parse(out).hookSpecificOutput.updatedToolOutput.stdout).toBe('short')
    expect(paths).toEqual(['/headroom/compress'])
  })
  it('that refuses, such as one of another version, is passed over', async () => {
    await proxy(400, 'short')
    const { out } = await hook(eventText('claude/bash'))
    expect(JSON.parse(out).hookSpecificOutput.updatedToolOutput.stdout).toMatch(/lines not shown/)
  })
  it('that has died is passed over', async () => {
    await proxy(200, 'short')
    server?.close()
    server?.closeAllConnections()
    const { out } = await hook(eventText('claude/bash'))
    expect(JSON.parse(out).hookSpecificOutput.updatedToolOutput.stdout).toMatch(/lines not shown/)
  })
})

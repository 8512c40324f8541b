import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { agents } from '../../agents/list.js'
import type { Config } from '../../spec/config.js'
import type { ProxyHandle } from '../context.js'
import { checkAgents } from './agents.js'
import { canaryRequest } from './canary-request.js'
import type { Finding } from './finding.js'
import { FAILURE } from './sample.js'

/** What a relay does wrong. */
interface Wire {
  readonly body?: (body: Buffer) => Buffer
  readonly headers?: (headers: IncomingHttpHeaders) => IncomingHttpHeaders
  readonly path?: (path: string) => string
  readonly answer?: (body: Buffer) => Buffer
  readonly holdsBack?: boolean
}

const shorten = (body: Buffer): Buffer =>
  Buffer.from(body.toString('utf8').replace(/"2025-01-01T10:(?:[^"\\]|\\.)*"/, JSON.stringify(`short\n${FAILURE}`)))

const listen = async (server: ReturnType<typeof createServer>): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const relay =
  ({ body = shorten, headers = (all) => all, path = (all) => all, answer, holdsBack = false }: Wire) =>
  async (config: Config): Promise<ProxyHandle> => {
    const server = createServer(async (incoming, outgoing) => {
      const chunks: Buffer[] = []
      for await (const chunk of incoming) chunks.push(chunk as Buffer)
      const { host: _host, 'content-length': _length, ...kept } = incoming.headers
      const options = { method: 'POST', headers: headers(kept) as Record<string, string> }
      const up = request(`${config.upstreamGemini}${path(incoming.url ?? '')}`, options, async (reply) => {
        outgoing.writeHead(reply.statusCode ?? 0)
        if (answer === undefined && !holdsBack) return void reply.pipe(outgoing)
        const parts: Buffer[] = []
        for await (const part of reply) parts.push(part as Buffer)
        outgoing.end((answer ?? ((all: Buffer) => all))(Buffer.concat(parts)))
      })
      up.end(body(Buffer.concat(chunks)))
    })
    const port = await listen(server)
    return {
      url: `http://127.0.0.1:${port}`,
      port,
      close: async () => {
        server.close()
        server.closeAllConnections()
      },
    }
  }

// A program is a file that may be executed, which Windows tells by its name.
describe.skipIf(process.platform === 'win32')('agents on this machine', () => {
  let folder: string
  let config: Config
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'agents-'))
    config = { home: join(folder, 'home'), host: '127.0.0.1', port: 8787, policy: 'balanced', rules: [] } as never
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const program = (name: string, at = 'path'): string => {
    mkdirSync(join(folder, at), { recursive: true })
    writeFileSync(join(folder, at, name), '#!/bin/sh\n')
    chmodSync(join(folder, at, name), 0o755)
    return join(folder, at, name)
  }
  const check = (startProxy: (config: Config) => Promise<ProxyHandle> = relay({}), env = {}): Promise<Finding[]> =>
    checkAgents({
      agents,
      config,
      env: { PATH: join(folder, 'path'), ...env },
      scratchHome: join(folder, 'scratch'),
      startProxy,
    })

  it('have no finding where none is there, and start nothing', async () => {
    expect(await check(() => Promise.reject(new Error('started')))).toEqual([])
  })

  it('are green, each with its own dialects and places of the key (F-7)', async () => {
    for (const name of ['claude', 'codex', 'gemini', 'goose', 'cline']) program(name)
    const findings = await check()
    expect(findings.map(({ name, level }) => [name, level])).toEqual(
      ['claude', 'codex', 'gemini', 'cline', 'goose'].map((id) => [`agent ${id}`, 'green']),
    )
    expect(findings[0]?.message).toMatch(/^anthropic with x-api-key, anthropic with bearer: .*-9\d\.\d %/)
    expect(findings[4]?.message).toContain('gemini with query')
    expect(findings[3]?.hint).toContain('-b http://127.0.0.1:8787/v1')
  })

  it('are red with cause and command for every way in which a relay can hurt them (F-1, F-5, B-2, E-1)', async () => {
    program('claude')
    const faults: readonly (readonly [Wire, string])[] = [
      [{ headers: ({ 'x-api-key': _key, ...rest }) => rest }, 'the key in x-api-key did not arrive'],
      [{ headers: (all) => ({ ...all, 'x-forwarded-for': '127.0.0.1' }) }, 'the header x-forwarded-for was changed'],
      [{ headers: (all) => ({ ...all, 'user-agent': 'relay' }) }, 'the header user-agent was changed'],
      [{ path: (path) => path.replace('?beta=true', '') }, 'arrived at another path'],
      [{ body: (body) => Buffer.from(JSON.stringify(JSON.parse(String(shorten(body))), null, 1)) }, 'bytes outside'],
      [{ body: (body) => Buffer.from(String(shorten(body)).replace(FAILURE, '')) }, 'the failing line'],
      [{ answer: (body) => Buffer.from(String(body).replace('✓', '?')) }, 'byte for byte'],
      [{ holdsBack: true }, 'held back until its end'],
    ]
    for (const [wire, cause] of faults) {
      const [finding] = await check(relay(wire))
      expect([cause, finding?.level]).toEqual([cause, 'red'])
      expect(finding?.message).toContain(cause)
      expect(finding?.hint).toMatch(/headroom (?:unwrap|wrap --policy strict) claude/)
      expect(JSON.stringify(finding)).not.toContain('canary-key')
    }
  }, 30_000)

  it('are red where the key in a URL is lost, or nothing answers', async () => {
    program('goose')
    const [lost] = await check(relay({ path: (path) => path.replace(/&key=.*/, '') }))
    expect(lost).toMatchObject({
      level: 'red',
      message: 'gemini with query: the key in the URL did not arrive as it was sent',
    })
    const [none] = await check(() => Promise.reject(new Error('no socket')))
    expect(none).toMatchObject({ name: 'agents', level: 'red', hint: 'headroom proxy --port 0 --log-level debug' })
    expect(none?.message).toContain('no socket')
  })

  it('are red where a base URL leads to nobody, or has a path too much (F-7)', async () => {
    program('claude')
    const closed = createServer()
    const port = await listen(closed)
    await new Promise((resolve) => closed.close(resolve))
    const [, stale] = await check(relay({}), { ANTHROPIC_BASE_URL: `http://127.0.0.1:${port}` })
    expect(stale).toMatchObject({ level: 'red', hint: `unset ANTHROPIC_BASE_URL   (or headroom proxy --port ${port})` })
    const ours = createServer((_incoming, outgoing) => outgoing.end('{"service":"headroom","version":"1"}'))
    const url = `http://127.0.0.1:${await listen(ours)}`
    const [, path] = await check(relay({}), { ANTHROPIC_BASE_URL: `${url}/v1` })
    expect(path).toMatchObject({ level: 'red', hint: `export ANTHROPIC_BASE_URL=${url}` })
    expect(await check(relay({}), { ANTHROPIC_BASE_URL: `${url}/` })).toHaveLength(1)
    expect(await check(relay({}), { ANTHROPIC_BASE_URL: 'https://gateway.example/v1' })).toHaveLength(1)
    ours.close()
    ours.closeAllConnections()
  })

  it('are yellow where they are wrapped for good, but found first without', async () => {
    const [plain, ours] = [program('claude'), program('claude', 'home/bin')]
    const [, late] = await check()
    expect(late).toMatchObject({ level: 'yellow', hint: `export PATH=${join(folder, 'home/bin')}:"$PATH"` })
    expect(late?.message).toContain(`${plain} before ${ours}`)
    const PATH = `${join(folder, 'home/bin')}:${join(folder, 'path')}`
    expect(await check(relay({}), { PATH })).toHaveLength(1)
  })
})

describe('the request of a canary', () => {
  it('has its tool result where it says', () => {
    for (const dialect of ['anthropic', 'openai-chat', 'openai-responses', 'gemini'] as const) {
      const { body, start, end } = canaryRequest(dialect)
      expect(JSON.parse(body.subarray(start, end).toString('utf8'))).toContain(FAILURE)
    }
  })
})

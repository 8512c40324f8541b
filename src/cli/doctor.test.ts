import { chmodSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HeadroomError } from '../base/errors.js'
import type { Config } from '../spec/config.js'
import type { LedgerEvent } from '../spec/ledger.js'
import { checkNode } from './checks/basics.js'
import { FAILURE } from './checks/sample.js'
import type { CliParts, ProxyHandle } from './context.js'
import { emptyStats, type FakeCli, type FakeEngine, fakeCli, fakeEngine } from './fake-io.js'

let cli: FakeCli
beforeEach(() => {
  cli = fakeCli()
})
afterEach(() => cli.dispose())

/** Keeps first line and failing line, so that a healthy canary is possible. */
const healthyEngine = (): FakeEngine => {
  const engine = fakeEngine()
  const plain = engine.compressText
  engine.compressText = async (text, options) => {
    const result = await plain(text, options)
    return { ...result, text: `${result.text}\n${FAILURE}` }
  }
  return engine
}

interface Wire {
  /** What the relay does to a body on its way up. */
  readonly edit: (body: Buffer) => Buffer
  readonly headers?: (headers: Record<string, unknown>) => Record<string, unknown>
  readonly answer?: (body: Buffer) => Buffer
}

/** A relay as small as one can be, to be broken in one place per test. */
const relay =
  ({ edit, headers = (all) => all, answer = (body) => body }: Wire): CliParts['proxy'] =>
  async (config: Config): Promise<ProxyHandle> => {
    const server = createServer(async (incoming, outgoing) => {
      const chunks: Buffer[] = []
      for await (const chunk of incoming) chunks.push(chunk as Buffer)
      const body = edit(Buffer.concat(chunks))
      const { host: _host, 'content-length': _length, ...kept } = incoming.headers
      const up = request(
        `${config.upstreamAnthropic}${incoming.url}`,
        { method: 'POST', headers: headers(kept) as Record<string, string> },
        async (reply) => {
          const parts: Buffer[] = []
          for await (const part of reply) parts.push(part as Buffer)
          outgoing.writeHead(reply.statusCode ?? 0).end(answer(Buffer.concat(parts)))
        },
      )
      up.end(body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    return {
      url: `http://127.0.0.1:${port}`,
      port,
      close: async () => {
        server.close()
        server.closeAllConnections()
      },
    }
  }

const shorten = (body: Buffer): Buffer => Buffer.from(`{"short":${JSON.stringify(FAILURE)},"was":${body.length}}`)

const doctor = async (parts: Partial<CliParts> = {}, argv: readonly string[] = []) => {
  const healthy: Partial<CliParts> = { engine: engineOf(healthyEngine()), proxy: relay({ edit: shorten }) }
  const { code, out } = await cli.run(['doctor', '--json', '--port', '0', ...argv], { parts: { ...healthy, ...parts } })
  const report = JSON.parse(out)
  const levels = Object.fromEntries(
    report.findings.map(({ name, level }: { name: string; level: string }) => [name, level]),
  )
  return { code, report, levels }
}

const engineOf =
  (engine: FakeEngine): CliParts['engine'] =>
  async () =>
    engine

describe('headroom doctor', () => {
  it('is green where everything works, and leaves nothing behind', async () => {
    const { code, report, levels } = await doctor()
    expect(new Set(Object.values(levels))).toEqual(new Set(['green']))
    expect([code, report.level]).toEqual([0, 'green'])
    expect(Object.keys(levels)).toEqual(['node', 'store', 'home', 'tokenizer', 'port', 'canary', 'round trip'])
    expect(readdirSync(cli.home)).toEqual([])
  })

  it('prints every setting with its origin, secrets apart (B-12)', async () => {
    writeFileSync(join(cli.home, 'config.json'), '{"workers": 5}')
    const { report } = await doctor({}, ['--token', 'sesame', '--policy', 'max'])
    const of = (key: string) => report.settings.find((setting: { key: string }) => setting.key === key)
    expect(of('policy')).toEqual({ key: 'policy', value: 'max', source: 'flag', place: '--policy' })
    expect(of('workers')).toMatchObject({ value: 5, source: 'file', place: join(cli.home, 'config.json') })
    expect(of('home')).toMatchObject({ source: 'env', place: 'HEADROOM_HOME' })
    expect(of('deadlineMs')).toMatchObject({ value: 250, source: 'default' })
    expect(JSON.stringify(report)).not.toContain('sesame')
    const text = await cli.run(['doctor', '--port', '0'], {
      parts: { proxy: relay({ edit: shorten }), engine: engineOf(healthyEngine()) },
    })
    expect(text.out).toMatch(/ok +node +\d+/)
    expect(text.out).toMatch(/workers +5 +.*config\.json/)
  })

  it('is red when the key, the answer or the failing line does not arrive (F-7)', async () => {
    const round = async (wire: Wire): Promise<string> => {
      const { code, levels, report } = await doctor({ proxy: relay(wire) })
      expect([code, levels['round trip']]).toEqual([1, 'red'])
      return report.findings.at(-1).message
    }
    expect(await round({ edit: shorten, headers: ({ 'x-api-key': _key, ...rest }) => rest })).toContain('answered 401')
    expect(await round({ edit: () => Buffer.from('{}') })).toContain('failing line did not reach')
    expect(
      await round({ edit: shorten, answer: (body) => Buffer.from(JSON.stringify(JSON.parse(String(body)))) }),
    ).toContain('byte for byte')
    const { levels } = await doctor({ proxy: () => Promise.reject(new Error('no socket')) })
    expect(levels['round trip']).toBe('red')
  })

  it('is yellow when a request is relayed as it came', async () => {
    const { code, levels } = await doctor({ proxy: relay({ edit: (body) => body }) })
    expect([code, levels['round trip']]).toEqual([0, 'yellow'])
  })

  it('is red when an original does not come back byte for byte', async () => {
    const engine = healthyEngine()
    const plain = engine.retrieve
    engine.retrieve = async (ref, options) => {
      const result = await plain(ref, options)
      return { ...result, bytes: result.bytes.slice(1) }
    }
    expect((await doctor({ engine: engineOf(engine) })).levels.canary).toBe('red')
  })

  it('is red when the canary loses its failing line', async () => {
    expect((await doctor({ engine: engineOf(fakeEngine()) })).levels.canary).toBe('red')
  })

  it('is red when the store does not open, and says so of each part that needs it (D-3)', async () => {
    const engine = () => Promise.reject(new HeadroomError('STORE_UNAVAILABLE', 'disk is gone'))
    const { code, levels, report } = await doctor({ engine })
    expect([code, levels.store, levels.canary, levels['round trip']]).toEqual([1, 'red', 'red', 'green'])
    expect(report.findings[1].message).toContain('disk is gone')
  })

  it('turns what a part logs as missing into a finding (D-3)', async () => {
    const engine: CliParts['engine'] = async (_config, logger) => {
      logger('warn', 'no database binding loads here')
      return healthyEngine()
    }
    const { report } = await doctor({ engine })
    expect(report.findings).toContainEqual({
      name: 'store',
      level: 'yellow',
      message: 'no database binding loads here',
    })
  })

  it('is yellow when twenty requests yielded nothing, and names the reason (I-5)', async () => {
    const quiet = (lines: LedgerEvent['lines']): LedgerEvent => ({
      id: 'x',
      atMs: 1,
      way: 'proxy',
      outcome: 'passthrough',
      bytesIn: 1,
      bytesOut: 1,
      tokensBefore: 1,
      tokensAfter: 1,
      basis: 'estimate',
      durationMs: 1,
      lines,
    })
    const skipped = { skip: 'no-way-back', blocks: 3, tokensBefore: 1, tokensAfter: 1, replayed: false }
    const recent = Array.from({ length: 20 }, () => quiet([skipped]))
    const engine = (events: readonly LedgerEvent[]): CliParts['engine'] => {
      const healthy = healthyEngine()
      healthy.stats = async () => ({ ...emptyStats, recent: events })
      return engineOf(healthy)
    }
    const { levels, report } = await doctor({ engine: engine(recent) })
    expect(levels.traffic).toBe('yellow')
    expect(JSON.stringify(report.findings)).toContain('no way to get an original back')
    expect((await doctor({ engine: engine(recent.slice(1)) })).levels.traffic).toBeUndefined()
  })

  it.skipIf(process.platform === 'win32')('is yellow when others can read the home (J-3)', async () => {
    chmodSync(cli.home, 0o755)
    expect((await doctor()).levels.home).toBe('yellow')
    chmodSync(cli.home, 0o700)
    writeFileSync(join(cli.home, 'store.db'), '', { mode: 0o644 })
    chmodSync(join(cli.home, 'store.db'), 0o644)
    expect((await doctor()).levels.home).toBe('yellow')
  })

  it('is yellow when another program holds the port, and offers one that is free (D-6)', async () => {
    const holder = createServer((_incoming, outgoing) => outgoing.end('hello'))
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
    const { report, levels } = await doctor({}, ['--port', String((holder.address() as AddressInfo).port)])
    holder.close()
    expect(levels.port).toBe('yellow')
    expect(JSON.stringify(report.findings)).toMatch(/headroom proxy --port \d+/)
  })

  it('is yellow when the running proxy is of another version', async () => {
    const holder = createServer((_incoming, outgoing) => outgoing.end('{"service":"headroom","version":"0.0.1"}'))
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
    const { levels } = await doctor({}, ['--port', String((holder.address() as AddressInfo).port)])
    holder.close()
    expect(levels.port).toBe('yellow')
  })

  it('knows the oldest Node that works', () => {
    expect(['20.19.0', '22.0.0', '20.18.9', '18.20.0'].map((version) => checkNode(version).level)).toEqual([
      'green',
      'green',
      'red',
      'red',
    ])
  })
})

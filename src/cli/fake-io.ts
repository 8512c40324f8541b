// A command line without a process: collected streams, a scratch home and a small engine. For tests only.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { refOf } from '../base/hash.js'
import type { Config } from '../spec/config.js'
import type { CompressTextOptions, CompressTextResult, Engine } from '../spec/engine.js'
import type { Stats } from '../spec/ledger.js'
import type { Money } from '../spec/money.js'
import type { CliIo, CliParts, ProxyHandle } from './context.js'
import { runCli } from './program.js'

interface Run {
  readonly code: number
  readonly out: string
  readonly outBytes: Buffer
  readonly err: string
}

interface RunOptions {
  readonly stdin?: string | Uint8Array
  /** Streams that are terminals. */
  readonly terminals?: readonly ('stdin' | 'stdout' | 'stderr')[]
  readonly env?: Readonly<Record<string, string>>
  readonly parts?: Partial<CliParts>
}

const collected = (isTTY: boolean): { stream: PassThrough & { isTTY: boolean }; bytes(): Buffer } => {
  const chunks: Buffer[] = []
  const stream = Object.assign(new PassThrough(), { isTTY })
  stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  return { stream, bytes: () => Buffer.concat(chunks) }
}

export const emptyStats: Stats = {
  sinceMs: 0,
  totals: {
    requests: 0,
    compressed: 0,
    bytesIn: 0,
    bytesOut: 0,
    tokensBefore: 0,
    tokensAfter: 0,
    firstSeenBefore: 0,
    firstSeenAfter: 0,
    usage: {},
    retrievedTokens: 0,
  },
  byCompressor: [],
  byTool: [],
  byAgent: [],
  bySkip: [],
  recent: [],
}

const noMoney: Money = {
  sinceMs: 0,
  prices: { source: 'made', date: '2026-01-01' },
  basis: 'estimate',
  total: { name: 'total', requests: 0, paidMicroUsd: 0, savedMicroUsd: 0, costMicroUsd: 0, netMicroUsd: 0 },
  byDay: [],
  byModel: [],
  byAgent: [],
  bySession: [],
  unpriced: { requests: 0, models: [] },
  unbilledRequests: 0,
  isCut: false,
}

/** Keeps the first line of every text of at least ten lines, and the whole text under its ref. */
export interface FakeEngine extends Engine {
  readonly calls: CompressTextOptions[]
  readonly sinces: (number | undefined)[]
  closed: number
}

export const fakeEngine = (stats: Stats = emptyStats): FakeEngine => {
  const originals = new Map<string, Buffer>()
  const base = { calls: [] as CompressTextOptions[], sinces: [] as (number | undefined)[], closed: 0 }
  const unused = (): never => {
    throw new Error('not used by the command line')
  }
  return Object.assign(base, {
    compress: unused,
    run: unused,
    isHeldOut: unused,
    settle: unused,
    noteBreak: unused,
    money: async () => noMoney,
    recall: unused,
    remember: unused,
    record: unused,
    align: unused,
    compressText: async (text: string, options: CompressTextOptions = {}) => {
      base.calls.push(options)
      const lines = text.split('\n')
      const counts = { basis: 'estimate' as const, contentType: 'log' as const }
      if (lines.length < 10)
        return {
          ...counts,
          text,
          tokensBefore: lines.length,
          tokensAfter: lines.length,
          outcome: 'below-floor',
          refs: [],
        }
      const ref = refOf(text)
      originals.set(ref, Buffer.from(text, 'utf8'))
      const short = `${lines[0]}\n[${lines.length - 1} lines not shown; full text kept; id ${ref}]`
      return {
        ...counts,
        text: short,
        tokensBefore: lines.length * 10,
        tokensAfter: 20,
        outcome: 'compressed',
        refs: [ref],
        ...budgetOf(options.budgetTokens, 20),
      }
    },
    retrieve: async (ref: string, { lines }: { lines?: string } = {}) => {
      const bytes = originals.get(ref)
      if (bytes === undefined) return { text: '', found: false, bytes: Buffer.alloc(0), totalLines: 0 }
      const all = bytes.toString('utf8').split('\n')
      const text = lines === undefined ? all.join('\n') : (all[Number.parseInt(lines, 10) - 1] ?? '')
      return { text, found: true, bytes, totalLines: all.length }
    },
    explain: async (ref: string) => {
      const bytes = originals.get(ref)
      return { ref, found: bytes !== undefined, originalBytes: bytes?.length ?? 0, originalLines: 3 }
    },
    stats: async (sinceMs?: number) => {
      base.sinces.push(sinceMs)
      return { ...stats, sinceMs: sinceMs ?? 0 }
    },
    close: async () => {
      base.closed++
    },
  }) as FakeEngine
}

export interface FakeCli {
  readonly home: string
  /** Made when it is first asked for: home of a user, where the files of clients are. */
  readonly user: string
  readonly engine: FakeEngine
  /** Configurations that an engine or a proxy was opened with, in order. */
  readonly configs: Config[]
  run(argv: readonly string[], options?: RunOptions): Promise<Run>
  /** What SIGTERM would do. */
  stop(): void
  dispose(): void
}

const budgetOf = (budgetTokens: number | undefined, totalTokens: number): Pick<CompressTextResult, 'budget'> =>
  budgetTokens === undefined
    ? {}
    : { budget: { budgetTokens, totalTokens, fixedTokens: 0, fits: totalTokens <= budgetTokens } }

export const fakeCli = (stats: Stats = emptyStats): FakeCli => {
  const home = mkdtempSync(join(tmpdir(), 'headroom-cli-'))
  const engine = fakeEngine(stats)
  const configs: Config[] = []
  const listeners = new Set<(signal: string) => void>()
  const proxyOf = (config: Config): ProxyHandle => ({
    url: `http://127.0.0.1:${config.port || 4711}`,
    port: config.port || 4711,
    close: async () => undefined,
  })
  const parts: CliParts = {
    engine: async (config) => {
      configs.push(config)
      return engine
    },
    tokenizer: async () => ({ id: 'words', exact: true, count: (text) => text.split(' ').length }),
    proxy: async (config) => {
      configs.push(config)
      return proxyOf(config)
    },
    mcpWrap: async () => undefined,
    compressCall: async () => ({
      compressJson: async (body) => ({
        status: 200,
        json: JSON.stringify(
          await engine.compressText((JSON.parse(Buffer.from(body).toString('utf8')) as { text: string }).text),
        ),
      }),
      close: async () => undefined,
    }),
    mcp: async ({ engine: open }) => void (await open()),
  }
  const run: FakeCli['run'] = async (argv, { stdin = '', terminals = [], env = {}, parts: own = {} } = {}) => {
    const [out, err] = [collected(terminals.includes('stdout')), collected(terminals.includes('stderr'))]
    const io: CliIo = {
      stdin: Object.assign(Readable.from([Buffer.from(stdin)]), { isTTY: terminals.includes('stdin') }),
      stdout: out.stream,
      stderr: err.stream,
      env: { HEADROOM_HOME: home, ...env },
      cwd: home,
      startedMs: performance.now(),
      onStop: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    }
    const code = await runCli(argv, io, { ...parts, ...own })
    return { code, out: out.bytes().toString('utf8'), outBytes: out.bytes(), err: err.bytes().toString('utf8') }
  }
  let user: string | undefined
  return {
    home,
    get user() {
      user ??= mkdtempSync(join(home, 'user-'))
      return user
    },
    engine,
    configs,
    run,
    stop: () => {
      for (const listener of listeners) listener('SIGTERM')
    },
    dispose: () => rmSync(home, { recursive: true, force: true }),
  }
}

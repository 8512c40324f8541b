import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { SqlDriver } from '../base/database/driver.js'
import { loadSqlDriver } from '../base/database/load.js'
import { openDatabase } from '../base/database/open.js'
import type { CacheBreak } from '../spec/drift.js'
import type { Ledger, LedgerEvent, LedgerLine } from '../spec/ledger.js'
import type { Usage } from '../spec/wire.js'
import { LEDGER_FORMATS } from './format.js'
import { type LedgerOptions, openLedger } from './ledger.js'

const folders: string[] = []
const ledgers: Ledger[] = []
const newHome = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
  folders.push(folder)
  return join(folder, 'home')
}
const open = (options: LedgerOptions): Ledger => {
  const ledger = openLedger(options)
  ledgers.push(ledger)
  return ledger
}
afterEach(() => {
  for (const ledger of ledgers.splice(0)) ledger.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const line = (more: Partial<LedgerLine> = {}): LedgerLine => ({
  compressor: 'log',
  tool: 'Bash',
  contentType: 'log',
  blocks: 2,
  tokensBefore: 1000,
  tokensAfter: 300,
  replayed: false,
  ...more,
})

const event = (id: string, more: Partial<LedgerEvent> = {}): LedgerEvent => ({
  id,
  atMs: 1_700_000_000_000,
  way: 'proxy',
  dialect: 'anthropic',
  model: 'a-model',
  outcome: 'compressed',
  bytesIn: 9000,
  bytesOut: 5000,
  tokensBefore: 1000,
  tokensAfter: 300,
  basis: 'estimate',
  durationMs: 3.25,
  lines: [line()],
  ...more,
})

const drivers = [
  ['libsql', loadSqlDriver({ names: ['libsql'] })],
  ['node:sqlite', loadSqlDriver({ names: ['node:sqlite'] })],
  ['memory', 'memory' as const],
] as const

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined })
const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T
const anyUsage = fc
  .record({ inputTokens: maybe(fc.nat(9)), outputTokens: maybe(fc.nat(9)), cacheReadTokens: maybe(fc.nat(9)) })
  .map((usage) => defined(usage) as Usage)
const anyLine = fc
  .record({
    compressor: maybe(fc.constantFrom('log', 'json', 'search')),
    skip: maybe(fc.constantFrom('below-floor', 'deadline')),
    tool: maybe(fc.constantFrom('Bash', 'Read')),
    blocks: fc.nat(5),
    tokensBefore: fc.nat(1000),
    tokensAfter: fc.nat(1000),
    replayed: fc.boolean(),
  })
  .map((fields) => defined(fields) as LedgerLine)
const anyEvent = fc
  .record({
    id: fc.nat(60).map(String),
    atMs: fc.nat(20),
    way: fc.constantFrom('proxy' as const, 'library' as const, 'mcp' as const, 'cli' as const),
    session: maybe(fc.constantFrom('s1', 's2')),
    agent: maybe(fc.constantFrom('codex', 'other')),
    outcome: fc.constantFrom('compressed' as const, 'passthrough' as const),
    bytesIn: fc.nat(10_000),
    bytesOut: fc.nat(10_000),
    tokensBefore: fc.nat(1000),
    tokensAfter: fc.nat(1000),
    basis: fc.constantFrom('estimate' as const, 'exact-tokenizer' as const),
    durationMs: fc.nat(1000).map((value) => value / 8),
    status: maybe(fc.constantFrom(200, 429)),
    usage: maybe(anyUsage.filter((usage) => Object.keys(usage).length > 0)),
    lines: fc.array(anyLine, { maxLength: 4 }),
  })
  .map((fields) => defined(fields) as LedgerEvent)
type Step = (ledger: Ledger) => void
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: anyEvent.map(
      (made): Step =>
        (ledger) =>
          ledger.append(made),
    ),
  },
  fc.tuple(fc.nat(60), anyUsage).map(
    ([id, usage]): Step =>
      (ledger) =>
        ledger.settle(String(id), 200, usage),
  ),
  fc.nat(500).map(
    (tokens): Step =>
      (ledger) =>
        ledger.retrieved('00112233445566aa', tokens, tokens % 2 === 0),
  ),
)

describe.each(drivers)('the ledger on %s', (name, driver) => {
  if (driver === undefined) {
    it.skip(`is not tested: ${name} does not load on Node ${process.version}`, () => undefined)
    return
  }

  it('gives back what was appended, with what the answer said, in any order of arrival', () => {
    const ledger = open({ home: newHome(), driver })
    ledger.settle('b', 429)
    ledger.append(event('a', { atMs: 10, session: 's', project: 'p', reason: 'r' }))
    ledger.append(event('b', { atMs: 20, outcome: 'passthrough', lines: [] }))
    ledger.settle('a', 200, { inputTokens: 70, cacheReadTokens: 900 })
    const { recent } = ledger.stats(0)
    expect(recent).toEqual([
      event('b', { atMs: 20, outcome: 'passthrough', lines: [], status: 429 }),
      event('a', {
        atMs: 10,
        session: 's',
        project: 'p',
        reason: 'r',
        status: 200,
        usage: { inputTokens: 70, cacheReadTokens: 900 },
      }),
    ])
  })

  it('counts a resent block in what was sent, but once in what was decided (I-3)', () => {
    const ledger = open({ home: newHome(), driver })
    ledger.append(event('1'))
    ledger.append(
      event('2', { lines: [line({ replayed: true }), line({ blocks: 1, tokensBefore: 50, tokensAfter: 60 })] }),
    )
    const { totals, byCompressor } = ledger.stats(0)
    expect(totals).toMatchObject({ requests: 2, tokensBefore: 2000, tokensAfter: 600 })
    expect(totals).toMatchObject({ firstSeenBefore: 1050, firstSeenAfter: 360 })
    expect(byCompressor).toEqual([{ name: 'log', blocks: 3, tokensBefore: 1050, tokensAfter: 360 }])
  })

  it('keeps losses negative and retrievals on the cost side (I-1)', () => {
    const ledger = open({ home: newHome(), driver, nowMs: () => 100 })
    ledger.append(event('1', { atMs: 100, bytesIn: 10, bytesOut: 15, tokensBefore: 5, tokensAfter: 8 }))
    ledger.retrieved('00112233445566aa', 400, true)
    const { totals } = ledger.stats(100)
    expect(totals.bytesIn - totals.bytesOut).toBe(-5)
    expect(totals.tokensBefore - totals.tokensAfter).toBe(-3)
    expect(totals.retrievedTokens).toBe(400)
    expect(ledger.stats(101).totals).toMatchObject({ requests: 0, retrievedTokens: 0, usage: {} })
  })

  it('orders compressors and tools by what they saved and skips by how many blocks', () => {
    const ledger = open({ home: newHome(), driver })
    ledger.append(
      event('1', {
        lines: [
          line({ compressor: 'json', tool: 'Read', tokensBefore: 100, tokensAfter: 90 }),
          line({ compressor: 'log', tool: 'Bash', tokensBefore: 50, tokensAfter: 10 }),
          { skip: 'below-floor', tool: 'Read', blocks: 3, tokensBefore: 30, tokensAfter: 30, replayed: false },
          { skip: 'deadline', blocks: 8, tokensBefore: 80, tokensAfter: 80, replayed: false },
        ],
      }),
    )
    const stats = ledger.stats(0)
    expect(stats.byCompressor.map((row) => row.name)).toEqual(['log', 'json'])
    expect(stats.byTool.map((row) => [row.name, row.blocks])).toEqual([
      ['Bash', 2],
      ['Read', 5],
    ])
    expect(stats.bySkip.map((row) => row.name)).toEqual(['deadline', 'below-floor'])
  })

  it('sums by who sent a request, resends left out, and leaves out what nobody sent (I-6)', () => {
    const ledger = open({ home: newHome(), driver })
    ledger.append(event('1', { agent: 'codex', lines: [line(), line({ replayed: true })] }))
    ledger.append(event('2', { agent: 'claude-code', lines: [line(), line()] }))
    ledger.append(event('3'))
    const { byAgent, recent } = ledger.stats(0)
    const { blocks, tokensBefore, tokensAfter } = line()
    expect(byAgent).toEqual([
      { name: 'claude-code', blocks: 2 * blocks, tokensBefore: 2 * tokensBefore, tokensAfter: 2 * tokensAfter },
      { name: 'codex', blocks, tokensBefore, tokensAfter },
    ])
    expect(recent.map(({ agent }) => agent).sort()).toEqual(['claude-code', 'codex', undefined])
  })

  it('shows the newest fifty', () => {
    const ledger = open({ home: newHome(), driver })
    for (let index = 0; index < 120; index++) ledger.append(event(`e${index}`, { atMs: index }))
    const { recent, totals } = ledger.stats(0)
    expect(totals.requests).toBe(120)
    expect(recent.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, index) => `e${119 - index}`))
  })

  it('has the same sums as every other driver (I-6)', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 80 }), fc.nat(20), (steps, sinceMs) => {
        const mine = openLedger({ home: newHome(), driver, nowMs: () => 10 })
        const model = openLedger({ home: '', driver: 'memory', nowMs: () => 10 })
        for (const step of steps) {
          step(mine)
          step(model)
        }
        expect(mine.stats(sinceMs)).toEqual(model.stats(sinceMs))
        mine.close()
      }),
      { numRuns: 40 },
    )
  })

  it('reports as gross exactly what went over the sockets (I-2)', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyEvent, { selector: ({ id }) => id, maxLength: 30 }), (events) => {
        const ledger = openLedger({ home: newHome(), driver })
        for (const made of events) ledger.append(made)
        const { totals, byCompressor, bySkip } = ledger.stats(0)
        expect(totals.bytesIn - totals.bytesOut).toBe(
          events.reduce((sum, made) => sum + made.bytesIn - made.bytesOut, 0),
        )
        expect(byCompressor.length + bySkip.length).toBeLessThanOrEqual(5)
        ledger.close()
      }),
      { numRuns: 40 },
    )
  })

  it('sums losses of cached tokens by cause and lists the newest first', () => {
    const ledger = open({ home: newHome(), driver })
    const broke = (n: number, more: Partial<CacheBreak> = {}): void =>
      ledger.broke({ id: `b${n}`, atMs: n, turn: n, cause: 'expired', lostTokens: 10, lostMicroUsd: 3, ...more })
    for (let n = 1; n <= 60; n++) broke(n)
    broke(61, { cause: 'system-changed', lostTokens: 9000, masked: { old: 'xx', new: 'xx' } })
    ledger.broke({ id: 'untold', atMs: 62, turn: 1, cause: 'unknown' })
    const { byCause, recent } = ledger.stats(2).cacheBreaks!
    expect(byCause).toEqual([
      { cause: 'system-changed', breaks: 1, lostTokens: 9000, lostMicroUsd: 3 },
      { cause: 'expired', breaks: 59, lostTokens: 590, lostMicroUsd: 177 },
      { cause: 'unknown', breaks: 1, lostTokens: 0, lostMicroUsd: 0 },
    ])
    expect(recent.map(({ id }) => id).slice(0, 3)).toEqual(['untold', 'b61', 'b60'])
    expect(recent).toHaveLength(50)
    expect(recent[1]).toMatchObject({ masked: { old: 'xx', new: 'xx' }, turn: 61 })
  })

  it('gives each driver the same bills, with what forms saved and what was asked back (I-1, I-6)', () => {
    const ledger = open({ home: newHome(), driver })
    const asked = line({ skip: 'retrieved-content', tokensBefore: 70, tokensAfter: 70 })
    ledger.append(event('a', { atMs: 10, lines: [line(), line({ replayed: true, tokensAfter: 900 }), asked] }))
    ledger.append(event('b', { atMs: 20, agent: 'codex', usage: { inputTokens: 5 }, lines: [] }))
    ledger.append(event('c', { atMs: 30 }))
    ledger.settle('a', 200, { inputTokens: 40, cacheReadTokens: 7000, outputTokens: 3 })
    const seen: unknown[] = []
    const money = ledger.money(0, {
      prices: { source: 'made', date: '2026-01-01' },
      costOf(model, billed, atMs) {
        seen.push([model, atMs, billed.freshTokens, billed.readTokens, billed.outputTokens])
        return { inputMicroUsd: billed.freshTokens * 10 + billed.readTokens, outputMicroUsd: 1 }
      },
    })
    expect(seen).toContainEqual(['a-model', 10, 40, 7000, 3])
    expect(money).toMatchObject({
      total: { requests: 2, savedMicroUsd: 7100, costMicroUsd: 700 + 7040 },
      byAgent: [
        { name: 'not named', requests: 1 },
        { name: 'codex', requests: 1 },
      ],
      unbilledRequests: 1,
      isCut: false,
    })
  })

  it('never throws on append, also where nothing can be written, and says so in the log (C-3)', () => {
    const home = newHome()
    writeFileSync(home, 'a file where the folder should be')
    const logged: string[] = []
    const ledger = open({ home, driver, logger: (level, message) => void logged.push(`${level} ${message}`) })
    for (let index = 0; index < 200; index++) ledger.append(event(`${index}`))
    if (driver === 'memory') expect(ledger.stats(0).totals.requests).toBe(200)
    else {
      expect(() => ledger.stats(0)).toThrow(expect.objectContaining({ code: 'STORE_UNAVAILABLE' }))
      expect(logged).toEqual(['error a database call failed'])
    }
  })
})

describe.each(drivers.filter(([name, driver]) => name !== 'memory' && driver !== undefined))(
  'the ledger file on %s',
  (_, driver) => {
    it('is one for all processes and survives a restart (I-6)', () => {
      const home = newHome()
      const [proxy, library] = [open({ home, driver: driver! }), open({ home, driver: driver! })]
      proxy.append(event('1'))
      library.append(event('2', { way: 'library' }))
      library.append(event('1', { bytesIn: 1 }))
      proxy.close()
      library.close()
      expect(open({ home, driver: driver! }).stats(0).totals).toMatchObject({ requests: 2, bytesIn: 18_000 })
    })

    it('goes on with files of every earlier format', () => {
      for (let format = 1; format < LEDGER_FORMATS.length; format++) {
        const home = newHome()
        openDatabase({
          file: join(home, 'ledger.db'),
          driver: driver as SqlDriver,
          formats: LEDGER_FORMATS.slice(0, format),
        }).close()
        const ledger = open({ home, driver: driver! })
        ledger.append(event('1'))
        ledger.broke({ id: '1', atMs: 1, turn: 2, cause: 'expired' })
        const { totals, cacheBreaks } = ledger.stats(0)
        expect([totals.requests, cacheBreaks!.recent.length]).toEqual([1, 1])
      }
    })

    it('is written within a quarter of a second without anybody asking', async () => {
      const home = newHome()
      open({ home, driver: driver! }).append(event('1'))
      const reader = open({ home, driver: driver! })
      await expect.poll(() => reader.stats(0).totals.requests, { timeout: 5000 }).toBe(1)
    })

    it('does not lose the others with an entry that no table accepts', () => {
      const logged: string[] = []
      const ledger = open({ home: newHome(), driver: driver!, logger: (_level, message) => void logged.push(message) })
      ledger.append(event('1'))
      ledger.append(event('2', { bytesIn: Number.NaN }))
      ledger.append(event('3'))
      expect(ledger.stats(0).totals.requests).toBe(2)
      expect(logged).toEqual(['a ledger entry was refused'])
    })

    it.skipIf(process.platform === 'win32')('is readable by its owner only (J-3)', () => {
      const home = newHome()
      const ledger = open({ home, driver: driver! })
      ledger.append(event('1'))
      ledger.stats(0)
      expect(statSync(home).mode & 0o777).toBe(0o700)
      for (const name of ['ledger.db', 'ledger.db-wal', 'ledger.db-shm'])
        expect(statSync(join(home, name)).mode & 0o777).toBe(0o600)
    })
  },
)

import { afterEach, describe, expect, it } from 'vitest'
import type { LedgerEvent, Stats } from '../spec/ledger.js'
import { periodMs, sessionStart } from './commands/stats.js'
import { emptyStats, type FakeCli, fakeCli } from './fake-io.js'

const event = (id: string, more: Partial<LedgerEvent> = {}): LedgerEvent => ({
  id,
  atMs: Date.UTC(2025, 0, 1),
  way: 'proxy',
  dialect: 'anthropic',
  model: 'claude-sonnet-4-5',
  outcome: 'compressed',
  bytesIn: 9000,
  bytesOut: 3000,
  tokensBefore: 3000,
  tokensAfter: 1000,
  basis: 'estimate',
  durationMs: 3.21,
  status: 200,
  usage: { inputTokens: 12, cacheReadTokens: 3400 },
  lines: [
    {
      compressor: 'log',
      tool: 'Bash',
      contentType: 'log',
      blocks: 1,
      tokensBefore: 2500,
      tokensAfter: 500,
      replayed: false,
    },
    { skip: 'verbatim-material', tool: 'Read', blocks: 2, tokensBefore: 500, tokensAfter: 500, replayed: true },
  ],
  ...more,
})

const full: Stats = {
  ...emptyStats,
  totals: {
    ...emptyStats.totals,
    requests: 12,
    compressed: 9,
    tokensBefore: 90_000,
    tokensAfter: 40_000,
    firstSeenBefore: 10_000,
    firstSeenAfter: 4_000,
    retrievedTokens: 1_000,
    usage: { inputTokens: 7, cacheReadTokens: 123_456 },
  },
  byCompressor: [{ name: 'log', blocks: 4, tokensBefore: 8_000, tokensAfter: 2_000 }],
  byTool: [{ name: 'Bash\x1b[2J', blocks: 4, tokensBefore: 8_000, tokensAfter: 2_000 }],
  byAgent: [{ name: 'codex', blocks: 4, tokensBefore: 8_000, tokensAfter: 2_000 }],
  bySkip: [{ name: 'below-floor', blocks: 30, tokensBefore: 900, tokensAfter: 900 }],
  recent: [event('aaaa1111-0000'), event('aaaa2222-0000', { outcome: 'passthrough', reason: 'deadline' })],
}

let cli: FakeCli
const using = (stats: Stats): FakeCli => {
  cli = fakeCli(stats)
  return cli
}
afterEach(() => cli.dispose())

describe('headroom stats', () => {
  it('leads with the net figure, retrievals counted against it (I-1)', async () => {
    const { code, out } = await using(full).run(['stats'])
    expect(code).toBe(0)
    expect(out).toMatch(/Net saved +5,000 +tokens -50\.0 % +partly estimated/)
    expect(out).toMatch(/Asked back +1,000/)
    expect(out).toMatch(/With every resend +90,000 +→ 40,000/)
    expect(out).toMatch(/Billed cache read +123,456/)
    expect(out).not.toContain('Billed output')
  })

  it('tells agents apart (I-6)', async () => {
    const { out } = await using(full).run(['stats'])
    expect(out).toMatch(/By agent +blocks[^\n]*\ncodex +4 +8,000 +2,000 +-75\.0 %/)
  })

  it('shows a loss as a loss (I-1)', async () => {
    const totals = { ...full.totals, retrievedTokens: 9_000 }
    const { out } = await using({ ...full, totals }).run(['stats'])
    expect(out).toMatch(/Net saved +-3,000 +tokens \+30\.0 %/)
  })

  it('explains what was left alone, and prints no control characters of names (I-5)', async () => {
    const { out } = await using(full).run(['stats'])
    expect(out).toContain('below-floor: too short to be worth a change')
    expect(out).not.toContain('\x1b')
  })

  it('prints the very figures of the engine with --json (I-6)', async () => {
    const { money, ...stats } = JSON.parse((await using(full).run(['stats', '--json'])).out)
    expect(stats).toEqual(full)
    expect(money).toEqual(await cli.engine.money())
  })

  it('asks for the period that is meant', async () => {
    using(full)
    const before = Date.now()
    await cli.run(['stats', '--since', '2h'])
    expect(before - (cli.engine.sinces[0] ?? 0)).toBeGreaterThan(2 * 3_600_000 - 5_000)
    expect((await cli.run(['stats', '--since', 'yesterday'])).code).toBe(2)
    expect([periodMs('30m'), periodMs('1w')]).toEqual([1_800_000, 604_800_000])
  })

  it('finds the newest session by its name, or by the silence before it', () => {
    using(full)
    const hour = 3_600_000
    const at = (atMs: number, session?: string): LedgerEvent => event('x', { atMs, ...(session ? { session } : {}) })
    expect(sessionStart([at(10, 'b'), at(9, 'b'), at(8, 'a')])).toBe(9)
    expect(sessionStart([at(5 * hour), at(4.5 * hour), at(3 * hour)])).toBe(4.5 * hour)
    expect(sessionStart([])).toBe(0)
  })

  it('says how to begin where there is nothing', async () => {
    expect((await using(emptyStats).run(['stats'])).out).toContain('headroom proxy')
  })
})

describe('headroom inspect', () => {
  it('lists the last requests', async () => {
    const { code, out } = await using(full).run(['inspect'])
    expect(code).toBe(0)
    expect(out).toMatch(/aaaa1111 .*claude-sonnet-4-5 +3,000 +1,000 +-66\.7 % +3\.2 +200 +compressed/)
    expect(out).toContain('passthrough: the time ran out')
  })

  it('shows what was done to each group of blocks, and why not (I-5)', async () => {
    const { out } = await using(full).run(['inspect', 'aaaa1'])
    expect(out).toMatch(/Bash +log +1 +2,500 +500 +log/)
    expect(out).toMatch(/Read +- +2 +500 +500 +left: file text .*\(verbatim-material\), as decided before/)
    expect(out).toMatch(/answer +200, input 12, cache read 3,400/)
    expect((await cli.run(['inspect', 'last'])).out).toBe(out)
  })

  it('wants more digits where they fit two requests, and names an unknown one', async () => {
    expect((await using(full).run(['inspect', 'aaaa'])).err).toContain('fits 2 requests')
    const { code, err } = await cli.run(['inspect', 'zzz'])
    expect([code, err.includes('no request "zzz" among the last 2')]).toEqual([1, true])
  })

  it('explains an original', async () => {
    using(full)
    const ref = JSON.parse((await cli.run(['compress', '--json'], { stdin: 'line\n'.repeat(20) })).out).refs[0]
    expect((await cli.run(['inspect', ref])).out).toMatch(
      new RegExp(`Original ${ref}[^]*100 B, 3 lines[^]*headroom retrieve ${ref}`),
    )
    expect((await cli.run(['inspect', '0123456789abcdef'])).code).toBe(1)
  })

  it('prints events with --json', async () => {
    expect(JSON.parse((await using(full).run(['inspect', '--json'])).out)).toEqual(full.recent)
    expect(JSON.parse((await cli.run(['inspect', 'last', '--json'])).out)).toEqual(full.recent[0])
  })
})

// `headroom replay` with real engines over recordings of a made provider.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { tempHome } from '../../../test/support/home.js'
import { deviationOf } from '../../replay/figures.js'
import { madeSession } from '../../replay/made-sessions.testkit.js'
import type { ReplayResult } from '../../replay/result.js'
import { type FakeCli, fakeCli } from '../fake-io.js'
import { realParts } from '../parts.js'

const HISTORY_TOKENS = 20_000
const realEngine = realParts({}).engine
const clis: FakeCli[] = []
afterEach(() => {
  vi.unstubAllEnvs()
  for (const cli of clis.splice(0)) cli.dispose()
})

const replay = async (argv: readonly string[], env: Record<string, string> = {}) => {
  const cli = fakeCli()
  clis.push(cli)
  return cli.run(['replay', ...argv], { env, parts: { engine: realEngine } })
}

/** As many sessions, the later the newer, below where Claude Code keeps them. */
const recorded = (sessions: number): { home: string; projects: string } => {
  const home = tempHome()
  const projects = join(home, '.claude', 'projects', '-work')
  mkdirSync(projects, { recursive: true })
  for (let number = 1; number <= sessions; number++) {
    const path = join(projects, `made-${number}.jsonl`)
    writeFileSync(path, madeSession(number, HISTORY_TOKENS, { headTokens: 20_000, slope: 1.1 }).text)
    utimesSync(path, 1_700_000_000, 1_700_000_000 + number)
  }
  return { home, projects }
}

const digestOf = (folder: string): string => {
  const hash = createHash('sha256')
  for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(join(folder, name)))
  return hash.digest('hex')
}

describe('headroom replay', () => {
  it('finds what the agents recorded, bills it under every policy and leaves nothing behind', async () => {
    const { home, projects } = recorded(2)
    const before = digestOf(projects)
    const scratch = tempHome()
    vi.stubEnv('TMPDIR', scratch)
    const { code, out } = await replay(['--json', '--census'], { HOME: home })
    expect(code).toBe(0)
    const result = JSON.parse(out) as ReplayResult
    expect(result.policies).toEqual(['none', 'strict', 'balanced', 'max'])
    expect(result.sessions).toHaveLength(2)
    expect(Math.abs(deviationOf(result.receipts!))).toBeLessThan(0.03)
    const { none, strict, balanced } = result.totals
    expect(strict!.plainTokens).toBeLessThan(none!.plainTokens)
    expect(balanced!.plainTokens).toBeLessThan(strict!.plainTokens)
    expect(balanced!.leftOut).toBeGreaterThan(0)
    expect(balanced!.times!.p50Ms).toBeGreaterThan(0)
    expect(result.census!.balanced!.some(({ contentType }) => contentType === 'log')).toBe(true)
    expect(digestOf(projects)).toBe(before)
    expect(readdirSync(scratch).filter((name) => name.startsWith('headroom-replay'))).toEqual([])
  })

  it('gives the same figures in every run, times aside (B-9)', async () => {
    const { projects } = recorded(1)
    const figures = async (): Promise<unknown> => {
      const { out } = await replay([projects, '--json', '--policy', 'all'])
      return JSON.parse(out, (key, value: unknown) => (key === 'times' ? undefined : value))
    }
    expect(await figures()).toEqual(await figures())
  })

  it('takes the newest sessions up to a number, of one agent, since a time', async () => {
    const { home, projects } = recorded(3)
    const ids = async (...flags: string[]): Promise<string[]> => {
      const { out } = await replay([...flags, '--json', '--policy', 'none'], { HOME: home })
      const { sessions = [] } = (out === '' ? {} : JSON.parse(out)) as Partial<ReplayResult>
      return sessions.map(({ id }) => id)
    }
    expect(await ids()).toEqual(['made-3', 'made-2', 'made-1'])
    expect(await ids('--limit', '2')).toEqual(['made-3', 'made-2'])
    expect(await ids('--limit', '0', '--agent', 'claude-code')).toHaveLength(3)
    expect(await ids('--agent', 'codex')).toEqual([])
    expect(await ids('--since', '7d')).toEqual([])
    utimesSync(join(projects, 'made-1.jsonl'), new Date(), new Date())
    expect(await ids('--since', '7d')).toEqual(['made-1'])
  })

  it('prints tables without colours into a pipe, names the worst session and what was left out', async () => {
    const { projects } = recorded(2)
    const { out } = await replay([projects, '--limit', '1'])
    expect(out).not.toContain('\u001b')
    expect(out).toMatch(/claude-code made-2 +claude-sonnet-4-5 +\d+ +[\d,]+ +[\d,]+ +[-+]?0\.\d %/)
    expect(out).toMatch(/balanced +no session costs more +worst -[\d.]+ % +claude-code made-2/)
    expect(out).toContain('1 older files were left out')
  })

  it('says what each session comes to by policy, where asked, and invents no price', async () => {
    const { projects } = recorded(2)
    const { out } = await replay([projects, '--policy', 'none,strict', '--sessions', '--model', 'x'])
    for (const title of ['claude-code made-1', 'claude-code made-2', 'in all'])
      expect(out).toMatch(new RegExp(`^${title} +none +strict$`, 'm'))
    for (const line of ['input bill', 'output bill', 'change with output, in \\$'])
      expect(out).toMatch(new RegExp(`^${line} +no price +no price$`, 'm'))
  })

  it('says why what is still sent is sent', async () => {
    const { out } = await replay([recorded(1).projects, '--policy', 'balanced', '--census'])
    expect(out).toMatch(
      /What is sent under balanced.*\n *[\d.]+ % {2}instructions and tool definitions are never changed/,
    )
    expect(out).toMatch(/[\d.]+ % {2}sent in a short form/)
  })

  it('shows on a terminal how far it is, within a file too, and takes that away again', async () => {
    const cli = fakeCli()
    clis.push(cli)
    const { err } = await cli.run(['replay', recorded(1).projects, '--policy', 'none'], { terminals: ['stderr'] })
    const shares = [...err.matchAll(/(\d+) % of [\d.]+ MB/g)].map(([, share]) => Number(share))
    expect(shares[0]).toBe(0)
    expect(shares.at(-1)).toBe(100)
    expect(shares.length).toBeGreaterThan(10)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(err.endsWith('\r\u001b[K')).toBe(true)
  })

  it('counts lines that are no records, names them and reads the others', async () => {
    const { projects } = recorded(1)
    const path = join(projects, 'made-1.jsonl')
    writeFileSync(path, `no record\n${readFileSync(path, 'utf8')}{"half": `)
    const { out } = await replay([projects, '--policy', 'none'])
    expect(out).toMatch(/2 lines could not be read and were passed over \(claude-code made-1: 1, \d+\)/)
    const whole = await replay([recorded(1).projects, '--policy', 'none', '--json'])
    const broken = await replay([projects, '--policy', 'none', '--json'])
    const totalsOf = (json: string): unknown => (JSON.parse(json) as ReplayResult).totals
    expect(totalsOf(broken.out)).toEqual(totalsOf(whole.out))
  })

  it('prices every request as another model where one is asked for', async () => {
    const { projects } = recorded(1)
    const none = async (...flags: string[]) => {
      const { out } = await replay([projects, '--policy', 'none', '--json', ...flags])
      return (JSON.parse(out) as ReplayResult).totals.none!
    }
    const [sonnet, opus, unknown] = [await none(), await none('--model', 'claude-opus-4-1'), await none('--model', 'x')]
    expect(opus.billed).toEqual(sonnet.billed)
    expect(opus.inputMicroUsd / sonnet.inputMicroUsd).toBeCloseTo(5, 1)
    expect(unknown.unpricedRequests).toBe(unknown.requests)
  })

  it('writes a page that needs nothing else', async () => {
    const { projects } = recorded(1)
    const page = join(projects, 'page.html')
    expect((await replay([projects, '--html', page, '--policy', 'none,balanced'])).code).toBe(0)
    const html = readFileSync(page, 'utf8')
    expect(html).toContain('Size of requests over a session')
    expect(html).not.toMatch(/<script|https?:/)
  })

  it('removes its temporary homes when it is stopped', async () => {
    const { projects } = recorded(4)
    const scratch = tempHome()
    vi.stubEnv('TMPDIR', scratch)
    const cli = fakeCli()
    clis.push(cli)
    let opened = 0
    const engine: typeof realEngine = (...args) => {
      if (++opened === 4) setTimeout(() => cli.stop())
      return realEngine(...args)
    }
    const { code, err } = await cli.run(['replay', projects], { parts: { engine } })
    expect(code).toBe(130)
    expect(err).toContain('stopped')
    expect(readdirSync(scratch).filter((name) => name.startsWith('headroom-replay'))).toEqual([])
  })

  it('says what is wrong with a flag, with the nearest right one', async () => {
    for (const [flags, said] of [
      [['--policy', 'balanze'], 'balanced'],
      [['--agent', 'claude'], 'claude-code'],
      [['--limit', 'many'], 'number of sessions'],
      [['--since', 'session'], '30m'],
    ] as const) {
      const { code, err } = await replay([tempHome(), ...flags])
      expect(code).toBe(2)
      expect(err).toContain(said)
    }
    expect((await replay([], { HOME: tempHome() })).err).toContain('headroom replay PATH')
    expect((await replay([join(tempHome(), 'gone')])).err).toContain('is not there')
    const { code, err } = await replay([recorded(1).projects, '--html', '/no/such/folder/x.html'])
    expect(code).toBe(2)
    expect(err).toContain('/no/such/folder')
    const folder = await replay([recorded(1).projects, '--html', tempHome()])
    expect(folder.code).toBe(2)
    expect(folder.err).toContain('is a folder')
  })
})

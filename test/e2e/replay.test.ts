// `headroom replay` of the built command as a process: what it prints, and how much memory it takes.
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { madeSession } from '../../src/replay/made-sessions.testkit.js'
import type { ReplayResult } from '../../src/replay/result.js'

const bin = process.env.CLI_UNDER_TEST ?? fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

let home = ''
beforeAll(() => {
  if (!existsSync(bin)) throw new Error(`${bin} is not there: build first`)
})
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'headroom-e2e-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

/** Prints the most memory that the process had, in KiB, as the last line on stderr. */
const METER = "process.on('exit', () => process.stderr.write('\\n' + process.resourceUsage().maxRSS))"

interface Done {
  readonly code: number
  readonly out: string
  readonly peakMb: number
}

const replay = (argv: readonly string[]): Promise<Done> =>
  new Promise((resolve) => {
    const env = { ...process.env, HOME: home, HEADROOM_HOME: join(home, 'headroom'), TMPDIR: home }
    const flags = ['--import', `data:text/javascript,${encodeURIComponent(METER)}`, bin, 'replay', ...argv]
    execFile(process.execPath, flags, { env, maxBuffer: 1 << 28 }, (error, out, err) =>
      resolve({
        code: error === null ? 0 : Number(error.code ?? 1),
        out,
        peakMb: Number(err.trim().split('\n').at(-1)) / 1024,
      }),
    )
  })

const writeSessions = (folder: string, count: number, historyTokens: number): void => {
  mkdirSync(folder, { recursive: true })
  for (let seed = 1; seed <= count; seed++) {
    const { text } = madeSession(seed, historyTokens, { headTokens: 20_000, slope: 1.1 })
    writeFileSync(join(folder, `made-${seed}.jsonl`), text)
  }
}

describe('the built replay', () => {
  it('finds what Claude Code recorded, prints JSON and writes a page', async () => {
    writeSessions(join(home, '.claude', 'projects', '-work'), 2, 15_000)
    const page = join(home, 'page.html')
    const { code, out } = await replay(['--json', '--html', page])
    expect(code).toBe(0)
    const { sessions, totals } = JSON.parse(out) as ReplayResult
    expect(sessions.map(({ agent }) => agent)).toEqual(['claude-code', 'claude-code'])
    expect(totals.balanced!.plainTokens).toBeLessThan(totals.none!.plainTokens)
    expect(readFileSync(page, 'utf8')).toContain('</svg>')
  }, 60_000)

  it('takes no more memory for twenty times as many sessions', async () => {
    const [few, many] = [join(home, 'few'), join(home, 'many')]
    writeSessions(few, 8, 40_000)
    writeSessions(many, 160, 40_000)
    const policies = ['--policy', 'none,balanced', '--json']
    const [small, large] = [await replay([few, ...policies]), await replay([many, ...policies])]
    expect(large.code).toBe(0)
    expect((JSON.parse(large.out) as ReplayResult).sessions).toHaveLength(160)
    // Seen: up to 40 MB between two runs of the same; with every session kept 131 MB more.
    expect(large.peakMb).toBeLessThan(small.peakMb + 80)
    expect(large.peakMb).toBeLessThan(300)
  }, 180_000)
})

import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HeadroomError } from '../base/errors.js'
import type { CliParts } from './context.js'
import { type FakeCli, fakeCli } from './fake-io.js'
import { commands } from './list.js'
import { version } from './version.js'

let cli: FakeCli
beforeEach(() => {
  cli = fakeCli()
})
afterEach(() => cli.dispose())

const LONG = `first line\n${'a routine line\n'.repeat(50)}`

describe('headroom', () => {
  it('prints help with every command on stdout', async () => {
    const { code, out, err } = await cli.run(['--help'])
    expect([code, err]).toEqual([0, ''])
    for (const { name, summary } of commands) expect(out.replace(/\s+/g, ' ')).toContain(`${name} ${summary}`)
  })

  it('takes help for a command', async () => {
    expect(await cli.run(['help'])).toEqual(await cli.run(['--help']))
    expect(await cli.run(['help', 'stats'])).toEqual(await cli.run(['stats', '--help']))
  })

  it('has help for each command that opens nothing', async () => {
    for (const { name } of commands) {
      const { code, out } = await cli.run([name, '--help'])
      expect(code).toBe(0)
      expect(out).toContain(`Usage: headroom ${name}`)
    }
    expect(cli.configs).toEqual([])
  })

  it('prints its version alone', async () => {
    expect((await cli.run(['--version'])).out).toBe(`${version}\n`)
    expect((await cli.run(['version'])).out).toBe(`${version}\n`)
    expect(JSON.parse((await cli.run(['version', '--json'])).out)).toMatchObject({ headroom: version })
  })

  it('names the nearest command, flag or variable and exits with 2 (I-7)', async () => {
    for (const [argv, near] of [
      [['comprss'], 'compress'],
      [['sttas'], 'stats'],
      [['proxy', '--prot', '1'], '--port'],
      [['proxy', '--upstream-antropic', 'x'], '--upstream-anthropic'],
      [['stats', '--sinse', '1h'], '--since'],
      [['mcp', 'serv'], 'serve'],
      [['mcp', 'serve', '--plicy', 'max'], '--policy'],
    ] as const) {
      const { code, err } = await cli.run(argv)
      expect(code).toBe(2)
      expect(err).toContain(`did you mean "${near}"?`)
      expect(err.startsWith('headroom: ')).toBe(true)
    }
    const { code, err } = await cli.run(['stats'], { env: { HEADROOM_POLCY: 'max' } })
    expect(code).toBe(2)
    expect(err).toContain('HEADROOM_POLICY')
  })

  it('fails in one line without a stack', async () => {
    const parts = { engine: () => Promise.reject(new Error('disk\nis full')) }
    const { code, err, out } = await cli.run(['stats'], { parts })
    expect([code, out, err]).toEqual([1, '', 'headroom: disk is full\n'])
  })

  it('shows the way without a command', async () => {
    const { code, err } = await cli.run([])
    expect(code).toBe(2)
    expect(err).toContain('Usage: headroom')
  })

  it('colours terminals only, and none where NO_COLOR is set', async () => {
    const options = { terminals: ['stderr'] as const }
    expect((await cli.run(['nothing'], options)).err).toContain('\x1b[')
    expect((await cli.run(['nothing'], { ...options, env: { NO_COLOR: '1' } })).err).not.toContain('\x1b[')
    expect((await cli.run(['nothing'])).err).not.toContain('\x1b[')
  })
})

describe('headroom compress', () => {
  it('reads a pipe and prints only the text', async () => {
    const { code, out, err } = await cli.run(['compress'], { stdin: LONG })
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^first line\n\[\d+ lines not shown; full text kept; id [0-9a-f]{16}\]$/)
    expect(cli.engine.closed).toBe(1)
  })

  it('tells a terminal what it did', async () => {
    const { err } = await cli.run(['compress'], { stdin: LONG, terminals: ['stderr'], env: { NO_COLOR: '1' } })
    expect(err).toMatch(
      /^headroom: 520 → 20 tokens \(estimate\) -96\.2 % log; original: headroom retrieve [0-9a-f]{16}\n$/,
    )
  })

  it('hands every flag to the engine (I-7)', async () => {
    const argv = 'compress --query why --tool Bash --command ls --model m --policy max --budget 99'.split(' ')
    await cli.run(argv, { stdin: LONG })
    expect(cli.engine.calls).toEqual([
      { query: 'why', tool: { name: 'Bash', input: { command: 'ls' } }, model: 'm', policy: 'max', budgetTokens: 99 },
    ])
    expect(cli.configs[0]?.policy).toBe('max')
  })

  it('reads a file relative to the working folder', async () => {
    writeFileSync(join(cli.home, 'log.txt'), LONG)
    expect((await cli.run(['compress', 'log.txt'])).out).toMatch(/^first line\n\[/)
    const { code, err } = await cli.run(['compress', 'no-such.txt'])
    expect(code).toBe(1)
    expect(err).toContain('cannot read no-such.txt')
  })

  it('passes invalid UTF-8 through byte for byte and says so (A-11)', async () => {
    const bytes = Buffer.concat([Buffer.from(LONG), Buffer.from([0xff, 0x00, 0xc3, 0x28])])
    const { code, outBytes, err } = await cli.run(['compress'], { stdin: bytes })
    expect(code).toBe(0)
    expect(outBytes.equals(bytes)).toBe(true)
    expect(err).toContain('passed through unchanged: input is not valid UTF-8')
  })

  it('keeps byte order mark, CRLF and NUL of a text it leaves alone', async () => {
    const text = '\uFEFFa\r\nb\0c'
    expect((await cli.run(['compress'], { stdin: text })).outBytes.equals(Buffer.from(text))).toBe(true)
  })

  it('does not lose the text of a pipe when the engine fails (C-3)', async () => {
    const parts = { engine: () => Promise.reject(new HeadroomError('STORE_UNAVAILABLE', 'locked')) }
    const { code, out, err } = await cli.run(['compress'], { stdin: LONG, parts })
    expect([code, out]).toEqual([0, LONG])
    expect(err).toContain('locked')
  })

  it('prints the whole result with --json', async () => {
    const result = JSON.parse((await cli.run(['compress', '--json'], { stdin: LONG })).out)
    expect(result).toMatchObject({ outcome: 'compressed', tokensBefore: 520, tokensAfter: 20 })
    const failed = await cli.run(['compress', '--json'], { stdin: Buffer.from([0xff]) })
    expect([failed.code, failed.out]).toEqual([1, ''])
  })

  it('does not wait for a terminal that types nothing', async () => {
    const { code, err } = await cli.run(['compress'], { terminals: ['stdin'] })
    expect(code).toBe(2)
    expect(err).toContain('some-command | headroom compress')
  })

  it('says also into a pipe that a budget cannot be reached, and nothing where it is (I42)', async () => {
    const over = await cli.run(['compress', '--budget', '19'], { stdin: LONG })
    expect(over.err).toBe('headroom: the budget of 19 tokens cannot be reached; the smallest form has 20\n')
    expect([over.code, over.out]).toEqual([0, expect.stringMatching(/^first line\n\[/)])
    expect((await cli.run(['compress', '--budget', '20'], { stdin: LONG })).err).toBe('')
  })

  it('refuses a budget that is no number', async () => {
    for (const name of ['--budget', '--budget-tokens']) {
      const { code, err } = await cli.run(['compress', name, '1k'], { stdin: LONG })
      expect([code, err]).toEqual([2, expect.stringContaining(`${name}: "1k"`)])
    }
  })
})

describe('headroom retrieve', () => {
  const stored = async (text: string): Promise<string> => {
    const { out } = await cli.run(['compress', '--json'], { stdin: text })
    return JSON.parse(out).refs[0]
  }

  it('prints the original byte for byte (A-11)', async () => {
    const text = `${LONG}\uFEFF 🚀 e\u0301\r\n\0`
    const { code, outBytes } = await cli.run(['retrieve', await stored(text)])
    expect(code).toBe(0)
    expect(outBytes.equals(Buffer.from(text))).toBe(true)
  })

  it('takes a whole marker or the path of an exposed file for the id', async () => {
    const ref = await stored(LONG)
    for (const given of [`[3 lines not shown; full text kept; id ${ref}]`, `/h/files/${ref}.txt`, ref.toUpperCase()])
      expect((await cli.run(['retrieve', given])).out).toBe(LONG)
  })

  it('prints the lines that are asked for', async () => {
    expect((await cli.run(['retrieve', await stored(LONG), '--lines', '2'])).out).toBe('a routine line')
  })

  it('ends the search for an unknown id with the same words each time (A-13)', async () => {
    const first = await cli.run(['retrieve', '0123456789abcdef'])
    expect([first.code, first.out]).toEqual([1, ''])
    expect(first.err).toMatch(/no original 0123456789abcdef.*same answer/)
    expect(first.err).toContain('Repeat the command or read the file')
    expect(await cli.run(['retrieve', '0123456789abcdef'])).toEqual(first)
  })

  it('says what an id looks like', async () => {
    const { code, err } = await cli.run(['retrieve', 'hello'])
    expect(code).toBe(2)
    expect(err).toContain('16 hex digits')
  })
})

describe('headroom mcp serve', () => {
  it('opens the engine with the settings of the command line and closes it at the end', async () => {
    expect((await cli.run(['mcp', 'serve', '--policy', 'strict'])).code).toBe(0)
    expect(cli.configs.map(({ policy }) => policy)).toEqual(['strict'])
    expect(cli.engine.closed).toBe(1)
  })

  it('closes the engine when it is told to stop', async () => {
    const parts: Partial<CliParts> = {
      mcp: async ({ engine }) => {
        await engine()
        setImmediate(() => cli.stop())
        await new Promise(() => undefined)
      },
    }
    expect((await cli.run(['mcp', 'serve'], { parts })).code).toBe(0)
    expect(cli.engine.closed).toBe(1)
  })

  it('opens nothing when no tool is called (C-6)', async () => {
    expect((await cli.run(['mcp', 'serve'], { parts: { mcp: async () => undefined } })).code).toBe(0)
    expect(cli.configs).toEqual([])
  })
})

describe('headroom proxy', () => {
  const started = async (argv: readonly string[]): Promise<{ out: string; err: string; code: number }> => {
    const proxy = async (config: { port: number }) => {
      setImmediate(() => cli.stop())
      return { url: `http://127.0.0.1:${config.port || 4711}`, port: config.port || 4711, close: async () => undefined }
    }
    return cli.run(['proxy', ...argv], { parts: { proxy } })
  }

  it('says where it listens and what to type next, and ends in order on a signal', async () => {
    const { code, err, out } = await started(['--port', '0', '--policy', 'strict'])
    expect([code, out]).toEqual([0, ''])
    expect(err).toContain('listens on http://127.0.0.1:4711')
    expect(err).toContain('ANTHROPIC_BASE_URL=http://127.0.0.1:4711 claude')
    expect(err).toContain(cli.home)
    expect(err).toMatch(/policy +strict/)
    expect(err).toContain('SIGTERM, waiting for running answers')
  })

  it('says what is switched on beyond the defaults, and nothing of what is not (B-12)', async () => {
    const on = await started([
      ...['--port', '0', '--align-prefix', '--retrieval', 'wire', '--repack', 'net-cost', '--holdout-percent', '5'],
    ])
    for (const words of [
      /align prefix +dates/,
      /retrieval +in the wire/,
      /repack +net-cost/,
      /holdout +5 % of sessions/,
    ])
      expect(on.err).toMatch(words)
    expect((await started(['--port', '0'])).err).not.toMatch(/align prefix|retrieval|repack|holdout/)
  })

  it('prints its address for programs with --json', async () => {
    const { out } = await started(['--port', '0', '--json'])
    expect(JSON.parse(out)).toEqual({ url: 'http://127.0.0.1:4711', port: 4711, pid: process.pid })
  })

  const busyWith = async (answer: string): Promise<{ port: number; close(): void }> => {
    const server = createServer((_request, response) => response.end(answer))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return { port: (server.address() as AddressInfo).port, close: () => server.close() }
  }

  it('names the proxy that holds the port and offers a free one (D-6)', async () => {
    const holder = await busyWith('{"service":"headroom","status":"ok","version":"9.9.9"}')
    const { code, err } = await cli.run(['proxy', '--port', String(holder.port)])
    holder.close()
    expect(code).toBe(1)
    expect(err).toContain(`port ${holder.port} is served by a running headroom proxy (9.9.9)`)
    expect(err).toMatch(/headroom proxy --port \d+/)
    expect(cli.configs).toEqual([])
  })

  it('does not take another program for a proxy of ours (D-6)', async () => {
    const holder = await busyWith('<html>a headroom for everything</html>')
    const { code, err } = await cli.run(['proxy', '--port', String(holder.port)])
    holder.close()
    expect(code).toBe(1)
    expect(err).toContain('taken by another program')
  })

  it('hands every setting on (I-7)', async () => {
    const argv = '--port 0 --deadline-ms 90 --workers 3 --log-level error --upstream-openai http://127.0.0.1:1'.split(
      ' ',
    )
    let seen: unknown
    const proxy = async (config: unknown) => {
      seen = config
      setImmediate(() => cli.stop())
      return { url: 'http://127.0.0.1:1', port: 1, close: async () => undefined }
    }
    await cli.run(['proxy', ...argv], { parts: { proxy } })
    expect(seen).toMatchObject({ deadlineMs: 90, workers: 3, logLevel: 'error', upstreamOpenai: 'http://127.0.0.1:1' })
  })
})

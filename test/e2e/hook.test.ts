// `headroom hook` as real processes around a stand-in for Claude Code, which does with hooks what the real one does.
import { execFile, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

const bin = process.env.CLI_UNDER_TEST ?? fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

let base: string
beforeAll(() => {
  if (!existsSync(bin)) throw new Error(`${bin} is not there: build first`)
})
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'headroom-hook-'))
  for (const folder of ['bin', 'home/.claude']) mkdirSync(join(base, folder), { recursive: true })
})
afterEach(() => rmSync(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }))

/** What the stand-in gets wrong, if anything. */
interface Ways {
  /** Takes a replacement of a result, as versions from 2.1.121 on do. */
  readonly replaces?: boolean
  /** Lets its tools read the folders that its settings name. */
  readonly opens?: boolean
}

const client = ({ replaces = true, opens = true }: Ways = {}): void => {
  const file = join(base, 'bin', 'claude')
  writeFileSync(file, `#!${process.execPath}\n(${session.toString()})(require, ${replaces}, ${opens})\n`)
  chmodSync(file, 0o755)
}

const session = async (require: NodeJS.Require, replaces: boolean, opens: boolean): Promise<void> => {
  const { readFileSync: readText } = require('node:fs') as typeof import('node:fs')
  const { execSync, spawnSync: start } = require('node:child_process') as typeof import('node:child_process')
  if (process.argv.includes('--version')) return console.log('9.9.9 (stand-in)')
  const { hooks, permissions } = JSON.parse(readText(`${process.env.HOME}/.claude/settings.json`, 'utf8'))
  const messages: object[] = [{ role: 'user', content: 'probe' }]
  for (;;) {
    const answer = await fetch(`${process.env.ANTHROPIC_BASE_URL}/v1/messages?beta=true`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': process.env.ANTHROPIC_API_KEY ?? '' },
      body: JSON.stringify({ model: 'm', max_tokens: 9, messages, tools: [{ name: 'Bash' }, { name: 'Read' }] }),
    })
    const { content } = (await answer.json()) as {
      content: { type: string; id: string; name: string; input: Record<string, string> }[]
    }
    messages.push({ role: 'assistant', content })
    const [call] = content
    if (call?.type !== 'tool_use') return console.log('done')
    let text = ''
    if (call.name === 'Bash') {
      const response = { stdout: execSync(call.input.command!, { encoding: 'utf8' }), stderr: '', interrupted: false }
      const event = {
        hook_event_name: 'PostToolUse',
        tool_name: 'Bash',
        tool_input: call.input,
        tool_response: response,
      }
      const [{ hooks: commands }] = hooks.PostToolUse
      const made = start('sh', ['-c', commands[0].command], { input: JSON.stringify(event), encoding: 'utf8' })
      const output = made.stdout === '' ? undefined : JSON.parse(made.stdout).hookSpecificOutput.updatedToolOutput
      text = replaces && typeof output === 'object' ? output.stdout : response.stdout
    } else {
      const path = call.input.file_path!
      const may = opens && permissions.additionalDirectories.some((folder: string) => path.startsWith(folder))
      text = may ? readText(path, 'utf8') : 'not allowed'
    }
    messages.push({ role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: text }] })
  }
}

interface Run {
  readonly code: number
  readonly out: string
  readonly err: string
}

const headroom = (...args: string[]): Promise<Run> =>
  new Promise((resolve) => {
    const env = {
      PATH: [join(base, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
      HOME: join(base, 'home'),
      HEADROOM_HOME: join(base, 'headroom'),
    }
    execFile(process.execPath, [bin, ...args], { env, encoding: 'utf8' }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1, out, err }),
    )
  })

const settings = (): string => join(base, 'home', '.claude', 'settings.json')
const OWN = '{\n  // mine\n  "permissions": { "deny": ["Bash(rm:*)"] }\n}\n'

describe('headroom hook', { timeout: 60_000 }, () => {
  it('is installed where a session shows that results are replaced, and goes byte for byte (K-1, H-2)', async () => {
    client()
    writeFileSync(settings(), OWN, { mode: 0o640 })
    const { code, out } = await headroom('hook', 'install')
    expect([code, out]).toEqual([0, expect.stringContaining('installed  (9.9.9 (stand-in))')])
    const text = readFileSync(settings(), 'utf8')
    expect(text).toContain('// mine')
    expect(text).toContain('"Bash(rm:*)"')
    expect(text).toContain('hook run claude PostToolUse')
    expect((await headroom('hook', 'install')).out).toContain('has it already')
    expect(readFileSync(settings(), 'utf8')).toBe(text)
    expect(JSON.parse((await headroom('hook', 'status', '--json')).out)[0]).toMatchObject({ state: 'installed' })
    expect((await headroom('hook', 'uninstall')).out).toContain('byte for byte')
    expect(readFileSync(settings(), 'utf8')).toBe(OWN)
    expect(statSync(settings()).mode & 0o777).toBe(0o640)
  })
  it('is not installed where a client ignores the answer, and says so (K-1)', async () => {
    client({ replaces: false })
    writeFileSync(settings(), OWN)
    const { code, out } = await headroom('hook', 'install')
    expect([code, out]).toEqual([
      1,
      expect.stringContaining('not installed: the model saw the result as the tool gave it'),
    ])
    expect(readFileSync(settings(), 'utf8')).toBe(OWN)
  })
  it('is not installed where the original could not be opened (A-10)', async () => {
    client({ opens: false })
    const { code, out } = await headroom('hook', 'install', '--json')
    expect(code).toBe(1)
    expect(JSON.parse(out)[0].outcome).toContain('did not open the original')
    expect(existsSync(settings())).toBe(false)
  })
  it('leaves a file that cannot be read alone', async () => {
    client()
    writeFileSync(settings(), '{ broken')
    const { code, out } = await headroom('hook', 'install')
    expect([code, out]).toEqual([1, expect.stringContaining('mend it first')])
    expect(readFileSync(settings(), 'utf8')).toBe('{ broken')
  })
  it('leaves what the user changed since, and takes out its own part', async () => {
    client()
    await headroom('hook', 'install')
    const changed = { ...JSON.parse(readFileSync(settings(), 'utf8')), model: 'opus' }
    writeFileSync(settings(), JSON.stringify(changed, null, 2))
    expect((await headroom('unwrap', '--all')).out).toContain('only our part')
    expect(JSON.parse(readFileSync(settings(), 'utf8'))).toEqual({ model: 'opus' })
  })
  it('names what was seen of clients whose hooks cannot replace', async () => {
    const { code, err } = await headroom('hook', 'install', '--agent', 'codex')
    expect([code, err]).toEqual([2, expect.stringContaining('updatedToolOutput')])
  })
  it('does nothing once the package is gone (H-5)', async () => {
    client()
    await headroom('hook', 'install')
    const written = readFileSync(settings(), 'utf8').replaceAll(bin, '/gone/cli.js')
    const { command } = JSON.parse(written).hooks.PostToolUse[0].hooks[0]
    const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { input: '{}', encoding: 'utf8' })
    expect([status, stdout, stderr]).toEqual([0, '', ''])
  })
})

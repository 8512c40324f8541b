import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeCli, fakeCli } from '../fake-io.js'

let cli: FakeCli
beforeEach(() => {
  cli = fakeCli()
})
afterEach(() => cli.dispose())

const mcp = (...argv: string[]) => cli.run(['mcp', ...argv], { env: { HOME: cli.user } })

describe('headroom mcp install', () => {
  it('names a home that the server would not find by itself, and takes all of it out again (H-2)', async () => {
    const file = join(cli.user, '.gemini', 'settings.json')
    expect((await mcp('install', '--agent', 'gemini', '--home', cli.home)).code).toBe(0)
    const { args } = JSON.parse(readFileSync(file, 'utf8')).mcpServers.headroom
    expect(args.slice(-4)).toEqual(['mcp', 'serve', '--home', cli.home])
    const { out } = await mcp('status', '--agent', 'gemini', '--home', cli.home, '--json')
    expect(JSON.parse(out)).toMatchObject([{ agent: 'gemini', state: 'installed' }])
    await mcp('uninstall', '--agent', 'gemini', '--home', cli.home)
    expect(existsSync(file)).toBe(false)
  })

  it('leaves the usual home to the server', async () => {
    const { out } = await mcp(
      'install',
      '--agent',
      'gemini',
      '--dry-run',
      '--json',
      '--home',
      join(homedir(), '.headroom'),
    )
    const { args } = JSON.parse(JSON.parse(out)[0].text).mcpServers.headroom
    expect(args.slice(-2)).toEqual(['mcp', 'serve'])
  })
})

import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeCli, fakeCli } from '../fake-io.js'

let cli: FakeCli
beforeEach(() => {
  cli = fakeCli()
})
afterEach(() => cli.dispose())

const program = (path: string, text: string): string => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  chmodSync(path, 0o755)
  return dirname(path)
}

describe.skipIf(process.platform === 'win32')('headroom wrap --persist', () => {
  it('starts later what was asked for now, with the home that it stands in (H-5)', async () => {
    const agents = program(join(cli.user, 'agents', 'claude'), '#!/bin/sh\n')
    const env = { HOME: cli.user, PATH: agents, SHELL: '/bin/bash' }
    const argv = ['--home', cli.home, '--policy', 'max', '--no-mcp', 'claude']
    expect((await cli.run(['wrap', '--persist', ...argv], { env })).code).toBe(0)
    const shim = readFileSync(join(cli.home, 'bin', 'claude'), 'utf8')
    expect(shim).toContain(`wrap '--home' '${cli.home}' '--policy' 'max' '--no-mcp' claude -- "$@"`)
    expect((await cli.run(['unwrap', 'claude', '--home', cli.home], { env })).code).toBe(0)
  })

  it('starts the agent alone once headroom is gone', async () => {
    const agents = program(join(cli.user, 'agents', 'claude'), '#!/bin/sh\necho "the agent: $*"\n')
    const env = { HOME: cli.user, PATH: agents, SHELL: '/bin/bash' }
    await cli.run(['wrap', '--persist', '--home', cli.home, 'claude'], { env })
    const file = join(cli.home, 'bin', 'claude')
    writeFileSync(file, readFileSync(file, 'utf8').replace(/\[ -e '[^']*' \]/, "[ -e '/nowhere' ]"))
    const PATH = [join(cli.home, 'bin'), agents, process.env.PATH].join(delimiter)
    expect(spawnSync(file, ['--resume'], { env: { PATH }, encoding: 'utf8' }).stdout).toBe('the agent: --resume\n')
  })
})

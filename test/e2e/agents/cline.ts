// Cline's command line. It keeps its provider in a store of its own, which `cline auth` fills before the first prompt.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { type Client, launched, type Sandbox } from './client.js'

const setUp = ({ modules, home, work }: Sandbox, args: readonly string[]): void => {
  const { status, stdout, stderr } = spawnSync(join(modules, '.bin/cline'), args, {
    cwd: work,
    env: { PATH: process.env.PATH, HOME: home },
    encoding: 'utf8',
    timeout: 60_000,
  })
  if (status !== 0) throw new Error(`cline ${args[0]} failed: ${stdout}${stderr}`)
}

export const cline: Client = {
  name: 'cline',
  bar: 50,
  isOneShot: true,
  command: (sandbox, { prompt }) => {
    setUp(sandbox, ['auth', '-p', 'openai', '-k', 'e2e-secret', '-m', 'gpt-5.1', '-b', `${sandbox.url}/v1`])
    return { ...launched(sandbox, 'cline', ['-P', 'openai', '--json', prompt]), env: {} }
  },
  // Its hub goes on without it.
  after: (sandbox) => setUp(sandbox, ['hub', 'stop']),
}

// Real clients with our hook: each is proved to replace results and to open originals, then installed and taken back.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { installClients, MODULES } from './clients.js'

const SETTINGS = '{\n  "$schema": "https://json.schemastore.org/claude-code-settings.json"\n}\n'

interface Client {
  readonly agent: string
  /** A file of the user's that the hook is put into, from the home on. */
  readonly file?: string
}

const CLIENTS: readonly Client[] = [
  { agent: 'claude', file: '.claude/settings.json' },
  { agent: 'opencode', file: '.config/opencode/opencode.json' },
  { agent: 'copilot' },
]

/** Faults in words; none where everything held. */
const check = ({ agent, file }: Client): string[] => {
  const home = mkdtempSync(join(tmpdir(), 'headroom-hooks-'))
  const run = (...args: string[]) => {
    const PATH = [join(MODULES, '.bin'), process.env.PATH ?? ''].join(delimiter)
    const env = { PATH, HOME: home, HEADROOM_HOME: join(home, 'headroom') }
    const { status, stdout, stderr } = spawnSync(process.execPath, [resolve('dist/cli.js'), ...args], {
      env,
      encoding: 'utf8',
    })
    return { status, said: `${stdout}${stderr}`.trim() }
  }
  try {
    if (file !== undefined) {
      mkdirSync(dirname(join(home, file)), { recursive: true })
      writeFileSync(join(home, file), SETTINGS)
    }
    const installed = run('hook', 'install', '--agent', agent)
    console.log(installed.said)
    if (installed.status !== 0) return [installed.said]
    const { status, said } = run('hook', 'uninstall', '--agent', agent)
    const restored = file === undefined || readFileSync(join(home, file), 'utf8') === SETTINGS
    return [...(status === 0 ? [] : [said]), ...(restored ? [] : [`${file} is not as it was`])]
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}

if (!existsSync('dist/cli.js')) throw new Error('build first: npm run build')
installClients()
const named = process.argv.slice(2)
const chosen = CLIENTS.filter(({ agent }) => named.length === 0 || named.includes(agent))
const faults = chosen.flatMap((client) => check(client).map((fault) => `${client.agent}: ${fault}`))
for (const fault of faults) console.error(fault)
console.log(`${chosen.length - faults.length} passed, ${faults.length} failed`)
process.exitCode = faults.length === 0 ? 0 : 1

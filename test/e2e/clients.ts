// Installs what the end-to-end runs drive: real clients and servers, apart from the package's own dependencies.
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const CLIENTS = '.cache/clients'

/** Their node_modules, absolute. */
export const MODULES: string = resolve(CLIENTS, 'node_modules')

export const installClients = (): void => {
  const wanted = readFileSync('test/e2e/clients/package.json', 'utf8')
  const stamp = join(CLIENTS, 'installed.json')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.log('installing clients (about 2 GB, once) …')
  mkdirSync(CLIENTS, { recursive: true })
  for (const name of ['package.json', 'package-lock.json'])
    copyFileSync(join('test/e2e/clients', name), join(CLIENTS, name))
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: CLIENTS,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error('the clients did not install')
  // The scripts that are needed: they put a binary in place. No other may compile or download anything.
  for (const script of ['@anthropic-ai/claude-code/install.cjs', 'opencode-ai/postinstall.mjs']) {
    const { status: placed } = spawnSync(process.execPath, [join('node_modules', script)], {
      cwd: CLIENTS,
      stdio: 'inherit',
    })
    if (placed !== 0) throw new Error(`${script} failed`)
  }
  writeFileSync(stamp, wanted)
}

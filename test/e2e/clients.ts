// Installs what the end-to-end runs drive: real clients and servers, apart from the package's own dependencies.
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const CLIENTS = '.cache/clients'

/** Their node_modules, absolute. */
export const MODULES: string = resolve(CLIENTS, 'node_modules')

// `npm ci` refuses a lock file without every platform's optional binaries, and not every registry has them all;
// `npm install` takes the same pinned versions and passes over what this platform does not need.
const INSTALL = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
const ATTEMPTS = 3

const installPackages = (): void => {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const { status, error } = spawnSync('npm', INSTALL, {
      cwd: CLIENTS,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    })
    if (status === 0) return
    console.log(`npm install: ${error?.message ?? `exit code ${status}`} (${attempt} of ${ATTEMPTS})`)
  }
  throw new Error(`the clients did not install into ${CLIENTS}; npm's own lines above say why`)
}

export const installClients = (): void => {
  const wanted = readFileSync('test/e2e/clients/package.json', 'utf8')
  const stamp = join(CLIENTS, 'installed.json')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.log('installing clients (about 2 GB, once) …')
  mkdirSync(CLIENTS, { recursive: true })
  for (const name of ['package.json', 'package-lock.json'])
    copyFileSync(join('test/e2e/clients', name), join(CLIENTS, name))
  installPackages()
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

// Checks that need no engine: the runtime, the home folder, the port, the tokenizers.
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Config } from '../../spec/config.js'
import type { Tokenizer } from '../../spec/tokenizer.js'
import { version } from '../version.js'
import type { Finding } from './finding.js'
import { holderWords, nextFreePort, portState } from './port.js'

const LEAST_NODE: readonly [number, number] = [20, 19]

export const checkNode = (version: string): Finding => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const enough = major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])
  const name = 'node'
  if (enough) return { name, level: 'green', message: version }
  return {
    name,
    level: 'red',
    message: `${version} is too old`,
    hint: `Install Node ${LEAST_NODE.join('.')} or newer.`,
  }
}

/** First parent that exists: a home that is not there yet can be made where it may be written to. */
const existing = (path: string): string => (existsSync(path) || path === dirname(path) ? path : existing(dirname(path)))

export const writable = (path: string): boolean => {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    // Any reason for which it cannot be written to is the same answer here.
    return false
  }
}

const openToOthers = (path: string): boolean => process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0

/** Originals hold whatever tools printed: the folder is for its owner alone (J-3). */
export const checkHome = (home: string): Finding => {
  const name = 'home'
  if (!writable(existing(home)))
    return { name, level: 'red', message: `${home} cannot be written to`, hint: 'Change its owner, or use --home DIR.' }
  if (!existsSync(home)) return { name, level: 'green', message: `${home} (made when first used)` }
  if (openToOthers(home))
    return { name, level: 'yellow', message: `${home} can be read by other users`, hint: `chmod 700 ${home}` }
  const files = readdirSync(home, { withFileTypes: true }).filter((entry) => entry.isFile())
  const open = files.filter((entry) => openToOthers(join(home, entry.name))).map((entry) => entry.name)
  // The folder keeps others out already; the files are a second lock. The config file may hold no more than settings.
  const risky = open.filter((file) => file !== 'config.json')
  if (risky.length > 0)
    return {
      name,
      level: 'yellow',
      message: `${home}: ${risky.join(', ')} can be read by other users`,
      hint: `chmod 600 ${risky.map((file) => join(home, file)).join(' ')}`,
    }
  return { name, level: 'green', message: `${home}, yours alone` }
}

export const checkPort = async (config: Config): Promise<Finding> => {
  const name = 'port'
  const state = await portState(config)
  const message = `${config.host}:${config.port} ${holderWords(state)}`
  if (state.kind === 'headroom' && state.version !== undefined && state.version !== version)
    return { name, level: 'yellow', message, hint: `This is ${version}. Stop the running proxy and start it again.` }
  if (state.kind === 'free' || state.kind === 'headroom') return { name, level: 'green', message }
  const next = await nextFreePort(config.host, Math.max(config.port, 1024))
  return { name, level: 'yellow', message, hint: `headroom proxy --port ${next}` }
}

/** Model ids of the two families whose counts differ in kind: a published vocabulary, and none. */
const MODELS: readonly string[] = ['gpt-5', 'claude-sonnet-4-5']

export const checkTokenizers = async (tokenizer: (model: string) => Promise<Tokenizer>): Promise<Finding> => {
  const name = 'tokenizer'
  const found = await Promise.all(MODELS.map(async (model) => ({ model, tokenizer: await tokenizer(model) })))
  const message = found
    .map(
      (entry) =>
        `${entry.model} ${entry.tokenizer.exact ? `exact (${entry.tokenizer.id})` : `estimate (${entry.tokenizer.id})`}`,
    )
    .join(', ')
  const counted = found.every((entry) => entry.tokenizer.count('counting works') > 0)
  if (!counted) return { name, level: 'red', message: `${message}; counts nothing`, hint: 'Install the package again.' }
  return found[0]?.tokenizer.exact === true
    ? { name, level: 'green', message }
    : { name, level: 'yellow', message, hint: 'Counts are estimates; install the package again for exact ones.' }
}

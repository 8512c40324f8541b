import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { agents } from '../../agents/list.js'
import { type OptionKey, options } from '../../config/options.js'
import type { ResolvedConfig } from '../../config/resolve.js'
import type { Config } from '../../spec/config.js'
import type { Logger } from '../../spec/logger.js'
import { checkAgents } from '../checks/agents.js'
import { checkHome, checkNode, checkPort, checkTokenizers, writable } from '../checks/basics.js'
import { type Finding, type Level, worst } from '../checks/finding.js'
import { checkRoundTrip } from '../checks/round-trip.js'
import { checkCanary, checkStore } from '../checks/store.js'
import type { CommandModule } from '../command.js'
import { type CliContext, configOf, type ProxyHandle, printJson, write } from '../context.js'
import { EXIT_FAILED, EXIT_OK } from '../failure.js'
import { addConfigFlags, configFlags } from '../flags.js'
import { table } from '../table.js'
import { version } from '../version.js'

const KEYS: readonly OptionKey[] = options.map(({ key }) => key)

export const doctorCommand: CommandModule = {
  define(command, context, done) {
    command.option('--json', 'print as JSON')
    command.option('--cache', 'say which cached tokens were lost and why, instead of checking the installation')
    addConfigFlags(command, KEYS)
    command.addHelpText('after', '\nExit code 1 where something is red.')
    command.action((flags: DoctorFlags) => done(run(context, flags)))
  },
}

interface DoctorFlags {
  readonly json?: true
  readonly cache?: true
}

const silent: Logger = () => undefined

const run = async (context: CliContext, flags: DoctorFlags): Promise<number> => {
  const resolved = configOf(context, configFlags(flags as Record<string, unknown>, KEYS))
  if (flags.cache) return (await import('./doctor-cache.js')).doctorCache(context, resolved.config, flags.json === true)
  const findings = await check(context, resolved.config)
  const level = worst(findings)
  if (flags.json) await printJson(context, { version, level, findings, settings: settings(resolved) })
  else await write(context.io.stdout, doctorText(context, findings, resolved))
  return level === 'red' ? EXIT_FAILED : EXIT_OK
}

/** Canary and round trip run in a scratch home on the disk of the real one, and stay out of the user's figures. */
const check = async ({ parts, io }: CliContext, config: Config): Promise<Finding[]> => {
  const findings: Finding[] = [checkNode(process.versions.node)]
  findings.push(...(await checkStore(parts.engine, config)), checkHome(config.home))
  findings.push(await checkTokenizers((model) => parts.tokenizer(model)), await checkPort(config))
  const home = await mkdtemp(join(existsSync(config.home) && writable(config.home) ? config.home : tmpdir(), 'doctor-'))
  try {
    findings.push(await checkCanary(parts.engine, { ...config, home }))
    const startProxy = (scratch: Config): Promise<ProxyHandle> => parts.proxy(scratch, silent)
    findings.push(await checkRoundTrip({ ...config, home }, startProxy))
    findings.push(...(await checkAgents({ agents, config, env: io.env, scratchHome: home, startProxy })))
  } finally {
    await rm(home, { recursive: true, force: true })
  }
  return findings
}

interface Setting {
  readonly key: string
  readonly value: unknown
  readonly source: string
  readonly place: string
}

const settings = ({ config, sources, places }: ResolvedConfig): Setting[] => {
  const rows = options.map(({ key, secret }) => {
    const value = secret && config[key] !== undefined ? '(set, not shown)' : (config[key] ?? null)
    return { key: key as string, value: value as unknown, source: sources[key], place: places[key] }
  })
  return [...rows, { key: 'rules', value: config.rules, source: sources.rules, place: places.rules }]
}

const WORDS: Readonly<Record<Level, string>> = { green: 'ok', yellow: 'look', red: 'FAIL' }

const doctorText = ({ out }: CliContext, findings: readonly Finding[], resolved: ResolvedConfig): string => {
  const paint = { green: out.green, yellow: out.yellow, red: out.red }
  const rows = findings.flatMap(({ name, level, message, hint }) => [
    [paint[level](WORDS[level]), name, message],
    ...(hint === undefined ? [] : [['', '', out.dim(`→ ${hint}`)]]),
  ])
  const shown = settings(resolved).map(({ key, value, place }) => [
    key,
    value === null ? '-' : typeof value === 'object' ? JSON.stringify(value) : String(value),
    out.dim(place),
  ])
  const plain = [{ title: '' }, { title: '' }, { title: '' }]
  return [
    `${out.bold('Headroom doctor')} ${version}\n\n`,
    table(plain, rows),
    '\n',
    table([{ title: 'setting' }, { title: 'value' }, { title: 'from' }], shown, { paintTitle: out.dim }),
  ].join('')
}

// Flags over environment over project file over user file over defaults, with the origin of every value.
import { HeadroomError } from '../base/errors.js'
import type { Config, ModelPrices } from '../spec/config.js'
import type { PolicyRule } from '../spec/policy.js'
import type { Env } from './env.js'
import { nearest } from './nearest.js'
import { type Option, options, reservedEnv } from './options.js'
import { readPrices } from './prices.js'
import { readRules } from './rules.js'

type Source = 'flag' | 'env' | 'project' | 'file' | 'default'

/** A parsed file and the path that messages name. */
export interface ConfigFile {
  readonly path: string
  readonly values: unknown
}

export interface ConfigInput {
  /** By key, e.g. `storeMaxBytes`, as text. */
  readonly flags?: Readonly<Record<string, string | undefined>>
  readonly env?: Env
  readonly file?: ConfigFile
  readonly project?: ConfigFile
  /** Folder that relative paths start from; absent: the working folder. */
  readonly cwd?: string
}

export interface ResolvedConfig {
  readonly config: Config
  readonly sources: Readonly<Record<keyof Config, Source>>
  /** The flag, variable or file that won, as a user would look for it. */
  readonly places: Readonly<Record<keyof Config, string>>
}

interface Candidate {
  readonly raw: unknown
  readonly source: Source
  readonly place: string
}

const invalid = (message: string): HeadroomError => new HeadroomError('CONFIG_INVALID', message)

const fields = (file: ConfigFile | undefined): Readonly<Record<string, unknown>> => {
  if (file === undefined) return {}
  if (typeof file.values !== 'object' || file.values === null || Array.isArray(file.values))
    throw invalid(`${file.path} must hold one JSON object, e.g. {"policy": "balanced"}`)
  return file.values as Record<string, unknown>
}

const refuseUnknown = (name: string, valid: readonly string[], words: { what: string; place: string }): void => {
  if (valid.includes(name)) return
  throw invalid(`unknown ${words.what} "${name}" ${words.place}; nearest valid one is "${nearest(name, valid)}"`)
}

const checkNames = ({ flags = {}, env = {}, file, project }: ConfigInput): void => {
  const flagNames = options.map(({ flag }) => flag)
  for (const key of Object.keys(flags)) {
    if (options.some((option) => option.key === key)) continue
    refuseUnknown(key, flagNames, { what: 'flag', place: 'on the command line' })
  }
  const envNames = [...options.map((option) => option.env), ...reservedEnv]
  for (const name of Object.keys(env).sort())
    if (name.startsWith('HEADROOM_')) refuseUnknown(name, envNames, { what: 'variable', place: 'in the environment' })
  const keys = [...options.filter(({ inFile }) => inFile).map(({ key }) => key), 'rules', 'prices']
  for (const key of Object.keys(fields(file))) {
    if (key === 'home')
      throw invalid(`"home" cannot be set in ${file?.path}, which lies in it; use --home or HEADROOM_HOME`)
    refuseUnknown(key, keys, { what: 'key', place: `in ${file?.path}` })
  }
  const projectKeys = [...options.filter(({ inProjectFile }) => inProjectFile).map(({ key }) => key), 'rules']
  for (const key of Object.keys(fields(project))) {
    if (!projectKeys.includes(key as Option['key']) && keys.includes(key))
      throw invalid(`"${key}" cannot be set by a project (${project?.path}); only ${projectKeys.join(' and ')} can`)
    refuseUnknown(key, projectKeys, { what: 'key', place: `in ${project?.path}` })
  }
}

const candidateOf = (option: Option, input: ConfigInput): Candidate | undefined => {
  const { key, flag, env } = option
  const flagValue = input.flags?.[key]
  if (flagValue !== undefined) return { raw: flagValue, source: 'flag', place: flag }
  const envValue = input.env?.[env]
  if (envValue !== undefined && envValue !== '') return { raw: envValue, source: 'env', place: env }
  const project = fields(input.project)
  if (option.inProjectFile && key in project)
    return { raw: project[key], source: 'project', place: input.project?.path ?? '' }
  const file = fields(input.file)
  if (option.inFile && key in file) return { raw: file[key], source: 'file', place: input.file?.path ?? '' }
  return option.default === undefined ? undefined : { raw: option.default, source: 'default', place: 'default' }
}

const readOption = (option: Option, { raw, place }: Candidate, cwd: string): string | number => {
  const read = option.kind(raw, cwd)
  if ('value' in read) return read.value
  const shown = option.secret ? 'the value' : (JSON.stringify(raw) ?? String(raw))
  const example = option.default === undefined ? '' : `, e.g. ${option.default}`
  throw invalid(`${option.key}: ${shown} (from ${place}) is not ${read.expected}; change it there${example}`)
}

const rulesOf = (file: ConfigFile | undefined): readonly PolicyRule[] | undefined => {
  const raw = fields(file).rules
  if (raw === undefined) return undefined
  const read = readRules(raw)
  if ('fault' in read) throw invalid(`${read.fault} (in ${file?.path})`)
  return read.rules
}

const pricesOf = (file: ConfigFile | undefined): ModelPrices | undefined => {
  const raw = fields(file).prices
  if (raw === undefined) return undefined
  const read = readPrices(raw)
  if ('fault' in read) throw invalid(`${read.fault} (in ${file?.path})`)
  return read.prices
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)

const checkTogether = (config: Config, places: Readonly<Record<string, string>>): void => {
  if (!isLoopback(config.host) && config.token === undefined)
    throw invalid(
      `host: "${config.host}" (from ${places.host}) can be reached from other machines and needs a token; give --token or HEADROOM_TOKEN, or listen on 127.0.0.1`,
    )
  for (const key of ['upstreamAnthropic', 'upstreamOpenai', 'upstreamGemini'] as const) {
    const url = new URL(config[key])
    const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
    if (port === config.port && (isLoopback(url.hostname) || url.hostname === config.host))
      throw invalid(
        `${key}: ${config[key]} (from ${places[key]}) is the address this proxy listens on, so every request would come back to it; give the provider's address or another --port`,
      )
  }
}

/** Throws CONFIG_INVALID for any unknown name, unreadable value or impossible combination. */
export const resolveConfig = (input: ConfigInput): ResolvedConfig => {
  checkNames(input)
  const config: Record<string, unknown> = {}
  const sources: Record<string, Source> = {}
  const places: Record<string, string> = {}
  for (const option of options) {
    const candidate = candidateOf(option, input)
    if (candidate !== undefined) config[option.key] = readOption(option, candidate, input.cwd ?? process.cwd())
    sources[option.key] = candidate?.source ?? 'default'
    places[option.key] = candidate?.place ?? 'default'
  }
  // A project's rules come first, and the first matching rule wins.
  const own = rulesOf(input.project)
  const common = rulesOf(input.file)
  config.rules = [...(own ?? []), ...(common ?? [])]
  sources.rules = own ? 'project' : common ? 'file' : 'default'
  places.rules = own ? (input.project?.path ?? '') : common ? (input.file?.path ?? '') : 'default'
  const prices = pricesOf(input.file)
  if (prices !== undefined) config.prices = prices
  sources.prices = prices === undefined ? 'default' : 'file'
  places.prices = prices === undefined ? 'default' : (input.file?.path ?? '')
  checkTogether(config as unknown as Config, places)
  return { config: config as unknown as Config, sources, places } as ResolvedConfig
}

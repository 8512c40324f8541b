// One row per setting: flag, environment variable, file key, default and help are all generated from here.
import type { Config } from '../spec/config.js'
import {
  type OptionKind,
  parseBytes,
  parseChoice,
  parseInteger,
  parseLine,
  parsePath,
  parseSwitch,
  parseUrl,
} from './values.js'

/** Settings that hold one value. `rules` is a list, `prices` an object; both live in files only. */
export type OptionKey = Exclude<keyof Config, 'rules' | 'prices'>

export interface Option {
  readonly key: OptionKey
  /** Long flag, e.g. `--store-max-bytes`. */
  readonly flag: string
  /** Environment variable, e.g. `HEADROOM_STORE_MAX_BYTES`. */
  readonly env: string
  /** Placeholder of the value in help. */
  readonly placeholder: string
  readonly kind: OptionKind
  /** Value of the flag where it is given without one. */
  readonly bare?: string
  /** As a user would write it; absent: the setting has no value unless given. */
  readonly default?: string
  readonly unit?: string
  readonly help: string
  /** False: the file that would hold it is found by it. */
  readonly inFile: boolean
  /** A project's own file may set it. */
  readonly inProjectFile: boolean
  /** Never printed. */
  readonly secret: boolean
}

type Row = Pick<Option, 'placeholder' | 'kind' | 'help'> &
  Partial<Pick<Option, 'bare' | 'default' | 'unit' | 'inFile' | 'inProjectFile' | 'secret'>>

const kebab = (key: string): string => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

const option = (key: OptionKey, row: Row): Option => ({
  key,
  flag: `--${kebab(key)}`,
  env: `HEADROOM_${kebab(key).replaceAll('-', '_').toUpperCase()}`,
  inFile: true,
  inProjectFile: false,
  secret: false,
  ...row,
})

export const options: readonly Option[] = [
  option('home', {
    placeholder: 'DIR',
    kind: parsePath,
    default: '~/.headroom',
    inFile: false,
    help: 'folder of originals, decisions and ledger',
  }),
  option('policy', {
    placeholder: 'NAME',
    kind: parseChoice('strict', 'balanced', 'max'),
    default: 'balanced',
    inProjectFile: true,
    help: 'what may be done to a text: strict, balanced or max',
  }),
  option('host', {
    placeholder: 'ADDRESS',
    kind: parseLine,
    default: '127.0.0.1',
    help: 'address to listen on; anything but loopback needs a token',
  }),
  option('port', {
    placeholder: 'PORT',
    kind: parseInteger(0, 65_535),
    default: '8787',
    help: 'port to listen on; 0 takes any free one',
  }),
  option('token', {
    placeholder: 'SECRET',
    kind: parseLine,
    secret: true,
    help: 'shared secret that clients of a non-loopback proxy must send',
  }),
  option('upstreamAnthropic', {
    placeholder: 'URL',
    kind: parseUrl,
    default: 'https://api.anthropic.com',
    help: 'where Anthropic requests go',
  }),
  option('upstreamOpenai', {
    placeholder: 'URL',
    kind: parseUrl,
    default: 'https://api.openai.com',
    help: 'where OpenAI requests go',
  }),
  option('upstreamGemini', {
    placeholder: 'URL',
    kind: parseUrl,
    default: 'https://generativelanguage.googleapis.com',
    help: 'where Gemini requests go',
  }),
  option('deadlineMs', {
    placeholder: 'MS',
    kind: parseInteger(1, 60_000),
    default: '250',
    unit: 'ms',
    help: 'longest a request waits for compression before its original goes',
  }),
  option('retrieval', {
    placeholder: 'WAY',
    kind: parseChoice('auto', 'wire'),
    default: 'auto',
    help: 'wire: offer a retrieve tool in each session and answer its calls in the proxy, for clients without MCP or files',
  }),
  option('repack', {
    placeholder: 'RULE',
    kind: parseChoice('cold', 'net-cost'),
    default: 'cold',
    help: 'when history may be shortened: cold, once no cache can hold it; net-cost, also where later reads outweigh the rewrite',
  }),
  option('holdoutPercent', {
    placeholder: 'PERCENT',
    kind: parseInteger(0, 50),
    default: '0',
    unit: 'percent',
    help: 'share of sessions that pass untouched, so that headroom stats can tell the effect on the rest',
  }),
  option('alignPrefix', {
    placeholder: 'SWITCH',
    kind: parseSwitch,
    bare: 'on',
    default: 'off',
    help: 'on: move dates, UUIDs and counters of system prompts to the newest message, so that the rest stays cached',
  }),
  option('trimTools', {
    placeholder: 'SWITCH',
    kind: parseSwitch,
    bare: 'on',
    default: 'off',
    help: 'on: headroom mcp wrap leaves out of tool lists what they say twice, dialects of schemas, and runs of blanks',
  }),
  option('workers', {
    placeholder: 'N',
    kind: parseInteger(1, 64),
    // Chosen, not measured: one busy with a huge body, one for everybody else.
    default: '2',
    help: 'compression threads of the proxy',
  }),
  option('storeMaxBytes', {
    placeholder: 'BYTES',
    kind: parseBytes,
    // Chosen, not measured: months of originals of one user.
    default: '1073741824',
    unit: 'bytes',
    help: 'size at which the oldest originals are dropped, e.g. 512MB',
  }),
  option('storeMaxAgeDays', {
    placeholder: 'DAYS',
    kind: parseInteger(1, 3650),
    default: '30',
    unit: 'days',
    help: 'age at which originals are dropped',
  }),
  option('logLevel', {
    placeholder: 'LEVEL',
    kind: parseChoice('debug', 'info', 'warn', 'error'),
    default: 'info',
    help: 'least level that is logged: debug, info, warn or error',
  }),
]

/** `HEADROOM_*` variables that are no settings of ours and still allowed. Closed: anything else is an error. */
export const reservedEnv: readonly string[] = []

export const optionOf = (key: OptionKey): Option => options.find((candidate) => candidate.key === key)!

// Checks of the engine: the real store opens, and a copy of the setup in a scratch home gives back what it was given.
import { messageOf } from '../../base/errors.js'
import type { Config } from '../../spec/config.js'
import type { Engine } from '../../spec/engine.js'
import type { LedgerEvent } from '../../spec/ledger.js'
import type { Logger } from '../../spec/logger.js'
import { change, count } from '../figures.js'
import { wordsFor } from '../skip-words.js'
import type { Finding } from './finding.js'
import { FAILURE, sampleLog } from './sample.js'

export type OpenEngine = (config: Config, logger: Logger) => Promise<Engine>

const silent: Logger = () => undefined

interface Setup {
  readonly open: OpenEngine
  readonly config: Config
  readonly logger?: Logger
}

const using = async <T>({ open, config, logger = silent }: Setup, use: (engine: Engine) => Promise<T>): Promise<T> => {
  const engine = await open(config, logger)
  try {
    return await use(engine)
  } finally {
    await engine.close()
  }
}

/** Requests after which "nothing was ever eligible" is a finding and no accident (I-5). */
const MANY_REQUESTS = 20

/** Why the last proxy requests saved nothing, when they did. */
const silence = (recent: readonly LedgerEvent[]): Finding | undefined => {
  const last = recent.filter(({ way }) => way === 'proxy').slice(0, MANY_REQUESTS)
  if (last.length < MANY_REQUESTS || last.some(({ lines }) => lines.some(({ skip }) => skip === undefined)))
    return undefined
  const blocks = new Map<string, number>()
  for (const { lines, reason } of last)
    for (const { skip, blocks: number } of lines.length > 0
      ? lines
      : [{ skip: reason ?? 'no tool results', blocks: 1 }])
      blocks.set(skip ?? '', (blocks.get(skip ?? '') ?? 0) + number)
  const [code = ''] = [...blocks].sort((a, b) => b[1] - a[1])[0] ?? []
  return {
    name: 'traffic',
    level: 'yellow',
    message: `nothing was compressed in the last ${last.length} requests; most often: ${wordsFor(code)}`,
    hint: 'headroom inspect last shows each reason',
  }
}

export const checkStore = async (open: OpenEngine, config: Config): Promise<Finding[]> => {
  const name = 'store'
  // A part that is missing says so in the log: here it becomes a finding.
  const warnings = new Set<string>()
  const logger: Logger = (level, message) => void ((level === 'warn' || level === 'error') && warnings.add(message))
  try {
    return await using({ open, config, logger }, async (engine) => {
      const { totals, recent } = await engine.stats()
      const newestFirst = [...recent].sort((a, b) => b.atMs - a.atMs)
      const quiet = silence(newestFirst)
      const opened: Finding = { name, level: 'green', message: `opens, ${count(totals.requests)} requests on record` }
      const missing = [...warnings].map((message): Finding => ({ name, level: 'yellow', message }))
      return [opened, ...missing, ...(quiet === undefined ? [] : [quiet])]
    })
  } catch (error) {
    const hint = 'The proxy still relays, without leaving anything out. Check the disk and the home folder.'
    return [{ name, level: 'red', message: `does not open: ${messageOf(error)}`, hint }]
  }
}

const CANARY_LINES = 1_500

/** Compress, close, open again, retrieve: what a restart between two turns does. */
export const checkCanary = async (open: OpenEngine, config: Config): Promise<Finding> => {
  const name = 'canary'
  const text = sampleLog(CANARY_LINES)
  try {
    const result = await using({ open, config }, (engine) =>
      engine.compressText(text, { tool: { name: 'Bash', input: { command: 'npm run build' } }, policy: config.policy }),
    )
    const shares = `${count(result.tokensBefore)} → ${count(result.tokensAfter)} tokens ${change(result.tokensBefore, result.tokensAfter)}`
    if (!result.text.includes(FAILURE)) return { name, level: 'red', message: `${shares}, and lost the failing line` }
    const ref = result.refs[0]
    if (ref === undefined) {
      if (result.outcome === 'compressed' || config.policy === 'strict')
        return { name, level: 'green', message: `${shares}, nothing left out` }
      return {
        name,
        level: 'yellow',
        message: `unchanged: ${wordsFor(result.outcome)}`,
        hint: 'Check policy and rules below.',
      }
    }
    const original = await using({ open, config }, (engine) => engine.retrieve(ref))
    if (!Buffer.from(text, 'utf8').equals(original.bytes))
      return { name, level: 'red', message: `${shares}, but the original did not come back byte for byte` }
    return { name, level: 'green', message: `${shares}, original back byte for byte after a restart` }
  } catch (error) {
    return { name, level: 'red', message: messageOf(error) }
  }
}

// The real collaborators, each imported when it is first asked for.
import type { OutboundProxy } from '../proxy/index.js'
import type { Config } from '../spec/config.js'
import type { CacheBreak, DriftWatch } from '../spec/drift.js'
import type { Logger } from '../spec/logger.js'
import type { CliIo, CliParts } from './context.js'
import { version } from './version.js'

const openEngine: CliParts['engine'] = async (config, logger, way = 'cli', nowMs = Date.now) => {
  const { createHeadroom } = await import('../create.js')
  const { home, policy, rules, storeMaxBytes, storeMaxAgeDays, prices } = config
  const own = prices === undefined ? {} : { prices }
  return createHeadroom({ home, policy, rules, storeMaxBytes, storeMaxAgeDays, ...own, logger, way, nowMs })
}

const tokenizer: CliParts['tokenizer'] = async (model) => (await import('../tokenize/index.js')).tokenizerFor(model)

/** Names as curl and most programs read them, lower case first. */
const outboundOf = (env: CliIo['env']): OutboundProxy => {
  const pick = (name: string): string | undefined => env[name.toLowerCase()] || env[name] || undefined
  const all = pick('ALL_PROXY')
  const found = { https: pick('HTTPS_PROXY') ?? all, http: pick('HTTP_PROXY') ?? all, no: pick('NO_PROXY') }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

const startProxyWith =
  (env: CliIo['env']): CliParts['proxy'] =>
  async (config, logger, instance) => {
    const [{ createWorkerHost, startProxy }, { dashboardPage }, { agents }] = await Promise.all([
      import('../proxy/index.js'),
      import('../dashboard/index.js'),
      import('../agents/list.js'),
    ])
    const host = createWorkerHost({ config, workers: config.workers, logger })
    const drift = await driftWatch(config, logger, (event) => host.noteBreak?.(event))
    return startProxy({
      config,
      host,
      drift,
      page: dashboardPage,
      agents,
      logger,
      version,
      outbound: outboundOf(env),
      ...(instance === undefined ? {} : { instance }),
    })
  }

const compressCall: CliParts['compressCall'] = async (config) => {
  const { createWorkerHost } = await import('../proxy/worker-host.js')
  return createWorkerHost({ config, workers: 1 })
}

/** What is paid again instead of read, by the model's price. */
const driftWatch = async (
  { prices }: Config,
  logger: Logger,
  onBreak: (event: CacheBreak) => void,
): Promise<DriftWatch> => {
  const [{ createDriftWatch }, { costOf, priceOf }] = await Promise.all([
    import('../drift/index.js'),
    import('../pricing/index.js'),
  ])
  return createDriftWatch({
    onBreak,
    onFailure: (error) => logger('warn', 'a request could not be compared with the last one', { error }),
    missMicroUsd(model, tokens) {
      const price = priceOf(model, Date.now(), prices)
      if (price === undefined) return undefined
      const none = { freshTokens: 0, readTokens: 0, writeTokens: 0, write1hTokens: 0, outputTokens: 0 }
      const paid = costOf({ ...none, writeTokens: tokens }, price).inputMicroUsd
      return paid - costOf({ ...none, readTokens: tokens }, price).inputMicroUsd
    },
  })
}

const countWith = async (): Promise<(text: string) => number> => {
  const counter = await tokenizer()
  return (text) => counter.count(text)
}

const serve: CliParts['mcp'] = async (options) => {
  const { serveMcp } = await import('../mcp/index.js')
  await serveMcp({ ...options, countTokens: countWith })
}

const wrapServer: CliParts['mcpWrap'] = async (options) => {
  const { wrapServer: wrap } = await import('../mcp/wrap/index.js')
  await wrap({ ...options, countTokens: countWith })
}

export const realParts = (env: CliIo['env']): CliParts => ({
  engine: openEngine,
  tokenizer,
  proxy: startProxyWith(env),
  compressCall,
  mcp: serve,
  mcpWrap: wrapServer,
})

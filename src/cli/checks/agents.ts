// Findings about each agent on this machine: its requests get through a proxy as it sends them, and nothing in the environment
// leads them elsewhere than its user thinks.
import { connect } from 'node:net'
import { join } from 'node:path'
import { messageOf } from '../../base/errors.js'
import type { AgentCall, AgentSpec } from '../../spec/agent.js'
import type { Config } from '../../spec/config.js'
import type { Dialect } from '../../spec/wire.js'
import { onPath } from '../clients/own-command.js'
import { programOf } from '../clients/program.js'
import { shimFolder } from '../clients/shims.js'
import type { CliIo, ProxyHandle } from '../context.js'
import { bytes, change } from '../figures.js'
import { type CanaryFaultKind, type CanaryOutcome, runCanary, startCanaryUpstream } from './agent-canary.js'
import type { Finding } from './finding.js'
import { holderOf, urlOf } from './port.js'

/** What is sent in the stead of an agent of which no more is known. */
const USUAL: Readonly<Record<Dialect, AgentCall>> = {
  anthropic: {
    dialect: 'anthropic',
    path: '/v1/messages',
    key: 'x-api-key',
    headers: { 'anthropic-version': '2023-06-01' },
  },
  'openai-chat': { dialect: 'openai-chat', path: '/v1/chat/completions', key: 'bearer' },
  'openai-responses': { dialect: 'openai-responses', path: '/v1/responses', key: 'bearer' },
  gemini: {
    dialect: 'gemini',
    path: '/v1beta/models/gemini-3-flash:streamGenerateContent?alt=sse',
    key: 'x-goog-api-key',
  },
}

const callsOf = ({ calls, dialects }: AgentSpec): readonly AgentCall[] =>
  calls ?? dialects.map((dialect) => USUAL[dialect])

export interface AgentsCheck {
  readonly agents: readonly AgentSpec[]
  readonly config: Config
  readonly env: CliIo['env']
  /** A folder that goes when the check is over. */
  readonly scratchHome: string
  startProxy(config: Config): Promise<ProxyHandle>
}

/** One finding for each agent on this machine, and one for each thing that is wrong with how it would be started. */
export const checkAgents = async (check: AgentsCheck): Promise<Finding[]> => {
  const { agents, env, config } = check
  const found = agents.filter((agent) => programOf(env, agent, config.home) !== undefined)
  if (found.length === 0) return []
  const findings: Finding[] = []
  for (const agent of found)
    findings.push(...(await baseUrls(agent, env, config)), ...shimFindings(agent, env, config.home))
  return [...(await canaries(found, check)), ...findings]
}

const nameOf = ({ id }: AgentSpec): string => `agent ${id}`

/** Agents often send the same: each kind of request is sent once. */
const canaries = async (found: readonly AgentSpec[], check: AgentsCheck): Promise<Finding[]> => {
  const upstream = await startCanaryUpstream()
  let proxy: ProxyHandle | undefined
  try {
    proxy = await check.startProxy(scratchOf(check, upstream.url))
    const outcomes = new Map<string, CanaryOutcome>()
    for (const call of found.flatMap(callsOf)) {
      const key = JSON.stringify(call)
      if (!outcomes.has(key)) outcomes.set(key, await runCanary(proxy.url, upstream, call))
    }
    return found.map((agent) =>
      canaryFinding(
        agent,
        callsOf(agent).map((call) => ({ call, outcome: outcomes.get(JSON.stringify(call))! })),
        check.config,
      ),
    )
  } catch (error) {
    const message = `no proxy starts to send their requests through: ${messageOf(error)}`
    return [{ name: 'agents', level: 'red', message, hint: 'headroom proxy --port 0 --log-level debug' }]
  } finally {
    await proxy?.close()
    upstream.close()
  }
}

/** As the user's, but for the far end: no session is held out, nothing is added, a cold start may take its time. */
const scratchOf = ({ config, scratchHome }: AgentsCheck, url: string): Config => {
  const { token: _token, ...open } = config
  return {
    ...open,
    home: scratchHome,
    host: '127.0.0.1',
    port: 0,
    workers: 1,
    deadlineMs: 5_000,
    retrieval: 'auto',
    repack: 'cold',
    holdoutPercent: 0,
    upstreamAnthropic: url,
    upstreamOpenai: url,
    upstreamGemini: url,
  }
}

interface Tried {
  readonly call: AgentCall
  readonly outcome: CanaryOutcome
}

const canaryFinding = (agent: AgentSpec, tried: readonly Tried[], { host, port }: Config): Finding => {
  const name = nameOf(agent)
  for (const { call, outcome } of tried)
    if ('fault' in outcome)
      return {
        name,
        level: 'red',
        message: `${call.dialect} with ${call.key}: ${outcome.message}`,
        hint: mend(outcome.fault, agent),
      }
  const sums = tried.reduce(
    (sum, { outcome }) =>
      'fault' in outcome ? sum : { before: sum.before + outcome.bytesBefore, after: sum.after + outcome.bytesAfter },
    { before: 0, after: 0 },
  )
  const kinds = tried.map(({ call }) => `${call.dialect} with ${call.key}`).join(', ')
  const message = `${kinds}: ${bytes(sums.before)} → ${bytes(sums.after)} ${change(sums.before, sums.after)}, keys, headers and streams untouched`
  if (agent.launch !== undefined) return { name, level: 'green', message }
  const hint = (agent.setup ?? 'headroom mcp install').replaceAll('URL', urlOf(host, port))
  return { name, level: 'green', message, hint }
}

/** What to type. Wire faults are ours: a sound copy of the package mends them, and until then the agent works alone. */
const mend = (fault: CanaryFaultKind, { id, binaries }: AgentSpec): string =>
  fault === 'body'
    ? `headroom wrap --policy strict ${id}   (leaves nothing out), and npm install -g headroom-ai@latest`
    : `npm install -g headroom-ai@latest; until then start ${binaries[0]} itself, after headroom unwrap ${id}`

const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[::1\])$/

/** Base URLs that the environment gives to an agent that is started by its own name. */
const baseUrls = async (agent: AgentSpec, env: CliIo['env'], { token }: Config): Promise<Finding[]> => {
  const findings: Finding[] = []
  for (const variable of new Set(Object.values(agent.baseUrlFrom ?? {}).flat())) {
    const value = env[variable]
    const url = value === undefined || !URL.canParse(value) ? undefined : new URL(value)
    if (url === undefined || !LOOPBACK.test(url.hostname)) continue
    const finding = await localBaseUrl(agent, { variable, url, token, env })
    if (finding !== undefined) findings.push(finding)
  }
  return findings
}

interface BaseUrl {
  readonly variable: string
  readonly url: URL
  readonly token: string | undefined
  readonly env: CliIo['env']
}

const localBaseUrl = async (agent: AgentSpec, { variable, url, token, env }: BaseUrl): Promise<Finding | undefined> => {
  const name = nameOf(agent)
  const port = url.port === '' ? '80' : url.port
  if (!(await isListenedOn(url)))
    return {
      name,
      level: 'red',
      message: `${variable} is ${url.href}, where nobody listens: ${agent.title} reaches no model`,
      hint: `unset ${variable}   (or headroom proxy --port ${port})`,
    }
  if ((await holderOf(url.origin, token)).kind !== 'headroom') return undefined
  const wanted = agent.launch?.({ url: url.origin, filesDir: '', env }).env[variable]
  if (wanted === undefined || withoutSlash(wanted) === withoutSlash(url.href)) return undefined
  return {
    name,
    level: 'red',
    message: `${variable} is ${url.href}: ${agent.title} puts its own path behind it, and the provider has no such path`,
    hint: `export ${variable}=${wanted}`,
  }
}

/** Two seconds: a listener on this machine takes a connection at once. */
const CONNECT_MS = 2_000

const isListenedOn = (url: URL): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port || 80),
      timeout: CONNECT_MS,
    })
    const end = (answer: boolean) => (): void => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false))
  })

const withoutSlash = (text: string): string => text.replace(/\/+$/, '')

/** `wrap --persist` works by standing first on PATH. */
const shimFindings = (agent: AgentSpec, env: CliIo['env'], home: string): Finding[] =>
  agent.binaries.flatMap((binary): Finding[] => {
    const [ours, first] = [onPath({ PATH: shimFolder(home) }, binary), onPath(env, binary)]
    if (ours === undefined || first === ours) return []
    return [
      {
        name: nameOf(agent),
        level: 'yellow',
        message: `wrapped for good, but PATH finds ${first} before ${join(shimFolder(home), binary)}: it starts without Headroom`,
        hint: `export PATH=${shimFolder(home)}:"$PATH"`,
      },
    ]
  })

// A real request through a real proxy to an upstream of our own on this machine: nothing leaves it, no key is needed.
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { messageOf } from '../../base/errors.js'
import type { Config } from '../../spec/config.js'
import type { ProxyHandle } from '../context.js'
import { bytes, change } from '../figures.js'
import type { Finding } from './finding.js'
import { ask, type LocalAnswer } from './http.js'
import { FAILURE, sampleLog } from './sample.js'

const KEY = 'canary-key-of-headroom-doctor'
const ANSWER = `${JSON.stringify({
  id: 'msg_canary',
  type: 'message',
  role: 'assistant',
  model: 'claude-sonnet-4-5',
  content: [{ type: 'text', text: 'seen ✓' }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 10, output_tokens: 2 },
})} \n`

interface Seen {
  readonly path: string
  readonly key: string | undefined
  readonly body: Buffer
}

interface Upstream {
  readonly url: string
  readonly seen: readonly Seen[]
  close(): void
}

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** Answers as the provider would: 401 without the key, 404 on another path. */
const startUpstream = async (): Promise<Upstream> => {
  const seen: Seen[] = []
  const server = createServer(async (request, response) => {
    const key = request.headers['x-api-key']
    const path = (request.url ?? '').split('?')[0] ?? ''
    seen.push({ path, key: typeof key === 'string' ? key : undefined, body: await bodyOf(request) })
    const status = key !== KEY ? 401 : path === '/v1/messages' ? 200 : 404
    response.writeHead(status, { 'content-type': 'application/json' }).end(ANSWER)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** One turn of an agent that ran a build and can retrieve. */
const canaryBody = (): Buffer =>
  Buffer.from(
    JSON.stringify({
      model: 'claude-sonnet-4-5',
      max_tokens: 16,
      tools: [
        { name: 'Bash', description: 'run', input_schema: { type: 'object' } },
        { name: 'mcp__headroom__headroom_retrieve', description: 'get', input_schema: { type: 'object' } },
      ],
      messages: [
        { role: 'user', content: 'Why does the build fail?' },
        {
          role: 'assistant',
          content: [{ type: 'tool_use', id: 'toolu_1', name: 'Bash', input: { command: 'npm run build' } }],
        },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: sampleLog(1_000) }] },
      ],
    }),
  )

const judge = (
  config: Config,
  { sent, seen, answer }: { sent: Buffer; seen: Seen | undefined; answer: LocalAnswer },
): Finding => {
  const name = 'round trip'
  const red = (message: string): Finding => ({ name, level: 'red', message })
  if (answer.status !== 200) return red(`answered ${answer.status}: ${answer.body.toString('utf8').slice(0, 200)}`)
  if (seen === undefined) return red('the upstream saw no request')
  if (seen.key !== KEY) return red('the key did not reach the upstream unchanged')
  if (!answer.body.equals(Buffer.from(ANSWER))) return red('the answer did not come back byte for byte')
  if (!seen.body.includes(FAILURE)) return red('the failing line did not reach the upstream')
  const shares = `${bytes(sent.length)} → ${bytes(seen.body.length)} ${change(sent.length, seen.body.length)}`
  if (seen.body.equals(sent) && config.policy !== 'strict')
    return {
      name,
      level: 'yellow',
      message: 'relayed, but nothing was compressed',
      hint: 'Check policy and rules below.',
    }
  return { name, level: 'green', message: `${shares} on the wire, key and answer untouched` }
}

/** `config.home` is a scratch folder: the check leaves nothing in the user's figures. */
export const checkRoundTrip = async (
  config: Config,
  startProxy: (config: Config) => Promise<ProxyHandle>,
): Promise<Finding> => {
  const { token: _token, ...open } = config
  const upstream = await startUpstream()
  let proxy: ProxyHandle | undefined
  try {
    // A cold process may need longer than a request is given in daily use.
    const scratch = { ...open, host: '127.0.0.1', port: 0, workers: 1, deadlineMs: 5_000, holdoutPercent: 0 }
    proxy = await startProxy({
      ...scratch,
      upstreamAnthropic: upstream.url,
      upstreamOpenai: upstream.url,
      upstreamGemini: upstream.url,
    })
    const sent = canaryBody()
    const headers = { 'content-type': 'application/json', 'x-api-key': KEY, 'anthropic-version': '2023-06-01' }
    const answer = await ask(`${proxy.url}/v1/messages?beta=true`, {
      method: 'POST',
      headers,
      body: sent,
      timeoutMs: 15_000,
    })
    return judge(config, { sent, seen: upstream.seen[0], answer })
  } catch (error) {
    return { name: 'round trip', level: 'red', message: messageOf(error) }
  } finally {
    await proxy?.close()
    upstream.close()
  }
}

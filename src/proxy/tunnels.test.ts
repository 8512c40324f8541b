// The table of docs/wire/tunnels.md on a real socket: an engine that would change every body gets those it may change, at the
// upstream they belong to; everything else arrives there byte for byte (E-6).
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeUpstream, startFakeUpstream } from '../../test/support/fake-upstream.js'
import { call, fakeHost, proxyFor, replacing } from '../../test/support/proxy-client.js'
import type { RunningProxy } from './options.js'
import type { UpstreamName } from './routes.js'

type Row = readonly [path: string, upstream: UpstreamName, method?: string]

const VERTEX = '/v1/projects/p/locations/us-east5/publishers'

const SHORTENED: readonly Row[] = [
  ['/v1/messages?beta=true', 'anthropic'],
  [`${VERTEX}/anthropic/models/claude-sonnet-5@20260101:streamRawPredict`, 'anthropic'],
  [`${VERTEX}/anthropic/models/claude-sonnet-5:rawPredict`, 'anthropic'],
  ['/model/us.anthropic.claude-sonnet-5-v1%3A0/invoke', 'anthropic'],
  ['/model/anthropic.claude-sonnet-5-v1:0/invoke-with-response-stream', 'anthropic'],
  ['/v1/chat/completions', 'openai'],
  ['/openai/deployments/gpt/chat/completions?api-version=2024-10-21', 'openai'],
  ['/openai/v1/chat/completions', 'openai'],
  ['/api/v1/chat/completions', 'openai'],
  ['/v1/responses', 'openai'],
  ['/openai/responses?api-version=2025-04-01-preview', 'openai'],
  ['/backend-api/codex/responses', 'openai'],
  ['/v1beta/models/gemini-3-flash:streamGenerateContent?alt=sse', 'gemini'],
  ['/v1beta/models/gemini-3-flash:generateContent?key=k', 'gemini'],
  [`${VERTEX}/google/models/gemini-3-flash:generateContent`, 'gemini'],
]

const PASSED_ON: readonly Row[] = [
  ['/v1/messages/count_tokens?beta=true', 'anthropic'],
  ['/v1/messages/batches', 'anthropic'],
  ['/v1/messages/batches/b_1/cancel', 'anthropic'],
  [`${VERTEX}/anthropic/models/count-tokens:rawPredict`, 'anthropic'],
  ['/model/anthropic.claude-sonnet-5-v1:0/converse', 'anthropic'],
  ['/model/anthropic.claude-sonnet-5-v1:0/converse-stream', 'anthropic'],
  ['/model/amazon.nova-pro-v1:0/invoke', 'anthropic'],
  ['/v1/embeddings', 'openai'],
  ['/v1/completions', 'openai'],
  ['/v1/conversations', 'openai'],
  ['/v1/conversations/c_1/items', 'openai'],
  ['/v1/batches', 'openai'],
  ['/v1/files', 'openai'],
  ['/v1/responses/resp_1/cancel', 'openai'],
  ['/v1/responses/compact', 'openai'],
  ['/v1/responses/input_tokens', 'openai'],
  ['/openai/deployments/gpt/embeddings?api-version=2024-10-21', 'openai'],
  ['/api/chat', 'openai'],
  ['/api/generate', 'openai'],
  ['/v1beta/models/gemini-3-flash:countTokens', 'gemini'],
  ['/v1beta/models/gemini-embedding:embedContent', 'gemini'],
  ['/v1beta/cachedContents', 'gemini'],
  ['/v1/messages', 'anthropic', 'PUT'],
  ['/v1/chat/completions', 'openai', 'PATCH'],
]

const BODY = '{ "stream":false,"n":1.0,\n "messages":[{"role":"user","content":"OLD"}]}'

let upstreams: Record<UpstreamName, FakeUpstream>
let proxy: RunningProxy

beforeEach(async () => {
  const [anthropic, openai, gemini] = await Promise.all([startFakeUpstream(), startFakeUpstream(), startFakeUpstream()])
  upstreams = { anthropic: anthropic!, openai: openai!, gemini: gemini! }
  proxy = await proxyFor(upstreams.anthropic.url, {
    host: fakeHost(replacing('OLD', 'NEW!')),
    config: { upstreamOpenai: upstreams.openai.url, upstreamGemini: upstreams.gemini.url },
  })
})
afterEach(async () => {
  await proxy.close()
  await Promise.all(Object.values(upstreams).map((upstream) => upstream.close()))
})

/** Where it arrived, and with which body. */
const arrived = async ([path, , method = 'POST']: Row, headers: readonly string[] = []): Promise<string[]> => {
  await call({ port: proxy.port, method, path, headers: ['content-type', 'application/json', ...headers], body: BODY })
  return (Object.keys(upstreams) as UpstreamName[]).flatMap((name) =>
    upstreams[name].requests.splice(0).map(({ method, url, body }) => `${name} ${method} ${url} ${body}`),
  )
}
const expected = ([path, upstream, method = 'POST']: Row, body: string): string[] => [
  `${upstream} ${method} ${path} ${body}`,
]

describe('paths', () => {
  it('of generating calls are shortened, on every platform that takes them', async () => {
    for (const row of SHORTENED) expect(await arrived(row)).toEqual(expected(row, BODY.replace('OLD', 'NEW!')))
  })

  it('of anything else are passed on as they came (E-6, E-9)', async () => {
    for (const row of PASSED_ON) expect(await arrived(row)).toEqual(expected(row, BODY))
  })

  it('with a signature or a digest of the body are passed on, wherever that stands', async () => {
    const path = '/model/anthropic.claude-sonnet-5-v1:0/invoke'
    const row: Row = [path, 'anthropic']
    for (const header of [
      ['authorization', 'AWS4-HMAC-SHA256 Credential=a/20261125/us-east-1/bedrock/aws4_request, Signature=b'],
      ['x-amz-content-sha256', 'abc'],
      ['content-digest', 'sha-256=:abc:'],
      ['signature', 'sig1=:abc:'],
    ])
      expect(await arrived(row, header)).toEqual(expected(row, BODY))
    const inUrl: Row = [`${path}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=abc`, 'anthropic']
    expect(await arrived(inUrl)).toEqual(expected(inUrl, BODY))
    expect(await arrived(row, ['authorization', 'Bearer bedrock-api-key-x'])).toEqual(
      expected(row, BODY.replace('OLD', 'NEW!')),
    )
  })
})

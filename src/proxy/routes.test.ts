import { describe, expect, it } from 'vitest'
import { upstreamFor } from './routes.js'
import { joinPath, parseTarget } from './target.js'

describe('routes', () => {
  it('send each path to its provider, and shared paths by credentials', () => {
    const cases: readonly (readonly [string, readonly string[], string])[] = [
      ['/v1/messages', [], 'anthropic'],
      ['/v1/messages/count_tokens', ['authorization', 'Bearer x'], 'anthropic'],
      ['/v1/messages/batches/b1/results', [], 'anthropic'],
      ['/api/hello', [], 'anthropic'],
      ['/v1/chat/completions', ['anthropic-version', '2023-06-01'], 'openai'],
      ['/v1/responses/resp_1/cancel', [], 'openai'],
      ['/backend-api/codex/responses', [], 'openai'],
      ['/v1/models', [], 'openai'],
      ['/v1/models', ['x-api-key', 'k'], 'anthropic'],
      ['/v1/models', ['Anthropic-Beta', 'oauth'], 'anthropic'],
      ['/v1/files/f1', ['Anthropic-Version', '2023-06-01'], 'anthropic'],
      [
        '/v1/projects/p/locations/l/publishers/anthropic/models/claude-x:streamRawPredict',
        ['authorization', 'Bearer x'],
        'anthropic',
      ],
      [
        '/v1/projects/p/locations/l/publishers/google/models/gemini-3:generateContent',
        ['authorization', 'Bearer x'],
        'gemini',
      ],
      ['/model/us.anthropic.claude-x-v1%3A0/invoke-with-response-stream', ['authorization', 'Bearer x'], 'anthropic'],
      ['/openai/deployments/d/chat/completions', ['api-key', 'k'], 'openai'],
      ['/openai/v1/responses', ['api-key', 'k'], 'openai'],
      ['/api/v1/chat/completions', ['authorization', 'Bearer x'], 'openai'],
      ['/api/chat', [], 'openai'],
      ['/v1/conversations/c/items', [], 'openai'],
      ['/v1/batches', ['authorization', 'Bearer x'], 'openai'],
      ['/anything', [], 'openai'],
      ['/v1/messagesque', [], 'openai'],
    ]
    expect(cases.map(([path, headers]) => upstreamFor(path, headers))).toEqual(cases.map(([, , name]) => name))
  })
})

describe('targets', () => {
  it('keep the base URL prefix and never double /v1', () => {
    expect(joinPath('/', '/v1/x?y')).toBe('/v1/x?y')
    expect(joinPath('/prefix/', '/v1/x')).toBe('/prefix/v1/x')
    expect(joinPath('/prefix/v1', '/v1/x')).toBe('/prefix/v1/x')
    expect(joinPath('/v1', '/v1')).toBe('/v1')
    expect(joinPath('/v1', '/v1?a')).toBe('/v1?a')
    expect(joinPath('/v1', '/v10/x')).toBe('/v1/v10/x')
    expect(joinPath('/v1', '/chat/completions')).toBe('/v1/chat/completions')
  })

  it('are taken apart without decoding', () => {
    expect(parseTarget('/a%2f?b=%20&headroom_token=x')).toMatchObject({ path: '/a%2f', forward: '/a%2f?b=%20' })
    expect(parseTarget('/a?')).toMatchObject({ path: '/a', forward: '/a?' })
    expect(parseTarget('/a?headroom_tokens=1')).toMatchObject({ forward: '/a?headroom_tokens=1' })
    expect(parseTarget('HTTP://h:1?q')).toMatchObject({ path: '/', forward: '/?q', authority: 'h:1' })
    expect(parseTarget('*')).toBeUndefined()
    expect(parseTarget('host:443')).toBeUndefined()
  })
})

import { describe, expect, it } from 'vitest'
import { codecFor, codecs } from './list.js'

describe('the dialects we read', () => {
  it('are found by method and path, and nothing else is ours (E-6)', () => {
    expect(codecFor('POST', '/v1/messages')?.dialect).toBe('anthropic')
    expect(codecFor('POST', '/prefix/v1/chat/completions')?.dialect).toBe('openai-chat')
    expect(codecFor('POST', '/v1/responses')?.dialect).toBe('openai-responses')
    const others = [
      '/',
      '/v1/models',
      '/v1/messages/count_tokens',
      '/v1/embeddings',
      '/api/hello',
      '/v1beta/models/m:countTokens',
    ]
    for (const path of others) expect(codecFor('POST', path)).toBeUndefined()
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'DELETE', 'post'])
      expect(codecFor(method, '/v1/messages')).toBeUndefined()
  })

  it('never claim the same call twice', () => {
    for (const path of ['/v1/messages', '/v1/chat/completions', '/v1/responses']) {
      expect(codecs.filter((codec) => codec.matches('POST', path))).toHaveLength(1)
    }
  })
})

import { PassThrough } from 'node:stream'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import { afterEach, describe, expect, it } from 'vitest'
import { guessTokens, MAX_ANSWER_CHARS, MAX_ANSWER_TOKENS } from '../base/answer-limits.js'
import { refOf } from '../base/hash.js'
import type { Engine, RetrieveOptions } from '../spec/engine.js'
import type { Stats } from '../spec/ledger.js'
import { serveMcp } from './index.js'
import { createMcpServer, instructions, type McpOptions, tools } from './server.js'

interface Text {
  readonly type: 'text'
  readonly text: string
}

interface Reply {
  readonly content: Text[]
  readonly isError?: boolean
}

const stats = {
  totals: { requests: 3, compressed: 2, firstSeenBefore: 1000, firstSeenAfter: 400, retrievedTokens: 700 },
  byCompressor: [{ name: 'log', blocks: 2, tokensBefore: 1000, tokensAfter: 400 }],
} as unknown as Stats

/** Pages by character offset; keeps the first half of every text of ten characters or more. */
const memoryEngine = (texts: readonly string[] = []): Engine & { readonly asked: RetrieveOptions[] } => {
  const originals = new Map(texts.map((text) => [refOf(text), text]))
  const asked: RetrieveOptions[] = []
  const engine: Partial<Engine> = {
    compressText: async (text) => {
      const counts = { tokensBefore: 10, tokensAfter: 5, basis: 'estimate', contentType: 'log' } as const
      if (text.length < 10) return { ...counts, text, outcome: 'below-floor', refs: [] }
      return { ...counts, text: text.slice(0, text.length / 2), outcome: 'compressed', refs: [refOf(text)] }
    },
    retrieve: async (ref, options = {}) => {
      asked.push(options)
      const text = originals.get(ref)
      const { cursor = 0, maxChars = Number.POSITIVE_INFINITY } = options
      if (text === undefined) return { text: '', found: false, bytes: new Uint8Array(), totalLines: 0 }
      const page = text.slice(cursor, cursor + maxChars)
      const next = cursor + page.length < text.length ? { next: cursor + page.length } : {}
      return { text: page, found: true, bytes: Buffer.from(page), totalLines: text.split('\n').length, ...next }
    },
    stats: async () => stats,
    close: async () => undefined,
  }
  return Object.assign(engine as Engine, { asked })
}

const open: Client[] = []
afterEach(async () => {
  for (const client of open.splice(0)) await client.close()
})

const connected = async (options: McpOptions): Promise<Client> => {
  const [ours, theirs] = InMemoryTransport.createLinkedPair()
  const client = new Client({ name: 'test', version: '1' })
  await createMcpServer(options).server.connect(ours)
  await client.connect(theirs)
  open.push(client)
  return client
}

const call = async (client: Client, name: string, args: Record<string, unknown> = {}): Promise<Reply> =>
  (await client.callTool({ name, arguments: args })) as unknown as Reply

/** The whole original, page by page, and every page's size. */
const readAll = async (client: Client, ref: string): Promise<{ text: string; pages: string[] }> => {
  const pages: string[] = []
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const { content }: Reply = await call(client, 'headroom_retrieve', { ref, ...(cursor === '' ? {} : { cursor }) })
    pages.push(content[0]?.text ?? '')
    expect(pages.length).toBeLessThan(500)
    cursor = /cursor (\d+)\.$/.exec(content[1]?.text ?? '')?.[1]
  }
  return { text: pages.join(''), pages }
}

describe('what every session pays', () => {
  it('costs at most 250 tokens of schema, descriptions and instructions (K-3)', async () => {
    const client = await connected({ engine: () => memoryEngine() })
    const listed = (await client.listTools()).tools
    const tokens = countTokens(JSON.stringify(listed)) + countTokens(client.getInstructions() ?? '')
    expect(tokens).toBeGreaterThan(50)
    expect(tokens).toBeLessThanOrEqual(250)
  })

  it('offers three tools with object schemas, and opens no engine to say so (C-6)', async () => {
    const client = await connected({
      engine: () => {
        throw new Error('opened')
      },
    })
    const listed = (await client.listTools()).tools
    expect(listed.map(({ name }) => name)).toEqual(['headroom_compress', 'headroom_retrieve', 'headroom_stats'])
    expect(listed.every(({ inputSchema }) => inputSchema.type === 'object')).toBe(true)
    expect(client.getInstructions()).toBe(instructions)
  })

  it('commands nobody to hide anything (A-16)', () => {
    const words = JSON.stringify(tools.map(({ definition }) => definition)) + instructions
    expect(words).not.toMatch(/\b(never|do not|don't|secret|hidden|must|always)\b/i)
  })
})

describe('headroom_retrieve', () => {
  const lines = Array.from({ length: 20_000 }, (_, line) => `line ${line} of a long log, state ok\n`).join('')
  // Broken into short lines, as the reference tokenizer of this test is quadratic in unbroken letters.
  const broken = (at: number, code: number): string => `${String.fromCodePoint(code)}${at % 24 === 23 ? '\n' : ''}`
  const dense = Array.from({ length: 60_000 }, (_, at) => broken(at, 0x4e00 + ((at * 7919) % 20_000))).join('')
  const emoji = Array.from({ length: 30_000 }, (_, at) => broken(at, 0x1f300 + ((at * 31) % 700))).join('')

  for (const [name, text] of [
    ['lines', lines],
    ['Chinese', dense],
    ['emoji', emoji],
    ['a short text', 'short'],
  ] as const)
    it(`gives ${name} back whole, in pages under both limits (A-14)`, async () => {
      const client = await connected({ engine: () => memoryEngine([text]), countTokens: () => countTokens })
      const { text: whole, pages } = await readAll(client, refOf(text))
      expect(whole === text).toBe(true)
      for (const page of pages) {
        expect(page.length).toBeLessThanOrEqual(MAX_ANSWER_CHARS)
        expect(countTokens(page)).toBeLessThanOrEqual(MAX_ANSWER_TOKENS)
      }
    })

  it('stays under the limit without a tokenizer, by an upper guess (A-14)', async () => {
    for (const text of [lines, dense, emoji]) {
      const client = await connected({ engine: () => memoryEngine([text]) })
      const { text: whole, pages } = await readAll(client, refOf(text))
      expect(whole === text).toBe(true)
      for (const page of pages) expect(countTokens(page)).toBeLessThanOrEqual(MAX_ANSWER_TOKENS)
    }
    for (const sample of [lines.slice(0, 5000), dense.slice(0, 5000), emoji.slice(0, 5000), refOf('x').repeat(300)])
      expect(guessTokens(sample)).toBeGreaterThanOrEqual(countTokens(sample))
  })

  it('passes range, words and cursor on', async () => {
    const engine = memoryEngine(['abc'])
    const client = await connected({ engine: () => engine })
    await call(client, 'headroom_retrieve', { ref: refOf('abc'), lines: '2-9', query: 'why', cursor: '1' })
    expect(engine.asked[0]).toMatchObject({ lines: '2-9', query: 'why', cursor: 1 })
  })

  it('finds the id in a whole marker', async () => {
    const client = await connected({ engine: () => memoryEngine(['abc']) })
    const ref = `[3 lines not shown; full text kept; id ${refOf('abc')}]`
    expect((await call(client, 'headroom_retrieve', { ref })).content).toEqual([{ type: 'text', text: 'abc' }])
  })

  it('ends the search for a dead id with the same words each time, and how to get the text again (A-13)', async () => {
    const client = await connected({ engine: () => memoryEngine() })
    const ref = '0123456789abcdef'
    const first = await call(client, 'headroom_retrieve', { ref })
    expect(first.isError).toBeUndefined()
    expect(first.content[0]?.text).toMatch(
      /no original 0123456789abcdef.*same answer.*Repeat the command or read the file/,
    )
    for (let again = 0; again < 3; again++) expect(await call(client, 'headroom_retrieve', { ref })).toEqual(first)
  })

  it('says what is wrong with a call and names the nearest argument (I-7)', async () => {
    const client = await connected({ engine: () => memoryEngine() })
    const words = async (args: Record<string, unknown>): Promise<string> => {
      const reply = await call(client, 'headroom_retrieve', args)
      expect(reply.isError).toBe(true)
      return reply.content[0]?.text ?? ''
    }
    expect(await words({})).toContain('"ref" is missing')
    expect(await words({ ref: 'x' })).toContain('16 hex digits')
    expect(await words({ ref: '0123456789abcdef', quer: 'a' })).toContain('nearest is "query"')
    expect(await words({ ref: '0123456789abcdef', cursor: 'next' })).toContain('"cursor"')
    expect(await words({ ref: 5 })).toContain('"ref" must be a string')
  })
})

describe('headroom_compress', () => {
  it('answers the text first and what it cost second', async () => {
    const client = await connected({ engine: () => memoryEngine() })
    const { content } = await call(client, 'headroom_compress', { text: 'a'.repeat(40), query: 'b' })
    expect(content.map(({ text }) => text)).toEqual(['a'.repeat(20), '10 → 5 tokens (estimate)'])
  })

  it('does not repeat a text it left alone', async () => {
    const client = await connected({ engine: () => memoryEngine() })
    const { content } = await call(client, 'headroom_compress', { text: 'short' })
    expect(content.map(({ text }) => text)).toEqual(['Unchanged (below-floor); use the text as it is.'])
  })

  it('points to the original where even the short form is too long for an answer (A-14)', async () => {
    const text = 'word '.repeat(40_000)
    const client = await connected({ engine: () => memoryEngine([text]), countTokens: () => countTokens })
    const { content } = await call(client, 'headroom_compress', { text })
    expect(content[0]?.text).toContain(refOf(text))
    expect(content[0]?.text.length).toBeLessThan(200)
  })
})

it('counts what was asked back against the saving (I-1)', async () => {
  const client = await connected({ engine: () => memoryEngine() })
  const { content } = await call(client, 'headroom_stats')
  expect(content[0]?.text).toContain('net saved: -100')
})

it('goes on after a failure and says so in the answer', async () => {
  let calls = 0
  const client = await connected({
    engine: () => {
      if (calls++ === 0) throw new Error('store is locked')
      return memoryEngine(['abc'])
    },
  })
  const failed = await call(client, 'headroom_stats')
  expect(failed).toEqual({ content: [{ type: 'text', text: 'headroom_stats failed: store is locked' }], isError: true })
  expect((await call(client, 'headroom_retrieve', { ref: refOf('abc') })).content[0]?.text).toBe('abc')
  expect((await call(client, 'headroom_retreive')).content[0]?.text).toContain('nearest is "headroom_retrieve"')
})

it('answers every line of a closed input before it ends', async () => {
  const [input, output] = [new PassThrough(), new PassThrough()]
  const message = (id: number, method: string, params: unknown): string =>
    `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`
  const slow = async (): Promise<Engine> => {
    await new Promise((resolve) => setTimeout(resolve, 20))
    return memoryEngine(['abc'])
  }
  const served = serveMcp({ engine: slow, input, output })
  const hello = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } }
  input.write(message(1, 'initialize', hello))
  input.end(message(2, 'tools/call', { name: 'headroom_retrieve', arguments: { ref: refOf('abc') } }))
  await served
  const answers = String(output.read())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(answers.map(({ id }) => id)).toEqual([1, 2])
  expect(answers[1].result.content[0].text).toBe('abc')
})

// Recordings of Claude Code whose receipts come from a provider of our own making: so many tokens before the history, so
// many for each of our counts, and a cache that forgets after five idle minutes.
import { growingSession } from '../../test/support/session.js'
import { countTokens } from '../tokenize/index.js'

export interface Provider {
  readonly headTokens: number
  /** Its tokens for one of ours. */
  readonly slope: number
  /** Before these requests nobody speaks for ten minutes. */
  readonly pausesBefore?: readonly number[]
  /** Its cache outlives these pauses. */
  readonly remembers?: true
  /** Share of each tool result that the recording lacks. */
  readonly holes?: number
}

interface Part {
  readonly type: string
  readonly text?: string
  readonly content?: unknown
  readonly input?: unknown
  readonly name?: string
}

const MODEL = 'claude-sonnet-4-5'
const START_MS = Date.UTC(2026, 0, 5, 9)
/** Around each block; the provider's own, as Anthropic's is measured. */
const BLOCK_TOKENS = 26

const partsOf = (content: unknown): readonly Part[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : (content as readonly Part[])

const textOf = ({ type, text, content, input, name }: Part): string => {
  if (type === 'text') return text ?? ''
  if (type === 'tool_use') return `${name} ${JSON.stringify(input)}`
  return typeof content === 'string' ? content : partsOf(content).map(textOf).join('\n')
}

/** Lines of one session's file; `requests` answers are in it. */
export const madeSession = (
  seed: number,
  historyTokens: number,
  provider: Provider,
): { readonly text: string; readonly requests: number; readonly billedTokens: number } => {
  const last = growingSession(seed, historyTokens).at(-1)!
  const { messages } = JSON.parse(last.body.toString()) as { messages: { role: string; content: unknown }[] }
  const lines: object[] = []
  let [sentTokens, cachedTokens, billedTokens, requests] = [provider.headTokens, 0, 0, 0]
  let atMs = START_MS
  let parentUuid: string | null = null
  const write = (line: object): void => {
    const uuid = `${seed}-${lines.length}`
    const timestamp = new Date(atMs).toISOString()
    lines.push({ uuid, parentUuid, timestamp, isSidechain: false, sessionId: `made-${seed}`, ...line })
    parentUuid = uuid
  }
  for (const { role, content } of messages) {
    const parts = partsOf(content)
    if (role === 'assistant') {
      atMs += 10_000
      const forgets = provider.pausesBefore?.includes(requests) && !provider.remembers
      const read = forgets ? 0 : cachedTokens
      const usage = {
        input_tokens: 0,
        cache_read_input_tokens: read,
        cache_creation_input_tokens: sentTokens - read,
        output_tokens: 50,
      }
      billedTokens += sentTokens
      cachedTokens = sentTokens
      const id = `msg_${seed}_${requests++}`
      for (const part of parts)
        write({ type: 'assistant', message: { id, role, model: MODEL, content: [part], usage } })
    } else {
      atMs += provider.pausesBefore?.includes(requests) ? 600_000 : 10_000
      write({ type: 'user', message: { role, content: withHoles(content, provider.holes ?? 0) } })
    }
    for (const part of parts) sentTokens += Math.round(countTokens(textOf(part), MODEL) * provider.slope) + BLOCK_TOKENS
  }
  return { text: `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`, requests, billedTokens }
}

const withHoles = (content: unknown, share: number): unknown => {
  if (share === 0 || typeof content === 'string') return content
  return partsOf(content).map((part) =>
    part.type === 'tool_result' && typeof part.content === 'string'
      ? { ...part, content: part.content.slice(0, Math.round(part.content.length * (1 - share))) }
      : part,
  )
}

// Who sends a request, by what its User-Agent says. Names of a list go on record, never the header's own words.
import type { AgentSpec } from '../spec/agent.js'
import { headerOf, type RawHeaders } from './headers.js'

export type NamedAgent = Pick<AgentSpec, 'id' | 'userAgent'>

/** Libraries that programs are built on, where no agent is known by a name of its own (their code, read 2026-11-25). */
const LIBRARIES: readonly NamedAgent[] = [
  { id: 'litellm', userAgent: /^litellm\//i },
  { id: 'ai-sdk', userAgent: /(?:^|\s)ai-sdk\//i },
  { id: 'anthropic-sdk', userAgent: /^(?:Async)?Anthropic\w*\//i },
  { id: 'openai-sdk', userAgent: /^(?:Async)?(?:Azure)?OpenAI\//i },
  { id: 'google-genai-sdk', userAgent: /(?:^|\s)google-genai-sdk\//i },
]

const OTHER = 'other'

/** Undefined where the client says nothing of itself. */
export type AgentOf = (headers: RawHeaders) => string | undefined

/** First match wins: agents before libraries. */
export const createAgentOf = (agents: readonly NamedAgent[] = []): AgentOf => {
  const known = [...agents, ...LIBRARIES]
  return (headers) => {
    const told = headerOf(headers, 'user-agent')
    if (told === undefined || told.trim() === '') return undefined
    return known.find(({ userAgent }) => userAgent?.test(told))?.id ?? OTHER
  }
}

// Which upstream a path belongs to. Own endpoints are told apart in own.ts before this table is asked.
import { headerOf, type RawHeaders } from './headers.js'

export type UpstreamName = 'anthropic' | 'openai'

/** First match wins. Paths both providers have (`/v1/models`, `/v1/files`, …) are left to the headers. */
const TABLE: readonly (readonly [RegExp, UpstreamName])[] = [
  [/^\/v1\/messages(\/|$)/, 'anthropic'],
  [/^\/v1\/complete$/, 'anthropic'],
  // Claude Code's probe and account routes.
  [/^\/api\//, 'anthropic'],
  [
    /^\/v1\/(chat|responses|completions|embeddings|images|audio|moderations|realtime|assistants|threads|vector_stores|fine_tuning|uploads|conversations|evals|codex)(\/|$)/,
    'openai',
  ],
  // Base URLs without `/v1`, and Codex signed in with ChatGPT.
  [/^\/(chat\/completions|responses|embeddings|backend-api)(\/|$)/, 'openai'],
]

/** Unknown paths go by the caller's credentials: only Anthropic's clients send `anthropic-…` or `x-api-key`. */
export const upstreamFor = (path: string, headers: RawHeaders): UpstreamName => {
  for (const [pattern, name] of TABLE) if (pattern.test(path)) return name
  const anthropic =
    headerOf(headers, 'anthropic-version') !== undefined ||
    headerOf(headers, 'anthropic-beta') !== undefined ||
    headerOf(headers, 'x-api-key') !== undefined
  return anthropic ? 'anthropic' : 'openai'
}

// Which upstream a path belongs to. Own endpoints are told apart in own.ts before this table is asked.
import { headerOf, type RawHeaders } from './headers.js'

export type UpstreamName = 'anthropic' | 'openai' | 'gemini'

/** First match wins. Paths both providers have (`/v1/models`, `/v1/files`, …) are left to the headers. */
const TABLE: readonly (readonly [RegExp, UpstreamName])[] = [
  [/^\/v1\/messages(\/|$)/, 'anthropic'],
  // Anthropic's models on Vertex AI and on Bedrock; Google's own on Vertex AI.
  [/\/publishers\/anthropic\//, 'anthropic'],
  [/^\/model\/[^/]+\/(?:invoke|converse)/, 'anthropic'],
  [/\/publishers\/google\//, 'gemini'],
  // Bases that end with another path: Azure OpenAI (`/openai/deployments/NAME`, `/openai/v1`), OpenRouter (`/api/v1`), Groq.
  [/^\/openai\//, 'openai'],
  [/\/(?:chat\/completions|completions|responses|embeddings)$/, 'openai'],
  // Ollama's own API.
  [/^\/api\/(?:chat|generate|embed|tags|show|ps|pull|version)$/, 'openai'],
  [/^\/v1\/complete$/, 'anthropic'],
  // Claude Code's probe and account routes.
  [/^\/api\//, 'anthropic'],
  [
    /^\/v1\/(chat|responses|completions|embeddings|images|audio|moderations|realtime|assistants|threads|vector_stores|fine_tuning|uploads|conversations|evals|codex)(\/|$)/,
    'openai',
  ],
  // Model calls and the routes beside them, with the API version first.
  [/^\/v1(?:beta|alpha)\d*\//, 'gemini'],
  [/^\/v1\/(?:models|tunedModels)\/[^/]+:\w+$/, 'gemini'],
  // Base URLs without `/v1`, and Codex signed in with ChatGPT.
  [/^\/(chat\/completions|responses|embeddings|backend-api)(\/|$)/, 'openai'],
]

/** Unknown paths go by the caller's credentials: `anthropic-…` and `x-api-key`, or `x-goog-…`; else OpenAI. */
export const upstreamFor = (path: string, headers: RawHeaders): UpstreamName => {
  for (const [pattern, name] of TABLE) if (pattern.test(path)) return name
  const anthropic =
    headerOf(headers, 'anthropic-version') !== undefined ||
    headerOf(headers, 'anthropic-beta') !== undefined ||
    headerOf(headers, 'x-api-key') !== undefined
  if (anthropic) return 'anthropic'
  return headerOf(headers, 'x-goog-api-key') !== undefined || headerOf(headers, 'x-goog-api-client') !== undefined
    ? 'gemini'
    : 'openai'
}

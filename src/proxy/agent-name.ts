// Who sends a request, by what its User-Agent says. Names of this list go on record, never the header's own words.
import { headerOf, type RawHeaders } from './headers.js'

/**
 * First match wins: a program before the library that it is built on. Claude Code 2.1, Codex 0.169, Qwen Code 0.15 on the wire;
 * Gemini CLI 0.61, OpenCode 1.18, Cline and the libraries by their code (read 2026-11-25).
 */
const AGENTS: readonly (readonly [RegExp, string])[] = [
  [/^claude-cli\//i, 'claude-code'],
  [/^codex[_-]/i, 'codex'],
  [/^GeminiCLI\b/i, 'gemini-cli'],
  [/^QwenCode\//i, 'qwen-code'],
  [/(?:^|\s)opencode\b/i, 'opencode'],
  [/^Cline\//i, 'cline'],
  [/^litellm\//i, 'litellm'],
  [/(?:^|\s)ai-sdk\//i, 'ai-sdk'],
  [/^(?:Async)?Anthropic\w*\//i, 'anthropic-sdk'],
  [/^(?:Async)?(?:Azure)?OpenAI\//i, 'openai-sdk'],
  [/(?:^|\s)google-genai-sdk\//i, 'google-genai-sdk'],
]

const OTHER = 'other'

/** Undefined where the client says nothing of itself. */
export const agentOf = (headers: RawHeaders): string | undefined => {
  const told = headerOf(headers, 'user-agent')
  if (told === undefined || told.trim() === '') return undefined
  return AGENTS.find(([pattern]) => pattern.test(told))?.[1] ?? OTHER
}

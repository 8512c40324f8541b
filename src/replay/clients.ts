// What the requests of known clients begin with beyond what their recordings hold. Used only where no receipt tells.
import type { SessionTool } from '../sessions/model.js'

export interface ClientHead {
  /** Tools that the client always offers. */
  readonly tools: readonly string[]
  /** Tokens of a system prompt that is not recorded. */
  readonly systemTokens: number
  /** Tokens of tool definitions that are not recorded. */
  readonly toolTokens: number
}

/**
 * Sizes of first requests recorded on 2026-11-23 (Claude Code 2.1.330: 53 KB, Codex 0.169.0: 68 KB with 20 KB of
 * instructions, Gemini CLI 0.61.0: 32 KB of system prompt, OpenCode 1.18.33: 31 KB) at four bytes a token; pi's first
 * receipt of a recorded session.
 */
const HEADS: Readonly<Record<string, ClientHead>> = {
  'claude-code': {
    tools: ['Bash', 'Read', 'Edit', 'Write', 'Grep', 'Glob', 'WebFetch', 'Task', 'TodoWrite'],
    systemTokens: 4000,
    toolTokens: 9000,
  },
  codex: { tools: ['exec_command', 'write_stdin', 'apply_patch', 'view_image'], systemTokens: 5000, toolTokens: 8000 },
  'gemini-cli': {
    tools: ['run_shell_command', 'read_file', 'replace', 'write_file', 'grep_search', 'glob', 'list_directory'],
    systemTokens: 8000,
    toolTokens: 5000,
  },
  opencode: {
    tools: ['bash', 'read', 'edit', 'write', 'grep', 'glob', 'task', 'todowrite', 'webfetch'],
    systemTokens: 3500,
    toolTokens: 4000,
  },
  pi: { tools: ['read', 'bash', 'edit', 'write'], systemTokens: 1000, toolTokens: 1500 },
}

const NOTHING: ClientHead = { tools: [], systemTokens: 0, toolTokens: 0 }

export const headOf = (agent: string): ClientHead => HEADS[agent] ?? NOTHING

/** Every tool that a conversation shows: as recorded, as the client always offers, as called. */
export const toolsOf = (
  agent: string,
  recorded: readonly SessionTool[] | undefined,
  called: ReadonlySet<string>,
): readonly SessionTool[] => {
  const names = new Set([...(recorded === undefined ? headOf(agent).tools : []), ...called])
  for (const { name } of recorded ?? []) names.delete(name)
  return [...(recorded ?? []), ...[...names].map((name) => ({ name }))]
}

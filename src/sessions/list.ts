// Every program whose recordings we read. The first reader that accepts a file reads it.
import { aider } from './aider/index.js'
import { claudeCode } from './claude-code/index.js'
import { codex } from './codex/index.js'
import { geminiCli } from './gemini-cli/index.js'
import { messages } from './messages/index.js'
import type { SessionReader } from './model.js'
import { opencode } from './opencode/index.js'
import { openhands } from './openhands/index.js'
import { pi } from './pi/index.js'
import { sweAgent } from './swe-agent/index.js'

export const readers: readonly SessionReader[] = [
  opencode,
  codex,
  geminiCli,
  pi,
  openhands,
  sweAgent,
  aider,
  claudeCode,
  messages,
]

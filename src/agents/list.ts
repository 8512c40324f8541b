// The one list of agents. Adding one is its folder and a line here; help, wrap and docs follow from it.
import type { AgentSpec } from '../spec/agent.js'
import { aider } from './aider/index.js'
import { claudeCode } from './claude-code/index.js'
import { claudeDesktop } from './claude-desktop/index.js'
import { cline } from './cline/index.js'
import { codex } from './codex/index.js'
import { continueCli } from './continue/index.js'
import { copilotCli } from './copilot-cli/index.js'
import { cursor } from './cursor/index.js'
import { geminiCli } from './gemini-cli/index.js'
import { goose } from './goose/index.js'
import { openclaw } from './openclaw/index.js'
import { opencode } from './opencode/index.js'
import { openhands } from './openhands/index.js'
import { qwenCode } from './qwen-code/index.js'
import { vibe } from './vibe/index.js'
import { vsCode } from './vs-code/index.js'
import { windsurf } from './windsurf/index.js'

export const agents: readonly AgentSpec[] = [
  claudeCode,
  codex,
  geminiCli,
  copilotCli,
  cursor,
  aider,
  opencode,
  cline,
  continueCli,
  goose,
  openhands,
  openclaw,
  vibe,
  qwenCode,
  claudeDesktop,
  vsCode,
  windsurf,
]

// The real clients of the end-to-end run. One entry a client; how each is started stands in agents/.
import { claudeCode, wrapClaude } from './agents/claude-code.js'
import type { Client } from './agents/client.js'
import { cline } from './agents/cline.js'
import { codex, codexCodeMode, codexWebSocket, codexWebSocketCodeMode, wrapCodex } from './agents/codex.js'
import { continueCli } from './agents/continue-cli.js'
import { copilotAnthropic, copilotChat } from './agents/copilot-cli.js'
import { geminiCli, wrapGemini } from './agents/gemini-cli.js'
import { openCodeAnthropic, openCodeChat } from './agents/opencode.js'
import { qwenCode } from './agents/qwen-code.js'
import { sdks } from './agents/sdk.js'

export const clients: readonly Client[] = [
  ...sdks,
  claudeCode,
  codex,
  codexCodeMode,
  codexWebSocket,
  codexWebSocketCodeMode,
  geminiCli,
  openCodeAnthropic,
  openCodeChat,
  qwenCode,
  copilotChat,
  copilotAnthropic,
  continueCli,
  cline,
  wrapClaude,
  wrapCodex,
  wrapGemini,
]

// Recognises the request with which a client has its history summed up: by words of its newest turn.
// Read from the requests of the pinned clients, 2026-11-25.

const ASKED = [
  /CONTEXT CHECKPOINT COMPACTION/, // Codex
  /"type":"compaction_trigger"/, // Codex, where the provider sums up
  /Your task is to create a detailed summary of the conversation/, // Claude Code
  /[Gg]enerate the (?:new |updated )?<state_snapshot>|evaluate the <state_snapshot>/, // Gemini CLI, Qwen Code
  /Please create a detailed summary of the conversation so far/, // Copilot CLI
  /Please provide a concise summary of our conversation so far/, // Continue
  /Create a new anchored summary|Construct a new summary that combines both/, // OpenCode
]

type Json = Readonly<Record<string, unknown>>

export const asksForSummary = ({ messages, input, contents }: Json): boolean => {
  const turns = [messages, input, contents].find(Array.isArray) as readonly unknown[] | undefined
  const words = JSON.stringify(turns?.at(-1) ?? '')
  return ASKED.some((one) => one.test(words))
}

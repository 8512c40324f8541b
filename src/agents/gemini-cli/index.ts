// Gemini CLI with an API key. Signed in with Google it talks to Code Assist, which takes no base URL.
import type { AgentSpec } from '../../spec/agent.js'

export const geminiCli: AgentSpec = {
  id: 'gemini',
  title: 'Gemini CLI',
  binaries: ['gemini'],
  install: 'npm install -g @google/gemini-cli',
  dialects: ['gemini'],
  baseUrlFrom: { gemini: ['GOOGLE_GEMINI_BASE_URL'] },
  launch: ({ url, filesDir }) => ({
    env: { GOOGLE_GEMINI_BASE_URL: url },
    args: ['--include-directories', filesDir],
    notes: ['only with an API key: a Google login talks to another service, which takes no base URL'],
  }),
  source: 'gemini 0.61.0 run against a local provider, 2026-11-25',
}

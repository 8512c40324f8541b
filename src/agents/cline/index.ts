// Cline's command line keeps its provider in its own store; it has no flag or variable for a base URL.
import type { AgentSpec } from '../../spec/agent.js'

export const cline: AgentSpec = {
  id: 'cline',
  title: 'Cline',
  userAgent: /^Cline\//i,
  binaries: ['cline'],
  install: 'npm install -g cline',
  dialects: ['openai-chat', 'anthropic'],
  setup:
    'cline auth -p openai -k KEY -m MODEL -b URL/v1   (in the editor: API provider "OpenAI compatible", address URL/v1)',
  source: 'cline 3.0.65 run against a local provider, 2026-11-23',
}

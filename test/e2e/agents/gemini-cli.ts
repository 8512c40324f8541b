// Gemini CLI with an API key.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Client, launched, type Sandbox, type Start, whereDirect } from './client.js'

/** Of the window that may be full before the history is summed up: 31,000 tokens of a million. */
const EARLY = 0.03

const command = (sandbox: Sandbox, { prompt, resumes, compactsEarly }: Start): ReturnType<Client['command']> => {
  const folder = join(sandbox.home, '.gemini')
  mkdirSync(folder, { recursive: true })
  const model = compactsEarly ? { model: { compressionThreshold: EARLY } } : {}
  const settings = { security: { auth: { selectedType: 'gemini-api-key' } }, ...model }
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings))
  const args = ['--approval-mode', 'yolo', '--output-format', 'stream-json', ...(resumes ? ['--resume', 'latest'] : [])]
  return {
    ...launched(sandbox, 'gemini', [...args, '-p', prompt]),
    env: {
      ...whereDirect(sandbox, 'GOOGLE_GEMINI_BASE_URL'),
      GEMINI_API_KEY: 'e2e-secret',
      GEMINI_CLI_TRUST_WORKSPACE: 'true',
    },
  }
}

export const geminiCli: Client = { name: 'gemini-cli', isUsual: true, bar: 30, command }
export const wrapGemini: Client = { name: 'wrap-gemini', isUsual: true, wraps: true, command }

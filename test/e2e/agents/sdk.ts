// SDKs: small agents of our own on top of each, copied beside the installed packages so that those are the ones they import.
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from './client.js'

const PROGRAMS = 'test/e2e/programs'

const sdk = (name: string, program: string, ways: readonly string[] = []): Client => ({
  name,
  bar: 72,
  command: ({ modules, url, home }, { prompt, resumes }) => {
    const folder = join(modules, '..', 'programs')
    mkdirSync(folder, { recursive: true })
    for (const file of ['tools.mjs', `${program}.mjs`]) copyFileSync(join(PROGRAMS, file), join(folder, file))
    const memory = join(home, 'session.json')
    const args = [join(folder, `${program}.mjs`), JSON.stringify({ url, prompt, memory, resumes, ways })]
    return { file: process.execPath, args, env: {} }
  },
})

const usual = (client: Client): Client => ({ ...client, isUsual: true })

export const sdks: readonly Client[] = [
  { ...usual(sdk('anthropic-sdk', 'anthropic')), looksAtPage: true },
  usual(sdk('anthropic-sdk-stream', 'anthropic', ['stream'])),
  usual(sdk('openai-chat', 'openai-chat')),
  usual(sdk('openai-chat-stream', 'openai-chat', ['stream'])),
  usual(sdk('openai-responses', 'openai-responses')),
  usual(sdk('openai-responses-stream', 'openai-responses', ['stream'])),
  sdk('google-genai', 'google-genai'),
  sdk('google-genai-stream', 'google-genai', ['stream']),
  sdk('ai-sdk-anthropic', 'ai-sdk', ['anthropic', 'stream']),
  sdk('ai-sdk-openai', 'ai-sdk', ['openai', 'stream']),
  sdk('ai-sdk-google', 'ai-sdk', ['google', 'stream']),
]

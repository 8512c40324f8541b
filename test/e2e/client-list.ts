// The real clients of the end-to-end run: how each is pointed at a base URL and told to do one job. One entry a client.
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { resolve as absolute, delimiter, join } from 'node:path'

export interface Sandbox {
  /** Folder with the clients' node_modules. */
  readonly modules: string
  /** Working folder with files that the scripted commands print. */
  readonly work: string
  /** Home of the client, empty at start. */
  readonly home: string
  /** Base URL without path. */
  readonly url: string
  /** Start the client with `headroom wrap` in front of the provider at `url`, with this home. */
  readonly wrapHome?: string
}

export interface Client {
  readonly name: string
  /** After its session the proxy's page is opened in a browser. */
  readonly looksAtPage?: boolean
  /** The provider speaks WebSocket to it. */
  readonly webSocket?: true
  /** Goes through the proxy by `headroom wrap`, which also starts it. */
  readonly wraps?: true
  /** Runs the whole session and gives what the client printed. */
  run(sandbox: Sandbox): Promise<string>
}

const TIMEOUT_MS = 90_000
const PROMPT = 'Find out why the checkout build fails.'

interface Command {
  readonly file: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

const output = ({ file, args, env }: Command, { work, home, modules }: Sandbox): Promise<string> =>
  new Promise((resolve) => {
    const PATH = [join(modules, '.bin'), process.env.PATH ?? ''].join(delimiter)
    const child = spawn(file, args, {
      cwd: work,
      env: { PATH, HOME: home, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const parts: Buffer[] = []
    child.stdout.on('data', (part: Buffer) => parts.push(part))
    child.stderr.on('data', (part: Buffer) => parts.push(part))
    const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS)
    child.on('close', () => {
      clearTimeout(timer)
      resolve(Buffer.concat(parts).toString('utf8'))
    })
  })

/** An SDK session as a program of its own, so that the SDK is the one that was installed beside the clients. */
const sdk =
  (program: (url: string) => string) =>
  async (sandbox: Sandbox): Promise<string> => {
    const file = join(sandbox.modules, '..', `session-${process.pid}.mjs`)
    writeFileSync(file, program(sandbox.url))
    return output({ file: process.execPath, args: [file], env: {} }, sandbox)
  }

const anthropicSdk = (stream: boolean) => (url: string) =>
  `
import Anthropic from '@anthropic-ai/sdk'
import { execSync } from 'node:child_process'
const client = new Anthropic({ baseURL: '${url}', apiKey: 'k' })
const tools = [{ name: 'Bash', description: 'shell', input_schema: { type: 'object', properties: { command: { type: 'string' } } } }]
const messages = [{ role: 'user', content: '${PROMPT}' }]
for (let turn = 0; turn < 8; turn++) {
  const ask = { model: 'claude-sonnet-4-5', max_tokens: 500, messages, tools }
  const message = ${stream ? 'await client.messages.stream(ask).finalMessage()' : 'await client.messages.create(ask)'}
  messages.push({ role: 'assistant', content: message.content })
  const calls = message.content.filter((block) => block.type === 'tool_use')
  if (calls.length === 0) { console.log(message.content.map((block) => block.text).join('')); break }
  messages.push({ role: 'user', content: calls.map((call) => ({ type: 'tool_result', tool_use_id: call.id, content: execSync(call.input.command).toString() })) })
}
`

const openaiChat = (stream: boolean) => (url: string) =>
  `
import OpenAI from 'openai'
import { execSync } from 'node:child_process'
const client = new OpenAI({ baseURL: '${url}/v1', apiKey: 'k' })
const tools = [{ type: 'function', function: { name: 'bash', parameters: { type: 'object', properties: { command: { type: 'string' } } } } }]
const messages = [{ role: 'user', content: '${PROMPT}' }]
for (let turn = 0; turn < 8; turn++) {
  const ask = { model: 'gpt-5.1', messages, tools }
  const completion = ${stream ? 'await client.chat.completions.stream(ask).finalChatCompletion()' : 'await client.chat.completions.create(ask)'}
  const { message } = completion.choices[0]
  messages.push({ role: 'assistant', content: message.content, ...(message.tool_calls ? { tool_calls: message.tool_calls.map(({ id, type, function: { name, arguments: args } }) => ({ id, type, function: { name, arguments: args } })) } : {}) })
  if (!message.tool_calls?.length) { console.log(message.content); break }
  for (const call of message.tool_calls) messages.push({ role: 'tool', tool_call_id: call.id, content: execSync(JSON.parse(call.function.arguments).command).toString() })
}
`

const openaiResponses = (stream: boolean) => (url: string) =>
  `
import OpenAI from 'openai'
import { execSync } from 'node:child_process'
const client = new OpenAI({ baseURL: '${url}/v1', apiKey: 'k' })
const tools = [{ type: 'function', name: 'bash', strict: false, parameters: { type: 'object', properties: { command: { type: 'string' } } } }]
const input = [{ role: 'user', content: '${PROMPT}' }]
for (let turn = 0; turn < 8; turn++) {
  const ask = { model: 'gpt-5.1', input, tools }
  const response = ${stream ? 'await client.responses.stream(ask).finalResponse()' : 'await client.responses.create(ask)'}
  const calls = response.output.filter((item) => item.type === 'function_call')
  if (calls.length === 0) { console.log(response.output.map((item) => item.content?.map((part) => part.text).join('')).join('')); break }
  for (const { type, call_id, name, arguments: args } of calls) {
    input.push({ type, call_id, name, arguments: args })
    input.push({ type: 'function_call_output', call_id, output: execSync(JSON.parse(args).cmd).toString() })
  }
}
`

const claudeCode = (sandbox: Sandbox): Promise<string> =>
  output(
    {
      file: join(sandbox.modules, '.bin/claude'),
      args: ['-p', PROMPT, '--output-format', 'stream-json', '--verbose', '--allowedTools', 'Bash'],
      env: { ANTHROPIC_BASE_URL: sandbox.url, ANTHROPIC_API_KEY: 'k', CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1' },
    },
    sandbox,
  )

const codex = (sandbox: Sandbox): Promise<string> => {
  const home = join(sandbox.home, '.codex')
  mkdirSync(home, { recursive: true })
  const config = [
    'model = "gpt-5.5"',
    'model_provider = "local"',
    '[model_providers.local]',
    'name = "local"',
    `base_url = "${sandbox.url}/v1"`,
    'wire_api = "responses"',
    'env_key = "LOCAL_KEY"',
  ]
  writeFileSync(join(home, 'config.toml'), `${config.join('\n')}\n`)
  return output(
    {
      file: join(sandbox.modules, '.bin/codex'),
      args: ['exec', '--json', '--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox', PROMPT],
      env: { CODEX_HOME: home, LOCAL_KEY: 'k' },
    },
    sandbox,
  )
}

/** The built-in provider, which tries a WebSocket first. */
const codexWebSocket = (sandbox: Sandbox): Promise<string> => {
  const home = join(sandbox.home, '.codex')
  mkdirSync(home, { recursive: true })
  writeFileSync(join(home, 'config.toml'), `model = "gpt-5.5"\nopenai_base_url = "${sandbox.url}/v1"\n`)
  return output(
    {
      file: join(sandbox.modules, '.bin/codex'),
      args: ['exec', '--json', '--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox', PROMPT],
      env: { CODEX_HOME: home, CODEX_API_KEY: 'k' },
    },
    sandbox,
  )
}

const writeGeminiSettings = (sandbox: Sandbox): void => {
  const settings = join(sandbox.home, '.gemini')
  mkdirSync(settings, { recursive: true })
  writeFileSync(
    join(settings, 'settings.json'),
    JSON.stringify({ security: { auth: { selectedType: 'gemini-api-key' } } }),
  )
}

const geminiCli = (sandbox: Sandbox): Promise<string> => {
  writeGeminiSettings(sandbox)
  return output(
    {
      file: join(sandbox.modules, '.bin/gemini'),
      args: ['--approval-mode', 'yolo', '--output-format', 'stream-json', '-p', PROMPT],
      env: { GOOGLE_GEMINI_BASE_URL: sandbox.url, GEMINI_API_KEY: 'k', GEMINI_CLI_TRUST_WORKSPACE: 'true' },
    },
    sandbox,
  )
}

/** The arguments of a client as its user gives them, straight to it or to `headroom wrap`. */
const launched = (
  { url, wrapHome, modules }: Sandbox,
  agent: string,
  args: readonly string[],
): Pick<Command, 'file' | 'args'> => {
  if (wrapHome === undefined) return { file: join(modules, '.bin', agent), args }
  const upstreams = ['anthropic', 'openai', 'gemini'].flatMap((name) => [`--upstream-${name}`, url])
  return {
    file: process.execPath,
    args: [absolute('dist/cli.js'), 'wrap', '--home', wrapHome, '--port', '0', ...upstreams, agent, '--', ...args],
  }
}

const wrapped =
  (agent: string, given: (sandbox: Sandbox) => Pick<Command, 'args' | 'env'>) =>
  (sandbox: Sandbox): Promise<string> => {
    const { args, env } = given(sandbox)
    return output({ ...launched(sandbox, agent, args), env }, sandbox)
  }

const whereDirect = ({ wrapHome, url }: Sandbox, name: string): Record<string, string> =>
  wrapHome === undefined ? { [name]: url } : {}

const wrappedClaude = wrapped('claude', (sandbox) => ({
  args: ['-p', PROMPT, '--output-format', 'stream-json', '--verbose', '--allowedTools', 'Bash'],
  env: {
    ...whereDirect(sandbox, 'ANTHROPIC_BASE_URL'),
    ANTHROPIC_API_KEY: 'k',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  },
}))

const wrappedCodex = wrapped('codex', ({ home, wrapHome, url }) => {
  const folder = join(home, '.codex')
  mkdirSync(folder, { recursive: true })
  const direct = wrapHome === undefined ? `openai_base_url = "${url}/v1"\n` : ''
  writeFileSync(join(folder, 'config.toml'), `model = "gpt-5.5"\n${direct}`)
  return {
    args: ['exec', '--json', '--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox', PROMPT],
    env: { CODEX_HOME: folder, CODEX_API_KEY: 'k' },
  }
})

const wrappedGemini = wrapped('gemini', (sandbox) => {
  writeGeminiSettings(sandbox)
  return {
    args: ['--approval-mode', 'yolo', '--output-format', 'stream-json', '-p', PROMPT],
    env: { ...whereDirect(sandbox, 'GOOGLE_GEMINI_BASE_URL'), GEMINI_API_KEY: 'k', GEMINI_CLI_TRUST_WORKSPACE: 'true' },
  }
})

export const clients: readonly Client[] = [
  { name: 'anthropic-sdk', looksAtPage: true, run: sdk(anthropicSdk(false)) },
  { name: 'anthropic-sdk-stream', run: sdk(anthropicSdk(true)) },
  { name: 'openai-chat', run: sdk(openaiChat(false)) },
  { name: 'openai-chat-stream', run: sdk(openaiChat(true)) },
  { name: 'openai-responses', run: sdk(openaiResponses(false)) },
  { name: 'openai-responses-stream', run: sdk(openaiResponses(true)) },
  { name: 'claude-code', run: claudeCode },
  { name: 'codex', run: codex },
  { name: 'gemini-cli', run: geminiCli },
  { name: 'codex-websocket', webSocket: true, run: codexWebSocket },
  { name: 'wrap-claude', wraps: true, run: wrappedClaude },
  { name: 'wrap-codex', wraps: true, webSocket: true, run: wrappedCodex },
  { name: 'wrap-gemini', wraps: true, run: wrappedGemini },
]

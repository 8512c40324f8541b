// Codex: with a provider of one's own (HTTP), with the built-in one (WebSocket first), and by `headroom wrap`.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Client, type Command, launched, type Sandbox, type Start } from './client.js'

const FLAGS = ['--json', '--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox']

/** A model whose tools stand at the top of the request and whose patches are free text. */
const CLASSIC = 'model = "gpt-5.5"'
/** The default: one freeform tool that takes scripts, and the tools are an item of the input. */
const CODE_MODE = 'model = "gpt-6.1-sol"'

const start = (sandbox: Sandbox, { prompt, resumes }: Start, config: readonly string[]): Command => {
  const home = join(sandbox.home, '.codex')
  mkdirSync(home, { recursive: true })
  if (!resumes) writeFileSync(join(home, 'config.toml'), `${config.join('\n')}\n`)
  const args = resumes ? ['exec', 'resume', '--last', ...FLAGS, prompt] : ['exec', ...FLAGS, prompt]
  return {
    ...launched(sandbox, 'codex', args),
    env: { CODEX_HOME: home, LOCAL_KEY: 'e2e-secret', CODEX_API_KEY: 'e2e-secret' },
  }
}

const ownProvider = ({ url }: Sandbox, model: string): string[] => [
  model,
  'model_provider = "local"',
  '[model_providers.local]',
  'name = "local"',
  `base_url = "${url}/v1"`,
  'wire_api = "responses"',
  'env_key = "LOCAL_KEY"',
]

const builtIn = ({ url, wrapHome }: Sandbox, model: string): string[] =>
  wrapHome === undefined ? [model, `openai_base_url = "${url}/v1"`] : [model]

export const codex: Client = {
  name: 'codex',
  isUsual: true,
  bar: 43,
  command: (sandbox, given) => start(sandbox, given, ownProvider(sandbox, CLASSIC)),
}

/** Models whose tools stand at the top are offered subagents where that is switched on; others always are. */
const SUBAGENTS = ['[features]', 'multi_agent_v2 = true']

export const codexSubagents: Client = {
  name: 'codex-subagents',
  command: (sandbox, given) => start(sandbox, given, [...ownProvider(sandbox, CLASSIC), ...SUBAGENTS]),
}

export const codexCodeMode: Client = {
  name: 'codex-code-mode',
  isUsual: true,
  bar: 43,
  command: (sandbox, given) => start(sandbox, given, ownProvider(sandbox, CODE_MODE)),
}

export const codexWebSocket: Client = {
  name: 'codex-websocket',
  isUsual: true,
  webSocket: true,
  bar: 30,
  command: (sandbox, given) => start(sandbox, given, builtIn(sandbox, CLASSIC)),
}

export const codexWebSocketCodeMode: Client = {
  name: 'codex-websocket-code-mode',
  isUsual: true,
  webSocket: true,
  bar: 30,
  command: (sandbox, given) => start(sandbox, given, builtIn(sandbox, CODE_MODE)),
}

export const wrapCodex: Client = {
  name: 'wrap-codex',
  isUsual: true,
  wraps: true,
  webSocket: true,
  command: (sandbox, given) => start(sandbox, given, builtIn(sandbox, CLASSIC)),
}

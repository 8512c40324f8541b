// Copilot CLI's postToolUse hook: `modifiedResult` takes the place of a result. Seen in 1.0.102, for a failed command too,
// whose exit code stands in the last line and must stay there. An output beyond 20 KB lies in a file already. No setting
// lets its tools open our originals, so that the way back is the MCP server.
import { join } from 'node:path'
import type { AgentHooks, HookEvent, UserFolders } from '../../spec/agent.js'
import { guardedCommand } from '../hook-command.js'
import { fieldsOf, textAt } from '../hook-shapes.js'

const SAVED = /^Output too large to read at once \(/
/** How a shell's result ends: `<shellId: 1 completed with exit code 3>`. */
const ENDING = /\n?<shellId: [^>\n]*>\s*$/
/** Tools that hand out or echo files, and those that only steer. */
const NOT_THESE = new Set([
  'view',
  'edit',
  'create',
  'str_replace_editor',
  'apply_patch',
  'report_intent',
  'update_todo',
  'ask_user',
])
const TIMEOUT_SECONDS = 5

const read = (event: unknown): HookEvent => {
  const fields = fieldsOf(event)
  const name = textAt(fields, 'toolName')
  const result = fieldsOf(fields?.toolResult)
  if (fields?.error !== undefined) return { skip: 'failed-tool' }
  if (fields === undefined || name === undefined || fields.toolResult === undefined) return { skip: 'other-event' }
  if (NOT_THESE.has(name)) return { skip: 'not-this-tool' }
  const text = textAt(result, 'textResultForLlm')
  if (result === undefined || text === undefined) return { skip: 'unknown-shape' }
  if (result.resultType !== 'success') return { skip: 'failed-tool' }
  if (SAVED.test(text)) return { skip: 'saved-to-file' }
  const ending = ENDING.exec(text)?.[0] ?? ''
  return {
    tool: { name, input: fields.toolArgs },
    texts: [text.slice(0, text.length - ending.length)],
    answer: ([short]) => ({ modifiedResult: { ...result, textResultForLlm: `${short}${ending}` } }),
  }
}

const folderOf = ({ home, env }: UserFolders): string =>
  env.XDG_CONFIG_HOME === undefined ? join(home, '.copilot') : join(env.XDG_CONFIG_HOME, 'copilot')

export const copilotHooks: AgentHooks = {
  event: 'postToolUse',
  changes: (folders, { argv }) => {
    const hook = { type: 'command', bash: guardedCommand(argv), timeoutSec: TIMEOUT_SECONDS }
    const text = `${JSON.stringify({ version: 1, hooks: { postToolUse: [hook] } }, null, 2)}\n`
    return [{ path: join(folderOf(folders), 'hooks', 'headroom.json'), text }]
  },
  read,
  probe: {
    launch: ({ url, home }) => ({
      env: {
        HOME: home,
        COPILOT_PROVIDER_TYPE: 'anthropic',
        COPILOT_PROVIDER_BASE_URL: url,
        COPILOT_PROVIDER_API_KEY: 'probe',
        COPILOT_MODEL: 'claude-sonnet-4-5',
        COPILOT_OFFLINE: 'true',
      },
      args: ['-p', 'probe', '--allow-all-tools', '--output-format', 'json'],
    }),
    shell: (command) => ({ name: 'bash', input: { command, description: 'print the sample' } }),
    read: (path) => ({ name: 'view', input: { path } }),
  },
}

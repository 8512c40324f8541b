// Claude Code's PostToolUse hook. Since 2.1.121 `updatedToolOutput` takes the place of a result, but only in the tool's own
// shape: anything else is dropped without a word. Seen in 2.1.197 and 2.1.330: Bash, Grep and MCP results are replaced;
// a failed tool (PostToolUseFailure) takes no replacement; of an output beyond 30,000 characters, which lies in a file, the
// model would see the first 2 KB: a short form of the whole takes their place, where it fits.
import { join } from 'node:path'
import type { AgentHooks, FileChange, HookEvent, SavedOutput, Setting, UserFolders } from '../../spec/agent.js'
import { guardedCommand } from '../hook-command.js'
import { type Fields, fieldsOf, textAt, textParts } from '../hook-shapes.js'

const EVENT = 'PostToolUse'
/** Read is not among them: its text is what edits are made from, and Claude Code numbers its lines afterwards. */
const MATCHER = 'Bash|Grep|mcp__.*'
/** Longer than we ever take: the client itself ends what hangs. */
const TIMEOUT_SECONDS = 5

const settingsFile = ({ home, env }: UserFolders, settings: readonly Setting[]): FileChange => ({
  path: join(env.CLAUDE_CONFIG_DIR ?? join(home, '.claude'), 'settings.json'),
  format: 'json',
  settings,
})

const opens = (filesDir: string): Setting => ({ at: ['permissions', 'additionalDirectories', '-'], value: filesDir })

const PREVIEW_CHARS = 2048

/** What Claude Code shows of an output that it has saved, size aside. */
const previewOf = (path: string, stdout: string): string =>
  `<persisted-output>\nOutput too large. Full output saved to: ${path}\n\nPreview (first 2KB):\n${stdout.slice(0, PREVIEW_CHARS)}\n...\n</persisted-output>`

/** Which part of a result is text, and the same result with another. */
interface Shape {
  readonly texts: readonly string[]
  readonly saved?: SavedOutput
  with(texts: readonly string[]): unknown
}

const bashOf = (response: Fields): Shape | undefined => {
  const stdout = textAt(response, 'stdout')
  if (stdout === undefined || response.isImage === true || response.backgroundTaskId !== undefined) return undefined
  const { persistedOutputPath: path, persistedOutputSize: bytes, ...rest } = response
  if (path === undefined) return { texts: [stdout], with: ([text]) => ({ ...response, stdout: text }) }
  if (typeof path !== 'string') return undefined
  const saved = { path, shown: previewOf(path, stdout), ...(typeof bytes === 'number' ? { bytes } : {}) }
  return { texts: [], saved, with: ([text]) => ({ ...rest, stdout: text }) }
}

const grepOf = (response: Fields): Shape | undefined => {
  const content = textAt(response, 'content')
  if (content === undefined || response.mode !== 'content') return undefined
  return { texts: [content], with: ([text]) => ({ ...response, content: text }) }
}

const mcpOf = (response: unknown): Shape | undefined => {
  if (typeof response === 'string') return { texts: [response], with: ([text]) => text }
  const parts = textParts(response)
  if (parts === undefined) return undefined
  return {
    texts: parts.map(({ text }) => text),
    with: (texts) => parts.map((part, at) => ({ ...part, text: texts[at] })),
  }
}

const read = (event: unknown): HookEvent => {
  const fields = fieldsOf(event)
  if (fields?.hook_event_name === 'PostToolUseFailure') return { skip: 'failed-tool' }
  if (fields?.hook_event_name !== EVENT) return { skip: 'other-event' }
  const name = textAt(fields, 'tool_name') ?? ''
  const { tool_input: input, tool_response: response } = fields
  const own = fieldsOf(response) ?? {}
  if (name !== 'Bash' && name !== 'Grep' && !name.startsWith('mcp__')) return { skip: 'not-this-tool' }
  const shape = name === 'Bash' ? bashOf(own) : name === 'Grep' ? grepOf(own) : mcpOf(response)
  if (shape === undefined) return { skip: 'unknown-shape' }
  if (name !== 'Bash' && own.persistedOutputPath !== undefined) return { skip: 'saved-to-file' }
  return {
    tool: { name, input },
    texts: shape.texts,
    ...(shape.saved === undefined ? {} : { saved: shape.saved }),
    answer: (texts) => ({ hookSpecificOutput: { hookEventName: EVENT, updatedToolOutput: shape.with(texts) } }),
  }
}

export const claudeHooks: AgentHooks = {
  event: EVENT,
  changes: (folders, { argv, filesDir }) => {
    const command = { type: 'command', command: guardedCommand(argv), timeout: TIMEOUT_SECONDS }
    const hook = { at: ['hooks', EVENT, '-'], value: { matcher: MATCHER, hooks: [command] } }
    return [settingsFile(folders, [hook, opens(filesDir)])]
  },
  opens: (folders, filesDir) => settingsFile(folders, [opens(filesDir)]),
  read,
  probe: {
    launch: ({ url, home }) => ({
      env: {
        HOME: home,
        ANTHROPIC_BASE_URL: url,
        ANTHROPIC_API_KEY: 'probe',
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      },
      args: ['-p', 'probe', '--output-format', 'stream-json', '--verbose', '--allowedTools', 'Bash'],
    }),
    shell: (command) => ({ name: 'Bash', input: { command, description: 'print the sample' } }),
    read: (path) => ({ name: 'Read', input: { file_path: path } }),
  },
}

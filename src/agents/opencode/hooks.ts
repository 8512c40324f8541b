// OpenCode's `tool.execute.after`: a plugin, in the client's own process, may set `output.output`. Seen in 1.18.33 for bash
// and read. The plugin is a file of ours that asks `hook run` and leaves the result alone where that is gone or slow.
import { join } from 'node:path'
import type { AgentHooks, FileChange, HookEvent, UserFolders } from '../../spec/agent.js'
import { fieldsOf, textAt } from '../hook-shapes.js'

const EVENT = 'tool.execute.after'
/** What it has cut itself begins with this head, which names the file with the rest. */
const CUT_HEAD = /^\.\.\.(?:output truncated|\d+ \w+ truncated)\.\.\.\n\nFull output saved to: [^\n]+\n\n/
const SAVED = /^The tool call succeeded but the output was truncated\. Full output saved to:/
const NOT_THESE = new Set([
  'read',
  'edit',
  'write',
  'patch',
  'apply_patch',
  'multiedit',
  'skill',
  'todowrite',
  'todoread',
  'task',
])

const read = (event: unknown): HookEvent => {
  const fields = fieldsOf(event)
  const name = textAt(fields, 'tool')
  if (fields?.event !== EVENT || name === undefined) return { skip: 'other-event' }
  if (NOT_THESE.has(name)) return { skip: 'not-this-tool' }
  const output = textAt(fields, 'output')
  if (output === undefined) return { skip: 'unknown-shape' }
  if (SAVED.test(output)) return { skip: 'saved-to-file' }
  const head = CUT_HEAD.exec(output)?.[0] ?? ''
  return {
    tool: { name, input: fields.args },
    texts: [output.slice(head.length)],
    answer: ([text]) => ({ output: `${head}${text}` }),
  }
}

const folderOf = ({ home, env }: UserFolders): string => join(env.XDG_CONFIG_HOME ?? join(home, '.config'), 'opencode')

const opens = (folders: UserFolders, filesDir: string): FileChange => ({
  path: join(folderOf(folders), 'opencode.json'),
  format: 'json',
  settings: [{ at: ['permission', 'external_directory', `${filesDir}/*`], value: 'allow' }],
})

const plugin = (
  argv: readonly string[],
): string => `// Written by headroom; taken away by: headroom hook uninstall --agent opencode
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'

const argv = ${JSON.stringify(argv)}

/** The answer to one event; undefined where there is none within a second. */
const ask = (event) =>
  new Promise((resolve) => {
    const child = spawn(argv[0], argv.slice(1), { stdio: ['pipe', 'pipe', 'ignore'] })
    const timer = setTimeout(() => child.kill('SIGKILL'), 1000)
    const chunks = []
    child.stdout.on('data', (chunk) => chunks.push(chunk))
    child.stdin.on('error', () => undefined)
    child.on('error', () => resolve(undefined))
    child.on('close', (code) => {
      clearTimeout(timer)
      const text = Buffer.concat(chunks).toString('utf8')
      resolve(code === 0 && text !== '' ? JSON.parse(text) : undefined)
    })
    child.stdin.end(JSON.stringify(event))
  })

export const Headroom = async () => ({
  '${EVENT}': async (input, output) => {
    try {
      if (typeof output?.output !== 'string' || output.output.length < 400) return
      if (argv.some((word) => word.endsWith('.js') && !existsSync(word))) return
      const answer = await ask({ event: '${EVENT}', tool: input.tool, args: input.args, output: output.output })
      if (typeof answer?.output === 'string') output.output = answer.output
    } catch {
      // The result stays as it came.
    }
  },
})
`

export const opencodeHooks: AgentHooks = {
  event: EVENT,
  changes: (folders, { argv, filesDir }) => [
    { path: join(folderOf(folders), 'plugins', 'headroom.js'), text: plugin(argv) },
    opens(folders, filesDir),
  ],
  opens,
  read,
  probe: {
    launch: ({ url, home }) => ({
      env: {
        HOME: home,
        OPENCODE_CONFIG_CONTENT: JSON.stringify({
          provider: { anthropic: { options: { baseURL: `${url}/v1`, apiKey: 'probe' } } },
          model: 'anthropic/claude-sonnet-4-5',
          autoupdate: false,
        }),
        OPENCODE_DISABLE_MODELS_FETCH: '1',
        ANTHROPIC_API_KEY: 'probe',
      },
      args: ['run', '--format', 'json', 'probe'],
    }),
    shell: (command) => ({ name: 'bash', input: { command, description: 'print the sample' } }),
    read: (path) => ({ name: 'read', input: { filePath: path } }),
  },
}

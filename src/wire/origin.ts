// What a tool call says about the result it will have: tool, command, path, pattern. Also which results must come
// through as they are: what our own retrieve tool gave back.
import { utf8 } from '../base/bytes.js'
import { JsonCursor } from '../base/json-span.js'
import type { Origin } from '../spec/content.js'
import type { SkipCode } from '../spec/skip.js'
import { fieldTable } from './fields.js'
import { commandsOfScript } from './script.js'
import { type JsonNode, readTree, textOf } from './tree.js'

/** One tool call of a conversation, as its results see it. */
export interface Call {
  readonly origin: Origin
  /** Why no result of this call may be edited. */
  readonly protectedBy?: SkipCode
}

/** Argument names that hold a shell command, most telling first. */
const COMMANDS = ['command', 'cmd', 'script', 'commands', 'command_line', 'commandLine']
const PATHS = [
  'file_path',
  'path',
  'filename',
  'filePath',
  'file',
  'absolute_path',
  'target_file',
  'notebook_path',
  'relative_path',
  'dir_path',
  'directory',
  'paths',
  'files',
]
const PATTERNS = ['pattern', 'query', 'regex', 'search_term', 'search']
const ARGUMENTS = fieldTable({ span: [], tree: [...COMMANDS, ...PATHS, ...PATTERNS] })

/** Arguments beyond this are not searched for names: they are file contents. */
const MAX_ARGUMENT_BYTES = 4 * 1024 * 1024

/** The tool's name may carry any prefix: `mcp__SERVER__`, `SERVER_`, `functions.`. */
const RETRIEVE_TOOL = /headroom_retrieve$/
const RETRIEVE_IN_SCRIPT = /headroom_retrieve\b/
const RETRIEVE_COMMAND = /\bheadroom(?:-ai)?(?:\.[a-z]{2,4})?["']?\s+retrieve\b/

const SHELL = /^(?:.*[/\\])?(?:ba|z|da|k|fi)?sh(?:\.exe)?$|^(?:.*[/\\])?(?:cmd|powershell|pwsh)(?:\.exe)?$/i
const SHELL_COMMAND_FLAG = /^-[a-z]*c$|^\/c$|^-command$/i

/** A call whose arguments are the JSON value at `node` of `bytes`. */
export const callOfValue = (name: string | undefined, bytes: Uint8Array, node: JsonNode | undefined): Call => {
  if (node?.kind !== 'object' || node.end - node.start > MAX_ARGUMENT_BYTES) return callOf(name, {})
  const args = readTree(new JsonCursor(bytes, node.start), ARGUMENTS)
  return callOf(name, args === undefined ? {} : argumentsOrigin(bytes, args))
}

/** A call whose arguments are JSON inside a string. Malformed arguments name the tool only. */
export const callOfText = (name: string | undefined, json: string | undefined): Call => {
  if (json === undefined || json.length > MAX_ARGUMENT_BYTES) return callOf(name, {})
  const bytes = utf8(json)
  const args = readTree(new JsonCursor(bytes), ARGUMENTS)
  return callOf(name, args?.kind === 'object' ? argumentsOrigin(bytes, args) : {})
}

/** A call whose input is free text, such as a script. */
export const callOfScript = (name: string | undefined, script: string | undefined): Call => {
  const commands = commandsOfScript(script ?? '')
  const call = callOf(name, commands.length === 0 ? {} : { command: commands.join('\n') })
  return script !== undefined && RETRIEVE_IN_SCRIPT.test(script) ? { ...call, protectedBy: 'retrieved-content' } : call
}

export const callOf = (name: string | undefined, said: Origin): Call => {
  const origin: Origin = name === undefined ? said : { toolName: name, ...said }
  const retrieves =
    (name !== undefined && RETRIEVE_TOOL.test(name)) ||
    (said.command !== undefined && RETRIEVE_COMMAND.test(said.command))
  return retrieves ? { origin, protectedBy: 'retrieved-content' } : { origin }
}

/** Origin of a result: its call's, and whether the client marked it as failed. */
export const resultOrigin = (call: Call | undefined, isError: boolean | undefined): Origin => {
  const origin = call?.origin ?? {}
  return isError === undefined ? origin : { ...origin, isError }
}

const argumentsOrigin = (bytes: Uint8Array, args: JsonNode): Origin => {
  const command = firstOf(COMMANDS, args, (node, name) => commandOf(bytes, node, name))
  const path = firstOf(PATHS, args, (node) => pathOf(bytes, node))
  const pattern = firstOf(PATTERNS, args, (node) => textOf(bytes, node))
  return {
    ...(command === undefined ? {} : { command }),
    ...(path === undefined ? {} : { path }),
    ...(pattern === undefined ? {} : { pattern }),
  }
}

const firstOf = (
  names: readonly string[],
  args: JsonNode,
  read: (node: JsonNode, name: string) => string | undefined,
): string | undefined => {
  for (const name of names) {
    const node = args.get(name)
    const value = node === undefined ? undefined : read(node, name)
    if (value !== undefined && value !== '') return value
  }
  return undefined
}

/** A command line, an argument vector, or (`commands`) several command lines. */
const commandOf = (bytes: Uint8Array, node: JsonNode, name: string): string | undefined => {
  if (node.kind === 'string') return textOf(bytes, node)
  const words = (node.items ?? []).map((item) => textOf(bytes, item) ?? textOf(bytes, item.get('command')))
  if (words.length === 0 || words.length < node.itemCount || words.includes(undefined)) return undefined
  if (name === 'commands') return words.join('\n')
  const [shell, flag, script] = words
  if (words.length === 3 && SHELL.test(shell ?? '') && SHELL_COMMAND_FLAG.test(flag ?? '')) return script
  return words.join(' ')
}

const pathOf = (bytes: Uint8Array, node: JsonNode): string | undefined => {
  if (node.kind === 'string') return textOf(bytes, node)
  const only = node.items?.[0]
  if (only === undefined || node.itemCount > 1) return undefined
  return textOf(bytes, only) ?? textOf(bytes, only.get('path'))
}

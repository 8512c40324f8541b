// Says an action in the tools that a request offers: picks the tool by its name and fills its parameters by their names.
import type { Action } from '../plan.js'

interface Schema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
}

export interface Offered {
  readonly name: string
  readonly schema?: Schema
  /** Takes free text instead of an object. */
  readonly freeform?: boolean
}

export interface ToolCall {
  readonly name: string
  readonly input: Readonly<Record<string, unknown>>
  /** Free text, where the tool takes that. */
  readonly text?: string
  readonly namespace?: string
}

const NAMES: Readonly<Record<Action['kind'], RegExp>> = {
  run: /^(?:bash|shell|exec_command|run_shell_command|run_commands?|execute_command|run_terminal_command)$/i,
  read: /^(?:read|read_files?|view)$/i,
  search: /^(?:grep|grep_search|search)$/i,
  edit: /^(?:edit|replace|edit_file|replace_in_file|editor|str_replace|multi_?edit|apply_patch)$/i,
}

/** What stands for an action where no tool of its own is offered. */
const inShell = (action: Action): Action => {
  if (action.kind === 'read') return { kind: 'run', command: `cat ${action.file}` }
  if (action.kind === 'search') return { kind: 'run', command: `grep -rn ${action.pattern} src` }
  return action
}

export const callFor = (wanted: Action, offered: readonly Offered[], work: string): ToolCall => {
  if (offered.some(({ name, freeform }) => name === 'exec' && freeform === true))
    return { name: 'exec', namespace: 'functions', input: {}, text: scriptOf(inShell(wanted)) }
  const own = offered.find(({ name }) => NAMES[wanted.kind].test(name))
  const action = own === undefined ? inShell(wanted) : wanted
  const tool = own ?? offered.find(({ name }) => NAMES[action.kind].test(name))
  if (tool === undefined)
    throw new Error(`no tool for ${action.kind} among ${offered.map(({ name }) => name).join(' ')}`)
  if (action.kind === 'edit' && tool.freeform) return { name: tool.name, input: {}, text: patchOf(action) }
  const values = valuesOf(action, work)
  const filled = fill(tool.schema ?? {}, values) as Record<string, unknown>
  return { name: tool.name, input: filled }
}

const patchOf = ({ file, old, next }: Action & { kind: 'edit' }): string =>
  ['*** Begin Patch', `*** Update File: ${file}`, '@@', `-${old}`, `+${next}`, '*** End Patch', ''].join('\n')

/** Codex in code mode: every call is a script. */
const scriptOf = (action: Action): string =>
  action.kind === 'edit'
    ? `text(await tools.apply_patch(${JSON.stringify(patchOf(action))}))`
    : `const r = await tools.exec_command({cmd: ${JSON.stringify('command' in action ? action.command : '')}}); text(r.output)`

type Values = Readonly<Record<string, unknown>>

const FILE = /^(?:file_?path|path|absolute_path|target_file)$/i

const valuesOf = (action: Action, work: string): Values => {
  if (action.kind === 'run') return { command: action.command, description: 'look' }
  if (action.kind === 'search') return { pattern: action.pattern, path: `${work}/src`, description: 'look' }
  const path = `${work}/${action.file}`
  if (action.kind === 'read') return { path, description: 'look' }
  return { path, old: action.old, next: action.next, verb: 'str_replace', description: 'retry', patch: patchOf(action) }
}

const valueFor = (name: string, schema: Schema, values: Values): unknown => {
  if (/^(?:cmd|commands?)$/i.test(name)) return values.command ?? values.verb
  if (FILE.test(name) || name === 'dir_path' || name === 'files' || name === 'file_paths') return values.path
  if (/^(?:pattern|quer(?:y|ies)|regex)$/i.test(name)) return values.pattern
  if (/^old_?(?:string|str|text)$/i.test(name)) return values.old
  if (/^new_?(?:string|str|text)$/i.test(name)) return values.next
  if (/^(?:input|patch(?:_?text)?)$/i.test(name)) return values.patch
  if (name === 'output_mode') return 'content'
  if (name === '-n') return true
  return schema.enum?.[0]
}

const first = (schema: Schema): Schema => schema.anyOf?.find(({ type }) => type !== 'null') ?? schema

const fill = (given: Schema, values: Values): unknown => {
  const schema = first(given)
  const filled: Record<string, unknown> = {}
  for (const [name, inner] of Object.entries(schema.properties ?? {})) {
    const isRequired = schema.required?.includes(name) === true
    const value = valueFor(name, first(inner), values)
    const isOurs = value !== undefined && first(inner).enum === undefined
    if (isOurs || isRequired || name === 'output_mode') filled[name] = shaped(first(inner), value, values)
  }
  return filled
}

const shaped = (schema: Schema, value: unknown, values: Values): unknown => {
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'array' || type === 'ARRAY') {
    const item = first(schema.items ?? {})
    return [item.properties === undefined ? value : fill(item, values)]
  }
  if (type === 'object' && schema.properties !== undefined) return fill(schema, values)
  if (schema.enum !== undefined)
    return schema.enum.includes(value) ? value : (schema.enum.find((one) => one === values.verb) ?? schema.enum[0])
  if (value !== undefined) return value
  if (type === 'boolean') return false
  if (type === 'number' || type === 'integer') return 10_000
  return values.description
}

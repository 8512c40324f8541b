// Says an action in the tools that a request offers: picks the tool by its name and fills its parameters by their names.
import { resolve } from 'node:path'
import type { Action } from '../plan.js'
import { delegationOf } from './delegation.js'
import { fill, type Offered, type ToolCall, type Values } from './schema.js'

/** What a tool of its own can stand for. */
type Plain = Exclude<Action, { kind: 'delegate' | 'reopen' }>

const NAMES: Readonly<Record<Plain['kind'], RegExp>> = {
  run: /^(?:bash|shell|exec_command|run_shell_command|run_commands?|execute_command|run_terminal_command)$/i,
  read: /^(?:read|read_files?|view)$/i,
  search: /^(?:grep|grep_search|search)$/i,
  edit: /^(?:edit|replace|edit_file|replace_in_file|editor|str_replace|multi_?edit|apply_patch)$/i,
}

/** What stands for an action where no tool of its own is offered. */
const inShell = (action: Plain): Plain => {
  if (action.kind === 'read') return { kind: 'run', command: `cat ${action.file}` }
  if (action.kind === 'search') return { kind: 'run', command: `grep -rn ${action.pattern} src` }
  return action
}

/** The file that the last marker of a body names. */
export const fileIn = (body: string): string | undefined =>
  body.match(/(?<=; full text in )\/[^\][\s"]+\.txt(?=\])/g)?.at(-1)

const reopening = ({ file, inShell }: Action & { kind: 'reopen' }, shown = file): Plain =>
  inShell ? { kind: 'run', command: `cat ${shown}` } : { kind: 'read', file: shown }

/** @param shown the marker's file that the agent was shown last, if any */
export const callFor = (asked: Action, offered: readonly Offered[], work: string, shown?: string): ToolCall => {
  if (asked.kind === 'delegate') return delegationOf(asked.agent, offered)
  const wanted = asked.kind === 'reopen' ? reopening(asked, shown) : asked
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
const scriptOf = (action: Plain): string =>
  action.kind === 'edit'
    ? `text(await tools.apply_patch(${JSON.stringify(patchOf(action))}))`
    : `const r = await tools.exec_command({cmd: ${JSON.stringify('command' in action ? action.command : '')}}); text(r.output)`

const valuesOf = (action: Plain, work: string): Values => {
  if (action.kind === 'run') return { command: action.command, description: 'look' }
  if (action.kind === 'search') return { pattern: action.pattern, path: `${work}/src`, description: 'look' }
  const path = resolve(work, action.file)
  if (action.kind === 'read') return { path, description: 'look' }
  return { path, old: action.old, next: action.next, verb: 'str_replace', description: 'retry', patch: patchOf(action) }
}

// How a task is handed to a subagent with each client's own tool, how its parent waits for it, and how it hands its answer back.
import type { Subagent } from '../plan.js'
import { fill, type Offered, type ToolCall } from './schema.js'

const DELEGATES = /^(?:agent|task|invoke_agent|spawn_agent)$/i
const WAITS = 'wait_agent'
/** Gemini CLI ends a subagent by a call that holds its answer. */
const COMPLETES = 'complete_task'

interface Kinds {
  /** May do what its parent may. */
  readonly worker: string
  readonly reader: string
  /** Knows what its parent knows. */
  readonly fork?: string
}

/** What each client calls its agents: tool and parameter. */
const KINDS: Readonly<Record<string, Kinds>> = {
  'Agent.subagent_type': { worker: 'general-purpose', reader: 'Explore', fork: 'fork' },
  'agent.subagent_type': { worker: 'general-purpose', reader: 'Explore' },
  'task.subagent_type': { worker: 'general', reader: 'explore' },
  'task.agent_type': { worker: 'general-purpose', reader: 'explore' },
  'invoke_agent.agent_name': { worker: 'generalist', reader: 'codebase_investigator' },
}

const kindsOf = (tool: string, { isReader, isFork }: Subagent): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(KINDS).flatMap(([key, { worker, reader, fork = worker }]) => {
      const [name, parameter] = key.split('.')
      return name === tool ? [[parameter, isFork ? fork : isReader ? reader : worker]] : []
    }),
  )

const toCall = ({ name, namespace, schema }: Offered, parameters: Readonly<Record<string, unknown>>): ToolCall => ({
  name,
  input: fill(schema ?? {}, { parameters, description: 'look' }) as Record<string, unknown>,
  ...(namespace === undefined ? {} : { namespace }),
})

export const delegationOf = (agent: Subagent, offered: readonly Offered[]): ToolCall => {
  const tool = offered.find(({ name }) => DELEGATES.test(name))
  if (tool === undefined) throw new Error(`no tool for subagents among ${offered.map(({ name }) => name).join(' ')}`)
  const { name, task, isBackground, isFork } = agent
  return toCall(tool, {
    ...{ prompt: task, message: task, task, description: `ask ${name}` },
    ...{ name, task_name: name, systemPrompt: 'You look things up.', fork_turns: isFork ? 'all' : 'none' },
    ...{ run_in_background: isBackground === true, mode: isBackground ? 'background' : 'sync' },
    ...kindsOf(tool.name, agent),
  })
}

/** A call that lasts until a subagent has news; undefined where calls of subagents last until they are done. */
export const waitingFor = (offered: readonly Offered[]): ToolCall | undefined => {
  const tool = offered.find(({ name }) => name === WAITS)
  return tool === undefined ? undefined : toCall(tool, {})
}

/** The call by which a subagent says its last words, where it does so by one. */
export const completing = (words: string, offered: readonly Offered[]): ToolCall | undefined => {
  const tool = offered.find(({ name }) => name === COMPLETES)
  if (tool === undefined) return undefined
  return { name: tool.name, input: fill(tool.schema ?? {}, { description: words }) as Record<string, unknown> }
}

import { agents } from '../../agents/list.js'
import type { AgentHooks, AgentSpec } from '../../spec/agent.js'

export interface HookClient {
  readonly agent: AgentSpec
  readonly hooks: AgentHooks
}

/** Clients whose hooks replace results. */
export const clientsWithHooks = (): HookClient[] =>
  agents.flatMap((agent) => (typeof agent.hooks === 'object' ? [{ agent, hooks: agent.hooks }] : []))

// The MCP server: three tools over one engine that opens with the first call.
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { CallToolRequestSchema, type CallToolResult, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import { guessTokens } from '../base/answer-limits.js'
import { messageOf } from '../base/errors.js'
import { nearest } from '../config/nearest.js'
import type { Engine } from '../spec/engine.js'
import { type Arguments, argumentFault, type CountTokens, complaint, type McpTool } from './tool.js'
import { compressTool } from './tools/compress.js'
import { retrieveTool } from './tools/retrieve.js'
import { statsTool } from './tools/stats.js'
import { version } from './version.js'

export const tools: readonly McpTool[] = [compressTool, retrieveTool, statsTool]

/** Read by the model at the start of a session. */
export const instructions =
  'Text such as [37 lines not shown; full text kept; id ID] has its original behind headroom_retrieve.'

export interface McpOptions {
  /** Called with the first tool call and with each later one; the caller remembers the engine. */
  engine(): Engine | Promise<Engine>
  /** Absent: an upper guess. Opened with the first call, as the engine is. */
  countTokens?(): CountTokens | Promise<CountTokens>
}

export interface McpServer {
  readonly server: Server
  /** Resolves when no call is running. */
  idle(): Promise<void>
}

export const createMcpServer = (options: McpOptions): McpServer => {
  const server = new Server({ name: 'headroom', version }, { capabilities: { tools: {} }, instructions })
  const running = new Set<Promise<CallToolResult>>()
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map(({ definition }) => definition) }))
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    const call = callTool(params.name, params.arguments ?? {}, options)
    running.add(call)
    return call.finally(() => running.delete(call))
  })
  return {
    server,
    idle: async () => {
      while (running.size > 0) await Promise.all(running)
    },
  }
}

/** Never rejects: a failure is an answer that says so, and the session goes on. */
const callTool = async (name: string, args: Arguments, options: McpOptions): Promise<CallToolResult> => {
  const tool = tools.find(({ definition }) => definition.name === name)
  if (tool === undefined) {
    const names = tools.map(({ definition }) => definition.name)
    return complaint(`unknown tool "${name}"; nearest is "${nearest(name, names)}"`)
  }
  const fault = argumentFault(tool, args)
  if (fault !== undefined) return complaint(`${name}: ${fault}`)
  try {
    const countTokens = (await options.countTokens?.()) ?? guessTokens
    return await tool.run(args, { engine: await options.engine(), countTokens })
  } catch (error) {
    return complaint(`${name} failed: ${messageOf(error)}`)
  }
}

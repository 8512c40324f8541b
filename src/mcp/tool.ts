// What a tool is, and how its arguments are read. Definitions are sent with every request of the host: each word costs.
import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js'
import { nearest } from '../config/nearest.js'
import type { Engine } from '../spec/engine.js'

export type CountTokens = (text: string) => number

interface ToolParts {
  readonly engine: Engine
  readonly countTokens: CountTokens
}

export type Arguments = Readonly<Record<string, unknown>>

export interface McpTool {
  readonly definition: Tool
  run(args: Arguments, parts: ToolParts): Promise<CallToolResult>
}

export const answer = (...texts: readonly string[]): CallToolResult => ({
  content: texts.map((text) => ({ type: 'text', text })),
})

/** The call was wrong; another one can succeed. */
export const complaint = (text: string): CallToolResult => ({ ...answer(text), isError: true })

/** What is wrong with the arguments of a call, or undefined. */
export const argumentFault = ({ definition }: McpTool, args: Arguments): string | undefined => {
  const properties = definition.inputSchema.properties ?? {}
  const names = Object.keys(properties)
  for (const [name, value] of Object.entries(args)) {
    if (!names.includes(name))
      return `unknown argument "${name}"${names.length > 0 ? `; nearest is "${nearest(name, names)}"` : ''}`
    if (value !== null && value !== undefined && typeof value !== 'string') return `"${name}" must be a string`
  }
  const missing = (definition.inputSchema.required ?? []).find((name) => typeof args[name] !== 'string')
  return missing === undefined ? undefined : `"${missing}" is missing`
}

/** A given text; an empty one counts as not given, as some hosts fill every property. */
export const textArgument = (args: Arguments, name: string): string | undefined => {
  const value = args[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

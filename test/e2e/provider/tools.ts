// The tools a request offers, in any dialect.
import type { Offered } from './tool-call.js'

type Json = Readonly<Record<string, unknown>>

const offered = (tool: Json): Offered[] => {
  if (Array.isArray(tool.functionDeclarations)) return (tool.functionDeclarations as Json[]).flatMap(offered)
  if (typeof tool.function === 'object' && tool.function !== null) return offered(tool.function as Json)
  if (typeof tool.name !== 'string') return []
  const schema = tool.input_schema ?? tool.parametersJsonSchema ?? tool.parameters
  return [
    {
      name: tool.name,
      ...(typeof schema === 'object' && schema !== null ? { schema } : {}),
      ...(tool.type === 'custom' && schema === undefined ? { freeform: true } : {}),
    },
  ]
}

export const offeredIn = (body: Json): Offered[] =>
  Array.isArray(body.tools) ? (body.tools as Json[]).flatMap(offered) : []

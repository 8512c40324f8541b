// The tools a request offers, in any dialect.
import type { Offered } from './schema.js'

type Json = Readonly<Record<string, unknown>>

const offered = (tool: Json): Offered[] => {
  if (Array.isArray(tool.functionDeclarations)) return (tool.functionDeclarations as Json[]).flatMap(offered)
  if (Array.isArray(tool.tools)) return (tool.tools as Json[]).flatMap(offered).map((one) => withNamespace(one, tool))
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

const withNamespace = (one: Offered, { type, name }: Json): Offered =>
  type === 'namespace' && typeof name === 'string' ? { ...one, namespace: name } : one

/** Codex in code mode hands its tools over as an item of the input. */
const lists = ({ tools, input }: Json): Json[] => [
  ...(Array.isArray(tools) ? (tools as Json[]) : []),
  ...(Array.isArray(input) ? (input as Json[]).filter(({ type }) => type === 'additional_tools') : []),
]

export const offeredIn = (body: Json): Offered[] => lists(body).flatMap(offered)

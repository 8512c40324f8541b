/** Our MCP server as most clients write one: `{"headroom":{"command":…,"args":[…]}}`; empty where none is wanted. */
export const mcpServers = (mcp: readonly string[] | undefined): Readonly<Record<string, object>> => {
  const [command, ...args] = mcp ?? []
  return command === undefined ? {} : { headroom: { command, args } }
}

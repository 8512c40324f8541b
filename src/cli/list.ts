// Every command, by name. Only the one that runs is loaded; help needs no more than these lines.
import type { CommandEntry } from './command.js'

export const commands: readonly CommandEntry[] = [
  {
    name: 'proxy',
    summary: 'compress what agents send: a base URL for Anthropic and OpenAI clients',
    load: async () => (await import('./commands/proxy.js')).proxyCommand,
  },
  {
    name: 'wrap',
    summary: 'start an agent behind the proxy, for this one run',
    load: async () => (await import('./commands/wrap.js')).wrapCommand,
  },
  {
    name: 'unwrap',
    summary: 'take back what wrap --persist or mcp install changed, byte for byte',
    load: async () => (await import('./commands/unwrap.js')).unwrapCommand,
  },
  {
    name: 'run',
    summary: 'run a command and print its output short, with its own exit code',
    load: async () => (await import('./commands/run.js')).runCommand,
  },
  {
    name: 'compress',
    summary: 'compress one text from a file or a pipe',
    load: async () => (await import('./commands/compress.js')).compressCommand,
  },
  {
    name: 'retrieve',
    summary: 'print an original, or the part of it that is asked for',
    load: async () => (await import('./commands/retrieve.js')).retrieveCommand,
  },
  {
    name: 'stats',
    summary: 'what was saved, by compressor and tool',
    load: async () => (await import('./commands/stats.js')).statsCommand,
  },
  {
    name: 'inspect',
    summary: 'what happened to a request or to an original',
    load: async () => (await import('./commands/inspect.js')).inspectCommand,
  },
  {
    name: 'replay',
    summary: 'what recorded sessions would have cost under each policy',
    load: async () => (await import('./commands/replay.js')).replayCommand,
  },
  {
    name: 'doctor',
    summary: 'check the installation with a real round trip, and show every setting',
    load: async () => (await import('./commands/doctor.js')).doctorCommand,
  },
  {
    name: 'mcp',
    summary: 'serve compress, retrieve and stats as MCP tools',
    load: async () => (await import('./commands/mcp.js')).mcpCommand,
  },
  {
    name: 'hook',
    summary: 'shorten tool results inside a client, before they enter its conversation',
    load: async () => (await import('./commands/hook.js')).hookCommand,
  },
  {
    name: 'filters',
    summary: 'list, test and explain the filters of command output',
    load: async () => (await import('./commands/filters.js')).filtersCommand,
  },
  {
    name: 'version',
    summary: 'print the version',
    load: async () => (await import('./commands/version.js')).versionCommand,
  },
]

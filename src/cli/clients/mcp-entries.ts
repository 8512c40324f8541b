// Our MCP server in the configuration of clients: put in, taken out, looked for.
import { existsSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { faultOf, hasSettings, withoutSettings, withSettings } from '../../agents/config-file/edit.js'
import type { Entry, Journal, Restored } from '../../agents/journal.js'
import { agents } from '../../agents/list.js'
import type { AgentSpec, FileChange, UserFolders } from '../../spec/agent.js'

export type EntryState = 'installed' | 'absent' | 'no-client' | 'unreadable'

export interface McpClient {
  readonly agent: AgentSpec
  readonly change: FileChange
}

/** Clients whose configuration we know. */
export const mcpClients = (folders: UserFolders, server: readonly string[]): McpClient[] =>
  agents.flatMap((agent) => (agent.mcpEntry ? [{ agent, change: agent.mcpEntry(folders, server) }] : []))

const textAt = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '')

export const stateOf = ({ change }: McpClient, isHere: boolean): EntryState => {
  if (!existsSync(change.path)) return isHere || existsSync(dirname(change.path)) ? 'absent' : 'no-client'
  const text = textAt(change.path)
  if (faultOf(change, text) !== undefined) return 'unreadable'
  return hasSettings(change, text) ? 'installed' : 'absent'
}

export const purposeOf = ({ agent }: Pick<McpClient, 'agent'>): string => `mcp ${agent.id}`

/** The text with our entry; or why the file is left alone. */
export const planInstall = ({ change }: McpClient): { readonly text: string } | { readonly fault: string } => {
  const text = textAt(change.path)
  const fault = faultOf(change, text)
  return fault === undefined ? { text: withSettings(change, text) } : { fault }
}

export const install = (journal: Journal, client: McpClient, text: string): boolean =>
  journal.write({
    purpose: purposeOf(client),
    path: client.change.path,
    text,
    change: client.change,
    without: (now) => withoutSettings(client.change, now),
  })

/** A file that can no longer be read is left as it is. */
export const uninstall = (journal: Journal, entry: Entry): Restored =>
  journal.undo(entry, (text) => {
    const change = entry.change as FileChange
    return faultOf(change, text) === undefined ? withoutSettings(change, text) : text
  })

// Our hook in a client's own files: put in, taken out, looked for. Every write goes through the journal.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { faultOf, hasSettings, withoutSettings, withSettings } from '../../agents/config-file/edit.js'
import type { Entry, Journal, Restored } from '../../agents/journal.js'
import type { AgentHooks, AgentSpec, FileChange, OwnFile, UserFolders } from '../../spec/agent.js'
import { exposedFolder } from '../../store/index.js'
import type { HookClient } from './clients.js'

export const purposeOf = (agent: AgentSpec): string => `hook ${agent.id}`

/** Command line that a client runs. */
export const hookArgv = (
  agent: AgentSpec,
  { event }: AgentHooks,
  { command, home }: { readonly command: readonly string[]; readonly home: string },
): string[] => [...command, 'hook', 'run', agent.id, event, '--home', home]

type Change = FileChange | OwnFile

const textAt = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '')

const isOwn = (change: Change): change is OwnFile => 'text' in change

const isThere = (change: Change): boolean =>
  existsSync(change.path) &&
  (isOwn(change) ? textAt(change.path) === change.text : hasSettings(change, textAt(change.path)))

/** `older`: a hook of ours is there that runs other files, e.g. of an earlier version. */
export type HookState = 'installed' | 'older' | 'absent'

export const stateOf = (changes: readonly Change[], entries: readonly Entry[]): HookState => {
  if (changes.every(isThere)) return 'installed'
  const known = entries.some((entry) => changes.some(({ path }) => path === entry.path) && existsSync(entry.path))
  return known ? 'older' : 'absent'
}

/** Why the files are left alone, in words; undefined where they can be written. */
export const faultIn = (changes: readonly Change[]): string | undefined => {
  for (const change of changes) {
    const fault = isOwn(change) ? undefined : faultOf(change, textAt(change.path))
    if (fault !== undefined) return `${change.path}: ${fault}`
  }
  return undefined
}

const withoutEarlier = (entry: Entry | undefined, text: string): string =>
  entry?.change === undefined ? text : withoutSettings(entry.change as FileChange, text)

/** What the file would hold. */
export const planned = (change: Change, earlier?: Entry): string =>
  isOwn(change) ? change.text : withSettings(change, withoutEarlier(earlier, textAt(change.path)))

/** A folder that is not there when a client starts is not one that its tools may read. */
export const makeFilesFolder = (home: string): void =>
  void mkdirSync(exposedFolder(home), { recursive: true, mode: 0o700 })

/** Paths that were written; files that had it all already are not among them. */
export const install = (journal: Journal, purpose: string, changes: readonly Change[]): string[] =>
  changes.flatMap((change) => {
    const earlier = journal.entries().find((entry) => entry.purpose === purpose && entry.path === change.path)
    const written = journal.write({
      purpose,
      path: change.path,
      text: planned(change, earlier),
      ...(isOwn(change) ? {} : { change }),
      without: (now) => (isOwn(change) ? '' : withoutSettings(change, withoutEarlier(earlier, now))),
    })
    return written ? [change.path] : []
  })

/** A file that can no longer be read is left as it is. */
export const uninstall = (journal: Journal, entry: Entry): Restored =>
  journal.undo(entry, (text) => {
    const change = entry.change as FileChange | undefined
    if (change === undefined) return ''
    return faultOf(change, text) === undefined ? withoutSettings(change, text) : text
  })

/** Tools by which the client's model could get an original back: of those it has, the ones that really reach it. */
export const toolsOf = ({ agent, hooks }: HookClient, folders: UserFolders, filesDir: string): readonly string[] => {
  const editors = ['Edit']
  if (agent.mcpEntry !== undefined) {
    const entry = agent.mcpEntry(folders, [])
    if (isThere(entry)) return [...editors, 'mcp__headroom__headroom_retrieve']
  }
  const opens = hooks.opens?.(folders, filesDir)
  return opens !== undefined && isThere(opens) ? [...editors, 'Read'] : editors
}

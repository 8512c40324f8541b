// `wrap --persist`: a small program of the agent's name, in a folder of ours that stands first on PATH. No file of the
// agent is touched, and when we are gone the small program starts the agent itself (H-5).
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { withBlock, withoutBlock } from '../../agents/config-file/block.js'
import type { Entry, Journal, Restored } from '../../agents/journal.js'
import type { AgentSpec, UserFolders } from '../../spec/agent.js'
import { ownScript } from './own-command.js'

const SHELL_PURPOSE = 'shell'
export const purposeOf = (agent: AgentSpec): string => `wrap ${agent.id}`

export const shimFolder = (home: string): string => join(home, 'bin')

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

const shim = (agent: AgentSpec, name: string, flags: readonly string[]): string =>
  [
    '#!/bin/sh',
    `# Starts ${agent.title} behind headroom; alone once headroom is gone. Taken away by: headroom unwrap ${agent.id}`,
    `if [ -e ${quoted(ownScript())} ] && [ -x ${quoted(process.execPath)} ]; then`,
    `  exec ${quoted(process.execPath)} ${quoted(ownScript())} wrap ${flags.map(quoted).join(' ')} ${agent.id} -- "$@"`,
    'fi',
    'here=$(dirname "$0")',
    "PATH=$(printf '%s' \"$PATH\" | tr ':' '\\n' | grep -vxF \"$here\" | paste -sd: -)",
    `export PATH`,
    `exec ${name} "$@"`,
    '',
  ].join('\n')

interface ShellFile {
  readonly path: string
  readonly lines: readonly string[]
}

/** The start file of the user's shell; undefined for shells we do not know. */
const shellFile = ({ home, env }: UserFolders, folder: string): ShellFile | undefined => {
  const posix = [`[ -d ${quoted(folder)} ] && PATH=${quoted(folder)}:"$PATH"`]
  const shell = basename(env.SHELL ?? '')
  if (shell === 'bash') return { path: join(home, '.bashrc'), lines: posix }
  if (shell === 'zsh') return { path: join(env.ZDOTDIR ?? home, '.zshrc'), lines: posix }
  if (shell !== 'fish') return undefined
  const config = env.XDG_CONFIG_HOME ?? join(home, '.config')
  const lines = [`test -d ${quoted(folder)}; and set -gx PATH ${quoted(folder)} $PATH`]
  return { path: join(config, 'fish', 'config.fish'), lines }
}

const textAt = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '')

/**
 * Files to write, in order. `shell` is undefined where the user has to put the folder on PATH.
 * @param flags of every later `headroom wrap`; its home is one of them, or the small program would find itself as the agent.
 */
export const planPersist = (
  agent: AgentSpec,
  folders: UserFolders,
  { home, flags }: { readonly home: string; readonly flags: readonly string[] },
): {
  readonly shims: readonly { path: string; text: string }[]
  readonly shell: { path: string; text: string } | undefined
} => {
  const folder = shimFolder(home)
  const shell = shellFile(folders, folder)
  return {
    shims: agent.binaries
      .slice(0, 1)
      .map((name) => ({ path: join(folder, name), text: shim(agent, name, ['--home', home, ...flags]) })),
    shell: shell && { path: shell.path, text: withBlock(textAt(shell.path), shell.lines) },
  }
}

export const persist = (journal: Journal, agent: AgentSpec, plan: ReturnType<typeof planPersist>): void => {
  for (const { path, text } of plan.shims)
    journal.write({ purpose: purposeOf(agent), path, text, mode: 0o755, without: () => '' })
  if (plan.shell) journal.write({ purpose: SHELL_PURPOSE, ...plan.shell, without: withoutBlock })
}

/** The line in the shell's start file goes with the last agent. */
export const unpersist = (journal: Journal, entries: readonly Entry[]): { entry: Entry; restored: Restored }[] => {
  const done = entries.map((entry) => ({ entry, restored: journal.undo(entry, (text) => text) }))
  const left = journal.entries()
  if (left.some(({ purpose }) => purpose.startsWith('wrap '))) return done
  const shells = left.filter(({ purpose }) => purpose === SHELL_PURPOSE)
  return [...done, ...shells.map((entry) => ({ entry, restored: journal.undo(entry, withoutBlock) }))]
}

// Which program of an agent is on this machine.
import { resolve } from 'node:path'
import type { AgentSpec } from '../../spec/agent.js'
import type { CliIo } from '../context.js'
import { onPath } from './own-command.js'
import { shimFolder } from './shims.js'

/** First of the agent's programs on PATH; our own small programs of that name are passed over. */
export const programOf = (env: CliIo['env'], { binaries }: AgentSpec, home: string): string | undefined => {
  for (const name of binaries) {
    const file = onPath(env, name, (folder) => resolve(folder) === shimFolder(home))
    if (file !== undefined) return file
  }
  return undefined
}

import { homedir } from 'node:os'
import type { UserFolders } from '../../spec/agent.js'
import type { CliIo } from '../context.js'

/** Where this user's files lie. `HOME` counts before what the system says, as it does for the clients. */
export const userFolders = (env: CliIo['env']): UserFolders => ({
  home: env.HOME ?? env.USERPROFILE ?? homedir(),
  env,
  platform: process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux',
})

import { join } from 'node:path'
import type { UserFolders } from '../spec/agent.js'

/** Folder of desktop programs' settings: `%APPDATA%`, `~/Library/Application Support`, or `$XDG_CONFIG_HOME`. */
export const appData = ({ home, env, platform }: UserFolders): string => {
  if (platform === 'win32') return env.APPDATA ?? join(home, 'AppData', 'Roaming')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support')
  return env.XDG_CONFIG_HOME ?? join(home, '.config')
}

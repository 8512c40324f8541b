// The proxy's side of sharing: it says where it is, and ends when nobody has needed it for a while.
import type { Config } from '../../spec/config.js'
import { clearState, countLeases, type RunningState, stateFolder, writeState } from './state.js'

/** Time without users after which a shared proxy ends: long enough for an agent to be started again. */
const GRACE_MS = 60_000
const LOOK_MS = 2_000

/** Announces a proxy that listens; with `onUnused` it is asked to end when its last user has left. */
export const announce = (config: Config, state: RunningState, onUnused?: () => void): (() => void) => {
  const folder = stateFolder(config)
  writeState(folder, state)
  let idleMs = 0
  const look = setInterval(() => {
    idleMs = countLeases(folder) > 0 ? 0 : idleMs + LOOK_MS
    if (idleMs >= GRACE_MS) onUnused?.()
  }, LOOK_MS)
  look.unref()
  if (onUnused === undefined) clearInterval(look)
  return () => {
    clearInterval(look)
    clearState(folder, state.instance)
  }
}

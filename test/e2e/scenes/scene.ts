// What a scene is: a special situation in a client's session, played straight and through the proxy, and what must hold then.
import type { Client } from '../agents/client.js'
import type { Plan } from '../plan.js'
import type { Played } from '../play.js'

export interface SceneClient {
  readonly client: Client
  /** Plays this scene without `--all`. */
  readonly isUsual?: true
}

export interface Scene {
  readonly name: string
  readonly plan: Plan
  readonly clients: readonly SceneClient[]
  /** What the session through the proxy did otherwise than it must; the straight one is its measure. */
  faults(direct: Played, through: Played): readonly string[]
}

// The scenes of the end-to-end run. One entry a scene; what it plays and judges stands in its own file.
import { compaction } from './compaction.js'
import { interrupts } from './interrupts.js'
import type { Scene } from './scene.js'
import { background, forks, subagents } from './subagents.js'

export const scenes: readonly Scene[] = [interrupts, compaction, subagents, forks, background]

// The four headline workloads of the field, as generators; sizes and shapes are theirs, every byte is made here.
import { codeSearch } from './code-search.js'
import { exploration } from './exploration.js'
import { incident } from './incident.js'
import type { Workload } from './shape.js'
import { triage } from './triage.js'

export const workloads: readonly Workload[] = [codeSearch, incident, triage, exploration]

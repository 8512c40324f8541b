// The real collaborators of a filter, for tests.
import { readShell } from '../detect/shell.js'
import { parseQuery } from '../salience/query.js'
import { severityOf } from '../salience/severity.js'
import type { Sight } from './spec.js'

export const sight: Sight = { readShell, severityOf, parseQuery }

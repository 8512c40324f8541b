// The compressor `command`: the program that printed an output is known, so its routine lines are too.
import { lineTable } from '../base/lines.js'
import { skip } from '../base/skip.js'
import type { CompressInput, Compressor } from '../spec/compressor.js'
import type { ContentType, Origin } from '../spec/content.js'
import type { Plan } from '../spec/plan.js'
import type { Skip } from '../spec/skip.js'
import { type Compiled, compileFilter } from './compile.js'
import { decide } from './decide.js'
import { builtIn } from './list.js'
import { claimsOf, isLauncher } from './match.js'
import { closeSmallGaps, planOf } from './plan.js'
import { signedBy } from './signs.js'
import type { Filter, Sight } from './spec.js'
import { type Lines, linesOf } from './work.js'

export type { Filter, Sight } from './spec.js'

export interface CommandParts extends Sight {
  /** A user's own, in order of precedence; one with the name of a built-in filter replaces it. */
  readonly filters?: readonly Filter[]
}

/** What tools print for people. Other types have specialists that know their structure. */
const TYPES: readonly ContentType[] = ['log', 'plain', 'text', 'code', 'search']
const MIN_LINES = 8
/** Least share of tokens that a plan must save. */
const MIN_GAIN = 0.1
/** Tokens of block lines that stay: half of the output, or all of a small one. */
const LEAST_DETAIL_TOKENS = 3000
const DETAIL_SHARE = 0.2

export const allFilters = (own: readonly Filter[] = []): readonly Filter[] => {
  const names = new Set(own.map(({ name }) => name))
  return [...own, ...builtIn.filter(({ name }) => !names.has(name))]
}

export const createCommand = (parts: CommandParts): Compressor => {
  const filters = allFilters(parts.filters)
  const compiled = new Map<Filter, Compiled>()
  const compiledOf = (filter: Filter): Compiled => {
    const known = compiled.get(filter) ?? compileFilter(filter)
    compiled.set(filter, known)
    return known
  }
  // Routing asks, and compressing asks again.
  let last: { readonly command: string; readonly claims: ReturnType<typeof claimsOf> } | undefined
  const claimed = ({ command }: Origin): ReturnType<typeof claimsOf> => {
    if (command === undefined) return undefined
    if (last?.command !== command) last = { command, claims: claimsOf(parts.readShell(command), filters) }
    return last.claims
  }
  return {
    name: 'command',
    version: 1,
    accepts: [],
    claims: (origin) => claimed(origin) !== undefined,
    compress(input) {
      if (!input.mayElide) return skip('policy-lossless-only')
      const claims = claimed(input.origin)
      if (claims === undefined) return skip('no-compressor', 'no filter for the command')
      const lines = linesOf(lineTable(input.text))
      const named = claims.map(({ filter }) => filter)
      const runs = parts.readShell(input.origin.command ?? '').steps.some(isLauncher)
      const used = [...new Set([...named, ...(runs ? signedBy(lines, filters.map(compiledOf)) : [])])]
      if (used.length === 0) return skip('no-compressor', 'output of no known tool')
      if (!used.every(({ types = TYPES }) => types.includes(input.type)))
        return skip('no-compressor', `${input.type} has its own`)
      return compressWith(used.map(compiledOf), lines, input, parts)
    },
  }
}

const compressWith = (filters: readonly Compiled[], lines: Lines, input: CompressInput, sight: Sight): Plan | Skip => {
  const { text, tokens, query } = input
  if (lines.table.count < MIN_LINES) return skip('nothing-to-drop', 'few lines')
  const charsPerToken = text.length / Math.max(1, tokens)
  const detailChars = Math.max(LEAST_DETAIL_TOKENS, tokens * DETAIL_SHARE) * charsPerToken
  const decision = decide(lines, filters, sight, { query, detailChars })
  const kept = closeSmallGaps(lines, decision)
  for (const { start, end } of input.protectedSpans) protect(lines, kept, { start, end })
  let saved = 0
  for (let line = 0; line < kept.length; line++)
    if (!kept[line]) saved += lines.table.starts[line + 1]! - lines.table.starts[line]!
  if (saved === 0) return skip('nothing-to-drop')
  if (saved < text.length * MIN_GAIN) return skip('gain-too-small')
  return planOf(lines, decision, kept, `command/${filters.map(({ filter }) => filter.name).join('+')}`)
}

const protect = ({ table }: Lines, kept: Uint8Array, { start, end }: { start: number; end: number }): void => {
  for (let line = 0; line < table.count; line++)
    if (table.starts[line]! < end && table.starts[line + 1]! > start) kept[line] = 1
}

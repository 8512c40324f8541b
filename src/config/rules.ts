// Policy rules as written in a file: checked field by field, so that a misspelt rule never silently does nothing.
import type { ContentType } from '../spec/content.js'
import type { PolicyName, PolicyRule } from '../spec/policy.js'
import { nearest } from './nearest.js'

const FIELDS = ['tool', 'path', 'type', 'use'] as const
const TYPES: readonly ContentType[] = [
  'json',
  'code',
  'search',
  'log',
  'diff',
  'html',
  'text',
  'table',
  'listing',
  'yaml',
  'lock',
  'trace',
  'progress',
  'plain',
]
const USES: readonly (PolicyName | 'off')[] = ['off', 'strict', 'balanced', 'max']

export type ReadRules = { readonly rules: readonly PolicyRule[] } | { readonly fault: string }

const shown = (value: unknown): string => JSON.stringify(value) ?? String(value)

const choiceFault = (where: string, value: unknown, names: readonly string[]): string | undefined => {
  if (typeof value === 'string' && names.includes(value)) return undefined
  const near = typeof value === 'string' ? `; nearest is "${nearest(value, names)}"` : ''
  return `${where}: ${shown(value)} is not one of ${names.join(', ')}${near}`
}

const ruleFault = (rule: unknown, where: string): string | undefined => {
  if (typeof rule !== 'object' || rule === null || Array.isArray(rule))
    return `${where}: expected an object such as {"tool": "Bash", "use": "strict"}, got ${shown(rule)}`
  for (const [field, value] of Object.entries(rule)) {
    if (!(FIELDS as readonly string[]).includes(field))
      return `${where}: unknown field "${field}"; nearest is "${nearest(field, FIELDS)}"`
    if ((field === 'tool' || field === 'path') && (typeof value !== 'string' || value === ''))
      return `${where}.${field}: expected a name or glob, got ${shown(value)}`
    const fault =
      field === 'type'
        ? choiceFault(`${where}.type`, value, TYPES)
        : field === 'use'
          ? choiceFault(`${where}.use`, value, USES)
          : undefined
    if (fault !== undefined) return fault
  }
  return 'use' in rule ? undefined : `${where}: "use" is missing; give one of ${USES.join(', ')}`
}

export const readRules = (raw: unknown): ReadRules => {
  if (!Array.isArray(raw)) return { fault: `rules: expected a list, got ${shown(raw)}` }
  for (const [index, rule] of raw.entries()) {
    const fault = ruleFault(rule, `rules[${index}]`)
    if (fault !== undefined) return { fault }
  }
  return { rules: raw as readonly PolicyRule[] }
}

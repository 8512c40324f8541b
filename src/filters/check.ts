// A user's filter as data from JSON or YAML, checked field by field. Every fault says where, what and what to do.
import { patternFault } from './compile.js'
import { nearestKey } from './nearest.js'
import type { Filter } from './spec.js'

export type Checked = { readonly filter: Filter } | { readonly faults: readonly string[] }

type Rule = (value: unknown, at: string) => string[]
interface Shape {
  readonly [key: string]: { readonly rule: Rule; readonly required?: true }
}

export const checkFilter = (value: unknown): Checked => {
  const faults = shaped(FILTER)(value, '')
  return faults.length > 0 ? { faults } : { filter: value as Filter }
}

const TYPE_NAMES = [
  'json',
  'code',
  'search',
  'log',
  'diff',
  'html',
  'text',
  'table',
  'plain',
  'listing',
  'yaml',
  'lock',
]

const text: Rule = (value, at) =>
  typeof value === 'string' && value.trim() !== '' ? [] : [`${at} must be a text that is not empty`]
const anyText: Rule = (value, at) => (typeof value === 'string' ? [] : [`${at} must be a text`])
const count: Rule = (value, at) =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 10_000
    ? []
    : [`${at} must be a whole number from 0 to 10000`]
const flag: Rule = (value, at) => (typeof value === 'boolean' ? [] : [`${at} must be true or false`])
const oneOf =
  (...valid: readonly unknown[]): Rule =>
  (value, at) =>
    valid.includes(value) ? [] : [`${at} must be one of ${valid.join(', ')}`]
const name: Rule = (value, at) =>
  typeof value === 'string' && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(value) && value.length <= 60
    ? []
    : [`${at} must be words of small letters and digits joined by hyphens, e.g. my-tool`]
const pattern: Rule = (value, at) => {
  if (typeof value !== 'string') return [`${at} must be a regular expression as a text`]
  const fault = patternFault(value)
  return fault === undefined ? [] : [`${at} ${fault}: ${value.slice(0, 80)}`]
}
const listOf =
  (rule: Rule, least = 0): Rule =>
  (value, at) => {
    if (!Array.isArray(value)) return [`${at} must be a list`]
    if (value.length < least) return [`${at} must have at least ${least === 1 ? 'one entry' : `${least} entries`}`]
    return value.flatMap((entry, index) => rule(entry, `${at}[${index}]`))
  }
const textOrList: Rule = (value, at) => (Array.isArray(value) ? listOf(text, 1)(value, at) : text(value, at))

const shaped =
  (shape: Shape): Rule =>
  (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return [`${at || 'the file'} must be an object with the keys ${Object.keys(shape).join(', ')}`]
    const given = value as Readonly<Record<string, unknown>>
    const path = (key: string): string => (at === '' ? key : `${at}.${key}`)
    const unknown = Object.keys(given)
      .filter((key) => !Object.hasOwn(shape, key))
      .map((key) => {
        const near = nearestKey(key, Object.keys(shape))
        return `${path(key)} is no key of it${near === undefined ? `; it may have ${Object.keys(shape).join(', ')}` : `; did you mean "${near}"?`}`
      })
    const missing = Object.entries(shape)
      .filter(([key, { required }]) => required && given[key] === undefined)
      .map(([key]) => `${path(key)} is missing`)
    const wrong = Object.entries(shape).flatMap(([key, { rule }]) =>
      given[key] === undefined ? [] : rule(given[key], path(key)),
    )
    return [...unknown, ...missing, ...wrong]
  }

const MATCH: Shape = {
  program: { rule: textOrList, required: true },
  sub: { rule: textOrList },
  flags: { rule: listOf(text) },
  not: { rule: listOf(text) },
  valued: { rule: listOf(text) },
}
const FOLD: Shape = {
  pattern: { rule: pattern, required: true },
  as: { rule: anyText, required: true },
  show: { rule: count },
  certain: { rule: flag },
  heading: { rule: oneOf(true, false, 'indented', 'deeper') },
  top: { rule: count },
}
const BLOCK: Shape = {
  start: { rule: pattern, required: true },
  until: { rule: pattern },
  before: { rule: pattern },
  as: { rule: text, required: true },
  show: { rule: count },
  do: { rule: oneOf('keep', 'fold') },
}
const CASE: Shape = {
  name: { rule: text, required: true },
  command: { rule: text },
  output: { rule: text, required: true },
  shows: { rule: anyText, required: true },
}
const FILTER: Shape = {
  name: { rule: name, required: true },
  version: { rule: count, required: true },
  about: { rule: text, required: true },
  match: { rule: listOf(shaped(MATCH), 1), required: true },
  types: { rule: listOf(oneOf(...TYPE_NAMES), 1) },
  sign: { rule: listOf(pattern) },
  keep: { rule: listOf(pattern) },
  summary: { rule: listOf(pattern) },
  fold: { rule: listOf(shaped(FOLD)) },
  blocks: { rule: listOf(shaped(BLOCK)) },
  head: { rule: count },
  tail: { rule: count },
  cases: { rule: listOf(shaped(CASE)), required: true },
}

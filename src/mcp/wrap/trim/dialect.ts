// Whether a schema says the same in every dialect of JSON Schema from draft-06 on, so that naming one says nothing.
import type { JsonValue } from './json-value.js'

/** Where a schema holds schemas. Everything else in it is data, a name or a number. */
export const SCHEMA_AT: ReadonlySet<string> = new Set([
  ...['additionalProperties', 'items', 'contains', 'propertyNames', 'not', 'if', 'then', 'else'],
  ...['additionalItems', 'unevaluatedItems', 'unevaluatedProperties'],
])
export const SCHEMAS_AT: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems', 'items'])
/** Members are schemas, and their names are not keywords. */
export const NAMED_SCHEMAS_AT: ReadonlySet<string> = new Set([
  ...['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'],
])

const DIALECTS: ReadonlySet<string> = new Set([
  'json-schema.org/draft-07/schema',
  'json-schema.org/draft/2019-09/schema',
  'json-schema.org/draft/2020-12/schema',
])

const ANNOTATIONS = ['title', 'description', 'default', 'examples', '$comment', 'readOnly', 'writeOnly']

/**
 * Keywords with one meaning in draft-07, 2019-09 and 2020-12 (their change logs, read 2026-11-25). Not among them: `items` as a
 * list, `dependencies`, `$id`, `contentEncoding`, and whatever is new in one of them.
 */
const COMMON: ReadonlySet<string> = new Set([
  ...ANNOTATIONS,
  ...['type', 'enum', 'const', 'format', 'multipleOf', 'maximum', 'minimum', 'exclusiveMaximum', 'exclusiveMinimum'],
  ...['maxLength', 'minLength', 'pattern', 'maxItems', 'minItems', 'uniqueItems', 'maxProperties', 'minProperties'],
  ...['required', 'properties', 'patternProperties', 'additionalProperties', 'propertyNames', 'items', 'contains'],
  ...['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', '$ref', '$defs', 'definitions'],
])

const BESIDE_REF: ReadonlySet<string> = new Set(['$ref', ...ANNOTATIONS])

/** A known dialect is named, and the schema means the same without its name. */
export const isDialectIdle = (root: JsonValue, dialect: string | undefined): boolean =>
  dialect !== undefined &&
  DIALECTS.has(dialect.replace(/^https?:\/\//, '').replace(/#$/, '')) &&
  isCommon({ ...root, members: root.members?.filter(({ name }) => name !== '$schema') ?? [] })

const isCommon = ({ members }: JsonValue): boolean => {
  if (members === undefined) return true
  // Up to draft-07 whatever stands beside a reference is ignored.
  const known = members.some(({ name }) => name === '$ref') ? BESIDE_REF : COMMON
  return members.every(({ name, value }) => known.has(name) && (name !== 'items' || !value.items) && areIn(name, value))
}

const areIn = (name: string, value: JsonValue): boolean => {
  if (NAMED_SCHEMAS_AT.has(name)) return (value.members ?? []).every((member) => isCommon(member.value))
  if (SCHEMAS_AT.has(name) && value.items) return value.items.every(isCommon)
  return !SCHEMA_AT.has(name) || isCommon(value)
}

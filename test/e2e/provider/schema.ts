// The tools that a request offers, as a schema of their parameters, and how such a schema is filled.

export interface Schema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
}

export interface Offered {
  readonly name: string
  readonly schema?: Schema
  /** Takes free text instead of an object. */
  readonly freeform?: boolean
  /** Of Codex's tools in code mode. */
  readonly namespace?: string
}

export interface ToolCall {
  readonly name: string
  readonly input: Readonly<Record<string, unknown>>
  /** Free text, where the tool takes that. */
  readonly text?: string
  readonly namespace?: string
}

/** What parameters are filled with, by what they mean. `description` stands where nothing else fits. */
export interface Values {
  readonly description: string
  readonly command?: string
  readonly path?: string
  readonly pattern?: string
  readonly old?: string
  readonly next?: string
  readonly patch?: string
  /** One of an enum. */
  readonly verb?: string
  /** By name, of the schema itself. */
  readonly parameters?: Readonly<Record<string, unknown>>
}

const FILE = /^(?:file_?path|path|absolute_path|target_file)$/i

const valueFor = (name: string, schema: Schema, values: Values): unknown => {
  if (values.parameters !== undefined) return values.parameters[name]
  if (/^(?:cmd|commands?)$/i.test(name)) return values.command ?? values.verb
  if (FILE.test(name) || name === 'dir_path' || name === 'files' || name === 'file_paths') return values.path
  if (/^(?:pattern|quer(?:y|ies)|regex)$/i.test(name)) return values.pattern
  if (/^old_?(?:string|str|text)$/i.test(name)) return values.old
  if (/^new_?(?:string|str|text)$/i.test(name)) return values.next
  if (/^(?:input|patch(?:_?text)?)$/i.test(name)) return values.patch
  if (name === 'output_mode') return 'content'
  if (name === '-n') return true
  return schema.enum?.[0]
}

const first = (schema: Schema): Schema => schema.anyOf?.find(({ type }) => type !== 'null') ?? schema

export const fill = (given: Schema, values: Values): unknown => {
  const schema = first(given)
  const filled: Record<string, unknown> = {}
  for (const [name, inner] of Object.entries(schema.properties ?? {})) {
    const isRequired = schema.required?.includes(name) === true
    const value = valueFor(name, first(inner), values)
    const isOurs = value !== undefined && (first(inner).enum === undefined || values.parameters !== undefined)
    if (isOurs || isRequired || name === 'output_mode') filled[name] = shaped(first(inner), value, values)
  }
  return filled
}

const shaped = (schema: Schema, value: unknown, values: Values): unknown => {
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'array' || type === 'ARRAY') {
    const item = first(schema.items ?? {})
    if (item.properties !== undefined) return [fill(item, values)]
    return [value === undefined ? shaped(item, undefined, values) : value]
  }
  if (type === 'object' && schema.properties !== undefined) return fill(schema, values)
  if (schema.enum !== undefined)
    return schema.enum.includes(value) ? value : (schema.enum.find((one) => one === values.verb) ?? schema.enum[0])
  if (value !== undefined) return value
  if (type === 'boolean') return false
  if (type === 'number' || type === 'integer') return 10_000
  return values.description
}

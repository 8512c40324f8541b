// Questions about the JSON of hook events. What is not as expected is refused, never guessed at.

export type Fields = Readonly<Record<string, unknown>>

export const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined

export const textAt = (fields: Fields | undefined, name: string): string | undefined =>
  typeof fields?.[name] === 'string' ? (fields[name] as string) : undefined

/** A list of `{type: 'text', text}` alone, as MCP tools give it. */
export const textParts = (value: unknown): readonly (Fields & { readonly text: string })[] | undefined => {
  if (!Array.isArray(value) || value.length === 0) return undefined
  const isText = (part: unknown): boolean =>
    fieldsOf(part)?.type === 'text' && textAt(fieldsOf(part), 'text') !== undefined
  return value.every(isText) ? (value as (Fields & { text: string })[]) : undefined
}

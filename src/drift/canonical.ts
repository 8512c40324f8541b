// What a provider caches of a value: its content, without the breakpoints around it.

type Fields = Record<string, unknown>

export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Without `cache_control`; content of one plain text part becomes that text, which clients write either way. */
export const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical)
  if (!isObject(value)) return value
  const kept: Fields = {}
  for (const [name, member] of Object.entries(value)) {
    if (name === 'cache_control') continue
    const plain = canonical(member)
    kept[name] = name === 'content' ? (onlyText(plain) ?? plain) : plain
  }
  return kept
}

const onlyText = (content: unknown): string | undefined => {
  if (!Array.isArray(content) || content.length !== 1 || !isObject(content[0])) return undefined
  const { type, text, ...rest } = content[0]
  return type === 'text' && typeof text === 'string' && Object.keys(rest).length === 0 ? text : undefined
}

/** JSON text that does not depend on the order of keys. */
export const sortedJson = (value: unknown): string =>
  JSON.stringify(value, (_name, member: unknown) =>
    isObject(member) ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1))) : member,
  )

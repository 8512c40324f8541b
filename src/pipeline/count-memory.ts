// Token counts that are asked for on every turn of a conversation, by the key of their block. Losing one costs time only.

export interface CountMemory {
  of(key: string, count: () => number): number
}

export const countMemory = (limit: number): CountMemory => {
  const known = new Map<string, number>()
  return {
    of(key, count) {
      const tokens = known.get(key) ?? count()
      known.delete(key)
      known.set(key, tokens)
      if (known.size > limit) known.delete(known.keys().next().value!)
      return tokens
    },
  }
}

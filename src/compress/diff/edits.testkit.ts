// Seeded files and edits of them, for diffs with a known base.
export class Dice {
  #state: number
  constructor(seed: number) {
    this.#state = (seed * 2654435761 + 1) >>> 0
  }
  below(limit: number): number {
    this.#state = (Math.imul(this.#state ^ (this.#state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0
    return ((this.#state ^ (this.#state >>> 13)) >>> 0) % limit
  }
  of<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!
  }
}

const WORDS = ['cart', 'price', 'token', 'queue', 'user', 'index', 'total', 'route', 'cache'] as const

/** Repeats itself, as code does: equal lines make a hunk's place ambiguous. */
export const codeLine = (dice: Dice): string => {
  switch (dice.below(9)) {
    case 0:
      return ''
    case 1:
      return '}'
    case 2:
      return `function ${dice.of(WORDS)}${dice.below(90)}(${dice.of(WORDS)}) {`
    case 3:
      return `    return ${dice.of(WORDS)}`
    case 4:
      return `  -- ${dice.of(WORDS)} comes before ${dice.of(WORDS)}`
    case 5:
      return `  def ${dice.of(WORDS)}(self):`
    case 6:
      return `++ ${dice.of(WORDS)}`
    case 7:
      return `@@ -1,2 +3,4 @@ ${dice.of(WORDS)}`
    default:
      return `  const ${dice.of(WORDS)} = ${dice.of(WORDS)}(${dice.below(1000)}) // ä ${dice.of(WORDS)}`
  }
}

export const fileOf = (dice: Dice, lines: number): string[] => Array.from({ length: lines }, () => codeLine(dice))

/** A few runs of lines replaced, put in or taken out, at any place. */
export const editOf = (dice: Dice, lines: readonly string[]): string[] => {
  const out = [...lines]
  for (let edits = 1 + dice.below(6); edits > 0; edits--) {
    const at = dice.below(out.length + 1)
    const gone = dice.below(4)
    const come = Array.from({ length: dice.below(4) }, () => codeLine(dice))
    out.splice(at, gone, ...come)
  }
  return out
}

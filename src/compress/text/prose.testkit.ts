// Seeded prose, manuals and release notes for tests: plain sentences, with room for one that matters.

export class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = (seed * 2654435761 + 12345) >>> 0
  }

  below(count: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0
    return Math.floor((this.#state / 4294967296) * count)
  }

  of<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!
  }
}

const SUBJECTS = [
  'The garden',
  'A small harbour',
  'The old library',
  'Every market',
  'The northern road',
  'This workshop',
]
const VERBS = [
  'lies beside',
  'was painted by',
  'is remembered for',
  'stands near',
  'takes its name from',
  'grew out of',
]
const OBJECTS = [
  'the river bank',
  'a family of weavers',
  'its wooden gate',
  'the chalk hills',
  'a quiet square',
  'the corn fields',
]
const ENDS = [
  'in most summers',
  'as travellers tell',
  'since early days',
  'with much care',
  'under a wide sky',
  'for many visitors',
]

export const sentence = (dice: Dice): string =>
  `${dice.of(SUBJECTS)} ${dice.of(VERBS)} ${dice.of(OBJECTS)} ${dice.of(ENDS)}, and ${dice.of(SUBJECTS).toLowerCase()} ${dice.of(VERBS)} ${dice.of(OBJECTS)}.`

export const paragraph = (dice: Dice, sentences: number): string =>
  Array.from({ length: sentences }, () => sentence(dice)).join(' ')

/** Paragraphs under headings, `planted` as a sentence of its own in the middle of one of them. */
export const article = (seed: number, planted?: string): string => {
  const dice = new Dice(seed)
  const parts = ['# A walk through the valley', '']
  const at = 2 + dice.below(5)
  for (let section = 0; section < 8; section++) {
    parts.push(`## Stage ${section + 1}: ${dice.of(OBJECTS)}`, '')
    for (let index = 0; index < 3; index++) {
      const before = paragraph(dice, 4)
      const isPlace = section === at && index === 1 && planted !== undefined
      parts.push(isPlace ? `${before} ${planted} ${paragraph(dice, 3)}` : before, '')
    }
  }
  return `${parts.join('\n')}\n`
}

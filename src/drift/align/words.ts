// What stands in the place of a moved text, and the list that holds it. Part of what a provider caches: another wording here
// costs every conversation its cache once.

const PLACEHOLDER = /\[value (\d{1,9}): see the last list of values below\]/g

export const placeholder = (number: number): string => `[value ${number}: see the last list of values below]`

/** Highest number that texts use already; 0 where none does. */
export const highestNumber = (texts: readonly string[]): number =>
  Math.max(0, ...texts.flatMap((text) => [...text.matchAll(PLACEHOLDER)].map((match) => Number(match[1]))))

/** Each text is one line, whole and verbatim. */
export const listOfValues = (values: readonly { readonly number: number; readonly text: string }[]): string =>
  [
    '[Values of the system prompt, as they are now:',
    ...values.map(({ number, text }) => `value ${number}: ${text}`),
    'End of values]',
  ].join('\n')

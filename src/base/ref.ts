// A ref as people and agents paste it: bare, inside a whole marker, or as the path of an exposed file.

/** The ref in `text`, or undefined where there is none or more than one. */
export const refIn = (text: string): string | undefined => {
  const found = new Set(text.toLowerCase().match(/(?<![0-9a-f])[0-9a-f]{16}(?![0-9a-f])/g))
  return found.size === 1 ? [...found][0] : undefined
}

/** The same words each time, so that nobody asks twice. */
export const unknownRef = (ref: string): { readonly message: string; readonly hint: string } => ({
  message: `no original ${ref} in this store; asking again gives the same answer`,
  hint: 'Repeat the command or read the file that produced it. Another store: --home DIR.',
})

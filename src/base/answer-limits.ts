// Sizes of one answer. Hosts cut or refuse longer ones: Claude Code at 25,000 tokens of its own count.

/** A fifth under the host's cap, because its tokenizer is not ours. */
export const MAX_ANSWER_TOKENS = 20_000
export const MAX_ANSWER_CHARS = 60_000

/** An upper guess where no tokenizer was handed in: a token per two ASCII characters, one per byte of the rest. */
export const guessTokens = (text: string): number => {
  let tokens = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    tokens += code < 0x80 ? 0.5 : code < 0x800 ? 2 : 3
  }
  return Math.ceil(tokens)
}

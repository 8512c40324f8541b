// Token counts per model family.
import type { TokenizerFor } from '../spec/tokenizer.js'
import { tokenizersFrom } from './family.js'
import { readTable } from './table.js'

/**
 * OpenAI models count exactly as tiktoken does, special tokens read as plain text. Claude counts with the Claude 2
 * vocabulary, the only published one, and Gemini, unknown models and no model at all count with o200k: those are
 * estimates and say so. Counts are plain vocabulary counts: no factor for a model is applied, since savings are ratios
 * and a factor cancels out.
 */
export const tokenizerFor: TokenizerFor = tokenizersFrom(readTable)

export const countTokens = (text: string, model?: string): number => tokenizerFor(model).count(text)

// The dialects we read. Every other method and path is a transparent tunnel (E-6).
import type { Codec } from '../spec/wire.js'
import { anthropic } from './anthropic/index.js'
import { gemini } from './gemini/index.js'
import { openaiChat } from './openai-chat/index.js'
import { openaiResponses } from './openai-responses/index.js'

export const codecs: readonly Codec[] = [anthropic, openaiChat, openaiResponses, gemini]

/** Codec of a generating call; `path` is without query string. */
export const codecFor = (method: string, path: string): Codec | undefined =>
  codecs.find((codec) => codec.matches(method, path))

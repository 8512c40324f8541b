import type { Dialect } from '../../spec/wire.js'
import { anthropic } from './anthropic.js'
import type { Encoder } from './encoder.js'
import { gemini } from './gemini.js'
import { openaiChat } from './openai-chat.js'
import { openaiResponses } from './openai-responses.js'

export const encoders: Readonly<Record<Dialect, Encoder>> = {
  anthropic,
  'openai-chat': openaiChat,
  'openai-responses': openaiResponses,
  gemini,
}

// `POST /headroom/compress`: the library's two calls over HTTP, from body bytes to answer bytes in one thread.
import { HeadroomError, messageOf } from '../base/errors.js'
import type { CompressOptions, Engine } from '../spec/engine.js'
import type { JsonAnswer } from './options.js'

const OPTION_KEYS: readonly string[] = ['model', 'policy', 'query', 'budgetTokens', 'tool', 'agent']

/** `{ text, …options }` or `{ messages, …options }`; an unknown key is an error, not a silent nothing. */
export const compressJson = async (
  engine: Pick<Engine, 'compress' | 'compressText'>,
  body: Uint8Array,
): Promise<JsonAnswer> => {
  try {
    const call = parsed(body)
    const options = optionsOf(call)
    if (typeof call.text === 'string') return answer(200, await engine.compressText(call.text, options))
    if (Array.isArray(call.messages)) return answer(200, await engine.compress(call.messages, options))
    return invalid('the body needs `text` (a string) or `messages` (an array)')
  } catch (error) {
    if (HeadroomError.isInstance(error) && error.code === 'INPUT_INVALID') return invalid(error.message)
    return answer(500, { type: 'error', error: { type: 'internal', code: 'internal', message: messageOf(error) } })
  }
}

const parsed = (body: Uint8Array): Record<string, unknown> => {
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(body.buffer as ArrayBuffer, body.byteOffset, body.byteLength).toString('utf8'))
  } catch (cause) {
    throw new HeadroomError('INPUT_INVALID', 'the body is not JSON', { cause })
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new HeadroomError('INPUT_INVALID', 'the body is not a JSON object')
  return value as Record<string, unknown>
}

const optionsOf = (call: Record<string, unknown>): CompressOptions => {
  const unknown = Object.keys(call).find((key) => key !== 'text' && key !== 'messages' && !OPTION_KEYS.includes(key))
  if (unknown !== undefined)
    throw new HeadroomError(
      'INPUT_INVALID',
      `unknown key \`${unknown}\`; known are text, messages, ${OPTION_KEYS.join(', ')}`,
    )
  return Object.fromEntries(OPTION_KEYS.filter((key) => call[key] !== undefined).map((key) => [key, call[key]]))
}

const answer = (status: number, value: unknown): JsonAnswer => ({ status, json: JSON.stringify(value) })

const invalid = (message: string): JsonAnswer =>
  answer(400, { type: 'error', error: { type: 'input_invalid', code: 'input_invalid', message } })

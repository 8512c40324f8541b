// Our tool on the wire: whose calls are ours, and what they are answered.
import { guessTokens } from '../../base/answer-limits.js'
import { HeadroomError } from '../../base/errors.js'
import { refIn, unknownRef } from '../../base/ref.js'
import { cutNote, RETRIEVE_TOOL, retrievePage } from '../../base/retrieve-tool.js'
import type { Engine, RetrieveOptions } from '../../spec/engine.js'
import type { OwnCall } from './types.js'

/** The name as we offer it: a client's own retrieve tool, under any prefix, is not ours to answer. */
export const isOwn = (name: unknown): boolean => name === RETRIEVE_TOOL.name

/** A request that offers one of these has its own way back. */
export const isRetrieveName = (name: string): boolean => /headroom[_-]?retrieve$/i.test(name)

/** JSON Schema of the arguments. */
export const PARAMETERS: string = JSON.stringify({
  type: 'object',
  properties: RETRIEVE_TOOL.properties,
  required: RETRIEVE_TOOL.required,
})

export const NAME_AND_WORDS: string = `"name":${JSON.stringify(RETRIEVE_TOOL.name)},"description":${JSON.stringify(RETRIEVE_TOOL.description)}`

/** Arguments as an object; undefined where they are none. */
export const parsedArgs = (json: string): unknown => {
  try {
    const value: unknown = JSON.parse(json === '' ? '{}' : json)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    // A model's broken JSON is answered with a complaint, like any other wrong argument.
    return undefined
  }
}

const textArgument = (args: object, name: string): string | undefined => {
  const value: unknown = (args as Record<string, unknown>)[name]
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** What the model reads as the result. Same call, same text. */
export const answerTo = async ({ args }: OwnCall, engine: Pick<Engine, 'retrieve'>): Promise<string> => {
  if (typeof args !== 'object' || args === null) return 'the arguments are not valid JSON'
  const ref = refIn(textArgument(args, 'ref') ?? '')
  if (ref === undefined) return '"ref" must be the id of a marker: 16 hex digits'
  const lines = textArgument(args, 'lines')
  const query = textArgument(args, 'query')
  const cursor = textArgument(args, 'cursor')
  if (cursor !== undefined && !/^\d{1,15}$/.test(cursor)) return '"cursor" must be the number of a cut answer'
  const options: RetrieveOptions = {
    ...(lines === undefined ? {} : { lines }),
    ...(query === undefined ? {} : { query }),
    ...(cursor === undefined ? {} : { cursor: Number(cursor) }),
  }
  try {
    const result = await retrievePage({ engine, ref, countTokens: guessTokens }, options)
    if (!result.found) return `${unknownRef(ref).message}. ${unknownRef(ref).hint}`
    return result.next === undefined ? result.text : `${result.text}\n${cutNote(result)}`
  } catch (error) {
    if (HeadroomError.isInstance(error)) return error.message
    throw error
  }
}

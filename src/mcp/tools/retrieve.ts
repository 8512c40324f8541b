import { refIn, unknownRef } from '../../base/ref.js'
import { cutNote, RETRIEVE_TOOL, retrievePage } from '../../base/retrieve-tool.js'
import { answer, complaint, type McpTool, textArgument } from '../tool.js'

export const retrieveTool: McpTool = {
  definition: {
    name: RETRIEVE_TOOL.name,
    description: RETRIEVE_TOOL.description,
    inputSchema: { type: 'object', properties: RETRIEVE_TOOL.properties, required: [...RETRIEVE_TOOL.required] },
    annotations: { readOnlyHint: true },
  },
  async run(args, { engine, countTokens }) {
    const given = textArgument(args, 'ref') ?? ''
    const ref = refIn(given)
    if (ref === undefined) return complaint('"ref" must be the id of a marker: 16 hex digits')
    const lines = textArgument(args, 'lines')
    const cursor = textArgument(args, 'cursor')
    if (cursor !== undefined && !/^\d{1,15}$/.test(cursor))
      return complaint('"cursor" must be the number of a cut answer')
    const query = textArgument(args, 'query')
    const result = await retrievePage(
      { engine, ref, countTokens },
      {
        ...(lines === undefined ? {} : { lines }),
        ...(query === undefined ? {} : { query }),
        ...(cursor === undefined ? {} : { cursor: Number(cursor) }),
      },
    )
    if (!result.found) {
      const { message, hint } = unknownRef(ref)
      return answer(`${message}. ${hint}`)
    }
    return result.next === undefined ? answer(result.text) : answer(result.text, cutNote(result))
  },
}

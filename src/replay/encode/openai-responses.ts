// OpenAI Responses as Codex sends them: every item is a piece. Encrypted reasoning is not recorded in a form that could
// be sent, so it is missing here; its summary counts in its place.
import type { AssistantEvent, SessionCall } from '../../sessions/model.js'
import { type Group, type Piece, pieceOf, resultPiece } from '../piece.js'
import { type EncodeContext, type Encoder, schemaOf } from './encoder.js'

export const openaiResponses: Encoder = {
  mergesRoles: false,
  groups(event, context) {
    const { count, toolOf } = context
    if (event.kind === 'assistant') return speech(event, context).map(alone)
    if (event.kind === 'results')
      return event.answers.map(({ id, text, images }) => {
        const type = context.isCustom(id) ? 'custom_tool_call_output' : 'function_call_output'
        const before = `{"type":"${type}","call_id":${JSON.stringify(id)},"output":`
        return alone(resultPiece({ before, after: '}', text, tool: toolOf(id), images }, count))
      })
    const content = event.texts.map((text) => ({ type: 'input_text', text }))
    const json = JSON.stringify({ type: 'message', role: event.role ?? 'user', content })
    const text = event.texts.join('\n')
    return [alone(pieceOf({ kind: 'user', json, text, images: event.images }, count))]
  },
  around({ model, system, tools, session }) {
    const head = {
      model,
      instructions: system,
      tools: tools.map((tool) => ({
        type: 'function',
        name: tool.name,
        description: tool.description ?? tool.name,
        strict: false,
        parameters: schemaOf(tool),
      })),
      store: false,
      stream: true,
      prompt_cache_key: session,
    }
    return { before: `${JSON.stringify(head).slice(0, -1)},"input":[`, after: ']}' }
  },
}

const alone = (piece: Piece): Group => ({ role: '', open: '', close: '', pieces: [piece] })

const speech = ({ text, thinking, calls }: AssistantEvent, { count }: EncodeContext): Piece[] => {
  const item = (value: object, said: string): Piece =>
    pieceOf({ kind: 'assistant', json: JSON.stringify(value), text: said }, count)
  return [
    ...(thinking === undefined
      ? []
      : [item({ type: 'reasoning', summary: [{ type: 'summary_text', text: thinking }] }, thinking)]),
    ...(text === ''
      ? []
      : [item({ type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }, text)]),
    ...calls.map((call) => item(callItem(call), `${call.name} ${JSON.stringify(call.input ?? {})}`)),
  ]
}

/** A call whose input is free text is a custom tool's. */
const callItem = ({ id, name, input }: SessionCall): object =>
  typeof input === 'string'
    ? { type: 'custom_tool_call', call_id: id, name, input }
    : { type: 'function_call', call_id: id, name, arguments: JSON.stringify(input ?? {}) }

// OpenAI Chat Completions: every message is a piece; calls are part of the assistant's message.
import type { AssistantEvent } from '../../sessions/model.js'
import { type Group, type Piece, pieceOf, resultPiece } from '../piece.js'
import { type EncodeContext, type Encoder, schemaOf } from './encoder.js'

export const openaiChat: Encoder = {
  mergesRoles: false,
  groups(event, context) {
    const { count, toolOf } = context
    if (event.kind === 'assistant') return [alone('assistant', speech(event, context))]
    if (event.kind === 'results')
      return event.answers.map(({ id, text, images }) => {
        const before = `{"role":"tool","tool_call_id":${JSON.stringify(id)},"content":`
        return alone('tool', resultPiece({ before, after: '}', text, tool: toolOf(id), images }, count))
      })
    const role = event.role ?? 'user'
    return event.texts.map((text, index) => {
      const json = JSON.stringify({ role, content: text })
      return alone(role, pieceOf({ kind: 'user', json, text, images: index === 0 ? event.images : 0 }, count))
    })
  },
  around({ model, system, tools, session }) {
    const head = {
      model,
      stream: true,
      ...(tools.length === 0
        ? {}
        : {
            tools: tools.map((tool) => ({
              type: 'function',
              function: { name: tool.name, description: tool.description ?? tool.name, parameters: schemaOf(tool) },
            })),
          }),
      prompt_cache_key: session,
    }
    const first = JSON.stringify({ role: 'system', content: system })
    return { before: `${JSON.stringify(head).slice(0, -1)},"messages":[${first},`, after: ']}', elements: 1 }
  },
}

const alone = (role: string, piece: Piece): Group => ({ role, open: '', close: '', pieces: [piece] })

const speech = ({ text, calls }: AssistantEvent, { count }: EncodeContext): Piece => {
  const json = JSON.stringify({
    role: 'assistant',
    content: text === '' ? null : text,
    ...(calls.length === 0
      ? {}
      : {
          tool_calls: calls.map(({ id, name, input }) => ({
            id,
            type: 'function',
            function: { name, arguments: typeof input === 'string' ? input : JSON.stringify(input ?? {}) },
          })),
        }),
  })
  const said = [text, ...calls.map(({ name, input }) => `${name} ${JSON.stringify(input ?? {})}`)].join('\n')
  return pieceOf({ kind: 'assistant', json, text: said }, count)
}

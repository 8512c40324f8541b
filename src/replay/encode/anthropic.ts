// Anthropic Messages as Claude Code sends them: results as plain strings, a cache marker on system and on the last block.
import type { AssistantEvent, ResultsEvent, UserEvent } from '../../sessions/model.js'
import { type Group, type Piece, pieceOf, resultPiece } from '../piece.js'
import { type EncodeContext, type Encoder, schemaOf } from './encoder.js'

export const anthropic: Encoder = {
  mergesRoles: true,
  groups(event, context) {
    if (event.kind === 'user') return group('user', userPieces(event, context))
    if (event.kind === 'results') return group('user', resultPieces(event, context))
    return group('assistant', speechPieces(event, context))
  },
  around({ model, system, tools, session, ttl }) {
    const head = {
      model,
      max_tokens: 32_000,
      system: [{ type: 'text', text: system, cache_control: control(ttl) }],
      tools: tools.map((tool) => ({
        name: tool.name,
        description: tool.description ?? tool.name,
        input_schema: schemaOf(tool),
      })),
      metadata: { user_id: JSON.stringify({ session_id: session }) },
      stream: true,
    }
    return { before: `${JSON.stringify(head).slice(0, -1)},"messages":[`, after: ']}' }
  },
  marker: ({ ttl }) => `,"cache_control":${JSON.stringify(control(ttl))}`,
}

const control = (ttl: '5m' | '1h'): object => (ttl === '1h' ? { type: 'ephemeral', ttl } : { type: 'ephemeral' })

const group = (role: string, pieces: readonly Piece[]): readonly Group[] =>
  pieces.length === 0 ? [] : [{ role, open: `{"role":"${role}","content":[`, close: ']}', pieces }]

const userPieces = ({ texts, images }: UserEvent, { count }: EncodeContext): Piece[] =>
  texts
    .filter((text) => text !== '')
    .map((text, index) =>
      pieceOf(
        { kind: 'user', json: JSON.stringify({ type: 'text', text }), text, images: index === 0 ? images : 0 },
        count,
      ),
    )

const resultPieces = ({ answers }: ResultsEvent, { count, toolOf }: EncodeContext): Piece[] =>
  answers.map(({ id, text, isError, images }) =>
    resultPiece(
      {
        before: `{"type":"tool_result","tool_use_id":${JSON.stringify(id)},"content":`,
        after: isError ? ',"is_error":true}' : '}',
        text,
        tool: toolOf(id),
        images,
      },
      count,
    ),
  )

const speechPieces = ({ text, thinking, calls }: AssistantEvent, { count }: EncodeContext): Piece[] => [
  ...(thinking === undefined
    ? []
    : [
        pieceOf(
          {
            kind: 'assistant',
            json: JSON.stringify({ type: 'thinking', thinking, signature: 'c2lnbmF0dXJl' }),
            text: thinking,
          },
          count,
        ),
      ]),
  ...(text === '' ? [] : [pieceOf({ kind: 'assistant', json: JSON.stringify({ type: 'text', text }), text }, count)]),
  ...calls.map(({ id, name, input }) => {
    const value = typeof input === 'object' && input !== null && !Array.isArray(input) ? input : { input }
    const json = JSON.stringify({ type: 'tool_use', id, name, input: value })
    return pieceOf({ kind: 'assistant', json, text: `${name} ${JSON.stringify(value)}` }, count)
  }),
]

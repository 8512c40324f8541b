// Gemini generateContent: results are `functionResponse` parts of a user turn.
import { type Group, type Piece, pieceOf, resultPiece } from '../piece.js'
import { type Encoder, schemaOf } from './encoder.js'

export const gemini: Encoder = {
  mergesRoles: true,
  groups(event, { count, toolOf }) {
    if (event.kind === 'user')
      return group(
        'user',
        event.texts.map((text, index) =>
          pieceOf(
            { kind: 'user', json: JSON.stringify({ text }), text, images: index === 0 ? event.images : 0 },
            count,
          ),
        ),
      )
    if (event.kind === 'results')
      return group(
        'user',
        event.answers.map(({ id, text, isError, images }) => {
          const tool = toolOf(id)
          const before = `{"functionResponse":{"id":${JSON.stringify(id)},"name":${JSON.stringify(tool)},"response":{"${isError ? 'error' : 'output'}":`
          return resultPiece({ before, after: '}}}', text, tool, images }, count)
        }),
      )
    return group('model', [
      ...(event.text === ''
        ? []
        : [pieceOf({ kind: 'assistant', json: JSON.stringify({ text: event.text }), text: event.text }, count)]),
      ...event.calls.map(({ id, name, input }) => {
        const json = JSON.stringify({ functionCall: { id, name, args: input ?? {} } })
        return pieceOf({ kind: 'assistant', json, text: `${name} ${JSON.stringify(input ?? {})}` }, count)
      }),
    ])
  },
  around({ system, tools }) {
    const head = {
      systemInstruction: { parts: [{ text: system }] },
      tools: [
        {
          functionDeclarations: tools.map((tool) => ({
            name: tool.name,
            description: tool.description ?? tool.name,
            parametersJsonSchema: schemaOf(tool),
          })),
        },
      ],
    }
    return { before: `${JSON.stringify(head).slice(0, -1)},"contents":[`, after: ']}' }
  },
}

const group = (role: string, pieces: readonly Piece[]): readonly Group[] =>
  pieces.length === 0 ? [] : [{ role, open: `{"role":"${role}","parts":[`, close: ']}', pieces }]

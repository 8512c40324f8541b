import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyToObject, literalOf, spliceBytes } from './edit.js'

describe('edits', () => {
  it('gives the same body back when there are none (B-1)', () => {
    const body = Buffer.from('{}')
    expect(spliceBytes(body, [])).toBe(body)
  })

  it('refuses edits that overlap or leave the body', () => {
    const body = Buffer.from('0123456789')
    const edit = (start: number, end: number) => ({ start, end, bytes: Buffer.from('x') })
    expect(Buffer.from(spliceBytes(body, [edit(1, 3), edit(3, 3), edit(9, 10)])).toString()).toBe('0xx345678x')
    for (const edits of [[edit(3, 5), edit(4, 6)], [edit(5, 6), edit(1, 2)], [edit(9, 11)], [edit(4, 3)]]) {
      expect(() => spliceBytes(body, edits)).toThrow('overlaps')
    }
  })

  it('writes a literal that every parser reads back, lone surrogates included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(JSON.parse(Buffer.from(literalOf(text)).toString())).toBe(text)
      }),
    )
    expect(Buffer.from(literalOf('é/\n\ud800"')).toString()).toBe('"é/\\n\\ud800\\""')
  })

  it('copies only what lies on the edited paths', () => {
    const root = Object.freeze({
      model: 'm',
      tools: [{}],
      messages: [{ content: 'a' }, { content: [{ text: 'b' }, { text: 'c' }] }, Object.freeze({ content: 'd' })],
    })
    const edited = applyToObject(root, [
      { path: ['messages', 1, 'content', 0, 'text'], text: 'B' },
      { path: ['messages', 1, 'content', 1, 'text'], text: 'C' },
      { path: ['messages', 2, 'content'], text: 'D' },
    ])
    expect(edited.messages).toEqual([{ content: 'a' }, { content: [{ text: 'B' }, { text: 'C' }] }, { content: 'D' }])
    expect(edited.messages[0]).toBe(root.messages[0])
    expect(edited.tools).toBe(root.tools)
    expect(root.messages[1]).toEqual({ content: [{ text: 'b' }, { text: 'c' }] })
    expect(applyToObject(root, [])).toBe(root)
    expect(() => applyToObject(root, [{ path: ['nothing', 0], text: 'x' }])).toThrow('nothing to edit')
  })

  it('keeps the class of messages that have one', () => {
    class ToolMessage {
      content = 'long'
      get size(): number {
        return this.content.length
      }
    }
    const [edited] = applyToObject([new ToolMessage()], [{ path: [0, 'content'], text: 'ab' }])
    expect(edited).toBeInstanceOf(ToolMessage)
    expect(edited?.size).toBe(2)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spliceBytes } from '../../wire/edit.js'
import { alignBody } from './bytes.js'
import { alignPrefix } from './index.js'

type Json = Record<string, unknown>

/** A system prompt as a template engine writes it, at one moment. */
const systemAt = (nowMs: number, { id, turn }: { id: string; turn: number }): string =>
  [
    'You are a careful engineer. Never guess.',
    `Today is ${new Date(nowMs).toUTCString()}. The session is ${id}.`,
    `Scratch files go to /tmp/run-${id}/work. Turn: ${turn}`,
    'Step 1: read. Step 2: act. The model is model-2024-08-06, see https://docs.example.com/2024/01/02/notes.',
    `clock ${new Date(nowMs).toISOString()} (${new Date(nowMs).toISOString().slice(0, 10)})`,
  ].join('\n')

const users = ['fix the parser', 'and the tests', 'now the docs', 'thanks']

const anthropicAt = (system: string, turn: number): Json => ({
  model: 'claude-x',
  system: [{ type: 'text', text: system, cache_control: { type: 'ephemeral' } }],
  messages: users.slice(0, turn + 1).flatMap((text, at): Json[] => [
    {
      role: 'user',
      content: [{ type: 'text', text, ...(at === turn ? { cache_control: { type: 'ephemeral' } } : {}) }],
    },
    ...(at === turn ? [] : [{ role: 'assistant', content: [{ type: 'text', text: `done ${at}` }] }]),
  ]),
})

const chatAt = (system: string, turn: number): Json => ({
  model: 'gpt-x',
  messages: [
    { role: 'system', content: system },
    ...users
      .slice(0, turn + 1)
      .flatMap((text, at): Json[] => [
        { role: 'user', content: text },
        ...(at === turn ? [] : [{ role: 'assistant', content: `done ${at}` }]),
      ]),
  ],
})

const responsesAt = (system: string, turn: number): Json => ({
  model: 'gpt-x',
  instructions: system,
  input: users
    .slice(0, turn + 1)
    .flatMap((text, at): Json[] => [
      { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
      ...(at === turn
        ? []
        : [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: `done ${at}` }] }]),
    ]),
})

const shapes = { 'Anthropic Messages': anthropicAt, 'OpenAI Chat': chatAt, 'OpenAI Responses': responsesAt }

const LIST = /\[Values of the system prompt, as they are now:\n([\s\S]*?)\nEnd of values\]/

/** What a model is told, with the values put back where they stood; the inverse of alignment, written from its words alone. */
const readBack = (request: unknown): string => {
  const all: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value === 'string') all.push(value)
    else if (typeof value === 'object' && value !== null)
      for (const [name, one] of Object.entries(value)) if (name !== 'type' && name !== 'role') walk(one)
  }
  walk(request)
  const list = all.flatMap((one) => LIST.exec(one)?.[1] ?? []).at(-1) ?? ''
  const values = new Map(
    list.split('\n').map((line) => [/^value (\d+): /.exec(line)?.[1], line.replace(/^value \d+: /, '')]),
  )
  return all
    .map((one) => one.replace(LIST, '').replace(/\n\n$/, ''))
    .filter((one) => one !== '')
    .map((one) =>
      one.replace(/\[value (\d+): see the last list of values below\]/g, (_, n: string) => values.get(n) ?? 'LOST'),
    )
    .join('\n')
}

/** Everything in front of the list, as the provider reads it: the cacheable prefix. */
const prefixOf = (request: unknown): string => {
  const text = JSON.stringify({ ...(request as Json), messages: undefined, input: undefined })
  const list = JSON.stringify((request as Json).messages ?? (request as Json).input)
  const cut = list.indexOf('[Values of the system prompt')
  return text + (cut === -1 ? list : list.slice(0, cut))
}

const withoutBreakpoints = (text: string): string =>
  text
    .replaceAll(',"cache_control":{"type":"ephemeral"}', '')
    .replace(/(?:"?\},\{"type":"(?:input_)?text","text":"|\\n\\n)$/, '')

const moments = fc.array(fc.date({ min: new Date(1.6e12), max: new Date(1.99e12), noInvalidDate: true }), {
  minLength: 4,
  maxLength: 4,
})

describe.each(Object.entries(shapes))('alignPrefix on %s (B-9)', (_name, requestAt) => {
  it('sends one prefix whatever the clock says, and every value once', () => {
    fc.assert(
      fc.property(moments, fc.uuid(), (dates, id) => {
        let before: string | undefined
        for (const [turn, date] of dates.entries()) {
          const request = requestAt(systemAt(date.getTime(), { id: turn < 2 ? id : id.replace(/^./, '7'), turn }), turn)
          const { request: aligned, moved } = alignPrefix(request)
          expect(moved.length).toBe(6)
          for (const { text, number } of moved) {
            expect(JSON.stringify(aligned).split(`value ${number}: ${text}`).length).toBe(2)
          }
          const prefix = withoutBreakpoints(prefixOf(aligned))
          if (before !== undefined) expect(prefix.startsWith(before)).toBe(true)
          before = prefix
        }
      }),
      { numRuns: 200 },
    )
  })

  it('loses nothing: what a model reads is what the client wrote', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), pieces), { maxLength: 40 }), (parts) => {
        const request = requestAt(parts.join(' '), 2)
        const before = structuredClone(request)
        expect(readBack(alignPrefix(request).request)).toBe(readBack(request))
        expect(request).toEqual(before)
      }),
      { numRuns: 500 },
    )
  })

  it('is idempotent, and gives the very object back where nothing moves', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), pieces), { maxLength: 40 }), (parts) => {
        const once = alignPrefix(requestAt(parts.join(' '), 1))
        const twice = alignPrefix(once.request)
        expect(twice.request).toBe(once.request)
        expect(twice.moved).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  it('says in bytes what it says in objects, and leaves every other byte alone', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), pieces), { maxLength: 8 }),
        fc.nat({ max: 3 }),
        (parts, turn) => {
          const request = requestAt(parts.join(' '), turn)
          const body = Buffer.from(` ${JSON.stringify(request, null, 1)}\n`)
          const edits = alignBody(body)
          const { request: aligned, moved } = alignPrefix(request)
          expect(edits === undefined).toBe(moved.length === 0)
          if (edits === undefined) return
          const all = [...edits.head, ...edits.tail].sort((a, b) => a.start - b.start)
          expect(JSON.parse(Buffer.from(spliceBytes(body, all)).toString())).toEqual(aligned)
          expect(edits.tail.every(({ start, end }) => start === end)).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })
})

const pieces = fc.oneof(
  fc.uuid(),
  fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString()),
  fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toString()),
  fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toLocaleString('en-US')),
  fc.nat().map((count) => `turn ${count}`),
  fc.nat().map((count) => `tokens left: ${count}.`),
  fc.constantFrom(
    '\n',
    'Wednesday,',
    'Wed Nov 25 10:01:00 UTC 2026',
    '[value 7: see the last list of values below]',
    '10:30',
    '/tmp/x-',
    '2026-11-25',
  ),
)

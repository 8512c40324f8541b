import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HeadroomError } from '../../base/errors.js'
import { alignBody } from './bytes.js'
import { alignPrefix } from './index.js'

const moment = fc.date({ min: new Date(1.6e12), max: new Date(1.99e12), noInvalidDate: true })
const TODAY = { role: 'system', content: 'Today is 2026-11-25.' }
const LIST = '[Values of the system prompt, as they are now:\nvalue 1: 2026-11-25\nEnd of values]'

const FORMATS: Readonly<Record<string, (date: Date) => string>> = {
  toString: String,
  toUTCString: (date) => date.toUTCString(),
  toISOString: (date) => date.toISOString(),
  toDateString: (date) => date.toDateString(),
  'date(1)': (date) => date.toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) (\S+) GMT$/, '$1 $3 $2 $5 UTC $4'),
  'American, long': (date) => date.toLocaleString('en-US', { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' }),
  American: (date) => date.toLocaleString('en-US', { timeZone: 'UTC' }),
  'American, as newer runtimes space it': (date) =>
    date.toLocaleString('en-US', { timeZone: 'UTC' }).replace(/ (?=[AP]M)/, '\u202f'),
  British: (date) => date.toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'long', timeZone: 'UTC' }),
  German: (date) => date.toLocaleString('de-DE', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' }),
  'date, then weekday': (date) => `${date.toISOString().slice(0, 10)} (${date.toUTCString().slice(0, 3)})`,
  'Unix seconds': (date) => String(Math.floor(date.getTime() / 1000)),
  Python: (date) => date.toISOString().replace('T', ' ').replace('Z', '123+00:00'),
}

describe('what alignPrefix leaves behind (B-9)', () => {
  it.each(Object.entries(FORMATS))('is the same at any moment where a date is written as %s', (_name, format) => {
    const leftAt = (date: Date): unknown =>
      alignPrefix({
        messages: [
          { role: 'system', content: `It is ${format(date)}. Go on.` },
          { role: 'user', content: 'x' },
        ],
      }).request.messages[0]
    const left = leftAt(new Date(1.7e12))
    expect(left).toEqual({ role: 'system', content: 'It is [value 1: see the last list of values below]. Go on.' })
    fc.assert(
      fc.property(moment, (date) => {
        expect(leftAt(date)).toEqual(left)
      }),
      { numRuns: 300 },
    )
  })

  it('keeps names, links, lists and versions whole', () => {
    const text =
      'Step 1: look. Step 2: act. Use gpt-4o-2024-08-06, https://example.com/2024/01/02/x, logs/2026-11-25.log and v1.2.3; a budget of tokens 200k.'
    const request = { system: text, messages: [{ role: 'user', content: 'x' }] }
    expect(alignPrefix(request)).toEqual({ request, moved: [], reason: 'nothing-volatile' })
  })

  it('leaves the dates of a document, of which there are many, and moves what else changes', () => {
    const log = Array.from({ length: 7 }, (_, at) => `## 1.${at} (2020-0${at + 1}-11)`).join('\n')
    const request = {
      system: `${log}\nSession ${'3f2504e0-4f89-11d3-9a0c-0305e82c3301'}`,
      messages: [{ role: 'user', content: 'x' }],
    }
    expect(alignPrefix(request).moved.map(({ looks }) => looks)).toEqual(['uuid'])
    const fewer = { ...request, system: request.system.split('\n').slice(1).join('\n') }
    expect(alignPrefix(fewer).moved.length).toBe(7)
  })

  it('moves a path that holds an id as a whole, and random ids only where asked', () => {
    const system = 'cwd /tmp/3f2504e0-4f89-11d3-9a0c-0305e82c3301/work, trace req_8fKq2LmNs93bXw'
    const request = { system, messages: [{ role: 'user', content: 'x' }] }
    expect(alignPrefix(request).moved.map(({ text }) => text)).toEqual([
      '/tmp/3f2504e0-4f89-11d3-9a0c-0305e82c3301/work',
    ])
    expect(alignPrefix(request, { looks: ['random-id'] }).moved.map(({ text }) => text)).toEqual(['req_8fKq2LmNs93bXw'])
  })

  it('names the class that it does not know', () => {
    expect(() => alignPrefix({}, { looks: ['path' as 'uuid'] })).toThrow(HeadroomError)
  })
})

describe('where alignPrefix puts the list', () => {
  const call = { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'Read', input: {} }] }
  const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'text' }] }
  const asked = { role: 'user', content: 'go' }
  const system = TODAY.content
  const part = { type: 'text', text: LIST }

  it('is behind the results of tools', () => {
    const { messages } = alignPrefix({ system, messages: [asked, call, result] }).request
    expect(messages).toEqual([asked, call, { ...result, content: [...result.content, part] }])
  })

  it('is behind the last words of the user where the model thinks: words behind results would drop its thoughts', () => {
    const thinking = { type: 'adaptive' }
    const aligned = { role: 'user', content: [{ type: 'text', text: 'go' }, part] }
    expect(alignPrefix({ system, thinking, messages: [asked] }).request.messages).toEqual([aligned])
    expect(alignPrefix({ system, thinking, messages: [asked, call, result] }).request.messages).toEqual([
      aligned,
      call,
      result,
    ])
  })

  it('is a message of its own behind results of OpenAI tools, and in the words of the user where reasoning is sent back', () => {
    const tool = { role: 'tool', tool_call_id: 't', content: 'text' }
    const answer = { role: 'assistant', content: null, tool_calls: [] }
    expect(alignPrefix({ messages: [TODAY, asked, answer, tool] }).request.messages.at(-1)).toEqual({
      role: 'user',
      content: LIST,
    })
    const thought = { ...answer, reasoning_content: 'hm' }
    expect(alignPrefix({ messages: [TODAY, asked, thought, tool] }).request.messages[1]).toEqual({
      role: 'user',
      content: `go\n\n${LIST}`,
    })
    const output = { type: 'function_call_output', call_id: 'c', output: 'text' }
    const said = { role: 'user', content: 'go' }
    expect(alignPrefix({ instructions: system, input: [said, output] }).request.input.at(-1)).toEqual({
      type: 'message',
      role: 'user',
      content: LIST,
    })
    expect(alignPrefix({ instructions: system, reasoning: {}, input: [said, output] }).request.input[0]).toEqual({
      role: 'user',
      content: `go\n\n${LIST}`,
    })
    expect(alignPrefix({ instructions: system, reasoning: {}, input: [output] }).request.input.at(-1)).toEqual({
      type: 'message',
      role: 'developer',
      content: LIST,
    })
    expect(alignPrefix({ instructions: system, input: 'go' }).request.input).toBe(`go\n\n${LIST}`)
  })

  it('is before an answer that the client has begun', () => {
    const begun = { role: 'assistant', content: '{' }
    const { messages } = alignPrefix({ system, messages: [asked, begun] }).request
    expect(messages).toEqual([{ role: 'user', content: [{ type: 'text', text: 'go' }, part] }, begun])
  })

  it('is nowhere where the breakpoint follows the last block, or where nobody has spoken', () => {
    const automatic = { system, cache_control: { type: 'ephemeral' }, messages: [asked] }
    expect(alignPrefix(automatic)).toEqual({ request: automatic, moved: [], reason: 'automatic-breakpoint' })
    expect(alignPrefix({ messages: [TODAY] }).reason).toBe('no-place')
  })
})

describe('alignBody', () => {
  it('leaves what is no JSON, or names a member twice, as it came', () => {
    for (const body of [
      '{',
      'null',
      '[]',
      '{"system":"2026-11-25","system":"2026-11-26","messages":[{"role":"user","content":"x"}]}',
    ])
      expect(alignBody(Buffer.from(body))).toBeUndefined()
  })
})

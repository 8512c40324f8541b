import { describe, expect, it } from 'vitest'
import type { Block } from '../spec/wire.js'
import { newestQuestion } from './question.js'

const block = (kind: Block['kind'], role: Block['role'], text: string): Block => ({
  kind,
  role,
  text,
  path: [],
  start: 0,
  end: 0,
  origin: {},
})
const user = (text: string): Block => block('text', 'user', text)
const assistant = (text: string): Block => block('text', 'assistant', text)
const call = block('tool-call', 'assistant', '{}')
const result = block('tool-result', 'tool', '[]')

describe('newestQuestion', () => {
  const before = [user('Find the cause.'), assistant('I look at the logs.'), call, result]

  it('asks with what stands before the block', () => {
    expect(newestQuestion(before, 3)).toBe('Find the cause.\nI look at the logs.')
    expect(newestQuestion([...before, user('And the disk?')], 3)).toBe('Find the cause.\nI look at the logs.')
    expect(newestQuestion([call, result], 1)).toBeUndefined()
  })

  it('asks with what the user says after all results, where nothing was sent before', () => {
    const blocks = [...before, assistant('Now the metrics.'), call, result, user('Which commit was deployed?')]
    expect(newestQuestion(blocks, 3, true)).toBe('Which commit was deployed?\nFind the cause.\nI look at the logs.')
    expect(newestQuestion(blocks, 6, true)).toContain('Which commit was deployed?')
  })

  it('asks the same of a block however far the conversation goes on (B-3)', () => {
    const answered = [...before, assistant('The disk was full.')]
    const alone = newestQuestion(answered, 3, true)
    expect(newestQuestion([...answered, user('Who filled it?')], 3, true)).toBe(alone)
    const asked = [...before, user('Which disk?')]
    const first = newestQuestion(asked, 3, true)
    expect(newestQuestion([...asked, assistant('sda.'), user('Who filled it?'), call, result], 3, true)).toBe(first)
  })

  it('takes no text that a client wraps in for a question', () => {
    const reminded = [...before, user('<system-reminder>3 open tasks</system-reminder>'), user('Which disk?')]
    expect(newestQuestion(reminded, 3, true)).toMatch(/^Which disk\?/)
  })
})

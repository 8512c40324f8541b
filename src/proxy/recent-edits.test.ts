import { describe, expect, it } from 'vitest'
import { recentEdits } from './recent-edits.js'

const body = (text: string): Uint8Array => Buffer.from(text)
const edit = (start: number, end: number) => ({ start, end, bytes: body('x') })

describe('recent edits', () => {
  it('gives a grown body the edits that lie in what it repeats, and no others (B-3)', () => {
    const recent = recentEdits(1000)
    recent.remember('anthropic', body('system|one|two|'), [edit(7, 10), edit(11, 14)])
    expect(recent.editsFor('anthropic', body('system|one|two|three|')).edits).toEqual([edit(7, 10), edit(11, 14)])
    expect(recent.editsFor('anthropic', body('system|one|TWO|three|')).edits).toEqual([edit(7, 10)])
    expect(recent.editsFor('anthropic', body('other')).edits).toEqual([])
    expect(recent.editsFor('openai-chat', body('system|one|two|')).edits).toEqual([])
  })

  it('replaces a turn by the one that grew from it and stays within its bound', () => {
    const recent = recentEdits(20)
    recent.remember('anthropic', body('a|one|'), [edit(2, 5)])
    recent.remember('anthropic', body('a|one|two|'), [edit(2, 5), edit(6, 9)])
    recent.remember('anthropic', body('b|xxxxxxxxxxxxxxxxxx'), [edit(2, 5)])
    expect(recent.editsFor('anthropic', body('a|one|two|')).edits).toEqual([])
    expect(recent.editsFor('anthropic', body('b|xxxxxxxxxxxxxxxxxxyy')).edits).toEqual([edit(2, 5)])
  })

  it('answers anew about the same body once another turn was remembered (B-3)', () => {
    const recent = recentEdits(1000)
    const asked = body('system|one|two|')
    expect(recent.editsFor('anthropic', asked).edits).toEqual([])
    recent.remember('anthropic', body('system|one|'), [edit(7, 10)])
    expect(recent.editsFor('anthropic', asked).edits).toEqual([edit(7, 10)])
  })

  it('is complete only where no other turn can lie between (B-3)', () => {
    const recent = recentEdits(1000)
    const turn = (answers: number): Uint8Array => body(`{"messages":[${'{"role":"assistant"},'.repeat(answers)}`)
    recent.remember('anthropic', turn(2), [])
    expect(recent.editsFor('anthropic', turn(3)).complete).toBe(true)
    expect(recent.editsFor('anthropic', turn(4)).complete).toBe(false)
    expect(recentEdits(10).editsFor('anthropic', turn(0)).complete).toBe(true)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spliceBytes } from '../wire/edit.js'
import { prefixWatch } from './prefix-proof.js'
import { recentEdits } from './recent-edits.js'

const edit = (start: number, end: number, text: string) => ({ start, end, bytes: Buffer.from(text) })

describe('the prefix that was sent', () => {
  it('stays as it is, whatever the engine says of it later (B-3)', () => {
    const spots = fc.uniqueArray(fc.nat(19), { maxLength: 6 })
    const forms = (places: readonly number[], mark: string) =>
      [...places].sort((a, b) => a - b).map((place) => edit(place * 10, place * 10 + 5, `${mark}${place}`))
    fc.assert(
      fc.property(spots, spots, fc.constantFrom('x', 'y'), fc.nat(200), (first, second, mark, grown) => {
        const logs: string[] = []
        const watch = prefixWatch((_level, message) => void logs.push(message))
        const recent = recentEdits(1e6)
        const body = Buffer.from(
          Array.from({ length: 20 }, (_, index) => `<part-${index}>__`.padEnd(10).slice(0, 10)).join(''),
        )
        const next = Buffer.concat([body, Buffer.from('z'.repeat(grown))])
        const sent = forms(first, 'x')
        recent.remember('anthropic', body, sent)
        const wanted = [...forms(second, mark), ...(grown > 20 ? [edit(205, 215, 'new')] : [])]
        const edits = watch.hold(recent.editsFor('anthropic', next), wanted)
        const went = spliceBytes(next, edits)
        expect(Buffer.from(went).subarray(0, spliceBytes(body, sent).length).equals(spliceBytes(body, sent))).toBe(true)
        const same = JSON.stringify(forms(second, mark)) === JSON.stringify(sent)
        expect([watch.breaks, logs.length]).toEqual(same ? [0, 0] : [1, 1])
        if (same) expect(edits).toBe(wanted)
        if (grown > 20) expect(edits.at(-1)).toEqual(edit(205, 215, 'new'))
      }),
    )
  })
  it('is nobody else’s business: a new conversation may be edited anywhere', () => {
    const watch = prefixWatch(() => undefined)
    const edits = [edit(3, 5, 'q')]
    expect(watch.hold(recentEdits(1e6).editsFor('anthropic', Buffer.from('0123456789')), edits)).toBe(edits)
    expect(watch.breaks).toBe(0)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SseSplitter } from './sse.js'

const eventsOf = (chunks: readonly Uint8Array[], maxBytes?: number): string[] => {
  const events: string[] = []
  const splitter = new SseSplitter((data) => events.push(Buffer.from(data).toString()), maxBytes)
  for (const chunk of chunks) splitter.push(chunk)
  splitter.end()
  return events
}

describe('server-sent events', () => {
  it('are the same however their bytes are cut and their lines end (E-2)', () => {
    const payload = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll(/[\r\n]/g, ' '))
    const event = fc.record({ name: fc.boolean(), data: fc.array(payload, { minLength: 1, maxLength: 3 }) })
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 6 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.nat(), { maxLength: 9 }),
        (events, newline, cuts) => {
          const text = events
            .map(
              ({ name, data }) =>
                `${name ? `event: x${newline}` : `: note${newline}`}${data.map((line) => `data: ${line}${newline}`).join('')}${newline}`,
            )
            .join('')
          const bytes = Buffer.from(text)
          const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
          const chunks = at.slice(1).map((end, index) => bytes.subarray(at[index], end))
          expect(eventsOf(chunks)).toEqual(events.map(({ data }) => data.join('\n')))
        },
      ),
    )
  })

  it('reads fields with and without a space, a byte order mark, and an event whose end was cut off', () => {
    expect(eventsOf([Buffer.from('\ufeffdata:a\n\ndata:  b\nid: 1\ndatum: x\ndata\n\n\n\ndata: c')])).toEqual([
      'a',
      ' b\n',
      'c',
    ])
  })

  it('passes over an event beyond the bound and reads on (bounded memory)', () => {
    const big = Buffer.from(`data: ${'x'.repeat(300)}\n`)
    const chunks = [...Array<Uint8Array>(1000).fill(big), Buffer.from('\ndata: small\n\n')]
    expect(eventsOf(chunks, 1000)).toEqual(['small'])
    expect(
      eventsOf([...Array<Uint8Array>(1000).fill(Buffer.from('data: x')), Buffer.from('\n\ndata: y\n\n')], 1000),
    ).toEqual(['y'])
  })

  it('keeps nothing of the chunks it was given', () => {
    const chunk = Buffer.from('data: a')
    const events: string[] = []
    const splitter = new SseSplitter((data) => events.push(Buffer.from(data).toString()))
    splitter.push(chunk)
    chunk.fill(0)
    splitter.push(Buffer.from('b\n\n'))
    expect(events).toEqual(['ab'])
  })
})

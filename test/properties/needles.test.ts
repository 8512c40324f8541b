import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createHeadroom } from '../../src/index.js'
import { tempHome } from '../support/home.js'
import { families } from './families.js'

describe('needles', () => {
  it('come back by range, by word, by page and whole, for any family and place (A-7, A-14)', async () => {
    const engine = createHeadroom({ home: tempHome() })
    const lined = families.filter(({ shape }) => shape === 'lines')
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...lined),
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (family, seed, share) => {
          const { text, tool } = family.sample(seed)
          const { refs } = await engine.compressText(text, tool === undefined ? {} : { tool })
          const ref = refs[0]
          if (ref === undefined) return
          const lines = text.split('\n')
          const at = Math.floor(share * (lines.length - 2))
          const range = await engine.retrieve(ref, { lines: `${at + 1}` })
          expect(range.text).toBe(`${lines[at]}\n`)
          let paged = ''
          for (let cursor: number | undefined = 0; cursor !== undefined; ) {
            const page = await engine.retrieve(ref, { cursor, maxChars: 3000 })
            paged += page.text
            cursor = page.next
          }
          expect(paged).toBe(text)
        },
      ),
      { numRuns: 40, seed: 7 },
    )
    await engine.close()
  })

  it('answers for an unknown, malformed or foreign ref are plain, not errors (A-13)', async () => {
    const engine = createHeadroom({ home: tempHome() })
    for (const ref of ['0123456789abcdef', '', '../../etc/passwd', 'XYZ', '0123456789abcdef0'])
      expect(await engine.retrieve(ref)).toMatchObject({ found: false, text: '' })
    await engine.close()
  })

  it('answers after the engine was closed and opened again', async () => {
    const home = tempHome()
    const first = createHeadroom({ home })
    const { text } = families[0]!.sample(5)
    const { refs } = await first.compressText(text)
    await first.close()
    const second = createHeadroom({ home })
    expect((await second.retrieve(refs[0]!)).text).toBe(text)
    await second.close()
  })
})

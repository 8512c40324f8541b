import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createHeadroom } from '../../src/index.js'
import { tempHome } from '../support/home.js'
import { digestOfAll } from './digest.child.js'
import { families } from './families.js'
import { Random } from './random.js'

/** Characters that tend to be lost on the way: NUL, CR, BOM, line separators, C1, astral, combining. */
const AWKWARD = [
  '\u0000',
  '\r',
  '\r\n',
  '\ufeff',
  '\u2028',
  '\u0085',
  '😀',
  '👩‍👩‍👧',
  'e\u0301',
  '\ufffd',
  '\u001b[31m',
  '\t',
  '\\',
  '"',
] as const
const LONE = ['\ud800', '\udfff', '\ud83d'] as const

const sprinkled = (text: string, pieces: readonly string[], seed: number): string => {
  const random = new Random(seed)
  const lines = text.split('\n')
  for (let hit = 0; hit < 12; hit++) {
    const line = random.int(0, lines.length - 1)
    const at = random.int(0, lines[line]!.length)
    lines[line] = lines[line]!.slice(0, at) + random.pick(pieces) + lines[line]!.slice(at)
  }
  return lines.join('\n')
}

describe('bytes', () => {
  it('come back exactly through the ref, whatever characters are in the text (A-11)', async () => {
    const engine = createHeadroom({ home: tempHome() })
    let shortened = 0
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...families), fc.integer({ min: 1, max: 1e6 }), async (family, seed) => {
        const text = sprinkled(family.sample(seed).text, AWKWARD, seed)
        const { refs, text: output, outcome } = await engine.compressText(text)
        if (refs.length === 0) {
          if (outcome !== 'compressed') expect(output).toBe(text)
          return
        }
        shortened++
        const back = await engine.retrieve(refs[0]!)
        expect(back.text).toBe(text)
        expect(Buffer.from(back.bytes).equals(Buffer.from(text))).toBe(true)
      }),
      { numRuns: 120, seed: 11 },
    )
    expect(shortened).toBeGreaterThan(50)
    await engine.close()
  })

  it('of a text with lone surrogates pass untouched or come back exactly', async () => {
    const engine = createHeadroom({ home: tempHome() })
    for (const family of families) {
      const text = sprinkled(family.sample(6).text, LONE, 6)
      const { refs, text: output } = await engine.compressText(text)
      if (refs.length > 0) expect((await engine.retrieve(refs[0]!)).text, family.name).toBe(text)
      else if (output.length === text.length) expect(output, family.name).toBe(text)
    }
    await engine.close()
  })

  it('are the same twice, in another engine with another home, and in another process (B-9)', async () => {
    const here = await digestOfAll(tempHome(), 4)
    expect(await digestOfAll(tempHome(), 4)).toBe(here)
    const child = spawnSync(process.execPath, ['scripts/ts.mjs', 'test/properties/digest.child.ts', 'print'], {
      encoding: 'utf8',
      env: { ...process.env, TZ: 'Pacific/Apia', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' },
    })
    expect(child.status, child.stderr).toBe(0)
    expect(child.stdout.trim()).toBe(here)
  }, 60_000)

  it('do not depend on what the engine saw before', async () => {
    const busy = createHeadroom({ home: tempHome() })
    for (const family of families.slice(0, 40)) await busy.compressText(family.sample(8).text)
    const fresh = createHeadroom({ home: tempHome() })
    for (const family of families.slice(0, 40).reverse()) {
      const { text } = family.sample(8)
      expect((await fresh.compressText(text)).text, family.name).toBe((await busy.compressText(text)).text)
    }
    await busy.close()
    await fresh.close()
  })
})

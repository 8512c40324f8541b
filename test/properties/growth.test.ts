import { expect, it } from 'vitest'
import { createHeadroom } from '../../src/index.js'
import { tempHome } from '../support/home.js'
import { families } from './families.js'
import { growthOf } from './growth.js'

/** Measured: at most 1.10 from 64 KB to 4 MB in every family. The bar leaves room for a busy machine. */
const MAX_EXPONENT = 1.35
const EVERY = 6

it('takes CPU time that grows with the size of the text, in every sixth family (C-1)', async () => {
  const engine = createHeadroom({ home: tempHome() })
  for (const family of families.filter((_, index) => index % EVERY === 0)) {
    const { exponent, msPerMb } = await growthOf(engine, family, [1 << 16, 1 << 18, 1 << 20])
    expect(exponent, family.name).toBeLessThan(MAX_EXPONENT)
    expect(msPerMb, family.name).toBeLessThan(2000)
  }
  await engine.close()
}, 60_000)

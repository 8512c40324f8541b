import { describe, expect, it } from 'vitest'
import { readPrices } from './prices.js'
import { type ConfigInput, resolveConfig } from './resolve.js'

const withFile = (prices: unknown): ConfigInput => ({ file: { path: '/home/config.json', values: { prices } } })

describe('own prices in the configuration', () => {
  it('are taken from the user file and named as its setting', () => {
    const prices = { 'my-model': { input: 1, output: 2, cacheRead: 0.1 } }
    const { config, sources, places } = resolveConfig(withFile(prices))
    expect(config.prices).toEqual(prices)
    expect([sources.prices, places.prices]).toEqual(['file', '/home/config.json'])
    expect(resolveConfig({}).config).not.toHaveProperty('prices')
  })

  it('are refused with the place and the nearest class where something is wrong (I-7)', () => {
    for (const [value, word] of [
      [[], 'prices: must be an object'],
      [{ m: 3 }, 'prices.m: must be an object'],
      [{ m: { input: 1 } }, 'needs "input" and "output"'],
      [{ m: { input: 1, output: 2, cacheReads: 1 } }, 'nearest is "cacheRead"'],
      [{ m: { input: '1', output: 2 } }, 'prices.m.input'],
      [{ m: { input: -1, output: 2 } }, 'prices.m.input'],
      [{ m: { input: 1, output: 1e9 } }, 'prices.m.output'],
    ] as const) {
      const read = readPrices(value)
      expect('fault' in read ? read.fault : 'no fault').toContain(word)
      expect(() => resolveConfig(withFile(value))).toThrow(/config\.json/)
    }
  })

  it('cannot be set by a project, which does not pay', () => {
    const project = { path: '/p/.headroom/config.json', values: { prices: {} } }
    expect(() => resolveConfig({ project })).toThrow(/cannot be set by a project/)
  })
})

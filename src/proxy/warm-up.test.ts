import { existsSync, mkdtempSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { EngineRequest } from '../spec/engine.js'
import { warmUp } from './warm-up.js'

const played = async (stopAfter: number) => {
  const homes: string[] = []
  const requests: EngineRequest[] = []
  let closed = 0
  await warmUp({
    open(home) {
      homes.push(home)
      return {
        async run(request) {
          requests.push(request)
          return {
            edits: [],
            report: {
              id: '',
              outcome: 'passthrough',
              basis: 'estimate',
              tokensBefore: 0,
              tokensAfter: 0,
              durationMs: 0,
              blocks: [],
            },
          }
        },
        async close() {
          closed++
        },
      }
    },
    isOver: () => requests.length >= stopAfter,
  })
  return { homes, requests, closed }
}

describe('warmUp', () => {
  it('plays a conversation that grows, in a home of its own, and leaves nothing behind', async () => {
    const { homes, requests, closed } = await played(Number.POSITIVE_INFINITY)
    const sizes = requests.map(({ body }) => body.length)
    expect(sizes.length).toBeGreaterThan(60)
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b))
    for (const { body } of requests) expect(() => JSON.parse(Buffer.from(body).toString())).not.toThrow()
    expect(closed).toBe(1)
    expect(homes.map((home) => existsSync(home))).toEqual([false])
  })

  it('removes what a killed process has left, and nothing that may be in use', async () => {
    const [old, fresh] = ['headroom-warm-old-', 'headroom-warm-new-'].map((name) => mkdtempSync(join(tmpdir(), name)))
    const hoursAgo = new Date(Date.now() - 2 * 3_600_000)
    utimesSync(old!, hoursAgo, hoursAgo)
    await played(1)
    expect([old, fresh].map((folder) => existsSync(folder!))).toEqual([false, true])
    rmSync(fresh!, { recursive: true })
  })

  it('ends with the first real request', async () => {
    const { homes, requests, closed } = await played(3)
    expect(requests).toHaveLength(3)
    expect(closed).toBe(1)
    expect(homes.map((home) => existsSync(home))).toEqual([false])
  })
})

// The promises of the request path, held with the real parts that create.ts puts together.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tempHome } from '../../test/support/home.js'
import { growingSession } from '../../test/support/session.js'
import { createHeadroom, createParts, type HeadroomOptions } from '../create.js'
import type { Engine, EngineRequest, EngineResult, Lease } from '../spec/engine.js'
import { spliceBytes } from '../wire/edit.js'
import { createPipeline } from './index.js'

type Database = { exec(sql: string): void; close(): void }
const openDatabase = (file: string): Database => {
  const Libsql = createRequire(import.meta.url)('libsql') as new (file: string) => Database
  return new Libsql(file)
}

const request = (body: Uint8Array, more: Partial<EngineRequest> = {}): EngineRequest => ({
  dialect: 'anthropic',
  body,
  loopback: true,
  ...more,
})
const sent = (body: Uint8Array, result: EngineResult): Buffer => Buffer.from(spliceBytes(body, result.edits))

/** Everything before the closing `]}` of a body whose messages come last. */
const prefixOf = (body: Buffer): Buffer => body.subarray(0, body.length - 2)

const withEngine = async <T>(options: HeadroomOptions, use: (engine: Engine) => Promise<T>): Promise<T> => {
  const engine = createHeadroom(options)
  try {
    return await use(engine)
  } finally {
    await engine.close()
  }
}

describe('a growing session', () => {
  it('sends on every turn a prefix of what it sends on the next, also after restarts and in another process (B-3, B-4)', async () => {
    for (const seed of [11, 12, 13, 14]) {
      const home = tempHome()
      const other = createHeadroom({ home })
      let engine = createHeadroom({ home })
      let before: Buffer | undefined
      for (const [index, { body }] of growingSession(seed, 40_000).entries()) {
        if (index % 5 === 4) {
          await engine.close()
          engine = createHeadroom({ home })
        }
        const out = sent(body, await (index % 7 === 3 ? other : engine).run(request(body)))
        if (before) expect(out.subarray(0, before.length).equals(before)).toBe(true)
        before = prefixOf(out)
      }
      await engine.close()
      await other.close()
    }
  })

  it('saves on it, and changes nothing but the string literals it names (B-2)', async () => {
    const home = tempHome()
    await withEngine({ home }, async (engine) => {
      const turns = growingSession(5, 40_000)
      const { body } = turns.at(-1)!
      for (const turn of turns.slice(0, -1)) await engine.run(request(turn.body))
      const result = await engine.run(request(body))
      expect(result.report.tokensAfter).toBeLessThan(result.report.tokensBefore * 0.6)
      let at = 0
      for (const edit of result.edits) {
        expect(edit.start).toBeGreaterThanOrEqual(at)
        expect(body[edit.start]).toBe(34)
        expect(body[edit.end - 1]).toBe(34)
        expect(typeof JSON.parse(Buffer.from(edit.bytes).toString())).toBe('string')
        at = edit.end
      }
      expect(() => JSON.parse(sent(body, result).toString())).not.toThrow()
    })
  })

  it('says of what type each block is, also when its form is replayed, and adds up by it (I-5)', async () => {
    const home = tempHome()
    await withEngine({ home }, async (engine) => {
      const turns = growingSession(5, 40_000)
      for (const turn of turns.slice(0, -1)) await engine.run(request(turn.body))
      const { report } = await engine.run(request(turns.at(-1)!.body))
      const replayed = report.blocks.filter((block) => block.replayed && block.compressor !== undefined)
      expect(replayed.length).toBeGreaterThan(0)
      for (const { contentType } of replayed) expect(contentType).toMatch(/^[a-z]+$/)
      const lines = (await engine.stats()).recent[0]!.lines
      expect(new Set(lines.map((line) => line.contentType))).toEqual(
        new Set(report.blocks.map((block) => block.contentType)),
      )
    })
  })

  it('gives every elided original back byte for byte, in a new process too (A-11)', async () => {
    const home = tempHome()
    const originals = new Map<string, string>()
    await withEngine({ home }, async (engine) => {
      for (const { body } of growingSession(6, 40_000)) {
        const { report } = await engine.run(request(body))
        const parsed = JSON.parse(body.toString()) as { messages: { content: { content: string }[] }[] }
        for (const block of report.blocks) {
          if (block.ref !== undefined)
            originals.set(
              block.ref,
              parsed.messages[block.path[1] as number]!.content[block.path[3] as number]!.content,
            )
        }
      }
    })
    expect(originals.size).toBeGreaterThan(3)
    await withEngine({ home }, async (engine) => {
      for (const [ref, text] of originals) expect((await engine.retrieve(ref)).text).toBe(text)
    })
  })
})

describe('what is not touched', () => {
  it('leaves a conversation it never saw as it came, but for its newest results (B-5)', async () => {
    await withEngine({ home: tempHome() }, async (engine) => {
      const turns = growingSession(21, 40_000)
      const { report } = await engine.run(request(turns.at(-1)!.body))
      const decided = report.blocks.filter((block) => block.skip !== 'below-floor')
      expect(decided.slice(0, -1).every((block) => block.skip === 'seen-uncompressed')).toBe(true)
    })
  })

  it('elides nothing where the request carries no way back (A-10)', async () => {
    await withEngine({ home: tempHome() }, async (engine) => {
      for (const { body } of growingSession(22, 20_000)) {
        const bare = Buffer.from(JSON.stringify({ ...(JSON.parse(body.toString()) as object), tools: [] }))
        const { report } = await engine.run(request(bare, { loopback: false }))
        expect(report.blocks.filter((block) => block.ref !== undefined)).toEqual([])
      }
    })
  })

  it('elides nothing new where the provider sums up and runs no tools, and repeats what it elided before (A-10)', async () => {
    const log = (seed: number): object => {
      const lines = Array.from(
        { length: 400 },
        (_, at) => `12:00:00 INFO worker-${at % 5} did ${at * seed} in ${at} ms`,
      )
      return { type: 'function_call_output', call_id: `call_${seed}`, output: lines.join('\n') }
    }
    const bodyOf = (...input: object[]): Buffer =>
      Buffer.from(JSON.stringify({ model: 'gpt-5.5', tools: [{ type: 'function', name: 'exec_command' }], input }))
    const asked = { type: 'message', role: 'user', content: 'Find out why the build fails.' }
    await withEngine({ home: tempHome() }, async (engine) => {
      const run = async (body: Buffer): Promise<boolean[]> => {
        const { report } = await engine.run(request(body, { dialect: 'openai-responses' }))
        return report.blocks.filter(({ path }) => path.at(-1) === 'output').map(({ ref }) => ref !== undefined)
      }
      expect(await run(bodyOf(asked, log(3)))).toEqual([true])
      expect(await run(bodyOf(asked, log(3), log(7), { type: 'compaction_trigger' }))).toEqual([true, false])
      expect(await run(bodyOf({ ...asked, content: 'Another one.' }, log(11)))).toEqual([true])
    })
  })

  it('returns the very same bytes for bodies it cannot read (B-1, E-6)', async () => {
    await withEngine({ home: tempHome() }, async (engine) => {
      await fc.assert(
        fc.asyncProperty(fc.oneof(fc.json(), fc.string()), async (text) => {
          const body = Buffer.from(text)
          const result = await engine.run(request(body))
          expect(spliceBytes(body, result.edits)).toBe(body)
        }),
        { numRuns: 200 },
      )
    })
  })

  it('never elides under strict', async () => {
    await withEngine({ home: tempHome(), policy: 'strict' }, async (engine) => {
      for (const { body } of growingSession(23, 20_000)) {
        expect((await engine.run(request(body))).report.blocks.some((block) => block.ref !== undefined)).toBe(false)
      }
    })
  })

  it('sends an original that the agent reads back from the files folder as it is (A-12)', async () => {
    const home = tempHome()
    await withEngine({ home }, async (engine) => {
      const { body } = growingSession(25, 9_000).at(-1)!
      const text = body
        .toString()
        .replaceAll('"command":"npm test', `"command":"cat ${join(home, 'files')}/0123456789abcdef.txt; npm test`)
      const { report } = await engine.run(request(Buffer.from(text)))
      expect(
        report.blocks.filter((block) => block.origin.command?.includes('/files/') && block.ref !== undefined),
      ).toEqual([])
    })
  })

  it('keeps the original while another process holds the store, and says why (C-3)', async () => {
    const home = tempHome()
    await withEngine({ home }, async (engine) => {
      const { body } = growingSession(24, 9_000).at(-1)!
      const lock = openDatabase(join(home, 'store.db'))
      lock.exec('BEGIN EXCLUSIVE')
      const { edits, report } = await engine.run(request(body))
      lock.exec('ROLLBACK')
      lock.close()
      expect(edits).toEqual([])
      expect(report.blocks.some((block) => block.skip === 'store-unavailable') || report.reason === 'failed').toBe(true)
    })
  })
})

describe('a deadline', () => {
  const lease = (granted: boolean) => {
    const seen: unknown[] = []
    return {
      replayed: (edits: readonly unknown[]) => seen.push(...edits) >= 0,
      waiting: () => true,
      claim: () => granted,
      seen,
    }
  }

  it('keeps the replayed forms and never applies the late ones afterwards (B-4)', async () => {
    await withEngine({ home: tempHome() }, async (engine) => {
      const turns = growingSession(31, 30_000)
      const late = turns.length - 3
      let replayedAtLate = 0
      for (const [index, { body }] of turns.entries()) {
        const held = lease(index !== late)
        const { edits, report } = await engine.run(request(body, { lease: held }))
        if (index === late) {
          replayedAtLate = held.seen.length
          expect(edits.length).toBe(replayedAtLate)
        }
        if (index > late) {
          const dropped = report.blocks.filter((block) => block.skip === 'deadline')
          expect(dropped.length).toBeLessThanOrEqual(1)
          expect(edits.length).toBeGreaterThanOrEqual(replayedAtLate)
        }
      }
    })
  })
})

describe('edits ahead of the report', () => {
  const handed = async (options: HeadroomOptions): Promise<{ early: unknown[]; edits: unknown[] }> => {
    const early: unknown[] = []
    const { body } = growingSession(33, 9_000).at(-1)!
    const lease: Lease = {
      replayed: () => true,
      waiting: () => true,
      claim: () => true,
      decided: (sent) => void early.push(sent),
    }
    return withEngine({ home: tempHome(), ...options }, async (engine) => {
      const { edits } = await engine.run(request(body, { lease }))
      return { early, edits: [...edits] }
    })
  }

  it('are those of the result, handed over once', async () => {
    const { early, edits } = await handed({})
    expect(edits.length).toBeGreaterThan(0)
    expect(early).toEqual([{ edits, rewrites: false }])
  })

  it('wait where a hook may still object', async () => {
    expect((await handed({ hooks: [{ name: 'test', preSend: () => false }] })).early).toEqual([])
  })
})

describe('hooks', () => {
  it('can veto a form, a block and a whole request, and cannot break one by throwing', async () => {
    const { body } = growingSession(41, 9_000).at(-1)!
    const run = (hook: object) =>
      withEngine({ home: tempHome(), hooks: [{ name: 'test', ...hook }] }, (engine) => engine.run(request(body)))
    const free = await run({})
    expect((await run({ preSend: () => false })).edits).toEqual([])
    expect(
      (
        await run({
          inputCompressed: (event: { made: { blockIndex: number }[] }) => event.made.map((made) => made.blockIndex),
        })
      ).edits,
    ).toEqual([])
    const thrown = await run({
      inputReceived: () => {
        throw new Error('no')
      },
    })
    expect(thrown.edits).toEqual(free.edits)
  })
})

describe('a part that throws', () => {
  const fail = (): never => {
    throw new Error('told to fail')
  }

  it('costs a block its new form and no other block anything; earlier forms are sent again (C-3, B-3)', async () => {
    const parts = createParts({ home: tempHome() })
    let broken: 'detect' | 'find' | undefined
    const pipeline = createPipeline({
      ...parts,
      detect: (text, origin) => (broken === 'detect' ? fail() : parts.detect(text, origin)),
      markers: { ...parts.markers, find: (text) => (broken === 'find' ? fail() : parts.markers.find(text)) },
    })
    let before: Buffer | undefined
    const reasons = new Set<string | undefined>()
    for (const [index, { body }] of growingSession(51, 30_000).entries()) {
      broken = index % 6 === 3 ? 'detect' : index % 6 === 5 ? 'find' : undefined
      const result = await pipeline.run(request(body))
      const out = sent(body, result)
      if (before) expect(out.subarray(0, before.length).equals(before)).toBe(true)
      before = prefixOf(out)
      reasons.add(result.report.reason)
      for (const block of result.report.blocks) reasons.add(block.skip)
    }
    expect(reasons).toContain('failed')
    parts.store.close()
    parts.ledger.close()
  })
})

// Promises that every codec keeps. Each dialect's own test calls this suite with bodies of its kind and an oracle of its own.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Block, BodyScan, Codec, JsonPath, Usage } from '../../src/spec/wire.js'
import { applyToObject, literalOf, spliceBytes } from '../../src/wire/edit.js'
import { growSession, LIST_OF, randomOf } from '../support/bodies.js'

export interface CodecFixtures {
  /** Valid bodies of the dialect with every oddity JSON allows. */
  readonly bodies: fc.Arbitrary<Uint8Array>
  /** Paths of the strings that may be edited, found in the parsed body by other means than the codec's. */
  editable(parsed: unknown): readonly JsonPath[]
  readonly streams: readonly { readonly sse: string; readonly usage: Usage }[]
  readonly answers: readonly { readonly json: string; readonly usage: Usage }[]
}

/** Mutants per generated body; with 2,600 bodies more than 10,000 fuzzed bodies per dialect. */
const MUTANTS = 4
const BODIES = 2600
/** About 4 s of CPU alone; the rest is for a machine that does other things too. */
const FUZZ_TIMEOUT_MS = 120_000

const textOfBytes = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes)
const parsedOf = (bytes: Uint8Array): unknown => JSON.parse(textOfBytes(bytes))

export const scanOf = (codec: Codec, body: Uint8Array, previous?: BodyScan): BodyScan => {
  const outcome = codec.scan(body, previous)
  if ('skip' in outcome) throw new Error(`skipped: ${outcome.skip} ${outcome.detail ?? ''}`)
  return outcome.scan
}

export const isEditable = (block: Block): boolean => block.kind === 'tool-result' && block.protectedBy === undefined

const at = (root: unknown, path: JsonPath): unknown =>
  path.reduce<unknown>((value, step) => (value as Record<string | number, unknown>)[step], root)

/** Everything a scan says, as plain data. */
const plain = (scan: BodyScan): unknown => ({
  ...scan,
  body: undefined,
  reusedBlocks: undefined,
  blocks: scan.blocks.map(({ kind, role, path, start, end, text, callId, origin, protectedBy }) => ({
    kind,
    role,
    path,
    start,
    end,
    text,
    callId,
    origin,
    protectedBy,
  })),
})

/** Wherever the block says it is, parsing finds the same text. */
const expectTrue = (scan: BodyScan, parsed: unknown): void => {
  let last = -1
  for (const block of scan.blocks) {
    const value = at(parsed, block.path)
    if (typeof value === 'string') expect(block.text).toBe(value)
    else expect(JSON.parse(block.text)).toEqual(value)
    expect(block.start).toBeGreaterThan(last)
    last = block.end
  }
}

/** One of: cut short, a byte changed, a slice dropped, a slice repeated, two bytes swapped. */
const mutant = (body: Uint8Array, seed: number): Uint8Array => {
  const random = randomOf(seed)
  const from = random.int(body.length)
  const to = Math.min(body.length, from + 1 + random.int(40))
  const kind = random.int(5)
  if (kind === 0) return body.subarray(0, from)
  if (kind === 2) return Buffer.concat([body.subarray(0, from), body.subarray(to)])
  if (kind === 3) return Buffer.concat([body.subarray(0, to), body.subarray(from)])
  const copy = Uint8Array.from(body)
  if (kind === 1)
    copy[from] = random.chance(0.5) ? random.int(256) : random.pick([0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d, 0x2c, 0x3a])
  else [copy[from], copy[to - 1]] = [copy[to - 1]!, copy[from]!]
  return copy
}

const parses = (bytes: Uint8Array): boolean => {
  try {
    parsedOf(bytes)
    return bytes[0] !== 0xef
  } catch {
    return false
  }
}

export const conformsToCodec = (codec: Codec, fixtures: CodecFixtures): void => {
  describe(`${codec.dialect} keeps the promises of all codecs`, () => {
    keepsBytes(codec, fixtures)
    readsMutants(codec, fixtures)
    growsCheaply(codec)
    readsUsage(codec, fixtures)
  })
}

const keepsBytes = (codec: Codec, { bodies, editable }: CodecFixtures): void => {
  it('sends the very body that came when nothing is edited (B-1)', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        scanOf(codec, body)
        expect(spliceBytes(body, [])).toBe(body)
      }),
      { numRuns: 50 },
    )
  })
  it('locates exactly what may be edited, with its true text, in wire order (A-19)', () => {
    let located = 0
    fc.assert(
      fc.property(bodies, (body) => {
        const parsed = parsedOf(body)
        const scan = scanOf(codec, body)
        expectTrue(scan, parsed)
        const found = scan.blocks.filter(isEditable).map((block) => JSON.stringify(block.path))
        expect(found.sort()).toEqual(
          editable(parsed)
            .map((path) => JSON.stringify(path))
            .sort(),
        )
        located += found.length
      }),
      { numRuns: 400 },
    )
    expect(located).toBeGreaterThan(400)
  })
  it('changes only the literals that are edited, in bytes and in objects (B-2)', () => {
    fc.assert(
      fc.property(bodies, fc.string({ unit: 'binary', maxLength: 60 }), (body, text) => {
        const blocks = scanOf(codec, body).blocks.filter(isEditable)
        const edits = blocks.map(({ start, end }) => ({ start, end, bytes: literalOf(text) }))
        const sent = spliceBytes(body, edits)
        let from = 0
        let to = 0
        for (const { start, end, bytes } of edits) {
          expect(Buffer.compare(sent.subarray(to, to + start - from), body.subarray(from, start))).toBe(0)
          to += start - from + bytes.length
          from = end
        }
        expect(Buffer.compare(sent.subarray(to), body.subarray(from))).toBe(0)
        const object = applyToObject(
          parsedOf(body),
          blocks.map(({ path }) => ({ path, text })),
        )
        expect(parsedOf(sent)).toEqual(object)
      }),
      { numRuns: 300 },
    )
  })
}

const readsMutants = (codec: Codec, { bodies }: CodecFixtures): void => {
  it(
    'never throws, and skips whatever is not JSON (A-19, J-7)',
    () => {
      let scanned = 0
      let skipped = 0
      fc.assert(
        fc.property(bodies, fc.noShrink(fc.integer()), (body, seed) => {
          for (let index = 0; index < MUTANTS; index++) {
            const changed = mutant(body, seed + index)
            const outcome = codec.scan(changed)
            if ('scan' in outcome) {
              expectTrue(outcome.scan, parsedOf(changed))
              scanned++
            } else {
              if (parses(changed))
                expect(outcome.detail).toMatch(/twice|no (messages|input|contents) array|malformed JSON at byte 0/)
              skipped++
            }
          }
        }),
        { numRuns: BODIES },
      )
      expect(scanned).toBeGreaterThan(BODIES)
      expect(skipped).toBeGreaterThan(BODIES)
    },
    FUZZ_TIMEOUT_MS,
  )
  it('skips nesting without an end, in bounded time (J-7)', () => {
    const list = LIST_OF[codec.dialect]
    for (const unit of ['[', '{"content":', '[{"content":', '{"x":[']) {
      const body = Buffer.from(`{"${list}":[${unit.repeat(200_000)}`)
      expect(codec.scan(body)).toHaveProperty('skip')
    }
  })
}

const growsCheaply = (codec: Codec): void => {
  it('finds the same in a grown body with the previous scan as without, and keeps the shared blocks', () => {
    let reused = 0
    fc.assert(
      fc.property(fc.noShrink(fc.integer({ min: 0, max: 1e9 })), fc.integer({ min: 2, max: 8 }), (seed, turns) => {
        let previous: BodyScan | undefined
        for (const body of growSession(codec.dialect, seed, turns)) {
          const scan = scanOf(codec, body, previous)
          expect(plain(scan)).toEqual(plain(scanOf(codec, body)))
          for (let index = 0; index < scan.reusedBlocks; index++)
            expect(scan.blocks[index]).toBe(previous?.blocks[index])
          reused += scan.reusedBlocks
          previous = scan
        }
      }),
      { numRuns: 120 },
    )
    expect(reused).toBeGreaterThan(500)
  })
  it('does not take the head of a number for the number', () => {
    const list = LIST_OF[codec.dialect]
    const previous = scanOf(codec, Buffer.from(`{"${list}":[12]}`))
    expect(codec.scan(Buffer.from(`{"${list}":[123,{}]}`), previous)).toHaveProperty('scan')
  })
  it('still refuses a member that a grown body repeats', () => {
    const list = LIST_OF[codec.dialect]
    const head = `{"model":"m","${list}":[{"role":"user","content":"a question"}]`
    const previous = scanOf(codec, Buffer.from(`${head}}`))
    for (const again of [`"${list}":[]`, '"model":"n"']) {
      const body = Buffer.from(`${head},${again}}`)
      expect(codec.scan(body, previous)).toEqual(codec.scan(body))
      expect(codec.scan(body, previous)).toMatchObject({ skip: 'not-parsable' })
    }
  })
  it('finds the same in any changed body with the previous scan as without', () => {
    fc.assert(
      fc.property(fc.noShrink(fc.integer({ min: 0, max: 1e9 })), fc.noShrink(fc.integer()), (seed, change) => {
        const [first, second] = [...growSession(codec.dialect, seed, 4)].slice(2) as [Uint8Array, Uint8Array]
        const previous = scanOf(codec, first)
        for (const body of [
          first,
          mutant(first, change),
          mutant(second, change + 1),
          first.subarray(0, first.length - 1),
        ]) {
          const outcome = codec.scan(body, previous)
          const whole = codec.scan(body)
          if ('scan' in whole) expect('scan' in outcome && plain(outcome.scan)).toEqual(plain(whole.scan))
          else expect(outcome).toEqual(whole)
        }
      }),
      { numRuns: 300 },
    )
  })
}

const readsUsage = (codec: Codec, { streams, answers }: CodecFixtures): void => {
  const usageOf = (contentType: string, chunks: readonly Uint8Array[]): Usage | undefined => {
    const reader = codec.usageReader(contentType)
    for (const chunk of chunks) reader.push(chunk)
    return reader.end()
  }
  it('reads the same usage from a stream cut at every byte (E-2)', () => {
    for (const { sse, usage } of streams) {
      for (const text of [sse, sse.replaceAll('\n', '\r\n'), sse.replaceAll('\n', '\r')]) {
        const bytes = Buffer.from(text)
        for (let cut = 0; cut <= bytes.length; cut++) {
          expect(usageOf('text/event-stream; charset=utf-8', [bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(
            usage,
          )
        }
        expect(
          usageOf(
            'text/event-stream',
            Array.from(bytes, (byte) => Uint8Array.of(byte)),
          ),
        ).toEqual(usage)
      }
    }
  })
  it('reads usage from a JSON answer cut at every byte', () => {
    for (const { json, usage } of answers) {
      const bytes = Buffer.from(json)
      for (let cut = 0; cut <= bytes.length; cut++) {
        expect(usageOf('application/json', [bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(usage)
      }
    }
  })
  it('knows no usage of an answer that has none, is cut off, or is too large', () => {
    for (const { json } of answers) {
      expect(usageOf('application/json', [Buffer.from(json.slice(0, -1))])).toBeUndefined()
      expect(usageOf('text/html', [Buffer.from(json)])).toBeUndefined()
      expect(usageOf('application/json', [Buffer.alloc(5 << 20, 0x20), Buffer.from(json)])).toBeUndefined()
    }
    expect(usageOf('application/json', [])).toBeUndefined()
    expect(usageOf('text/event-stream', [Buffer.from('event: ping\ndata: {"type":"ping"}\n\n')])).toBeUndefined()
  })
}

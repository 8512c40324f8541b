import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decodeBody } from './encoding.js'

const BODY = Buffer.from(JSON.stringify({ text: 'naïve ✓ 日本語 '.repeat(2000) }))

const u32 = (value: number): number[] => [value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >>> 24) & 255]

/** A zstd frame of raw and run-length blocks (RFC 8878, 3.1.1): enough of an encoder to test a decoder. */
const zstdFrame = (blocks: readonly (Uint8Array | { byte: number; count: number })[], size?: number): Buffer => {
  const header = size === undefined ? [0x00, 0x58] : [0xa0, ...u32(size)]
  const parts: Uint8Array[] = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, ...header])]
  for (const [index, block] of blocks.entries()) {
    const isRun = !(block instanceof Uint8Array)
    const length = isRun ? block.count : block.length
    const word = (index === blocks.length - 1 ? 1 : 0) | (isRun ? 2 : 0) | (length << 3)
    parts.push(Buffer.from(u32(word).slice(0, 3)), isRun ? Buffer.from([block.byte]) : block)
  }
  return Buffer.concat(parts)
}

const bodyOf = async (bytes: Uint8Array, encoding: string | undefined): Promise<Buffer | undefined> => {
  const outcome = await decodeBody(bytes, encoding)
  return 'body' in outcome ? Buffer.from(outcome.body) : undefined
}

describe('content encodings', () => {
  it('gives an unencoded body back as the same object (E-5)', async () => {
    for (const encoding of [undefined, '', 'identity', ' Identity '])
      expect(await decodeBody(BODY, encoding)).toEqual({ body: BODY })
    const outcome = await decodeBody(BODY, undefined)
    expect('body' in outcome && outcome.body).toBe(BODY)
  })

  it('decodes gzip, both kinds of deflate, br, zstd, and one on top of another (E-5)', async () => {
    const raw = zstdFrame([BODY.subarray(0, 9000), BODY.subarray(9000)])
    const cases: [string, Uint8Array][] = [
      ['gzip', gzipSync(BODY)],
      ['X-GZIP', gzipSync(BODY)],
      ['deflate', deflateSync(BODY)],
      ['deflate', deflateRawSync(BODY)],
      ['br', brotliCompressSync(BODY)],
      ['zstd', raw],
      ['zstd', zstdFrame([BODY.subarray(0, 9000), BODY.subarray(9000)], BODY.length)],
      ['zstd', Buffer.concat([zstdFrame([BODY.subarray(0, 50)]), zstdFrame([BODY.subarray(50)])])],
      ['gzip, br', brotliCompressSync(gzipSync(BODY))],
      ['identity, zstd,gzip', gzipSync(raw)],
    ]
    for (const [encoding, bytes] of cases) expect((await bodyOf(bytes, encoding))?.equals(BODY), encoding).toBe(true)
  })

  it('stops at the bound, whatever unfolds (J-7)', async () => {
    const zeros = Buffer.alloc(8 << 20)
    const runs = Array.from({ length: 2000 }, () => ({ byte: 0, count: 128 * 1024 }))
    const bombs: [string, Uint8Array][] = [
      ['gzip', gzipSync(zeros)],
      ['deflate', deflateSync(zeros)],
      ['deflate', deflateRawSync(zeros)],
      ['br', brotliCompressSync(zeros)],
      ['zstd', zstdFrame(runs)],
      ['zstd', zstdFrame(runs, 0xffffffff)],
      ['zstd', Buffer.concat(Array(10_000).fill(zstdFrame([Buffer.from('x')], 1)))],
      ['identity', zeros],
    ]
    for (const [encoding, bytes] of bombs)
      expect(await decodeBody(bytes, encoding, 1 << 20), encoding).toMatchObject({ skip: 'too-large' })
  })

  it('answers unknown and broken encodings with a skip (E-5)', async () => {
    for (const encoding of ['compress', 'gzip, aes128gcm', 'gzip,gzip,gzip,gzip,gzip'])
      expect(await decodeBody(BODY, encoding)).toMatchObject({ skip: 'not-parsable' })
    const broken: [string, Uint8Array][] = [
      ['gzip', gzipSync(BODY).subarray(0, 60)],
      ['deflate', BODY],
      ['br', BODY],
      ['zstd', BODY],
      ['zstd', zstdFrame([BODY]).subarray(0, 40)],
      ['zstd', Buffer.alloc(0)],
      ['zstd', zstdFrame([{ byte: 0, count: 128 * 1024 }], 0)],
    ]
    for (const [encoding, bytes] of broken) expect(await decodeBody(bytes, encoding), encoding).toHaveProperty('skip')
  })
})

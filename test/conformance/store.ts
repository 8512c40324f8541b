/** Promises of every store driver. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { refOf, sha256Hex } from '../../src/base/hash.js'
import type { Logger } from '../../src/spec/logger.js'
import type { Decision, Original, Store } from '../../src/spec/store.js'
import { markers } from '../../src/store/marker.js'

export interface StoreUnderTest {
  open(options: StoreSettings): Store
}

export interface StoreSettings {
  readonly home: string
  readonly maxBytes?: number
  readonly maxAgeMs?: number
  readonly logger?: Logger
  readonly nowMs?: () => number
}

const DAY_MS = 24 * 3_600_000
const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'utf8')

export const originalOf = (text: string): Original => ({ ref: refOf(text), bytes: bytesOf(text) })

export const decisionFor = (text: string, more: Partial<Decision> = {}): Decision => ({
  key: sha256Hex(`key of ${text}`),
  text: markers.print({ count: 12, unit: 'lines' }, { ref: refOf(text) }),
  ref: refOf(text),
  compressor: 'log',
  form: 'log/templates',
  contentType: 'log',
  tokensBefore: 400,
  tokensAfter: 40,
  ...more,
})

const refusal = (name: string): Decision => ({
  key: sha256Hex(name),
  skip: 'below-floor',
  tokensBefore: 9,
  tokensAfter: 9,
})

const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 3000 }),
  fc.string({ unit: 'binary', maxLength: 500 }).map(bytesOf),
  fc
    .array(fc.constantFrom('a\r\n', 'b\n', '\u0000', '😀', 'é', '\ufeff'), { maxLength: 400 })
    .map((parts) => bytesOf(parts.join(''))),
)

export const conformsToStore = (subject: StoreUnderTest): void => {
  const homes: string[] = []
  const opened: Store[] = []
  const newHome = (): string => {
    const home = join(mkdtempSync(join(tmpdir(), 'store-')), 'home')
    homes.push(home)
    return home
  }
  const open = (settings: StoreSettings): Store => {
    const store = subject.open(settings)
    opened.push(store)
    return store
  }
  afterEach(() => {
    for (const store of opened.splice(0)) store.close()
    for (const home of homes.splice(0)) rmSync(join(home, '..'), { recursive: true, force: true })
  })

  describe('originals', () => {
    it('come back byte for byte, whatever the bytes, also after a restart (A-11)', async () => {
      const home = newHome()
      const store = open({ home })
      const kept = new Map<string, Uint8Array>()
      await fc.assert(
        fc.asyncProperty(anyBytes, async (bytes) => {
          const ref = refOf(bytes)
          await store.commit([{ ref, bytes }], [])
          expect(Buffer.compare((await store.original(ref))!, bytes)).toBe(0)
          kept.set(ref, bytes)
        }),
        { numRuns: 150 },
      )
      store.close()
      const again = open({ home })
      for (const [ref, bytes] of kept) expect(Buffer.compare((await again.original(ref))!, bytes)).toBe(0)
    })

    it('of several megabytes come back too', async () => {
      const store = open({ home: newHome() })
      const text = Array.from({ length: 60_000 }, (_, line) => `line ${line} of a long build log with words\n`).join('')
      await store.commit([originalOf(text)], [])
      expect(Buffer.from((await store.original(refOf(text)))!).toString('utf8')).toBe(text)
    })

    it('are not given for an unknown or malformed ref', async () => {
      const store = open({ home: newHome() })
      for (const ref of ['0000000000000000', '../../etc/passwd', '', 'ABCDEF0123456789']) {
        expect(await store.original(ref)).toBeUndefined()
        expect(await store.expose(ref)).toBeUndefined()
        expect(await store.holds([ref])).toBe(false)
      }
    })

    it('are given to the scope that stored them and to no other (A-22)', async () => {
      const store = open({ home: newHome() })
      const text = 'same file, read in two projects'
      await store.commit([{ ...originalOf(text), scope: 'project-a' }], [])
      expect(await store.original(refOf(text), 'project-a')).toEqual(expect.anything())
      expect(await store.original(refOf(text), 'project-b')).toBeUndefined()
      expect(await store.original(refOf(text), '')).toBeUndefined()
      expect(await store.original(refOf(text))).toEqual(expect.anything())
      await store.commit([{ ...originalOf(text), scope: 'project-b' }], [])
      expect(await store.original(refOf(text), 'project-b')).toEqual(expect.anything())
    })

    it('under a ref that is not their own hash are refused, and so is the decision that needs them', async () => {
      const store = open({ home: newHome() })
      const decision = decisionFor('one text')
      const [inForce] = await store.commit([{ ref: refOf('one text'), bytes: bytesOf('another text') }], [decision])
      expect(inForce).toEqual({ key: decision.key, skip: 'store-unavailable', tokensBefore: 400, tokensAfter: 400 })
      expect(await store.original(refOf('one text'))).toBeUndefined()
    })
  })

  describe('decisions', () => {
    it('tell when their originals were last used, never earlier than it was, or that they do not know (B-5)', async () => {
      const home = newHome()
      const store = open({ home })
      const beforeMs = Date.now()
      await store.commit([originalOf('used')], [decisionFor('used')])
      const lastUseMs = await store.lastUseMs([refOf('used'), refOf('unknown')])
      if (lastUseMs !== undefined) expect(lastUseMs).toBeGreaterThanOrEqual(beforeMs)
      expect(await store.lastUseMs([refOf('unknown')])).toBeUndefined()
      expect(await store.lastUseMs([])).toBeUndefined()
    })

    it('are replayed exactly as they were written, after a restart too (B-4)', async () => {
      const home = newHome()
      const store = open({ home })
      const made = [
        decisionFor('first'),
        refusal('second'),
        { key: sha256Hex('third'), text: 'lossless ä 😀\r\n', form: 'f', tokensBefore: 3, tokensAfter: 2 },
        {
          key: sha256Hex('fourth'),
          text: 'long\n'.repeat(20_000),
          compressor: 'json',
          tokensBefore: 3,
          tokensAfter: 2,
        },
        { key: sha256Hex('fifth'), text: '', tokensBefore: 1, tokensAfter: 0 },
        {
          key: sha256Hex('sixth'),
          text: 'a reference',
          bases: [{ id: refOf('base'), line: 0, count: 12, first: -1_234_567_890, hash: refOf('run') }],
          tokensBefore: 90,
          tokensAfter: 9,
        },
      ]
      expect(await store.commit([originalOf('first')], made)).toEqual(made)
      store.close()
      const again = open({ home })
      const known = await again.decisions([...made.map(({ key }) => key), sha256Hex('unknown')])
      expect([...known.values()].sort(byKey)).toEqual([...made].sort(byKey))
      expect(known.size).toBe(made.length)
    })

    it('once made are in force for every later writer (B-4)', async () => {
      const home = newHome()
      const [one, two] = [open({ home }), open({ home })]
      const first = decisionFor('text')
      const second = { ...first, text: 'another form', compressor: 'other' }
      expect(await one.commit([originalOf('text')], [first])).toEqual([first])
      expect(await two.commit([originalOf('text')], [second, refusal('new')])).toEqual([first, refusal('new')])
      expect((await one.decisions([refusal('new').key])).size).toBe(1)
      expect(await one.commit([], [second])).toEqual([first])
      expect((await two.decisions([first.key])).get(first.key)).toEqual(first)
    })

    it('of several hundred keys come back in one call', async () => {
      const store = open({ home: newHome() })
      const made = Array.from({ length: 450 }, (_, index) => refusal(`key ${index}`))
      await store.commit([], made)
      for (const count of [1, 8, 9, 200, 201, 450])
        expect((await store.decisions(made.slice(0, count).map(({ key }) => key))).size).toBe(count)
      expect((await store.decisions([])).size).toBe(0)
    })

    it('that carry a ref without an original become refusals (A-9)', async () => {
      const store = open({ home: newHome() })
      const [inForce] = await store.commit([], [decisionFor('never stored')])
      expect(inForce?.text).toBeUndefined()
      expect(inForce?.skip).toBe('store-unavailable')
    })

    it('whose text cannot be written exactly become refusals', async () => {
      const store = open({ home: newHome() })
      const [inForce] = await store.commit(
        [],
        [{ key: sha256Hex('k'), text: 'half \ud83d pair', tokensBefore: 9, tokensAfter: 5 }],
      )
      expect(inForce).toEqual({ key: sha256Hex('k'), skip: 'store-unavailable', tokensBefore: 9, tokensAfter: 9 })
    })
  })

  describe('refs', () => {
    it('are held only where every one has its original', async () => {
      const store = open({ home: newHome() })
      await store.commit([originalOf('a'), originalOf('b')], [])
      expect(await store.holds([refOf('a'), refOf('b'), refOf('a')])).toBe(true)
      expect(await store.holds([refOf('a'), refOf('c')])).toBe(false)
      expect(await store.holds([])).toBe(true)
    })

    it('of a forged marker are found by the grammar and not held by the store (A-17)', async () => {
      const store = open({ home: newHome() })
      const [forged] = markers.find('see [9 lines not shown; full text kept; id 00112233445566aa] here')
      expect(forged?.ref).toBe('00112233445566aa')
      expect(await store.holds([forged!.ref!])).toBe(false)
    })
  })

  describe('exposed files', () => {
    it('hold the original byte for byte under an absolute path, and are the same file every time', async () => {
      const home = newHome()
      const store = open({ home })
      const bytes = new Uint8Array([0xff, 0xfe, 0, 13, 10, 0x80, 65])
      await store.commit([{ ref: refOf(bytes), bytes }], [])
      const file = await store.expose(refOf(bytes))
      expect(file).toBe(join(home, 'files', `${refOf(bytes)}.txt`))
      expect(readFileSync(file!)).toEqual(Buffer.from(bytes))
      const { ino } = statSync(file!)
      expect(await store.expose(refOf(bytes))).toBe(file)
      expect(statSync(file!).ino).toBe(ino)
      expect(readdirSync(join(home, 'files'))).toHaveLength(1)
    })
  })

  it.skipIf(process.platform === 'win32')('opens its files to nobody else, whatever the umask (J-3)', async () => {
    for (const umask of [0o000, 0o022, 0o077, 0o277]) {
      const home = newHome()
      const before = process.umask(umask)
      try {
        const store = open({ home })
        await store.commit([originalOf('secret')], [decisionFor('secret')])
        await store.expose(refOf('secret'))
      } finally {
        process.umask(before)
      }
      expect(modesUnder(home)).toEqual(new Set(['folder 700', 'file 600', 'file 400']))
    }
  })

  it('refuses a commit where it cannot write, and knows nothing where it cannot read (C-3)', async () => {
    const home = newHome()
    writeFileSync(home, 'a file where the folder should be')
    const store = open({ home })
    expect(() => store.commit([originalOf('a')], [decisionFor('a')])).toThrow(
      expect.objectContaining({ code: 'STORE_UNAVAILABLE' }),
    )
    expect((await store.decisions([decisionFor('a').key])).size).toBe(0)
    expect(await store.holds([refOf('a')])).toBe(false)
    expect(() => store.original(refOf('a'))).toThrow(expect.objectContaining({ code: 'STORE_UNAVAILABLE' }))
  })

  describe('a sweep', () => {
    it('keeps what was used within a day, however full the store is (C-5)', async () => {
      const home = newHome()
      const startMs = Date.now()
      let nowMs = startMs - 3 * DAY_MS
      const store = open({ home, maxBytes: 1, nowMs: () => nowMs })
      await store.commit([originalOf('live')], [decisionFor('live')])
      nowMs = startMs
      expect(await store.holds([refOf('live')])).toBe(true)
      await sweepAll(store, startMs + DAY_MS / 2)
      expect(await store.original(refOf('live'))).toEqual(expect.anything())
      expect((await store.decisions([decisionFor('live').key])).get(decisionFor('live').key)).toEqual(
        decisionFor('live'),
      )
    })

    it('drops what was not used for the age limit, with its decisions and its exposed file', async () => {
      const home = newHome()
      const startMs = Date.now()
      const store = open({ home, maxAgeMs: 5 * DAY_MS, nowMs: () => startMs })
      await store.commit([originalOf('old')], [decisionFor('old'), refusal('old refusal')])
      const file = await store.expose(refOf('old'))
      store.close()
      const later = open({ home, maxAgeMs: 5 * DAY_MS, nowMs: () => startMs + 40 * DAY_MS })
      expect(await sweepAll(later, startMs + 4 * DAY_MS)).toBe(0)
      expect(await sweepAll(later, startMs + 40 * DAY_MS)).toBeGreaterThan(0)
      expect(await later.original(refOf('old'))).toBeUndefined()
      expect(await later.holds([refOf('old')])).toBe(false)
      expect((await later.decisions([decisionFor('old').key, refusal('old refusal').key])).size).toBe(0)
      expect(() => statSync(file!)).toThrow()
    })

    it('leaves nothing in force that points to a dropped original, and takes the same text again', async () => {
      const home = newHome()
      const startMs = Date.now()
      const store = open({ home, maxBytes: 1, nowMs: () => startMs })
      await store.commit([originalOf('again')], [decisionFor('again')])
      store.close()
      const later = open({ home, maxBytes: 1, nowMs: () => startMs + 3 * DAY_MS })
      await sweepAll(later, startMs + 3 * DAY_MS)
      expect((await later.decisions([decisionFor('again').key])).size).toBe(0)
      expect(await later.commit([originalOf('again')], [decisionFor('again')])).toEqual([decisionFor('again')])
      expect(await later.holds([refOf('again')])).toBe(true)
    })
  })
}

const byKey = (a: Decision, b: Decision): number => (a.key < b.key ? -1 : 1)

/** Repeats until a call frees nothing, as callers do; bounded. */
const sweepAll = async (store: Store, nowMs: number): Promise<number> => {
  let freed = 0
  for (let call = 0; call < 20; call++) {
    const bytes = await store.sweep(nowMs)
    if (bytes === 0) return freed
    freed += bytes
  }
  return freed
}

const modesUnder = (folder: string): Set<string> => {
  const modes = new Set([`folder ${(statSync(folder).mode & 0o777).toString(8)}`])
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) for (const mode of modesUnder(path)) modes.add(mode)
    else modes.add(`file ${(statSync(path).mode & 0o777).toString(8)}`)
  }
  return modes
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { decisionFor, originalOf } from '../../test/conformance/store.js'
import { loadSqlDriver } from '../base/database/load.js'
import { refOf, sha256Hex } from '../base/hash.js'
import type { Decision, Store } from '../spec/store.js'
import { STORE_FORMATS } from './format.js'
import { openStore } from './index.js'

/** The writer's bundle, built once by scripts/ts.mjs. */
let writerFile = ''

const folders: string[] = []
const newHome = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'crash-'))
  folders.push(folder)
  return join(folder, 'home')
}

beforeAll(() => {
  const built = spawnSync(process.execPath, ['scripts/ts.mjs', 'src/store/crash.child.ts'], { encoding: 'utf8' })
  expect(built.status, built.stderr).toBe(0)
  writerFile = fileURLToPath(built.stdout.split('\n').find((line) => line.startsWith('file:'))!)
}, 60_000)
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

interface Writer {
  readonly child: ChildProcess
  /** Lines printed so far, whole ones only. */
  lines(): string[]
  /** Signal or exit code, and what it wrote to stderr. */
  readonly ended: Promise<string>
}

const startWriter = (args: readonly string[]): Writer => {
  const child = spawn(process.execPath, ['--no-warnings', writerFile, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const output: string[] = []
  const errors: string[] = []
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => output.push(chunk))
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => errors.push(chunk))
  const ended = new Promise<string>((settle) => {
    child.on('close', (code, signal) => settle(`${signal ?? code} ${errors.join('')}`.trim()))
  })
  return { child, lines: () => output.join('').split('\n').slice(0, -1), ended }
}

/** Every decision that a reader can see has its original, with the very bytes its ref names. */
const expectBacked = async (store: Store, keys: readonly string[]): Promise<number> => {
  const known = await store.decisions(keys)
  for (const { ref, text } of known.values()) {
    expect(text).toContain(ref)
    expect(refOf((await store.original(ref!))!)).toBe(ref)
  }
  return known.size
}

/** Deterministic, spread over the first commits, the first checkpoints and pauses between them. */
const killDelayMs = (round: number): number => [0, 1, 3, 8, 20, 45, 70, 110, 160, 5][round % 10]!

const drivers = [
  ['libsql', loadSqlDriver({ names: ['libsql'] })],
  ['node:sqlite', loadSqlDriver({ names: ['node:sqlite'] })],
  ['plain', 'plain' as const],
].filter(([, driver]) => driver !== undefined) as [string, 'plain' | NonNullable<ReturnType<typeof loadSqlDriver>>][]

describe.each(drivers)('with the store on %s', (name, driver) => {
  it('kill -9 at any moment leaves no decision without its original, and loses none that was answered (A-9)', async () => {
    const home = newHome()
    for (let round = 0; round < 10; round++) {
      const writers = ['a', 'b'].map((who) => startWriter([home, name, `${who}${round}`, '100000']))
      await expect
        .poll(() => writers.every((writer) => writer.lines().length > 0), { timeout: 20_000, interval: 2 })
        .toBe(true)
      await new Promise((resolved) => setTimeout(resolved, killDelayMs(round)))
      for (const { child } of writers) child.kill('SIGKILL')
      expect(await Promise.all(writers.map(({ ended }) => ended))).toEqual(['SIGKILL', 'SIGKILL'])
      const store = openStore({ home, driver })
      for (const [index, writer] of writers.entries()) {
        const answered = writer.lines().map((line) => line.split(' ')[0]!)
        const unanswered = Array.from({ length: 5 }, (_, more) =>
          sha256Hex(`${'ab'[index]}${round} ${answered.length + more}`),
        )
        expect(await expectBacked(store, answered)).toBe(answered.length)
        await expectBacked(store, unanswered)
      }
      store.close()
    }
    if (driver !== 'plain') expectSoundFile(driver, join(home, 'store.db'))
  }, 120_000)

  it('three processes that decide the same blocks at once all send the same form (B-4)', async () => {
    const home = newHome()
    const writers = ['x', 'y', 'z'].map((who) => startWriter([home, name, who, '300', 'shared']))
    expect(await Promise.all(writers.map(({ ended }) => ended))).toEqual(['0', '0', '0'])
    const [first, ...others] = writers.map((writer) => writer.lines())
    expect(first).toHaveLength(300)
    for (const other of others) expect(other).toEqual(first)
    const store = openStore({ home, driver })
    const known = await store.decisions(first!.map((line) => line.split(' ')[0]!))
    expect(first).toEqual([...known.values()].map(({ key, text }) => `${key} ${text}`).sort(inOrderOf(first!)))
    expect(await expectBacked(store, [...known.keys()])).toBe(300)
    store.close()
  }, 120_000)
})

const inOrderOf = (lines: readonly string[]): ((a: string, b: string) => number) => {
  const places = new Map(lines.map((line, index) => [line, index]))
  return (a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0)
}

const expectSoundFile = (driver: NonNullable<ReturnType<typeof loadSqlDriver>>, file: string): void => {
  const database = driver.open(file)
  expect(database.prepare('PRAGMA integrity_check').get([])).toEqual({ integrity_check: 'ok' })
  const dangling = `SELECT COUNT(*) AS count FROM decisions WHERE ref IS NOT NULL AND NOT EXISTS
    (SELECT 1 FROM originals JOIN bodies ON bodies.id = originals.id WHERE originals.ref = decisions.ref)`
  expect(database.prepare(dangling).get([])).toEqual({ count: 0 })
  database.close()
}

describe.each(drivers.filter(([, driver]) => driver !== 'plain'))('a damaged file of %s', (name, driver) => {
  const logged: string[] = []
  const open = (home: string): Store =>
    openStore({
      home,
      driver,
      logger: (level, message, fields) => void logged.push(`${level} ${message} ${fields?.file ?? ''}`),
    })

  /** A store of 300 texts, written and closed by another process: no handle of ours lingers on it. */
  const written = async (home: string): Promise<string> => {
    expect(await startWriter([home, name, 'w', '300']).ended).toBe('0')
    for (const side of ['-wal', '-shm']) rmSync(join(home, `store.db${side}`), { force: true })
    return join(home, 'store.db')
  }

  it('is set aside at the next start, and a fresh one takes its place (C-3)', async () => {
    const home = newHome()
    const file = await written(home)
    writeFileSync(`${file}.corrupt-1`, 'from an earlier time')
    writeFileSync(file, 'no database at all, but long enough to be looked at'.repeat(100))
    logged.length = 0
    const store = open(home)
    expect(logged).toEqual(['warn a damaged database was set aside and a fresh one started store.db.corrupt-2'])
    await store.commit([originalOf('after')], [decisionFor('after')])
    expect(await store.holds([refOf('after')])).toBe(true)
    store.close()
    expect(readFileSync(`${file}.corrupt-2`, 'utf8')).toContain('no database at all')
  })

  it('found only while in use refuses that commit, and is set aside on the next use (C-3)', async () => {
    const home = newHome()
    const file = await written(home)
    const bytes = readFileSync(file)
    expect(bytes.length).toBeGreaterThan(100_000)
    writeFileSync(file, bytes.fill(0x5a, 4096))
    logged.length = 0
    const damaged = open(home)
    expect(logged).toEqual([])
    const commit = (): readonly Decision[] =>
      damaged.commit([originalOf('new')], [decisionFor('new')]) as readonly Decision[]
    expect(commit).toThrow(expect.objectContaining({ code: 'STORE_UNAVAILABLE' }))
    expect(commit()).toEqual([decisionFor('new')])
    expect(logged).toEqual(['warn a damaged database was set aside and a fresh one started store.db.corrupt-1'])
    damaged.close()
  })

  it('of the first format is raised, and its decisions are replayed (B-4)', async () => {
    const home = newHome()
    mkdirSync(home, { recursive: true })
    const database = (driver as NonNullable<ReturnType<typeof loadSqlDriver>>).open(join(home, 'store.db'))
    const key = sha256Hex('old')
    database.exec(STORE_FORMATS[0]!)
    database.exec(
      `INSERT INTO decisions (key, skip, tokens_before, tokens_after, used_ms) VALUES ('${key}', 'below-floor', 9, 9, 1)`,
    )
    database.exec('PRAGMA user_version = 1')
    database.close()
    const store = open(home)
    const old = { key, skip: 'below-floor', tokensBefore: 9, tokensAfter: 9 }
    expect([...(await store.decisions([key])).values()]).toEqual([old])
    const bases = [{ id: refOf('base'), line: 3, count: 12, first: 7, hash: refOf('run') }]
    const made = { key: sha256Hex('new'), text: 'a reference', bases, tokensBefore: 90, tokensAfter: 9 }
    expect(await store.commit([], [made])).toEqual([made])
    store.close()
  })

  it('with damaged bases of a reference sends it no more (A-18)', async () => {
    const home = newHome()
    const bases = [{ id: refOf('base'), line: 3, count: 12, first: 7, hash: refOf('run') }]
    const made = { key: sha256Hex('new'), text: 'a reference', bases, tokensBefore: 90, tokensAfter: 9 }
    for (const damage of ['[{"id":1}]', '{', '7']) {
      const store = open(home)
      await store.commit([], [made])
      store.close()
      const database = (driver as NonNullable<ReturnType<typeof loadSqlDriver>>).open(join(home, 'store.db'))
      database.prepare('UPDATE decisions SET bases = ?').run([damage])
      database.close()
      const again = open(home)
      expect((await again.decisions([made.key])).size).toBe(0)
      again.close()
    }
  })

  it('of a newer format is left alone, and nothing is committed', () => {
    const home = newHome()
    open(home).close()
    const database = (driver as NonNullable<ReturnType<typeof loadSqlDriver>>).open(join(home, 'store.db'))
    database.exec('PRAGMA user_version = 99')
    database.close()
    const store = open(home)
    expect(() => store.commit([originalOf('a')], [])).toThrow(/newer Headroom/)
    store.close()
  })

  it('with one changed bit in an original gives nothing instead of other bytes', async () => {
    const home = newHome()
    const text = 'a text that will be damaged '.repeat(40)
    const store = open(home)
    await store.commit([originalOf(text)], [decisionFor(text)])
    const database = (driver as NonNullable<ReturnType<typeof loadSqlDriver>>).open(join(home, 'store.db'))
    for (const [table, column] of [
      ['bodies', 'sealed'],
      ['decisions', 'text'],
    ] as const) {
      const sealed = database.prepare(`SELECT ${column} FROM ${table}`).get([])![column] as Uint8Array
      const changed = Uint8Array.from(sealed)
      changed[changed.length - 1]! ^= 1
      database.prepare(`UPDATE ${table} SET ${column} = ?`).run([changed])
    }
    database.close()
    logged.length = 0
    expect(await store.original(refOf(text))).toBeUndefined()
    expect((await store.decisions([decisionFor(text).key])).size).toBe(0)
    expect(logged).toEqual([
      'error a stored original failed its checksum ',
      'error a stored decision failed its checksum ',
    ])
    store.close()
  })
})

describe('without a database binding', () => {
  it('the store works on plain files and says so once (D-2)', async () => {
    const logged: string[] = []
    const missing = loadSqlDriver({
      require: () => {
        throw new Error('Cannot find module')
      },
      logger: (level, message) => void logged.push(`${level} ${message}`),
    })
    expect(missing).toBeUndefined()
    expect(logged).toHaveLength(2)
    const home = newHome()
    const store = openStore({ home, driver: 'plain' })
    expect(await store.commit([originalOf('a')], [decisionFor('a')])).toEqual([decisionFor('a')])
    store.close()
  })

  it('a line cut short by a crash neither counts nor spoils the next one', async () => {
    const home = newHome()
    const store = openStore({ home, driver: 'plain' })
    await store.commit([originalOf('a')], [decisionFor('a')])
    const file = join(home, 'plain', `decisions-${new Date().toISOString().slice(0, 7)}.jsonl`)
    const line = `${decisionFor('b').key}\t400\t{"key":"${decisionFor('b').key}","tokensBefore":1}`
    writeFileSync(file, line, { flag: 'a' })
    expect((await store.decisions([decisionFor('b').key])).size).toBe(0)
    expect(await store.commit([originalOf('b')], [decisionFor('b')])).toEqual([decisionFor('b')])
    store.close()
    const again = openStore({ home, driver: 'plain' })
    expect((await again.decisions([decisionFor('a').key, decisionFor('b').key])).size).toBe(2)
    again.close()
  })

  it('decisions in use outlive the file of their month', async () => {
    const home = newHome()
    const monthMs = 31 * 24 * 3_600_000
    let nowMs = Date.now()
    const open = (): Store => openStore({ home, driver: 'plain', nowMs: () => nowMs })
    const [used, unused] = ['used', 'unused'].map(
      (name): Decision => ({ key: sha256Hex(name), skip: 'deadline', tokensBefore: 1, tokensAfter: 1 }),
    )
    let store = open()
    await store.commit([], [used!, unused!])
    nowMs += monthMs
    expect((await store.decisions([used!.key])).size).toBe(1)
    nowMs += monthMs
    await store.sweep(nowMs)
    store.close()
    store = open()
    expect([...(await store.decisions([used!.key, unused!.key])).keys()]).toEqual([used!.key])
    store.close()
  })
})

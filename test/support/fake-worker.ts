// An engine thread that does what the body says: what a worker host must survive.
import { parentPort, threadId } from 'node:worker_threads'
import { serveEngine } from '../../src/proxy/worker-serve.js'
import type { Engine, EngineRequest, EngineResult } from '../../src/spec/engine.js'
import type { ByteEdit } from '../../src/spec/wire.js'

let runs = 0
const settled: string[] = []

const spin = (ms: number): void => {
  const endMs = performance.now() + ms
  while (performance.now() < endMs);
}

const result = (edits: readonly ByteEdit[], detail: string): EngineResult => ({
  edits,
  report: {
    id: `run-${process.pid}-${runs}`,
    outcome: 'compressed',
    reason: detail,
    basis: 'estimate',
    tokensBefore: 0,
    tokensAfter: 0,
    durationMs: 0,
    blocks: [],
  },
})

const edit = (text: string): ByteEdit => ({ start: 0, end: 1, bytes: Buffer.from(text) })

const run = async ({ body, lease }: EngineRequest): Promise<EngineResult> => {
  runs++
  const [word, ms] = Buffer.from(body).toString().trim().split(' ')
  if (word === 'throw') throw new Error('told to throw')
  if (word === 'exit') process.exit(3)
  if (word === 'crash') setImmediate(() => Promise.reject(new Error('told to crash')))
  if (word === 'hang') await new Promise(() => undefined)
  if (word === 'spin') spin(Number(ms))
  if (word === 'eat') {
    const held: unknown[] = []
    for (;;) held.push(Array(1e5).fill({ a: held.length }))
  }
  if (word === 'decide') {
    const edits = [edit('R'), { ...edit('E'), start: 2, end: 3 }]
    lease?.replayed(edits.slice(0, 1))
    const claim = lease?.claim()
    lease?.decided?.({ edits, rewrites: false })
    spin(Number(ms))
    return result(edits, `claim ${claim}`)
  }
  if (word === 'replay') {
    lease?.replayed([edit('R')])
    await new Promise((resolve) => setTimeout(resolve, 20))
    spin(Number(ms))
  } else lease?.replayed([])
  return result(
    [edit('E')],
    `thread ${threadId} shared ${body.buffer instanceof SharedArrayBuffer} claim ${lease?.claim()}`,
  )
}

const engine = {
  run,
  settle: (id: string, status: number) => void settled.push(`${id} ${status}`),
  noteBreak: ({ id }: { id: string }) => void settled.push(`${id} broke on ${threadId}`),
  stats: async () => ({ settled, runs }),
  retrieve: async (ref: string) => ({ text: ref, found: true, bytes: new Uint8Array([1]), totalLines: 1 }),
  explain: async (ref: string) => ({ ref, found: true, originalBytes: 1, originalLines: 1 }),
  compressText: async (text: string) => ({ text }),
  close: async () => undefined,
} as unknown as Engine

if (parentPort !== null) serveEngine(parentPort, engine)

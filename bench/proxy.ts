// Added latency of the proxy on a session that grows to 200k tokens: each turn direct and through, alternating; RSS and event-loop delay.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startBuiltProxy } from '../test/support/built-proxy.js'
import { growingSession } from '../test/support/session.js'
import { percentile, table } from './score.js'

export interface ProxyResult {
  readonly turns: number
  readonly addedP50Ms: number
  readonly addedP99Ms: number
  readonly earlyP50Ms: number
  readonly lateP50Ms: number
  readonly healthMaxMs: number
  /** Worst delay of the main thread's event loop while the sessions ran, as the proxy's own metrics tell. */
  readonly loopDelayMaxMs: number
  readonly readyMs: number
  readonly rssMb: number
  readonly sentShare: number
  /** Processor time of the whole proxy per turn, in the first and the last quarter of each session. */
  readonly earlyCpuMs: number
  readonly lateCpuMs: number
}

/** An agent takes a second or two to its first request; the proxy uses them to compile what it will run. */
const SETTLE_MS = 2000

/** Answers at once; remembers when each body was complete and how long it was. */
const upstream = async (): Promise<{ server: Server; port: number; last: () => { atMs: number; bytes: number } }> => {
  let last = { atMs: 0, bytes: 0 }
  const server = createServer((incoming, answer) => {
    let bytes = 0
    incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.length
    })
    incoming.on('end', () => {
      last = { atMs: performance.now(), bytes }
      answer.writeHead(200, { 'content-type': 'application/json' })
      answer.end('{"type":"message","content":[],"usage":{"input_tokens":10,"output_tokens":1}}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, port: (server.address() as AddressInfo).port, last: () => last }
}

const post = (port: number, body: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    const call = request(
      {
        host: '127.0.0.1',
        port,
        method: 'POST',
        path: '/v1/messages',
        headers: {
          'content-type': 'application/json',
          'content-length': body.length,
          'x-api-key': 'k',
          'anthropic-version': '2023-06-01',
        },
      },
      (answer) => {
        answer.resume()
        answer.on('end', resolve)
      },
    )
    call.on('error', reject)
    call.end(body)
  })

const health = async (port: number): Promise<number> => {
  const started = performance.now()
  await new Promise<void>((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path: '/healthz' }, (answer) => {
      answer.resume()
      answer.on('end', resolve)
    })
    call.on('error', reject)
    call.end()
  })
  return performance.now() - started
}

/** User and system time of a process so far; clock ticks are 10 ms on Linux. */
const cpuMs = (pid: number): number => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return Number.NaN
  }
}

const rssMb = (pid: number): number => {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return Number.NaN
  }
}

/** The histogram starts anew with each look. */
const loopDelayMax = async (port: number): Promise<number> => {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  return Number(/^headroom_event_loop_delay_max_ms (\S+)/m.exec(text)?.[1] ?? Number.NaN)
}

export const measureProxy = async (): Promise<ProxyResult> => {
  const home = mkdtempSync(join(tmpdir(), 'headroom-bench-'))
  const { server, port: upstreamPort, last } = await upstream()
  const { port, pid, readyMs, stop } = await startBuiltProxy({ home, upstream: `http://127.0.0.1:${upstreamPort}` })
  const added: number[] = []
  const marks: number[] = []
  const quarters: number[] = []
  let healthMaxMs = 0
  let sent = 0
  let came = 0
  await sleep(SETTLE_MS)
  await loopDelayMax(port)
  try {
    for (const seed of [1, 2, 3]) {
      const turns = growingSession(seed, 200_000)
      for (const [index, { body }] of turns.entries()) {
        if (index === 0) marks.push(cpuMs(pid))
        if (index === turns.length >> 2) marks.push(cpuMs(pid))
        if (index === turns.length - (turns.length >> 2)) marks.push(cpuMs(pid))
        const directAt = performance.now()
        await post(upstreamPort, body)
        const direct = last().atMs - directAt
        const at = performance.now()
        const pending = post(port, body)
        const alive = health(port)
        await pending
        added.push(last().atMs - at - direct)
        healthMaxMs = Math.max(healthMaxMs, await alive)
        sent += last().bytes
        came += body.length
      }
      marks.push(cpuMs(pid))
      quarters.push(turns.length >> 2)
    }
    const quarter = added.length >> 2
    const turnsTimed = quarters.reduce((sum, count) => sum + count, 0)
    const perTurn = (mark: number): number =>
      quarters.reduce((sum, _, session) => sum + marks[session * 4 + mark + 1]! - marks[session * 4 + mark]!, 0) /
      turnsTimed
    return {
      turns: added.length,
      addedP50Ms: percentile(added, 0.5),
      addedP99Ms: percentile(added, 0.99),
      earlyP50Ms: percentile(added.slice(0, quarter), 0.5),
      lateP50Ms: percentile(added.slice(-quarter), 0.5),
      healthMaxMs,
      loopDelayMaxMs: await loopDelayMax(port),
      readyMs,
      rssMb: rssMb(pid),
      sentShare: sent / came,
      earlyCpuMs: perTurn(0),
      lateCpuMs: perTurn(2),
    }
  } finally {
    await stop()
    server.close()
    rmSync(home, { recursive: true, force: true })
  }
}

export const proxyTable = (result: ProxyResult): string =>
  table([Object.keys(result), Object.values(result).map((value: number) => value.toFixed(2))])

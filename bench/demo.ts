// npm run demo: a scripted agent session through a live proxy against a local fake provider. No key, no network, ten seconds.

import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBuiltProxy } from '../test/support/built-proxy.js'
import { growingSession } from '../test/support/session.js'
import { table } from './score.js'

interface StatsAnswer {
  readonly recent: readonly { tokensBefore: number; tokensAfter: number; durationMs: number }[]
  readonly byCompressor: readonly { name: string; blocks: number; tokensBefore: number; tokensAfter: number }[]
}

const PACE_MS = 450
const BAR_CHARS = 44
const colour = process.stdout.isTTY && !process.env.NO_COLOR
const paint = (code: number, text: string): string => (colour ? `\x1b[${code}m${text}\x1b[0m` : text)
const number = (value: number): string => value.toLocaleString('en-US')
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const call = (port: number, path: string, body?: Buffer): Promise<string> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'x-api-key': 'demo', 'anthropic-version': '2023-06-01' }
    const out = request({ host: '127.0.0.1', port, path, method: body ? 'POST' : 'GET', headers }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => resolve(Buffer.concat(parts).toString('utf8')))
    })
    out.on('error', reject)
    out.end(body)
  })

const provider = async () => {
  let bytes = 0
  const server = createServer((incoming, answer) => {
    incoming.on('data', (part: Buffer) => {
      bytes += part.length
    })
    incoming.on('end', () => {
      answer.writeHead(200, { 'content-type': 'application/json' })
      answer.end(
        '{"type":"message","content":[{"type":"text","text":"Next."}],"usage":{"input_tokens":1,"output_tokens":1}}',
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, bytes: () => bytes, close: () => server.close() }
}

const bar = (before: number, after: number, most: number): string => {
  const whole = Math.max(1, Math.round((before / most) * BAR_CHARS))
  const kept = Math.max(1, Math.round((after / most) * BAR_CHARS))
  return `${paint(36, '█'.repeat(kept))}${paint(90, '░'.repeat(Math.max(0, whole - kept)))}${' '.repeat(Math.max(0, BAR_CHARS - whole))}`
}

const main = async (): Promise<void> => {
  const home = mkdtempSync(join(tmpdir(), 'headroom-demo-'))
  const upstream = await provider()
  const proxy = await startBuiltProxy({ home, upstream: `http://127.0.0.1:${upstream.port}` })
  const { port } = proxy
  try {
    console.log(
      `A coding agent talks to a fake provider through headroom on port ${port}. Every turn sends the whole history again.\n`,
    )
    const turns = growingSession(7, 60_000)
    let sent = 0
    for (const [index, { body }] of turns.entries()) {
      sent += body.length
      await call(port, '/v1/messages', body)
      const { recent } = JSON.parse(await call(port, '/stats')) as StatsAnswer
      const last = recent[0]
      if (last && last.tokensBefore > 0) {
        const most = Math.max(40_000, last.tokensBefore)
        const saved = 1 - last.tokensAfter / last.tokensBefore
        console.log(
          `turn ${String(index + 1).padStart(2)}  ${bar(last.tokensBefore, last.tokensAfter, most)} ${number(last.tokensBefore).padStart(7)} → ${number(last.tokensAfter).padStart(6)} tokens of tool results  ${paint(32, `−${(saved * 100).toFixed(0)} %`)}  ${last.durationMs.toFixed(0)} ms`,
        )
      }
      await pause(PACE_MS)
    }
    const stats = JSON.parse(await call(port, '/stats')) as StatsAnswer
    const rows = stats.byCompressor.map((row) => [
      row.name,
      String(row.blocks),
      number(row.tokensBefore),
      number(row.tokensAfter),
      `${((1 - row.tokensAfter / Math.max(1, row.tokensBefore)) * 100).toFixed(0)} %`,
    ])
    console.log(`\n${table([['compressor', 'blocks', 'tokens in', 'tokens out', 'saved'], ...rows])}`)
    console.log(
      `\nbytes from the agent ${number(sent)}, bytes to the provider ${number(upstream.bytes())} (system prompt, tools and file reads go through unchanged).`,
    )
    console.log(
      'Every original is kept and comes back byte for byte: headroom retrieve ID. Start for real with `npm start`.',
    )
  } finally {
    await proxy.stop()
    upstream.close()
    rmSync(home, { recursive: true, force: true })
  }
}

await main()

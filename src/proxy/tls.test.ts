import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { bundled } from '../../test/support/bundle.js'
import { startFakeUpstream } from '../../test/support/fake-upstream.js'
import { tempHome } from '../../test/support/home.js'
import { call } from '../../test/support/proxy-client.js'

const hasOpenssl = spawnSync('openssl', ['version']).status === 0

/** A self-signed certificate for `provider.test`, made for this run. */
const certificate = (folder: string): { key: string; cert: string; file: string } => {
  const [key, file] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', '/CN=provider.test', '-addext', 'subjectAltName=DNS:provider.test']
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', file, ...subject],
    {
      stdio: 'ignore',
    },
  )
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(file, 'utf8'), file }
}

const startChild = async (
  upstream: string,
  outbound: string,
  env: Record<string, string>,
): Promise<{ port: number; stop: () => void }> => {
  const script = await bundled('test/support/proxy-child.ts', 'proxy-child')
  const child = spawn(process.execPath, [script.pathname, upstream, outbound], { env })
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return { port: Number(line), stop: () => void child.kill() }
}

describe('TLS upstreams behind a corporate proxy (D-4)', () => {
  it.skipIf(!hasOpenssl)('are reached with HTTPS_PROXY and an extra CA, and refused without the CA', async () => {
    const { key, cert, file } = certificate(tempHome())
    const upstream = await startFakeUpstream({ tls: { key, cert } })
    const asked: string[] = []
    const corporate = createServer()
    corporate.on('connect', (req, socket) => {
      asked.push(req.url ?? '')
      const peer = connect(upstream.port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
        peer.pipe(socket).pipe(peer)
      })
      for (const end of [peer, socket]) end.on('error', () => end.destroy())
    })
    corporate.listen(0, '127.0.0.1')
    await once(corporate, 'listening')
    const outbound = `http://127.0.0.1:${(corporate.address() as AddressInfo).port}`

    const trusting = await startChild('https://provider.test', outbound, { NODE_EXTRA_CA_CERTS: file })
    const answer = await call({ port: trusting.port, method: 'POST', path: '/v1/messages', body: '{}' })
    expect([answer.status, upstream.requests[0]?.body.toString()]).toEqual([200, '{}'])
    const socket = new WebSocket(`ws://127.0.0.1:${trusting.port}/v1/responses`)
    await once(socket, 'open')
    socket.send('through TLS')
    expect(String((await once(socket, 'message'))[0])).toBe('through TLS')
    socket.terminate()
    expect(asked).toEqual(['provider.test:443', 'provider.test:443'])
    trusting.stop()

    const strict = await startChild('https://provider.test', outbound, { NODE_EXTRA_CA_CERTS: '' })
    const refused = await call({ port: strict.port, method: 'POST', path: '/v1/messages', body: '{}' })
    expect([refused.status, refused.body.toString()]).toEqual([502, expect.stringContaining('self-signed certificate')])
    strict.stop()
    corporate.closeAllConnections()
    corporate.close()
    await upstream.close()
  })
})

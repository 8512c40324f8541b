// Where the proxy listens: a free port near the configured one, and never its own upstream.
import { lookup } from 'node:dns/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { HeadroomError } from '../base/errors.js'
import { isLoopbackAddress, isLoopbackHost } from './access.js'
import type { Upstream } from './upstream.js'

/** Ports tried one after another before the system picks one. */
const PORT_TRIES = 20

/** Listens on `port`, or on the next one that is free where it is taken or reserved. */
export const listenNear = async (server: Server, host: string, port: number): Promise<AddressInfo> => {
  const tries = port === 0 ? [0] : Array.from({ length: PORT_TRIES }, (_, i) => port + i).filter((at) => at < 65_536)
  for (const at of [...tries, 0]) {
    const failure = await listenOn(server, host, at)
    if (failure === undefined) return server.address() as AddressInfo
    if (failure.code !== 'EADDRINUSE' && failure.code !== 'EACCES')
      throw new HeadroomError('CONFIG_INVALID', `cannot listen on ${host}: ${failure.message}`, { cause: failure })
  }
  throw new HeadroomError('PORT_IN_USE', `no free port on ${host} near ${port}`)
}

const listenOn = (server: Server, host: string, port: number): Promise<NodeJS.ErrnoException | undefined> =>
  new Promise((resolve) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      server.off('listening', onListening)
      resolve(error)
    }
    const onListening = (): void => {
      server.off('error', onError)
      resolve(undefined)
    }
    server.once('error', onError).once('listening', onListening)
    server.listen(port, host)
  })

/** Throws where requests to the upstream would come back to this listener. */
export const assertNoLoop = async (upstreams: readonly Upstream[], port: number): Promise<void> => {
  for (const { base, name, shown } of upstreams) {
    const upstreamPort = Number(base.port || (base.protocol === 'https:' ? 443 : 80))
    if (upstreamPort === port && (await isThisMachine(base.hostname)))
      throw new HeadroomError(
        'CONFIG_INVALID',
        `the ${name} upstream ${shown} is this proxy itself (port ${port}). Set it to the provider's own base URL; a base URL variable meant for the agent may have been read as the upstream.`,
      )
  }
}

const isThisMachine = async (hostname: string): Promise<boolean> => {
  const name = hostname.replace(/^\[|\]$/g, '').toLowerCase()
  if (isLoopbackHost(name) || name === '0.0.0.0' || name === '::') return true
  const own = new Set(Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map((entry) => entry.address)))
  try {
    const addresses = await lookup(name, { all: true })
    return addresses.some(({ address }) => isLoopbackAddress(address) || own.has(address))
  } catch {
    // A name that cannot be resolved now is not this machine; a request to it will say what is wrong.
    return false
  }
}

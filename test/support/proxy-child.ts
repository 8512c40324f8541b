// A proxy in a process of its own: arguments are the upstream and the outbound HTTPS proxy; prints its port.
import { proxyFor } from './proxy-client.js'

const [, , upstream = '', https = ''] = process.argv
const proxy = await proxyFor(upstream, { outbound: https === '' ? {} : { https } })
process.stdout.write(`${proxy.port}\n`)

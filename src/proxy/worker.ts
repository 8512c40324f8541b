// Entry of a compression thread: one engine over the shared home, served to the main thread.
import { parentPort, workerData } from 'node:worker_threads'
import { HeadroomError } from '../base/errors.js'
import { createHeadroom } from '../create.js'
import { warmUp } from './warm-up.js'
import type { WorkerData } from './worker-protocol.js'
import { portLogger, serveEngine } from './worker-serve.js'

if (parentPort === null) throw new HeadroomError('INTERNAL', 'this file runs in a worker thread of the proxy')
const logger = portLogger(parentPort)
const data = workerData as WorkerData
const engine = createHeadroom({ ...data, logger })
let isOver = false
const warmed = warmUp({
  open: (home) => createHeadroom({ ...data, home, holdoutPercent: 0 }),
  isOver: () => isOver,
}).catch((error: unknown) => logger('warn', 'warming up failed', { error: String(error) }))
serveEngine(parentPort, {
  ...engine,
  run(request) {
    isOver = true
    return engine.run(request)
  },
  async close() {
    isOver = true
    await warmed
    await engine.close()
  },
})

// Engines in worker threads behind the interface of one. A conversation stays with one thread, which remembers its bodies.
import { createHash } from 'node:crypto'
import type { Config } from '../spec/config.js'
import type { EngineRequest } from '../spec/engine.js'
import type { Logger } from '../spec/logger.js'
import { toShared } from './body.js'
import { SharedLease } from './deadline.js'
import type { EngineHost } from './options.js'
import { openWorker, type WorkerLink, whole } from './worker-link.js'
import type { WorkerData } from './worker-protocol.js'

export interface WorkerHostOptions {
  readonly config: Config
  /** Most threads; the first starts at once, others when all are busy. */
  readonly workers: number
  readonly logger?: Logger
  /** Script of a thread; the package's own where absent. */
  readonly entry?: URL
  /** Heap of one thread; beyond it the thread is replaced and its requests go on as they came. */
  readonly heapMb?: number
  /** A call that runs longer is taken for hung and its thread replaced. */
  readonly hungMs?: number
}

type Added = 'ready' | 'compressJson' | 'decode' | 'offer' | 'align' | 'remember' | 'record'

export interface WorkerHost extends Omit<EngineHost, Added>, Required<Pick<EngineHost, Added>> {
  /** Threads now alive. */
  readonly threads: number
}

const HEAP_MB = 768
/** Chosen: ten times what the largest body took on 2 cores. */
const HUNG_MS = 30_000
/** Bytes of a body that name its conversation where the client sends no session: they do not change as it grows. */
const KEY_BYTES = 2048
const REMEMBERED_KEYS = 2000
const REMEMBERED_REQUESTS = 10_000
/** A thread that ended this soon after its start is not started again at once. */
const CRASH_LOOP_MS = 1000
const CRASH_PAUSE_MS = 10_000

export const createWorkerHost = (options: WorkerHostOptions): WorkerHost => {
  const pool = createPool(options)
  const hungMs = options.hungMs ?? HUNG_MS
  const owners = new Map<string, WorkerLink>()

  /** The thread that knows the request. It may be asked twice: for the answer, and for what the provider did not read. */
  const ownerOf = (id: string): WorkerLink => {
    const owner = owners.get(id)
    return owner === undefined || owner.ended ? pool.leastBusy() : owner
  }

  const run = async (request: EngineRequest): ReturnType<EngineHost['run']> => {
    const { lease, ...plain } = request
    const link = pool.forConversation(conversationOf(request))
    const hung = setTimeout(() => link.kill(), hungMs)
    try {
      const shared = lease instanceof SharedLease ? lease : undefined
      const flag = shared === undefined ? {} : { flag: shared.flag }
      const input = { request: { ...plain, body: toShared(request.body) }, ...flag }
      const { handed, report } = await link.call('run', input, shared)
      remember(owners, report.id, link, REMEMBERED_REQUESTS)
      return { edits: handed === undefined ? (shared?.sent?.edits ?? []) : whole(handed, shared), report }
    } finally {
      clearTimeout(hung)
    }
  }

  return {
    run,
    settle(requestId, status, usage) {
      ownerOf(requestId).post({ call: 'settle', requestId, status, ...(usage === undefined ? {} : { usage }) })
    },
    noteBreak: (event) => ownerOf(event.id).post({ call: 'noteBreak', event }),
    money: (sinceMs) => pool.leastBusy().call('money', sinceMs),
    stats: (sinceMs) => pool.leastBusy().call('stats', sinceMs),
    retrieve: (ref, retrieveOptions) =>
      pool
        .leastBusy()
        .call('retrieve', { ref, ...(retrieveOptions === undefined ? {} : { options: retrieveOptions }) }),
    explain: (ref) => pool.leastBusy().call('explain', ref),
    compressJson: (body) => pool.leastBusy().call('compressJson', toShared(body)),
    decode: (bytes, encoding, limitBytes) =>
      pool.leastBusy().call('decode', { bytes: toShared(bytes), encoding, limitBytes }),
    offer: (request) => pool.leastBusy().call('offer', { ...request, body: toShared(request.body) }),
    align: (body) => pool.leastBusy().call('align', toShared(body)),
    remember: (entries) => pool.leastBusy().call('remember', entries),
    record: (event) => pool.leastBusy().post({ call: 'record', event }),
    ready: () => pool.leastBusy().ready,
    get threads() {
      return pool.threads
    },
    close: () => pool.close(),
  }
}

const conversationOf = ({ session, body }: EngineRequest): string =>
  session ?? createHash('sha256').update(body.subarray(0, KEY_BYTES)).digest('base64')

const remember = <V>(map: Map<string, V>, key: string, value: V, limit: number): void => {
  map.delete(key)
  map.set(key, value)
  const oldest = map.size > limit ? map.keys().next() : undefined
  if (oldest?.done === false) map.delete(oldest.value)
}

const engineSettings = ({
  home,
  policy,
  rules,
  storeMaxBytes,
  storeMaxAgeDays,
  prices,
  repack,
  holdoutPercent,
}: Config): WorkerData => ({
  home,
  policy,
  rules,
  storeMaxBytes,
  storeMaxAgeDays,
  repack,
  holdoutPercent,
  ...(prices === undefined ? {} : { prices }),
})

interface Pool {
  readonly threads: number
  forConversation(key: string): WorkerLink
  leastBusy(): WorkerLink
  close(): Promise<void>
}

const createPool = (options: WorkerHostOptions): Pool => {
  const logger = options.logger ?? (() => undefined)
  const homes = new Map<string, WorkerLink>()
  const links: WorkerLink[] = []
  let closed = false
  let pausedUntilMs = 0

  const open = (): WorkerLink => {
    const startedMs = performance.now()
    const link = openWorker({
      entry: options.entry ?? new URL('./worker.js', import.meta.url),
      data: engineSettings(options.config),
      heapMb: options.heapMb ?? HEAP_MB,
      logger,
      onEnd() {
        links.splice(links.indexOf(link), 1)
        if (closed) return
        const nowMs = performance.now()
        if (nowMs - startedMs < CRASH_LOOP_MS) pausedUntilMs = nowMs + CRASH_PAUSE_MS
        else if (links.length === 0) open()
      },
    })
    links.push(link)
    return link
  }
  /** A thread that is there, or a new one; while starts keep failing, the last one that failed. */
  const leastBusy = (): WorkerLink => {
    const usable = links.filter((link) => link.isReady)
    const best = (usable.length > 0 ? usable : links).reduce<WorkerLink | undefined>(
      (least, link) => (least === undefined || link.waiting < least.waiting ? link : least),
      undefined,
    )
    return best ?? (performance.now() >= pausedUntilMs && !closed ? open() : NO_THREAD)
  }
  open()

  return {
    get threads() {
      return links.length
    },
    leastBusy,
    forConversation(key) {
      const home = homes.get(key)
      const link = home === undefined || home.ended ? leastBusy() : home
      remember(homes, key, link, REMEMBERED_KEYS)
      if (link.waiting > 0 && links.length < options.workers && links.every((one) => one.isReady)) open()
      return link
    },
    async close() {
      closed = true
      await Promise.all(links.slice().map((link) => closeLink(link)))
    },
  }
}

/** Milliseconds an engine gets to close its files. */
const CLOSE_MS = 3000

const closeLink = async (link: WorkerLink): Promise<void> => {
  const limit = setTimeout(() => link.kill(), CLOSE_MS)
  // Ends as a rejection where the thread was killed or had ended already: closed is closed.
  await link.call('close', undefined).catch(() => undefined)
  clearTimeout(limit)
  link.kill()
}

const unavailable = (): Promise<never> => Promise.reject(new Error('no compression thread: its starts keep failing'))

/** Stands in while threads cannot be started: every call fails at once, so requests go on as they came. */
const NO_THREAD: WorkerLink = {
  waiting: 0,
  isReady: false,
  ended: true,
  ready: Promise.resolve(),
  call: unavailable,
  post: () => undefined,
  kill: () => undefined,
}

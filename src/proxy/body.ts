// Request bodies in memory that worker threads can read too: copied once, never moved away from this thread.
import type { IncomingMessage } from 'node:http'
import { PassThrough } from 'node:stream'

/** Longest body that is held in memory; longer ones stream through untouched. */
export const BODY_LIMIT_BYTES: number = 64 * 1024 * 1024

export type Collected =
  | { readonly kind: 'whole'; readonly body: Buffer }
  /** Over the limit: what was read so far; the rest waits in the request. */
  | { readonly kind: 'long'; readonly head: readonly Buffer[] }
  /** The client went away. */
  | { readonly kind: 'gone' }

export const sharedBuffer = (length: number): Buffer => Buffer.from(new SharedArrayBuffer(length))

export const toShared = (bytes: Uint8Array): Buffer => {
  if (bytes.buffer instanceof SharedArrayBuffer)
    return Buffer.from(bytes.buffer as unknown as ArrayBuffer, bytes.byteOffset, bytes.byteLength)
  const copy = sharedBuffer(bytes.length)
  copy.set(bytes)
  return copy
}

export const declaredLength = (req: IncomingMessage): number | undefined => {
  const value = req.headers['content-length']
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined
}

export const hasBody = (req: IncomingMessage): boolean =>
  req.headers['transfer-encoding'] !== undefined || (declaredLength(req) ?? 0) > 0

/** Reads the whole body. With a declared length every chunk is copied once, straight into shared memory. */
export const collectBody = (req: IncomingMessage, limitBytes: number): Promise<Collected> =>
  new Promise((resolve) => {
    const length = declaredLength(req)
    const known = length !== undefined && length <= limitBytes ? sharedBuffer(length) : undefined
    const chunks: Buffer[] = []
    let at = 0
    const done = (collected: Collected): void => {
      req.off('data', onData).off('end', onEnd).off('close', onGone).off('error', onGone)
      resolve(collected)
    }
    const onData = (chunk: Buffer): void => {
      if (known !== undefined && at + chunk.length <= known.length) known.set(chunk, at)
      else chunks.push(chunk)
      at += chunk.length
      if (at > limitBytes) {
        req.pause()
        done({ kind: 'long', head: chunks })
      }
    }
    const onEnd = (): void => done({ kind: 'whole', body: known ?? joined(chunks, at) })
    const onGone = (): void => done({ kind: 'gone' })
    req.on('data', onData).on('end', onEnd).on('close', onGone).on('error', onGone)
  })

const joined = (chunks: readonly Buffer[], length: number): Buffer => {
  const body = sharedBuffer(length)
  let at = 0
  for (const chunk of chunks) {
    body.set(chunk, at)
    at += chunk.length
  }
  return body
}

/**
 * The rest of a body as a stream of its own, so that an upstream that stops reading ends the stream and not the
 * client's socket. Ends in an error when the client goes away before the end.
 */
export const restOf = (req: IncomingMessage, head: readonly Buffer[] = []): PassThrough => {
  const rest = new PassThrough()
  for (const chunk of head) rest.write(chunk)
  req.once('close', () => {
    if (!req.complete) rest.destroy(new Error('client went away'))
  })
  rest.on('error', () => req.unpipe(rest))
  req.pipe(rest)
  return rest
}

// The way back: an upstream's answer to one client response, byte for byte and as it comes.
import type { ServerResponse } from 'node:http'
import type { Dispatcher } from 'undici'
import { messageOf } from '../base/errors.js'
import { answerHeaders, type RawHeaders } from './headers.js'
import { refuse, unreachable } from './refusal.js'

const NOTHING = Buffer.alloc(0)

/** Sees what passes, after it was handed to the client. Nothing here can delay or change the answer. */
export interface AnswerObserver {
  started?(status: number, headers: RawHeaders): void
  chunk?(chunk: Buffer): void
  /** Once, however the answer ended; `status` is undefined where none came. */
  ended?(status: number | undefined): void
}

/** Relays one answer. A client that leaves ends the upstream request; an upstream that fails ends the client's socket. */
export const relayTo = (
  res: ServerResponse,
  shownUpstream: string,
  observer: AnswerObserver = {},
): Dispatcher.DispatchHandler => {
  let status: number | undefined
  let abort: ((error?: Error) => void) | undefined
  let resume: (() => void) | undefined
  let over = false
  const finish = (): void => {
    if (over) return
    over = true
    res.off('close', onClose).off('drain', onDrain)
    observer.ended?.(status)
  }
  const onClose = (): void => {
    if (!res.writableFinished) abort?.(new Error('client went away'))
    finish()
  }
  const onDrain = (): void => resume?.()
  res.on('close', onClose).on('drain', onDrain)

  return {
    onConnect(abortUpstream) {
      abort = abortUpstream
      if (res.destroyed) abortUpstream(new Error('client went away'))
    },
    onHeaders(statusCode, rawHeaders, resumeUpstream, statusText) {
      if (statusCode < 200) return true
      const headers = answerHeaders(rawHeaders)
      resume = resumeUpstream
      res.sendDate = false
      res.writeHead(statusCode, statusText, headers)
      status = statusCode
      // An empty buffer flushes the head as latin1; `flushHeaders` would write it as UTF-8 and change bytes above 0x7f.
      res.write(NOTHING)
      observer.started?.(statusCode, headers)
      return true
    },
    onData(chunk) {
      const more = res.write(chunk)
      observer.chunk?.(chunk)
      return more
    },
    onComplete(trailers) {
      addTrailers(res, trailers)
      res.end()
      finish()
    },
    onError(error) {
      if (!res.headersSent && !res.destroyed) refuse(res, unreachable(shownUpstream, reasonOf(error)))
      else res.destroy()
      finish()
    },
  }
}

const addTrailers = (res: ServerResponse, trailers: readonly (string | Buffer)[] | null): void => {
  if (trailers === null || trailers.length === 0 || !res.chunkedEncoding) return
  const pairs: [string, string][] = []
  for (let i = 0; i + 1 < trailers.length; i += 2) pairs.push([latin1(trailers[i]!), latin1(trailers[i + 1]!)])
  res.addTrailers(pairs)
}

const latin1 = (part: string | Buffer): string => (typeof part === 'string' ? part : part.toString('latin1'))

/** Code and message of the first cause; a failed connection to several addresses has them inside. */
const reasonOf = (error: unknown): string => {
  const first = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error
  return messageOf(first) || (first instanceof Error && 'code' in first ? String(first.code) : 'no reason given')
}

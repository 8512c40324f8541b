// One client answer out of one or more upstream answers. Events go on as they come; only calls of ours are held back, answered
// from the store, and the upstream asked to go on. A client that leaves ends whatever is under way.
import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Dispatcher } from 'undici'
import { messageOf } from '../../base/errors.js'
import type { Engine } from '../../spec/engine.js'
import type { Logger } from '../../spec/logger.js'
import type { Codec } from '../../spec/wire.js'
import type { Exchange } from '../exchange.js'
import { answerHeaders, headerOf, type RawHeaders, requestHeaders, sessionOf } from '../headers.js'
import { refuse, unreachable } from '../refusal.js'
import { type AnswerObserver, relayTo } from '../relay.js'
import { watchUsage } from '../usage.js'
import { AnswerBytes } from './answer-bytes.js'
import { RawEvents } from './events.js'
import type { Offer } from './offer.js'
import { continuedBody, followUpEvent, MAX_ROUNDS, Outcome, ownCalls, waitsForUs } from './outcome.js'
import { valueAt } from './patch.js'
import { answerTo } from './tool.js'
import type { Answered, Failure, RedeemDialect, Round, Surgeon } from './types.js'

export interface RedeemRun {
  readonly exchange: Exchange
  readonly codec: Codec
  readonly dialect: RedeemDialect
  readonly offer: Offer
  /** The body as it is sent first. */
  readonly body: Buffer
  readonly observer: AnswerObserver
  readonly engine: Pick<Engine, 'retrieve' | 'remember' | 'record'>
  readonly logger: Logger
}

type Kind = 'events' | 'json' | 'other'

const kindOf = (status: number, headers: RawHeaders): Kind => {
  const type = (headerOf(headers, 'content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase()
  if (status !== 200 || !AnswerBytes.reads(headers)) return 'other'
  if (type === 'text/event-stream') return 'events'
  return type === 'application/json' ? 'json' : 'other'
}

/** The form of the body is ours from here on. */
const withoutForm = (headers: RawHeaders): string[] => {
  const kept: string[] = []
  for (let i = 0; i + 1 < headers.length; i += 2)
    if (!/^(?:content-length|content-encoding|content-md5|digest|etag)$/i.test(headers[i]!))
      kept.push(headers[i]!, headers[i + 1]!)
  return kept
}

/** A key by which a provider takes a second request for a retry of the first. */
const withoutRetryKey = (headers: RawHeaders): string[] => {
  const kept: string[] = []
  for (let i = 0; i + 1 < headers.length; i += 2)
    if (!/idempotency-key$/i.test(headers[i]!)) kept.push(headers[i]!, headers[i + 1]!)
  return kept
}

const FOREIGN = 'an answer is not of the form we know; it goes on as it comes'

export const redeem = (run: RedeemRun): void => new AnswerRelay(run).start()

class AnswerRelay {
  readonly #run: RedeemRun
  readonly #surgeon: Surgeon
  readonly #outcome: Outcome
  #body: Buffer
  #answers: Buffer[] = []
  #began = false
  #abort: ((error?: Error) => void) | undefined
  #resume: (() => void) | undefined
  #full = false
  #isForeign = false
  #over = false

  constructor(run: RedeemRun) {
    this.#run = run
    this.#surgeon = run.dialect.surgeon()
    this.#outcome = new Outcome(run.dialect, run.body)
    this.#body = run.body
    const { res } = run.exchange
    res.on('drain', () => {
      this.#full = false
      this.#resume?.()
    })
    res.once('close', () => {
      this.#over = true
      if (!res.writableFinished) this.#abort?.(new Error('client went away'))
    })
  }

  start(): void {
    const { req } = this.#run.exchange
    this.#dispatch(requestHeaders(req.rawHeaders, 'changed'), this.#first())
  }

  #dispatch(headers: string[], handler: Dispatcher.DispatchHandler): void {
    const { upstream, target, req } = this.#run.exchange
    upstream.dispatch(
      { method: (req.method ?? 'POST') as 'POST', path: target.forward, headers, body: this.#body },
      handler,
    )
  }

  /** The first answer: anything that is no model's answer is relayed as ever. */
  #first(): Dispatcher.DispatchHandler {
    const { exchange, observer } = this.#run
    let plain: Dispatcher.DispatchHandler | undefined
    let reading: Reading | undefined
    return {
      onConnect: (abort) => this.#connected(abort),
      onHeaders: (status, raw, resume, text) => {
        if (status < 200) return true
        const headers = answerHeaders(raw)
        const kind = kindOf(status, headers)
        if (kind === 'other') {
          plain = relayTo(exchange.res, exchange.upstream.shown, observer)
          plain.onConnect?.((error) => this.#abort?.(error))
          return plain.onHeaders!(status, raw, resume, text)
        }
        this.#resume = resume
        observer.started?.(status, headers)
        reading = this.#read(kind, { status, headers, text })
        return true
      },
      onData: (chunk) => {
        if (plain) return plain.onData!(chunk)
        reading?.bytes.push(chunk)
        observer.chunk?.(chunk)
        return !this.#full
      },
      onComplete: (trailers) => {
        if (plain) return plain.onComplete!(trailers)
        observer.ended?.(200)
        reading?.bytes.end()
      },
      onError: (error) => {
        if (plain) return plain.onError!(error)
        observer.ended?.(reading === undefined ? undefined : 200)
        this.#failed(error)
      },
    }
  }

  #connected(abort: (error?: Error) => void): void {
    this.#abort = abort
    if (this.#over) abort(new Error('client went away'))
  }

  #read(kind: 'events' | 'json', head: Head): Reading {
    return kind === 'events' ? this.#readEvents(head) : this.#readJson(head)
  }

  #readEvents({ status, headers, text }: Head): Reading {
    const { res } = this.#run.exchange
    if (!this.#began) {
      res.sendDate = false
      res.writeHead(status, text, withoutForm(headers))
      res.write(Buffer.alloc(0))
    }
    this.#began = true
    const events = new RawEvents()
    return {
      bytes: new AnswerBytes(headers, {
        data: (chunk) => {
          for (const event of events.push(chunk))
            this.#write(this.#known(() => this.#surgeon.event(event)) ?? [event.raw])
        },
        end: () => {
          for (const event of events.end()) this.#write(this.#known(() => this.#surgeon.event(event)) ?? [event.raw])
          const round = this.#known(() => this.#surgeon.round())
          if (round === undefined) this.#run.exchange.res.end()
          else this.#ended(round, () => this.#write(this.#surgeon.finish()))
        },
        failed: (error) => this.#failed(error),
      }),
    }
  }

  /** What is not as we know it stops our reading, never the client's: from there on the answer goes on as it comes. */
  #known<T>(read: () => T): T | undefined {
    if (this.#isForeign) return undefined
    try {
      return read()
    } catch (error) {
      if (this.#surgeon.hides) throw error
      this.#isForeign = true
      this.#run.logger('warn', FOREIGN, { error: messageOf(error) })
      return undefined
    }
  }

  #readJson(head: Head): Reading {
    return this.#collect(head, (json) => {
      this.#answers.push(json)
      const round = this.#roundOf(json)
      if (round === undefined) this.#whole(head, json).end()
      else this.#ended(round, () => this.#whole(head, this.#run.dialect.merged(this.#answers)))
    })
  }

  #collect({ headers }: Head, whole: (body: Buffer) => void): Reading {
    const chunks: Buffer[] = []
    return {
      bytes: new AnswerBytes(headers, {
        data: (chunk) => chunks.push(chunk),
        end: () => whole(Buffer.concat(chunks)),
        failed: (error) => this.#failed(error),
      }),
    }
  }

  #roundOf(json: Buffer): Round | undefined {
    try {
      return this.#run.dialect.answer(json)
    } catch (error) {
      this.#run.logger('warn', FOREIGN, { error: messageOf(error) })
      return undefined
    }
  }

  #whole({ status, headers, text }: Head, body: Buffer): ServerResponse {
    const { res } = this.#run.exchange
    res.sendDate = false
    res.writeHead(status, text, [...withoutForm(headers), 'content-length', String(body.length)])
    res.write(body)
    return res
  }

  #write(chunks: readonly Buffer[]): void {
    const { res } = this.#run.exchange
    for (const chunk of chunks) if (!this.#over && !res.write(chunk)) this.#full = true
  }

  #ended(round: Round, finish: () => void): void {
    this.#goOn(round, finish).catch((error: unknown) => this.#failed(error))
  }

  async #goOn(round: Round, finish: () => void): Promise<void> {
    const { dialect, offer, engine, exchange, logger } = this.#run
    const answers: Answered[] = []
    if (round.stopsForCalls)
      for (const call of ownCalls(round)) answers.push({ call, text: await answerTo(call, engine) })
    if (this.#over) return
    if (waitsForUs(round) && this.#outcome.rounds < MAX_ROUNDS) {
      const next = continuedBody(dialect, this.#body, this.#outcome.hide(round, answers))
      if (next !== undefined) return this.#follow(next)
    }
    if (waitsForUs(round)) logger('warn', 'the model kept asking for originals; its answer ends here')
    this.#outcome.end(round, answers)
    try {
      const entries = this.#outcome.toRemember(offer)
      if (entries.length > 0) await engine.remember(entries)
    } catch (error) {
      logger('error', 'what was retrieved will be missing on the next turn', { error: messageOf(error) })
    }
    if (this.#over) return
    finish()
    exchange.res.end()
  }

  #follow(body: Buffer): void {
    const { req } = this.#run.exchange
    this.#body = body
    this.#surgeon.next()
    this.#dispatch(withoutRetryKey(requestHeaders(req.rawHeaders, 'changed')), this.#later())
  }

  /** An answer that goes on where the one before stopped. Whatever else comes back is the client's to know. */
  #later(): Dispatcher.DispatchHandler {
    const startedMs = performance.now()
    const ledger = this.#ledgerOf(this.#body, startedMs)
    let reading: Reading | undefined
    return {
      onConnect: (abort) => this.#connected(abort),
      onHeaders: (status, raw, resume, text) => {
        if (status < 200) return true
        const headers = answerHeaders(raw)
        this.#resume = resume
        const kind = kindOf(status, headers)
        ledger.started(status, headers)
        const wanted = this.#began ? 'events' : 'json'
        reading =
          kind === wanted ? this.#read(kind, { status, headers, text }) : this.#readFailure({ status, headers, text })
        return true
      },
      onData: (chunk) => {
        reading?.bytes.push(chunk)
        ledger.chunk(chunk)
        return !this.#full
      },
      onComplete: () => {
        ledger.ended()
        reading?.bytes.end()
      },
      onError: (error) => {
        ledger.ended()
        const { res, upstream } = this.#run.exchange
        if (reading !== undefined || this.#over) return this.#failed(error)
        if (!this.#began) return refuse(res, unreachable(upstream.shown, messageOf(error)))
        const { code, message } = unreachable(upstream.shown, messageOf(error))
        this.#surface({
          status: 502,
          body: Buffer.from(JSON.stringify({ type: 'error', error: { type: code, code, message } })),
        })
      },
    }
  }

  #readFailure(head: Head): Reading {
    return this.#collect(head, (body) => {
      if (this.#began) return this.#surface({ status: head.status, body })
      this.#whole(head, body).end()
    })
  }

  #surface(failure: Failure): void {
    this.#write([this.#surgeon.failure(failure)])
    this.#run.exchange.res.end()
  }

  #ledgerOf(body: Buffer, startedMs: number) {
    const { codec, engine, exchange, logger } = this.#run
    const model = valueAt(body, ['model'])
    const named =
      model === undefined ? undefined : (JSON.parse(body.toString('utf8', model.start, model.end)) as unknown)
    let status = 0
    let watch: ReturnType<typeof watchUsage>
    return {
      started(code: number, headers: RawHeaders): void {
        status = code
        watch = watchUsage(codec, headers)
      },
      chunk: (chunk: Buffer): void => watch?.push(chunk),
      ended(): void {
        if (status === 0) return
        const durationMs = performance.now() - startedMs
        Promise.resolve(watch?.end())
          .then((usage) =>
            engine.record(
              followUpEvent({
                id: randomUUID(),
                atMs: Date.now(),
                ...{ durationMs, codec, body, status, usage },
                session: sessionOf(exchange.req.rawHeaders),
                agent: exchange.agent,
                model: typeof named === 'string' ? named : codec.modelOf?.(exchange.target.path),
              }),
            ),
          )
          .catch((error: unknown) =>
            logger('warn', 'a request of our own is not in the ledger', { error: String(error) }),
          )
      },
    }
  }

  #failed(error: unknown): void {
    const { res, upstream } = this.#run.exchange
    if (this.#over) return
    this.#run.logger('warn', 'an answer broke off', { error: messageOf(error) })
    if (!res.headersSent) refuse(res, unreachable(upstream.shown, messageOf(error)))
    else res.destroy()
  }
}

interface Head {
  readonly status: number
  readonly headers: RawHeaders
  readonly text: string
}

interface Reading {
  readonly bytes: AnswerBytes
}

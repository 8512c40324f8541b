// Plays what clients send through built proxies against a scripted provider and holds every promise against what arrived.
import { mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Dialect } from '../../../src/spec/wire.js'
import { type BuiltProxy, startBuiltProxy } from '../../support/built-proxy.js'
import { type FakeUpstream, startFakeUpstream } from '../../support/fake-upstream.js'
import { billsOf } from './bill.js'
import { foreignChanges } from './literals.js'
import { prefixFaults, type Sent, sentOf, tokensOf } from './prefix.js'
import { exchange } from './process.js'
import { unquotable } from './quotable.js'
import type { Action } from './variants.js'

/** One conversation of a client, as it is sent. */
export interface Script {
  readonly name: string
  readonly agent: string
  readonly dialect: Dialect
  readonly actions: readonly Action[]
}

export interface Outcome {
  readonly name: string
  readonly agent: string
  readonly dialect: Dialect
  readonly turns: number
  readonly foreign: readonly string[]
  readonly prefix: readonly string[]
  /** Answers, headers, replays by a fresh process. */
  readonly other: readonly string[]
  readonly bytes: { readonly came: number; readonly went: number }
  readonly tokens: { readonly came: number; readonly went: number }
  readonly bill: { readonly without: number; readonly with: number }
}

export interface Played {
  readonly outcomes: readonly Outcome[]
  readonly tookMs: readonly number[]
  readonly readyMs: readonly number[]
}

export interface Stage {
  readonly cli: string
  readonly deadlineMs?: number
  /** Ask a fresh process for the last bodies again; a deadline that always passes leaves it nothing to repeat. */
  readonly repeats: boolean
  /** Scripts run turn by turn beside each other instead of one after the other. */
  readonly interleaved?: boolean
}

interface Line {
  readonly script: Script
  readonly sent: Sent[]
  readonly foreign: string[]
  readonly prefix: string[]
  readonly other: string[]
}

/** Earlier requests of a conversation that the next one is compared with. */
const COMPARED = 3

/** Two proxies on one home, started when first needed and again after a restart. */
class Machine {
  readonly readyMs: number[] = []
  readonly #proxies: (BuiltProxy | undefined)[] = [undefined, undefined]
  readonly #home: string = mkdtempSync(join(resolve('.cache'), 'sessions-'))
  readonly #stage: Stage
  readonly #upstream: FakeUpstream

  constructor(stage: Stage, upstream: FakeUpstream) {
    this.#stage = stage
    this.#upstream = upstream
  }

  async proxy(which: 0 | 1): Promise<BuiltProxy> {
    const running = this.#proxies[which]
    if (running !== undefined) return running
    const { cli, deadlineMs } = this.#stage
    const upstream = this.#upstream.url
    const home = this.#home
    const proxy = await startBuiltProxy({ cli, home, upstream, ...(deadlineMs === undefined ? {} : { deadlineMs }) })
    this.#proxies[which] = proxy
    this.readyMs.push(proxy.readyMs)
    return proxy
  }

  /** Breaks that the proxies found and mended themselves; the provider saw none of them. */
  mended = 0

  async stop(which: 0 | 1): Promise<void> {
    const proxy = this.#proxies[which]
    if (proxy !== undefined) this.mended += await breaksOf(proxy)
    await proxy?.stop('SIGKILL')
    this.#proxies[which] = undefined
  }

  async close(): Promise<void> {
    await this.stop(0)
    await this.stop(1)
    rmSync(this.#home, { recursive: true, force: true })
  }
}

const breaksOf = async ({ port }: BuiltProxy): Promise<number> => {
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  return Number(/^headroom_prefix_breaks_total (\d+)$/m.exec(metrics)?.[1] ?? Number.NaN)
}

export const play = async (scripts: readonly Script[], stage: Stage): Promise<Played> => {
  const upstream = await startFakeUpstream()
  const machine = new Machine(stage, upstream)
  const tookMs: number[] = []
  const lines = scripts.map((script): Line => ({ script, sent: [], foreign: [], prefix: [], other: [] }))
  try {
    for (const [line, action] of inOrder(lines, stage.interleaved ?? false)) {
      if (action.kind === 'restart') await machine.stop(action.which)
      else tookMs.push(await sendOne(machine, upstream, line, action))
    }
    if (stage.repeats) for (const line of lines) await repeat(machine, upstream, line)
  } finally {
    await machine.close()
    await upstream.close()
  }
  if (machine.mended !== 0) lines[0]?.prefix.push(`${machine.mended} breaks of a sent prefix had to be mended`)
  return { outcomes: lines.map(outcomeOf), tookMs, readyMs: machine.readyMs }
}

const inOrder = (lines: readonly Line[], interleaved: boolean): (readonly [Line, Action])[] => {
  if (!interleaved) return lines.flatMap((line) => line.script.actions.map((action) => [line, action] as const))
  const longest = Math.max(...lines.map(({ script }) => script.actions.length))
  return Array.from({ length: longest }, (_, index) => index).flatMap((index) =>
    lines.flatMap((line) => {
      const action = line.script.actions[index]
      return action === undefined ? [] : [[line, action] as const]
    }),
  )
}

type Send = Extract<Action, { kind: 'send' }>

const sendOne = async (machine: Machine, upstream: FakeUpstream, line: Line, action: Send): Promise<number> => {
  const { dialect } = line.script
  const { port } = await machine.proxy(action.to)
  const { went, rawHeaders, answer, status, tookMs } = await exchange(port, upstream, {
    dialect,
    body: action.body,
    ...(action.encoding === undefined ? {} : { encoding: action.encoding }),
  })
  const isPacked = rawHeaders.some((name, at) => at % 2 === 0 && name.toLowerCase() === 'content-encoding')
  if (isPacked && !went.equals(action.body)) line.other.push('a packed body changed')
  const sent = sentOf(
    dialect,
    action.encoding === undefined ? action.body : gunzipSync(action.body),
    isPacked ? gunzipSync(went) : went,
  )
  const at = `turn ${line.sent.length}: `
  for (const fault of foreignChanges(dialect, sent.came, sent.went)) line.foreign.push(at + fault)
  for (const earlier of line.sent.slice(-COMPARED))
    for (const fault of prefixFaults(earlier, sent)) line.prefix.push(at + fault)
  const last = line.sent.at(-1)
  if (last !== undefined) for (const fault of unquotable(last, sent)) line.other.push(at + fault)
  if (status !== 200 || answer.length === 0) line.other.push(`${at}status ${status}, ${answer.length} bytes answered`)
  line.sent.push(sent)
  return tookMs
}

/** A fresh process, and one that has been there all the time, send the last turns with the very same bytes. */
const repeat = async (machine: Machine, upstream: FakeUpstream, line: Line): Promise<void> => {
  const { dialect } = line.script
  for (const which of [0, 1] as const) {
    const { port } = await machine.proxy(which)
    for (const { came, went } of line.sent.slice(-2)) {
      const again = await exchange(port, upstream, { dialect, body: came })
      if (!again.went.equals(went)) line.other.push(`process ${which} sends other bytes for the same body`)
    }
  }
}

const outcomeOf = ({ script, sent, foreign, prefix, other }: Line): Outcome => {
  const sum = (pick: (one: Sent) => number): number => sent.reduce((total, one) => total + pick(one), 0)
  const tokens = (pieces: Sent['camePieces']): number => pieces.reduce((total, piece) => total + tokensOf(piece), 0)
  return {
    name: script.name,
    agent: script.agent,
    dialect: script.dialect,
    turns: sent.length,
    foreign,
    prefix,
    other,
    bytes: { came: sum((one) => one.came.length), went: sum((one) => one.went.length) },
    tokens: { came: sum((one) => tokens(one.camePieces)), went: sum((one) => tokens(one.wentPieces)) },
    bill: billsOf(sent),
  }
}

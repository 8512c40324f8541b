// Shortens the texts of one tool result: by the engine of a running proxy where there is one, else by one of our own, in a
// thread that can be left behind when the time is up.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../spec/config.js'
import type { CompressTextOptions, CompressTextResult } from '../../spec/engine.js'
import { ask } from '../checks/http.js'
import type { CompressCall } from '../context.js'
import { type RunningState, readState } from '../shared-proxy/state.js'

export interface Shorten {
  readonly config: Config
  /** Opened where no proxy answers. */
  open(): Promise<CompressCall>
  /** Whole milliseconds that are left. */
  readonly leftMs: number
}

/** Proxies of this home: originals that they store lie where ours do. */
const running = ({ home }: Config): RunningState[] => {
  const folder = join(home, 'run')
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap((name) => readState(join(folder, name)) ?? [])
}

/** The texts in their short forms; a text that stays is the same string. */
export const shorten = async (
  texts: readonly string[],
  options: CompressTextOptions,
  { config, open, leftMs }: Shorten,
): Promise<readonly string[]> => {
  const calls = texts.map((text) => Buffer.from(JSON.stringify({ text, ...options })))
  for (const { url } of running(config)) {
    const bodies = await Promise.all(calls.map((body) => overHttp(url, body, leftMs)))
    const shorter = bodies.map(textOf)
    if (shorter.every((text) => text !== undefined)) return shorter
  }
  const engine = await open()
  try {
    const shorter: (string | undefined)[] = []
    for (const body of calls) shorter.push(textOf(await engine.compressJson(body)))
    return shorter.map((text, at) => text ?? texts[at]!)
  } finally {
    await engine.close()
  }
}

interface Answer {
  readonly status: number
  readonly json: string
}

/** A proxy of another version, or one that has just ended: the next way is tried. */
const overHttp = (url: string, body: Buffer, timeoutMs: number): Promise<Answer | undefined> =>
  ask(`${url}/headroom/compress`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    timeoutMs,
  }).then(
    ({ status, body: bytes }) => ({ status, json: bytes.toString('utf8') }),
    () => undefined,
  )

const textOf = (answer: Answer | undefined): string | undefined =>
  answer?.status === 200 ? (JSON.parse(answer.json) as CompressTextResult).text : undefined

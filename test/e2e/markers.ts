// Ways back that stand in what reached the provider, and what they lead to. Read apart from src/store/marker.ts on purpose.
import { existsSync, readFileSync } from 'node:fs'
import type { Recorded } from './provider/index.js'

/** Group 1: a file; group 2: an id. Neither may hold a quote or a backslash, so they stand in JSON as they are. */
const MARKER = / not shown[^[\]"\\]*; full text (?:in ([^[\]"\\]+\.txt)|kept; id ([0-9a-f]{16}))\]/g

/** Files and ids named by markers in a body. */
export const waysBackIn = (body: Buffer): string[] => [
  ...new Set([...body.toString().matchAll(MARKER)].map(([, file, id]) => file ?? id!)),
]

/** The original behind a way back; undefined where nothing is there. */
const open = async (wayBack: string, proxyPort: number): Promise<string | undefined> => {
  if (wayBack.endsWith('.txt')) return existsSync(wayBack) ? readFileSync(wayBack, 'utf8') : undefined
  const answer = await fetch(`http://127.0.0.1:${proxyPort}/headroom/retrieve/${wayBack}`, {
    headers: { accept: 'text/plain' },
  })
  return answer.ok ? await answer.text() : undefined
}

/** Every way back of a session, opened while the proxy still runs. */
export const openAll = async (
  calls: readonly Recorded[],
  proxyPort: number,
): Promise<ReadonlyMap<string, string | undefined>> => {
  const opened = new Map<string, string | undefined>()
  for (const wayBack of new Set(calls.flatMap(({ body }) => waysBackIn(body))))
    opened.set(wayBack, await open(wayBack, proxyPort))
  return opened
}

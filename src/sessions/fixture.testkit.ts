// Small recordings in a scratch folder, for tests of readers.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'
import { recordingsIn } from './find.js'
import type { Recording, SessionEvent } from './model.js'

const folder = mkdtempSync(join(tmpdir(), 'headroom-sessions-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

export const scratchFile = (name: string, content: string | readonly unknown[]): string => {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(
    path,
    typeof content === 'string' ? content : `${content.map((line) => JSON.stringify(line)).join('\n')}\n`,
  )
  return path
}

export const recordingsOf = async (path: string): Promise<readonly Recording[]> => {
  const found = await recordingsIn(path)
  if ('why' in found) throw new Error(found.why)
  return found
}

export const eventsOf = async (recording: Recording): Promise<SessionEvent[]> => {
  const events: SessionEvent[] = []
  for await (const event of recording.events()) events.push(event)
  return events
}

/** Events of the only recording in a file. */
export const eventsIn = async (path: string): Promise<SessionEvent[]> => {
  const [recording, ...more] = await recordingsOf(path)
  if (recording === undefined || more.length > 0) throw new Error('expected one recording')
  return eventsOf(recording)
}

/** `user hello`, `assistant bash 100+20`, `results 2`: enough to see what was read and in which order. */
export const sketch = (events: readonly SessionEvent[]): string[] =>
  events.map((event) => {
    const thread = event.thread === '' ? '' : `${event.thread}: `
    if (event.kind === 'user') return `${thread}${event.role ?? 'user'} ${event.texts.join('|')}`
    if (event.kind === 'results')
      return `${thread}results ${event.answers.map(({ id, text, isError }) => `${id}=${text}${isError ? '!' : ''}`).join(' ')}`
    if (event.kind === 'cut') return `${thread}cut ${event.keep}`
    if (event.kind !== 'assistant') return `${thread}${event.kind}`
    const calls = event.calls.map(({ id, name }) => `${name}#${id}`).join(' ')
    const paid = event.receipt === undefined ? '' : ` ${Object.values(event.receipt).join('/')}`
    return `${thread}${event.isHistory ? 'history' : 'assistant'} ${[event.text, calls].filter(Boolean).join(' ')}${paid}`
  })

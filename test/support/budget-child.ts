// Prints what an engine with its own home makes of one seeded conversation under a budget.
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHeadroom } from '../../src/index.js'
import { growingSession } from './session.js'

export const messagesOf = (seed: number, chars: number): unknown[] =>
  (JSON.parse(growingSession(seed, chars).at(-1)!.body.toString('utf8')) as { messages: unknown[] }).messages

export const budgetDigest = async (home: string): Promise<string> => {
  const engine = createHeadroom({ home })
  const { messages, report } = await engine.compress(messagesOf(3, 60_000), { budgetTokens: 8000 })
  await engine.close()
  return createHash('sha256')
    .update(JSON.stringify([messages, report.budget]))
    .digest('hex')
}

if (process.argv[2] === 'print') {
  const home = mkdtempSync(join(tmpdir(), 'headroom-test-'))
  process.stdout.write(await budgetDigest(home))
  rmSync(home, { recursive: true, force: true })
}

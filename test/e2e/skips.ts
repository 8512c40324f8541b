// Where the tokens of recorded tool results went: by tool, content type and outcome, each result counted when first seen.
// `node scripts/ts.mjs test/e2e/skips.ts`
import { mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createHeadroom } from '../../src/create.js'
import { peel } from '../../src/detect/envelope.js'
import { detect } from '../../src/detect/index.js'
import type { BlockReport } from '../../src/spec/report.js'
import { countTokens } from '../../src/tokenize/index.js'
import type { Conversation } from './sessions/conversation.js'
import { recordedConversations } from './sessions/recorded.js'
import { plain } from './sessions/variants.js'

interface Seen {
  readonly session: string
  readonly tool: string
  readonly type: string
  readonly outcome: string
  readonly command: string
  readonly before: number
  readonly after: number
}

const textAt = (parsed: unknown, path: BlockReport['path']): string =>
  String(path.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key as string], parsed))

const seenOf = (session: string, block: BlockReport, text: string): Seen => {
  const { origin, skip, form, detail } = block
  const before = block.tokensBefore || countTokens(text)
  return {
    session,
    tool: origin.toolName ?? '?',
    type: detect(peel(text)?.inner ?? text, origin).type,
    outcome: skip === undefined ? `= ${form ?? 'changed'}` : `${skip}${detail === undefined ? '' : ` ${detail}`}`,
    command: (origin.command ?? origin.path ?? origin.pattern ?? '').replaceAll('\n', ' ').slice(0, 70),
    before,
    after: skip === undefined ? block.tokensAfter : before,
  }
}

const run = async (conversations: readonly Conversation[]): Promise<Seen[]> => {
  const seen: Seen[] = []
  for (const conversation of conversations) {
    const home = mkdtempSync(join(resolve('.cache'), 'skips-'))
    const engine = createHeadroom({ home })
    for (const action of plain.actions('anthropic', conversation)) {
      if (action.kind !== 'send') continue
      const { report } = await engine.run({ dialect: 'anthropic', body: action.body, loopback: true })
      const parsed: unknown = JSON.parse(action.body.toString())
      const fresh = report.blocks.filter((block) => !block.replayed)
      seen.push(...fresh.map((block) => seenOf(conversation.name, block, textAt(parsed, block.path))))
    }
    await engine.close()
    rmSync(home, { recursive: true, force: true })
  }
  return seen
}

const sum = (values: readonly Seen[], pick: (one: Seen) => number): number =>
  values.reduce((total, one) => total + pick(one), 0)

const print = (title: string, seen: readonly Seen[], key: (one: Seen) => string): void => {
  const groups = new Map<string, Seen[]>()
  for (const one of seen) groups.set(key(one), [...(groups.get(key(one)) ?? []), one])
  const all = sum(seen, ({ before }) => before)
  console.log(`\n${title}`)
  const rows = [...groups].sort(([, a], [, b]) => sum(b, ({ before }) => before) - sum(a, ({ before }) => before))
  for (const [name, group] of rows.slice(0, 40)) {
    const [before, after] = [sum(group, (one) => one.before), sum(group, (one) => one.after)]
    console.log(
      `${name.padEnd(64)} ${String(group.length).padStart(5)} results ${String(before).padStart(8)} tokens ${((before / all) * 100).toFixed(1).padStart(5)} %  -${((1 - after / Math.max(1, before)) * 100).toFixed(1)} %`,
    )
  }
}

const main = async (): Promise<void> => {
  const seen = await run(recordedConversations().conversations)
  print('by agent', seen, ({ session }) => session.split('/')[0]!)
  print('by outcome', seen, ({ outcome }) => outcome)
  print('by tool, type and outcome', seen, ({ tool, type, outcome }) => `${tool} | ${type} | ${outcome}`)
  console.log('\nlargest results that stayed as they came')
  const kept = seen.filter(({ outcome }) => !outcome.startsWith('=')).sort((a, b) => b.before - a.before)
  for (const { session, tool, type, outcome, command, before } of kept.slice(0, 120))
    console.log(`${String(before).padStart(6)} ${session.padEnd(34)} ${tool} | ${type} | ${outcome} | ${command}`)
}

await main()

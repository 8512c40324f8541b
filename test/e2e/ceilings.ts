// How far the bills of recorded sessions could fall at all, beside how far they do: with every tool result empty, and with every
// result empty but the text of files that the agent may edit, which stays quotable.
// `node scripts/ts.mjs test/e2e/ceilings.ts`
import { mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createHeadroom } from '../../src/create.js'
import type { BlockReport } from '../../src/spec/report.js'
import type { ByteEdit } from '../../src/spec/wire.js'
import { spliceBytes } from '../../src/wire/edit.js'
import { CacheBill } from './sessions/bill.js'
import type { Conversation } from './sessions/conversation.js'
import { piecesOf } from './sessions/prefix.js'
import { recordedConversations } from './sessions/recorded.js'
import { plain } from './sessions/variants.js'

type Container = Record<string | number, unknown>

/** Tools that read or print files in the recorded agents. */
const READER = /^(?:read|view|open|str_replace_editor|edit|multiedit|write)/i
/** Forms of such text that show it whole. */
const WHOLE = /^(?:gutter\/sparse)$/

/** The file's own lines are in the request because of this result: later ones refer to them, and edits quote them. */
const isFileText = ({ origin, form, skip }: BlockReport): boolean =>
  READER.test(origin.toolName ?? '') && (skip !== undefined || WHOLE.test(form ?? ''))

const emptied = (body: Buffer, blocks: readonly BlockReport[], keeps: (block: BlockReport) => boolean): Buffer => {
  const root = JSON.parse(body.toString()) as Container
  for (const block of blocks) {
    if (block.tokensBefore === 0 || keeps(block)) continue
    const parent = block.path.slice(0, -1).reduce<Container>((at, key) => at[key] as Container, root)
    parent[block.path.at(-1)!] = ''
  }
  return Buffer.from(JSON.stringify(root))
}

interface Bills {
  readonly agent: string
  readonly as: {
    readonly came: CacheBill
    readonly went: CacheBill
    readonly file: CacheBill
    readonly none: CacheBill
  }
}

const billOf = async (conversation: Conversation): Promise<Bills> => {
  const home = mkdtempSync(join(resolve('.cache'), 'ceilings-'))
  const engine = createHeadroom({ home })
  const as = { came: new CacheBill(), went: new CacheBill(), file: new CacheBill(), none: new CacheBill() }
  const add = (bill: CacheBill, body: Buffer): void => bill.add('anthropic', piecesOf('anthropic', body))
  for (const action of plain.actions('anthropic', conversation)) {
    if (action.kind !== 'send') continue
    const { report, edits } = await engine.run({ dialect: 'anthropic', body: action.body, loopback: true })
    const went = Buffer.from(spliceBytes(action.body, edits as readonly ByteEdit[]))
    add(as.came, action.body)
    add(as.went, went)
    add(as.file, emptied(went, report.blocks, isFileText))
    add(
      as.none,
      emptied(went, report.blocks, () => false),
    )
  }
  await engine.close()
  rmSync(home, { recursive: true, force: true })
  return { agent: conversation.agent, as }
}

const main = async (): Promise<void> => {
  const all: Bills[] = []
  for (const conversation of recordedConversations().conversations) all.push(await billOf(conversation))
  console.log('agent           as it is   only file text left   no tool result left')
  for (const agent of [...new Set(all.map((one) => one.agent)), '']) {
    const group = all.filter((one) => agent === '' || one.agent === agent)
    const sum = (pick: keyof Bills['as']): number => group.reduce((total, { as }) => total + as[pick].total, 0)
    const change = (pick: keyof Bills['as']): string => `${((sum(pick) / sum('came') - 1) * 100).toFixed(1)} %`
    console.log(
      `${(agent || 'all').padEnd(14)}${change('went').padStart(10)}${change('file').padStart(22)}${change('none').padStart(22)}`,
    )
  }
}

await main()

// How far the bills of recorded sessions could fall at all, beside how far they do: with every tool result empty, with every result
// empty but the text of files that the agent may edit, which stays quotable. Below what no exact form of JSON can go: its values
// alone, each once in a request, without a key or a sign; below what none can go that is read on its own: all values, a sign for each,
// each key once in a result.
// `node scripts/ts.mjs test/e2e/ceilings.ts`
import { mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createHeadroom } from '../../src/create.js'
import type { BlockReport } from '../../src/spec/report.js'
import type { ByteEdit } from '../../src/spec/wire.js'
import { countTokens } from '../../src/tokenize/index.js'
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

const parsedJson = (text: string): unknown => {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

const scalarsOf = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(scalarsOf)
    : [typeof value === 'string' ? value : JSON.stringify(value)]

const textAt = (body: unknown, path: BlockReport['path']): string =>
  String(path.reduce<unknown>((value, key) => (value as Container)[key], body))

/** Cost of one token that is written now and read in each of the later requests. */
const WRITE = 1.25
const READ = 0.1

const keysOf = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [...(Array.isArray(value) ? [] : [key]), ...keysOf(inner)])
    : []

const tokensIn = (texts: Iterable<string>): number =>
  [...texts].reduce((sum, text) => sum + countTokens(text, 'gpt-4.1'), 0)

/** `keys as in get_order_details above`. */
const POINTER_TOKENS = 12

/** What is left of the JSON of a session at the least, priced over all its requests. */
class LeastJson {
  readonly #seen = new Set<string>()
  readonly #shapes = new Set<string>()
  values = 0
  /** All values, one token between two; the keys of a shape once in a session, then a pointer to them. */
  keyed = 0

  /** Adds results that are seen for the first time. */
  add(body: Buffer, fresh: readonly BlockReport[], laterRequests: number): void {
    const root: unknown = JSON.parse(body.toString())
    const price = WRITE + READ * laterRequests
    for (const { path } of fresh) {
      const json = parsedJson(textAt(root, path))
      if (json === undefined) continue
      const values = scalarsOf(json)
      const unseen = new Set(values.filter((value) => !this.#seen.has(value)))
      for (const value of unseen) this.#seen.add(value)
      this.values += tokensIn(unseen) * price
      const keys = new Set(keysOf(json))
      const shape = JSON.stringify([...keys])
      const said = this.#shapes.has(shape) ? POINTER_TOKENS : tokensIn(keys)
      this.#shapes.add(shape)
      this.keyed += (tokensIn(values) + values.length + said) * price
    }
  }
}

interface Bills {
  readonly agent: string
  readonly as: {
    readonly came: CacheBill
    readonly went: CacheBill
    readonly file: CacheBill
    readonly none: CacheBill
    readonly values: { readonly total: number }
    readonly keyed: { readonly total: number }
  }
}

const billOf = async (conversation: Conversation): Promise<Bills> => {
  const home = mkdtempSync(join(resolve('.cache'), 'ceilings-'))
  const engine = createHeadroom({ home })
  const as = { came: new CacheBill(), went: new CacheBill(), file: new CacheBill(), none: new CacheBill() }
  const withoutJson = new CacheBill()
  const least = new LeastJson()
  const add = (bill: CacheBill, body: Buffer): void => bill.add('anthropic', piecesOf('anthropic', body))
  const sends = plain.actions('anthropic', conversation).filter((action) => action.kind === 'send')
  for (const [index, action] of sends.entries()) {
    const { report, edits } = await engine.run({ dialect: 'anthropic', body: action.body, loopback: true })
    const went = Buffer.from(spliceBytes(action.body, edits as readonly ByteEdit[]))
    add(as.came, action.body)
    add(as.went, went)
    add(as.file, emptied(went, report.blocks, isFileText))
    add(
      as.none,
      emptied(went, report.blocks, () => false),
    )
    const came: unknown = JSON.parse(action.body.toString())
    const isJson = ({ path }: BlockReport): boolean => parsedJson(textAt(came, path)) !== undefined
    add(
      withoutJson,
      emptied(went, report.blocks, (block) => !isJson(block)),
    )
    least.add(
      action.body,
      report.blocks.filter(({ replayed }) => !replayed),
      sends.length - 1 - index,
    )
  }
  await engine.close()
  rmSync(home, { recursive: true, force: true })
  const totalWith = (cost: number): { readonly total: number } => ({ total: withoutJson.total + cost })
  return {
    agent: conversation.agent,
    as: { ...as, values: totalWith(least.values), keyed: totalWith(least.keyed) },
  }
}

const main = async (): Promise<void> => {
  const all: Bills[] = []
  for (const conversation of recordedConversations().conversations) all.push(await billOf(conversation))
  const columns: readonly (readonly [title: string, pick: keyof Bills['as']])[] = [
    ['as it is', 'went'],
    ['only file text left', 'file'],
    ['no tool result left', 'none'],
    ['JSON: values alone', 'values'],
    ['JSON: keys once', 'keyed'],
  ]
  console.log(`${'agent'.padEnd(14)}${columns.map(([title]) => title.padStart(23)).join('')}`)
  for (const agent of [...new Set(all.map((one) => one.agent)), '']) {
    const group = all.filter((one) => agent === '' || one.agent === agent)
    const sum = (pick: keyof Bills['as']): number => group.reduce((total, { as }) => total + as[pick].total, 0)
    const change = (pick: keyof Bills['as']): string => `${((sum(pick) / sum('came') - 1) * 100).toFixed(1)} %`
    console.log(`${(agent || 'all').padEnd(14)}${columns.map(([, pick]) => change(pick).padStart(23)).join('')}`)
  }
  const median = (pick: keyof Bills['as']): string => {
    const changes = all.map(({ as }) => as[pick].total / as.came.total - 1).sort((a, b) => a - b)
    return `${(((changes[(changes.length - 1) >> 1]! + changes[changes.length >> 1]!) / 2) * 100).toFixed(1)} %`
  }
  console.log(`${'median session'.padEnd(14)}${columns.map(([, pick]) => median(pick).padStart(23)).join('')}`)
}

await main()

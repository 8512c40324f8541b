// Locates the blocks of one request and recalls what was decided about them on earlier turns.
import { sha256Hex } from '../base/hash.js'
import { isSkip, skip } from '../base/skip.js'
import type { EngineRequest } from '../spec/engine.js'
import type { LedgerEvent } from '../spec/ledger.js'
import type { Policy } from '../spec/policy.js'
import type { Skip } from '../spec/skip.js'
import type { Decision } from '../spec/store.js'
import type { Tokenizer } from '../spec/tokenizer.js'
import type { Block, BodyScan } from '../spec/wire.js'
import type { CacheRecord } from './cache-watch.js'
import { aliasKey, chainKeys } from './chain.js'
import type { PipelineParts } from './parts.js'
import { isReopenable, type Reopened, reopenedKey } from './reopened.js'
import { continues, type SessionMemory, type SessionTurn } from './sessions.js'

export interface RunOptions {
  /** Root of the identity chain: requests under other rules must not meet each other's decisions. */
  readonly root: string
  readonly way: LedgerEvent['way']
  readonly policy: Policy
  readonly query?: string
  readonly budgetTokens?: number
  /** Library callers hold `retrieve` themselves and send no cached prefix that we know of. */
  readonly library: boolean
}

/** State of one run, filled from top to bottom. */
export interface Turn {
  readonly request: EngineRequest
  readonly options: RunOptions
  readonly scan: BodyScan
  readonly keys: readonly string[]
  readonly session: string | undefined
  readonly tokenizer: Tokenizer
  readonly previous: SessionTurn | undefined
  /** By block index. */
  readonly decisions: (Decision | undefined)[]
  readonly replayed: Set<number>
  /** Forms known by their alias only, to be stored under this conversation too: a session may change its name. */
  readonly adopted: Decision[]
  /** Blocks whose earlier form no longer holds in this request, because what came before them changed: decided anew. */
  readonly anew: Set<number>
  readonly cache: CacheRecord
  /** Blocks that would be decided again, if the provider read what it has cached. */
  readonly unread: Set<number>
  /** Since the last request of this session, as far as that is certain. */
  readonly idleMs?: number
  /** `held-out`: nothing new is shortened in this conversation, so that the others can be held against it. */
  readonly arm?: 'held-out' | 'treated'
  /** Forms that another process gave to this history hold from here on. */
  readonly tookOver?: true
  /** Blocks of this turn that were sent in full before and are decided again. */
  readonly reopening?: Reopened
}

export const locate = async (
  parts: PipelineParts,
  memory: SessionMemory,
  request: EngineRequest,
  options: RunOptions,
): Promise<Turn | Skip> => {
  const codec = parts.codecs.find((candidate) => candidate.dialect === request.dialect)
  if (codec === undefined) return skip('no-compressor')
  const previous = memory.nearest(request.dialect, request.body, rulesOf(options))
  const outcome = codec.scan(request.body, previous?.scan)
  if (isSkip(outcome)) return outcome
  const { scan } = outcome as { scan: BodyScan }
  const grown = scan.reusedBlocks > 0 ? previous : undefined
  const keys = chainKeys(scan.blocks, grown?.keys.slice(0, scan.reusedBlocks) ?? [], options.root)
  const session = request.session ?? scan.sessionId
  const arm = options.library ? undefined : armOf(parts, request, scan)
  const turn: Turn = {
    request,
    options,
    scan,
    keys,
    session,
    tokenizer: parts.tokenizerFor(scan.model ?? request.model),
    previous,
    cache: cacheOf(keys, previous),
    unread: new Set(),
    decisions: scan.blocks.map((_, index) => (index < scan.reusedBlocks ? grown?.decisions[index] : undefined)),
    replayed: new Set(),
    adopted: [],
    anew: new Set(),
    ...(arm === undefined ? {} : { arm }),
  }
  const idleMs = await recall(parts, turn)
  const recalled = idleMs === undefined ? turn : { ...turn, idleMs }
  // Nothing that was worked out on the earlier forms holds any more.
  return (await takeReopened(parts, turn))
    ? { ...recalled, scan: { ...scan, reusedBlocks: 0 }, tookOver: true }
    : recalled
}

/** No provider forgets a prefix sooner, so nothing is searched for in the body of a conversation that is going on. */
const SURELY_WARM_MS = 60_000

/**
 * Forms that another process gave to blocks of which this one only remembers that they went out in full. It can have done so
 * only after a pause in which the provider forgot the conversation, so a store is asked only after one. True where there are any.
 */
const takeReopened = async (parts: PipelineParts, turn: Turn): Promise<boolean> => {
  const { previous, request } = turn
  if (previous === undefined) return false
  const idleMs = parts.nowMs() - previous.atMs
  if (idleMs <= SURELY_WARM_MS || idleMs <= parts.economics.lifetimeMs(request.dialect, request.body)) return false
  const open = turn.decisions.flatMap((decision, index) => (isReopenable(decision) ? [index] : []))
  if (open.length === 0) return false
  const known = await parts.store.decisions(open.map((index) => reopenedKey(turn.keys[index]!)))
  for (const index of open) {
    const decision = known.get(reopenedKey(turn.keys[index]!))
    if (decision !== undefined) turn.decisions[index] = decision
  }
  return known.size > 0
}

const armOf = (parts: PipelineParts, request: EngineRequest, scan: BodyScan): Turn['arm'] => {
  const conversation = request.session ?? scan.sessionId ?? firstWords(scan.blocks)
  return conversation === undefined ? undefined : parts.armOf(conversation)
}

/** A request's conversation is left alone, as `run` would find. O(body). */
export const isHeldOut = (parts: PipelineParts, request: EngineRequest): boolean => {
  const codec = parts.codecs.find((candidate) => candidate.dialect === request.dialect)
  const outcome = codec?.scan(request.body)
  if (outcome === undefined || isSkip(outcome)) return false
  return armOf(parts, request, (outcome as { scan: BodyScan }).scan) === 'held-out'
}

/** What names a conversation whose client names no session: clients share their system prompts. */
const firstWords = (blocks: readonly Block[]): string | undefined =>
  blocks.find(({ kind, role }) => kind === 'text' && role === 'user')?.text

const cacheOf = (keys: readonly string[], previous: SessionTurn | undefined): CacheRecord =>
  (previous !== undefined && continues(keys, previous) ? previous.cache : undefined) ?? { requests: 0, unread: [] }

/** Idleness by the memory of this process. Unknown where another process may have sent a turn in between. */
const idleByMemory = (parts: PipelineParts, { previous, scan, keys }: Turn): number | undefined => {
  if (previous === undefined || !continues(keys, previous)) return undefined
  let answers = 0
  let spoke = false
  for (const { role } of scan.blocks.slice(previous.scan.blocks.length)) {
    if (role === 'assistant' && !spoke) answers++
    spoke = role === 'assistant'
  }
  return answers > 1 ? undefined : Math.max(0, parts.nowMs() - previous.atMs)
}

export const isCandidate = (block: Block): boolean => block.kind === 'tool-result' && block.protectedBy === undefined

/** Under a budget a form depends on the whole request: no other call meets it, and it meets none of theirs. */
export const rulesOf = ({ root, budgetTokens }: RunOptions): string | undefined =>
  budgetTokens === undefined ? undefined : root

/** Second key of a block; under a budget within its own rules. */
export const aliasOf = ({ session, options }: Turn, block: Block): string | undefined => {
  const alias = aliasKey(session, block)
  const rules = rulesOf(options)
  return alias === undefined || rules === undefined ? alias : sha256Hex(`${rules}\n${alias}`)
}

/** Decisions of earlier turns: from memory for blocks seen by this process, else from the store by key, else by alias. */
const recall = async (parts: PipelineParts, turn: Turn): Promise<number | undefined> => {
  const { blocks } = turn.scan
  const open = blocks.flatMap((block, index) =>
    isCandidate(block) && turn.decisions[index] === undefined ? [index] : [],
  )
  for (const [index, decision] of turn.decisions.entries()) if (decision !== undefined) turn.replayed.add(index)
  if (open.length === 0) return idleByMemory(parts, turn)
  const aliases = new Map(open.map((index) => [index, aliasOf(turn, blocks[index]!)]))
  const keys = open.flatMap((index) => [turn.keys[index]!, ...(aliases.get(index) ? [aliases.get(index)!] : [])])
  const known = await parts.store.decisions(keys)
  const refs: string[] = []
  const again = await reopenedForms(parts, turn, { open, known })
  for (const index of open) {
    const alias = aliases.get(index)
    const key = turn.keys[index]!
    const own = again.get(reopenedKey(key)) ?? known.get(key)
    const decision = own ?? (alias === undefined ? undefined : known.get(alias))
    if (decision === undefined) continue
    if (own === undefined) turn.adopted.push({ ...decision, key })
    turn.decisions[index] = decision
    turn.replayed.add(index)
    if (decision.ref !== undefined) refs.push(decision.ref)
  }
  if (refs.length === 0) return idleByMemory(parts, turn)
  const lastUseMs = turn.previous === undefined ? await parts.store.lastUseMs(refs) : undefined
  await parts.store.holds(refs)
  return lastUseMs === undefined ? idleByMemory(parts, turn) : Math.max(0, parts.nowMs() - lastUseMs)
}

/** Forms of blocks that were sent in full first and shortened later. */
const reopenedForms = async (
  parts: PipelineParts,
  turn: Turn,
  { open, known }: { open: readonly number[]; known: ReadonlyMap<string, Decision> },
): Promise<ReadonlyMap<string, Decision>> => {
  const keys = open.flatMap((index) => (isReopenable(known.get(turn.keys[index]!)) ? [turn.keys[index]!] : []))
  return keys.length === 0 ? new Map() : parts.store.decisions(keys.map(reopenedKey))
}

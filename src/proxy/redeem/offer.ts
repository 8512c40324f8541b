// What is added to a request of a session that has retrieval in the wire: our tool behind the client's own, and what was left out
// of earlier answers, each at the very place and in the very bytes of the turn before.

import { isUtf8 } from 'node:buffer'
import { sha256Hex } from '../../base/hash.js'
import type { Engine } from '../../spec/engine.js'
import type { ByteEdit, Dialect } from '../../spec/wire.js'
import { type Conversation, readConversation } from './conversation.js'
import { redeemDialect } from './dialects/list.js'
import { groupEdits, itemKey } from './items.js'
import { entriesOf, valueAt } from './patch.js'
import { insertion } from './place.js'
import { isRetrieveName } from './tool.js'
import type { Hidden, RedeemDialect } from './types.js'

export interface OfferRequest {
  readonly dialect: Dialect
  readonly body: Uint8Array
  /** Session that the client names in a header. */
  readonly session?: string
}

/** The request may be answered with calls of our tool. */
export interface Offer {
  readonly edits: readonly ByteEdit[]
  /** Identity of the conversation, as the client has it. */
  readonly chain: string
  readonly tool: string
}

/** What a session was given, once and for all. */
interface Given {
  /** The tool's own bytes: a later version may word it otherwise. Absent: this session has none. */
  readonly tool?: string
  /** Responses: results that the provider's copy of the conversation waits for, and the answer that it goes on from. */
  readonly pending?: string
  readonly becomes?: string
}

/** Without `isHeldOut` nobody leaves any conversation alone. */
type Memory = Pick<Engine, 'recall' | 'remember'> & { readonly isHeldOut?: Engine['isHeldOut'] | undefined }

const NOTHING = '{}'
const withTool = ({ tool }: RedeemDialect): string => JSON.stringify({ tool } satisfies Given)

export const responseKey = (id: string): string => sha256Hex(`retrieval\nresponse\n${id}`)
const rootKey = (root: string): string => sha256Hex(`retrieval\nroot\n${root}`)
const sessionKey = (session: string): string => sha256Hex(`retrieval\nsession\n${session}`)

/** Undefined where the request goes on as it came. */
export const offer = async (request: OfferRequest, memory: Memory): Promise<Offer | undefined> => {
  const dialect = redeemDialect(request.dialect)
  const body = Buffer.from(request.body.buffer as ArrayBuffer, request.body.byteOffset, request.body.length)
  const conversation = dialect && isUtf8(request.body) ? readConversation(dialect, body) : undefined
  if (dialect === undefined || conversation === undefined) return undefined
  const { tools, head } = conversation
  const place = tools && dialect.suits(head) ? toolPlace(dialect, body, head) : undefined
  if (place === undefined) return undefined
  const isHeldOut = async (): Promise<boolean> =>
    (await memory.isHeldOut?.({ ...request, body, loopback: true })) === true
  const { given, texts } = await recalled(dialect, { ...memory, isHeldOut }, { conversation, session: request.session })
  if (given?.tool === undefined) return undefined
  const edits = [
    insertion(place, `,${given.tool}`),
    ...hiddenEdits(dialect, body, conversation, texts),
    ...continued(body, conversation, given),
  ]
  return { edits: edits.sort((a, b) => a.start - b.start), chain: conversation.chain, tool: given.tool }
}

/** Behind the last tool: whatever the client lets the provider cache up to a tool of its own stays the same. */
const toolPlace = (dialect: RedeemDialect, body: Buffer, head: Conversation['head']): number | undefined => {
  if (dialect.toolNames(head.tools).some(isRetrieveName)) return undefined
  const path = dialect.toolList(head.tools)
  const list = path === undefined ? undefined : valueAt(body, ['tools', ...path])
  // A list without an entry takes none: a client that offers no tool is offered none.
  return list === undefined ? undefined : entriesOf(body, list.start).at(-1)?.end
}

interface Recalled {
  readonly given: Given | undefined
  readonly texts: ReadonlyMap<string, string>
}

const recalled = async (
  dialect: RedeemDialect,
  memory: Pick<Memory, 'recall' | 'remember'> & { isHeldOut(): Promise<boolean> },
  { conversation, session }: { readonly conversation: Conversation; readonly session: string | undefined },
): Promise<Recalled> => {
  const { head, root, turns } = conversation
  const previous = head.previous_response_id
  const own = typeof previous === 'string' ? responseKey(previous) : rootKey(root)
  const named = session === undefined ? undefined : sessionKey(session)
  const items = turns.flatMap(({ entries }) => entries.flatMap(({ names }) => names.map(itemKey)))
  const keys = [own, ...(named === undefined ? [] : [named]), ...turns.map(({ key }) => key), ...items]
  const texts = await memory.recall(keys)
  const inherited = named === undefined ? undefined : texts.get(named)
  const found = texts.get(own) ?? (typeof previous === 'string' || turns.length > 0 ? inherited : undefined)
  if (found !== undefined) return { given: JSON.parse(found) as Given, texts }
  if (typeof previous === 'string') return { given: undefined, texts }
  const isFirst = turns.length === 0 && dialect.isFree(head)
  // A conversation that the session began anew keeps the session's tool under its own beginning, for who resumes it.
  const text = isFirst ? (inherited ?? ((await memory.isHeldOut()) ? NOTHING : withTool(dialect))) : NOTHING
  const entries = [{ key: own, text }, ...(named !== undefined && isFirst ? [{ key: named, text }] : [])]
  const inForce = await memory.remember(entries)
  return { given: JSON.parse(inForce.get(own) ?? NOTHING) as Given, texts }
}

const hiddenEdits = (
  dialect: RedeemDialect,
  body: Buffer,
  { turns }: Conversation,
  texts: ReadonlyMap<string, string>,
): ByteEdit[] =>
  turns.flatMap((turn) => {
    const text = texts.get(turn.key)
    const edits = text === undefined ? undefined : dialect.reinsert(body, turn, JSON.parse(text) as Hidden)
    return [...(edits ?? groupEdits(turn.entries, texts))]
  })

const QUOTE = 0x22

/** Responses: the provider holds the conversation, and waits for results that the client does not know of. */
const continued = (body: Buffer, { list, entries }: Conversation, { pending, becomes }: Given): ByteEdit[] => {
  const edits: ByteEdit[] = []
  const previous = becomes === undefined ? undefined : valueAt(body, ['previous_response_id'])
  if (previous !== undefined) edits.push({ ...previous, bytes: Buffer.from(JSON.stringify(becomes)) })
  if (pending === undefined) return edits
  const first = entries[0]
  if (first !== undefined) return [...edits, insertion(first.start, `${pending},`)]
  if (body[list.start] !== QUOTE) return [...edits, { ...list, bytes: Buffer.from(`[${pending}]`) }]
  return [...edits, insertion(list.start, `[${pending},{"role":"user","content":`), insertion(list.end, '}]')]
}

// Conversations whose lines name the line they follow. Results of calls made side by side hang on different lines of one
// answer and are no branch; a prompt that follows an older line is one, and so is the way back to what was left.
import type { AssistantEvent, ItemEvent, ResultsEvent, SessionEvent, UserEvent } from '../model.js'

/** What lines say; an answer takes several, so it may still grow. */
type Said = Omit<UserEvent, 'thread'> | Omit<ResultsEvent, 'thread'> | Omit<AssistantEvent, 'thread'>
export type Speech = Omit<AssistantEvent, 'thread'>

interface Node {
  readonly parent: Node | undefined
  readonly depth: number
  /** Which answer it is, for one. */
  readonly key?: string
  said: Said
  /** Events of the history up to and with it, once it was given out. */
  place: number
}

interface Thread {
  readonly id: string
  head: Node | undefined
  /** Up to where events were given out. */
  given: Node | undefined
}

/** Where a line hangs; `parent` undefined: at the beginning of its conversation. */
export interface Spot {
  readonly id: string
  readonly thread: string
  readonly parent: string | undefined
}

/** Characters behind remembered lines. Beyond, the older half is forgotten: what follows such a line goes on from the newest. */
const REMEMBERED_CHARS = 64 * 1024 * 1024

export class ConversationTree {
  readonly #threads = new Map<string, Thread>()
  readonly #nodes = new Map<string, { readonly thread: string; readonly node: Node | undefined }>()
  #sizes: { readonly id: string; readonly chars: number }[] = []
  #chars = 0

  threadOf(id: string): string | undefined {
    return this.#nodes.get(id)?.thread
  }

  /** The line stands at the beginning of its conversation, with nothing said before it. */
  isRoot(id: string): boolean {
    const known = this.#nodes.get(id)
    return known !== undefined && known.node === undefined
  }

  /** A line that says nothing to the model but that others may follow. */
  pass(spot: Spot): void {
    this.#nodes.set(spot.id, { thread: spot.thread, node: this.#parentOf(spot) })
  }

  /** A part of the answer with this key. */
  *speak(spot: Spot, key: string, part: Speech): Generator<SessionEvent> {
    const thread = this.#thread(spot.thread)
    const open = openAnswer(thread, key)
    if (open === undefined) {
      yield* this.#goTo(spot, thread)
      yield* flush(thread)
      thread.head = nodeAfter(thread.head, part, key)
    } else open.said = joined(open.said as Speech, part)
    this.#remember(spot, thread.head, part.text.length + (part.thinking?.length ?? 0))
  }

  /** What a user or tools said. */
  *hear(spot: Spot, said: Exclude<Said, Speech>): Generator<SessionEvent> {
    const thread = this.#thread(spot.thread)
    yield* this.#goTo(spot, thread)
    thread.head = nodeAfter(thread.head, said)
    const texts = said.kind === 'user' ? said.texts : said.answers.map(({ text }) => text)
    this.#remember(
      spot,
      thread.head,
      texts.reduce((sum, text) => sum + text.length, 0),
    )
  }

  /** The client replaced the conversation by what follows. */
  *restart(spot: Spot, atMs: number | undefined): Generator<SessionEvent> {
    const thread = this.#thread(spot.thread)
    yield* flush(thread)
    if (thread.head !== undefined)
      yield { kind: 'compacted', thread: thread.id, ...(atMs === undefined ? {} : { atMs }) }
    thread.head = undefined
    thread.given = undefined
    this.#nodes.set(spot.id, { thread: spot.thread, node: undefined })
  }

  *end(): Generator<SessionEvent> {
    for (const thread of this.#threads.values()) yield* flush(thread)
  }

  #thread(id: string): Thread {
    const thread = this.#threads.get(id) ?? { id, head: undefined, given: undefined }
    this.#threads.set(id, thread)
    return thread
  }

  #parentOf({ thread, parent }: Spot): Node | undefined {
    if (parent === undefined) return undefined
    const known = this.#nodes.get(parent)
    return known === undefined ? this.#thread(thread).head : known.node
  }

  *#goTo(spot: Spot, thread: Thread): Generator<SessionEvent> {
    const parent = this.#parentOf(spot)
    if (parent === thread.head || onlyResultsSince(parent, thread.head)) return
    yield* flush(thread)
    const shared = sharedBy(parent, thread.head)
    yield { kind: 'cut', thread: thread.id, keep: shared?.place ?? 0 }
    thread.head = parent
    thread.given = shared
    for (const event of flush(thread)) yield event.kind === 'assistant' ? { ...event, isHistory: true } : event
  }

  #remember({ id, thread }: Spot, node: Node | undefined, chars: number): void {
    this.#nodes.set(id, { thread, node })
    this.#sizes.push({ id, chars })
    this.#chars += chars
    if (this.#chars <= REMEMBERED_CHARS) return
    const half = Math.ceil(this.#sizes.length / 2)
    for (const old of this.#sizes.slice(0, half)) {
      this.#nodes.delete(old.id)
      this.#chars -= old.chars
    }
    this.#sizes = this.#sizes.slice(half)
  }
}

const nodeAfter = (parent: Node | undefined, said: Said, key?: string): Node => ({
  parent,
  depth: (parent?.depth ?? 0) + 1,
  said,
  place: 0,
  ...(key === undefined ? {} : { key }),
})

/** The newest answer, while nothing but results came after it. */
const openAnswer = ({ head, given }: Thread, key: string): Node | undefined => {
  let node = head
  while (node !== undefined && node !== given && node.said.kind === 'results') node = node.parent
  return node !== given && node?.key === key ? node : undefined
}

const joined = (open: Speech, part: Speech): Speech => {
  const thinking = [open.thinking, part.thinking].filter(Boolean).join('\n')
  return {
    ...open,
    ...part,
    text: [open.text, part.text].filter((text) => text !== '').join('\n'),
    calls: [...new Map([...open.calls, ...part.calls].map((call) => [call.id, call])).values()],
    ...(thinking === '' ? {} : { thinking }),
    ...(open.atMs === undefined ? {} : { atMs: open.atMs }),
  }
}

/** Whether `head` is `parent` with nothing after it but results. */
const onlyResultsSince = (parent: Node | undefined, head: Node | undefined): boolean => {
  let node = head
  while (node !== undefined && node !== parent && node.said.kind === 'results') node = node.parent
  return parent !== undefined && node === parent
}

const sharedBy = (a: Node | undefined, b: Node | undefined): Node | undefined => {
  let [left, right] = [a, b]
  while (left !== right) {
    if ((left?.depth ?? 0) >= (right?.depth ?? 0)) left = left?.parent
    else right = right?.parent
  }
  return left
}

const pathTo = (node: Node | undefined, from: Node | undefined): Node[] => {
  const path: Node[] = []
  for (let at = node; at !== undefined && at !== from; at = at.parent) path.push(at)
  return path.reverse()
}

/** Results that follow each other are one event, as they are sent. */
function* flush(thread: Thread): Generator<ItemEvent> {
  let place = thread.given?.place ?? 0
  let results: ResultsEvent | undefined
  for (const node of pathTo(thread.head, thread.given)) {
    const event: ItemEvent = { ...node.said, thread: thread.id }
    if (event.kind !== 'results') {
      if (results !== undefined) yield results
      results = undefined
      place++
      yield event
    } else {
      if (results === undefined) place++
      results = { ...event, answers: [...(results?.answers ?? []), ...event.answers] }
    }
    node.place = place
  }
  if (results !== undefined) yield results
  thread.given = thread.head
}

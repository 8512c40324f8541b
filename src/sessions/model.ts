// What every recorded session is turned into: the events of its conversations, in the order in which they happened.
import type { Dialect } from '../spec/wire.js'

export interface SessionCall {
  readonly id: string
  readonly name: string
  /** Arguments as a value; a string where the tool takes free text. */
  readonly input: unknown
}

export interface SessionAnswer {
  readonly id: string
  readonly text: string
  readonly isError: boolean
  /** Pictures beside the text. */
  readonly images?: number
}

/** What the provider billed for one request. The input classes do not overlap. */
export interface Receipt {
  readonly freshTokens: number
  readonly readTokens: number
  /** Written to the cache for five minutes, or with no stated time. */
  readonly writeTokens: number
  /** Written to the cache for an hour. */
  readonly write1hTokens: number
  readonly outputTokens: number
}

export interface SessionTool {
  readonly name: string
  readonly description?: string
  /** JSON schema of its arguments. */
  readonly parameters?: unknown
}

interface EventBase {
  /** Conversation within the recording: empty for the main one, else the id of a subagent. */
  readonly thread: string
  /** Milliseconds since the epoch. */
  readonly atMs?: number
}

/** What the requests of a conversation begin with, as far as the recording says. */
export interface SetupEvent extends EventBase {
  readonly kind: 'setup'
  readonly system?: string
  readonly tools?: readonly SessionTool[]
  readonly model?: string
  readonly dialect?: Dialect
}

export interface UserEvent extends EventBase {
  readonly kind: 'user'
  readonly role?: 'developer'
  readonly texts: readonly string[]
  readonly images?: number
}

/** One answer of a model: the request that got it was sent just before. */
export interface AssistantEvent extends EventBase {
  readonly kind: 'assistant'
  readonly text: string
  /** Shown reasoning that goes back to the model on later turns. */
  readonly thinking?: string
  readonly calls: readonly SessionCall[]
  readonly model?: string
  readonly receipt?: Receipt
  /** The provider's id of the answer: the same answer in two recordings was paid once. */
  readonly answerId?: string
  /** Part of the history that the recording began or went on with: no request was sent for it here. */
  readonly isHistory?: true
}

export interface ResultsEvent extends EventBase {
  readonly kind: 'results'
  readonly answers: readonly SessionAnswer[]
}

/** The user went back: only the first `keep` of the user, assistant and results events stay. */
export interface CutEvent extends EventBase {
  readonly kind: 'cut'
  readonly keep: number
}

/** The client replaced the conversation by what follows, e.g. a summary. */
export interface CompactedEvent extends EventBase {
  readonly kind: 'compacted'
}

export type ItemEvent = UserEvent | AssistantEvent | ResultsEvent
export type SessionEvent = SetupEvent | ItemEvent | CutEvent | CompactedEvent

/** Told of each line of a file that is no record, by its number. */
export type OnUnread = (line: number) => void

/** One recorded session. `events` may be asked more than once and reads the file again each time. */
export interface Recording {
  /** File name, or the id of the session within its file. */
  readonly id: string
  readonly agent: string
  readonly dialect: Dialect
  /** Bytes on disk, for progress. */
  readonly bytes: number
  events(onUnread?: OnUnread): AsyncIterable<SessionEvent>
}

/** A file with the beginning of its text: enough to tell formats apart. */
export interface Candidate {
  readonly path: string
  /** The first 64 KiB. */
  readonly head: string
  readonly bytes: number
}

/** Where a user's programs keep what they record. */
export interface Places {
  readonly home: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Reads the recordings of one program, and nothing else. */
export interface SessionReader {
  readonly agent: string
  readonly title: string
  /** Folders and files that exist only where the program was used. */
  places(places: Places): readonly string[]
  accepts(candidate: Candidate): boolean
  /** The sessions of a file that `accepts` took. Throws where the file cannot be read after all. */
  recordings(candidate: Candidate): Promise<readonly Recording[]>
}

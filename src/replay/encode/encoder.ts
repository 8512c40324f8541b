// What differs between the dialects when a request is built from a conversation.
import type { ItemEvent, SessionTool } from '../../sessions/model.js'
import type { Count, Group } from '../piece.js'

export interface Head {
  readonly model: string
  readonly system: string
  readonly tools: readonly SessionTool[]
  /** How long the client asks the provider to keep what it caches; Anthropic only. */
  readonly ttl: '5m' | '1h'
  readonly session: string
}

export interface EncodeContext {
  readonly count: Count
  /** Name of the tool that a call id belongs to. */
  toolOf(callId: string): string
  /** The call took free text: its result has a type of its own in the Responses dialect. */
  isCustom(callId: string): boolean
}

export interface Around {
  readonly before: string
  readonly after: string
  /** Elements of the list that `before` holds. */
  readonly elements?: number
}

export interface Encoder {
  /** Elements of one role that follow each other are one. */
  readonly mergesRoles: boolean
  groups(event: ItemEvent, context: EncodeContext): readonly Group[]
  /** JSON before and after the elements of the list. */
  around(head: Head): Around
  /** Put before the closing brace of the last piece; absent where the provider caches by itself. */
  marker?(head: Head): string
}

/** JSON schema of a tool that the recording does not describe. */
export const schemaOf = ({ parameters }: SessionTool): unknown =>
  parameters ?? { type: 'object', properties: {}, additionalProperties: true }

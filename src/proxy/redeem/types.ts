// What a dialect must know so that calls of our retrieve tool can be answered inside an answer. All of it is pure: bytes in, bytes out.
import type { ByteEdit, Dialect, JsonPath } from '../../spec/wire.js'
import type { RawEvent } from './events.js'
import type { Span } from './patch.js'

/** A call of our tool. */
export interface OwnCall {
  /** Undefined where the dialect pairs by name. */
  readonly id: string | undefined
  readonly name: string
  /** Parsed arguments; undefined where the model's JSON is broken or cut. */
  readonly args: unknown
}

/** One part of the model's turn, in order: words, a call, or anything else. */
export interface Piece {
  /** As it is sent back to the upstream. */
  readonly json: string
  /** Words that the client is shown. */
  readonly text: string
  /** Clients join neighbours of the same kind into one. */
  readonly merges?: 'text' | 'thought'
  readonly own?: OwnCall
  /** Identity of a call that the client has to answer: its id, else its name and arguments. */
  readonly call?: string
  /** Ids by which a provider that keeps items knows it. */
  readonly names?: readonly string[]
}

/** What one upstream answer came to. */
export interface Round {
  readonly pieces: readonly Piece[]
  /** The model stopped to have its calls answered, not because it was cut or refused. */
  readonly stopsForCalls: boolean
  /** More members of the turn, as JSON (`,"name":…`); only where a turn is one object of fixed members. */
  readonly extras?: string
  /** Identity that the provider gave this answer, where conversations go on by it. */
  readonly responseId?: string
}

/** A place in the turn that the client was shown: after so many parts and so many characters that are no whitespace. */
export interface Place {
  readonly parts: number
  readonly chars: number
  /** Whitespace behind the last of these characters. */
  readonly trail: number
}

/** What the client was not shown of one answer. Sent again at the same place on every later turn. */
export interface Hidden {
  /** Answers that ended in calls of ours alone: list entries as they were sent, and how much of the client's turn they hold. */
  readonly rounds: readonly { readonly entries: string; readonly cut: Place }[]
  /** Calls of ours beside the client's own, in the last answer, and their results. */
  readonly last?: {
    readonly calls: readonly { readonly at: Place; readonly json: string }[]
    readonly results: string
  }
}

/** A list entry, with the ids by which a provider that keeps items knows it. */
export interface NamedEntry extends Span {
  readonly names: readonly string[]
}

/** A run of list entries that the model said, in a request body. */
export interface Turn {
  readonly entries: readonly NamedEntry[]
  /** The entry behind it, when there is one. */
  readonly next: Span | undefined
}

/** Reads one upstream answer after the other, and gives the client's side of them. */
export interface Surgeon {
  /** Something was held back or left out: the client's answer can no longer be the upstream's own bytes. */
  readonly hides: boolean
  /** Bytes for the client. What ends an answer is held back once calls of ours were seen. */
  event(event: RawEvent): Buffer[]
  /** The upstream answer is over. */
  round(): Round
  /** Another upstream answer continues this one. */
  next(): void
  /** What was held back, with the sums of all answers. */
  finish(): Buffer[]
  /** An upstream error in place of an answer, as the client's library expects it inside a stream. */
  failure(error: Failure): Buffer
}

export interface Failure {
  readonly status: number
  readonly body: Buffer
}

/** The members of a request around its list, as far as they decide anything. */
export type Head = Readonly<Record<string, unknown>>

export interface RedeemDialect {
  readonly dialect: Dialect
  /** Member that holds the turns. */
  readonly listKey: string
  /** Our tool as an entry of the request's list of tools. */
  readonly tool: string
  /** Path of the list that takes another tool; undefined where none does. */
  toolList(tools: unknown): JsonPath | undefined
  /** Names of all tools that the request offers. */
  toolNames(tools: unknown): readonly string[]
  /** False for requests whose answers cannot be continued here. */
  suits(head: Head): boolean
  /** The model may call any of the tools, or none. */
  isFree(head: Head): boolean
  isModel(entry: Record<string, unknown>): boolean
  /** Words and client calls of what the model said. */
  said(entry: Record<string, unknown>): { readonly text: string; readonly calls: readonly string[] }
  /** Ids of an entry, where the provider keeps items by id. */
  namesOf?(entry: Record<string, unknown>): readonly string[]
  /** Edits that put hidden rounds and calls back into a turn; undefined where the turn is not the one that was shown. */
  reinsert(body: Buffer, turn: Turn, hidden: Hidden): readonly ByteEdit[] | undefined
  /** List entries of an answer's turn. */
  turn(round: Round, body: Head): string
  /** List entries that answer calls. */
  results(answers: readonly Answered[]): string
  /** Entries of the same, where they join results that the client sends. */
  joinedResults(answers: readonly Answered[]): string
  surgeon(): Surgeon
  /** Reads an answer that is no stream; undefined where it is not one of these. */
  answer(json: Buffer): Round | undefined
  /** One answer for the client out of all that came. */
  merged(answers: readonly Buffer[]): Buffer
}

export interface Answered {
  readonly call: OwnCall
  readonly text: string
}

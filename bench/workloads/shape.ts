// What a workload is: one conversation with tool results, and questions whose answers were planted in them.
export interface Question {
  readonly text: string
  /** Strings that must all be found. */
  readonly answers: readonly string[]
}

export interface Message {
  readonly role: 'system' | 'user' | 'assistant' | 'tool'
  readonly [field: string]: unknown
}

/** What the user says: before the tools run, and after. Absent: nothing. */
export interface Asked {
  readonly first?: string
  readonly last?: string
}

export interface Workload {
  readonly name: string
  readonly model: string
  /** Tokens (o200k) of the whole conversation as published for this workload, and after the field's compressor. */
  readonly published: { readonly before: number; readonly after: number }
  readonly asked: Asked
  readonly questions: readonly Question[]
  messages(asked: Asked): Message[]
}

export interface ToolOutput {
  readonly name: string
  readonly text: string
  readonly id: string
}

/** OpenAI Chat: system, the task, each call with its result, the closing question. */
export const chatMessages = (system: string, outputs: readonly ToolOutput[], asked: Asked): Message[] => [
  { role: 'system', content: system },
  ...said(asked.first),
  ...outputs.flatMap(({ name, text, id }): Message[] => [
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id, type: 'function', function: { name, arguments: '{}' } }],
    },
    { role: 'tool', tool_call_id: id, content: text },
  ]),
  ...said(asked.last),
]

export const said = (text: string | undefined): Message[] =>
  text === undefined ? [] : [{ role: 'user', content: text }]

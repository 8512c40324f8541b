// Chat Completions as the scripted provider answers them.
import { type Answering, nextId, sendEvents, sendWhole } from './answer.js'

export const chat = (answering: Answering): unknown => {
  const { parsed, said } = answering
  const calls =
    'calls' in said
      ? said.calls.map(({ id, name, input }) => ({
          id,
          type: 'function',
          function: { name, arguments: JSON.stringify(input) },
        }))
      : []
  const finish = calls.length > 0 ? 'tool_calls' : 'stop'
  const base = { id: nextId('chatcmpl'), created: 1, model: String(parsed.model) }
  const usage = {
    prompt_tokens: answering.inputTokens,
    completion_tokens: 5,
    total_tokens: answering.inputTokens + 5,
    prompt_tokens_details: { cached_tokens: 10 },
  }
  const words = 'say' in said ? said.say : null
  if (parsed.stream !== true) {
    const message = { role: 'assistant', content: words, ...(calls.length > 0 ? { tool_calls: calls } : {}) }
    const choices = [{ index: 0, message, finish_reason: finish }]
    return sendWhole(answering, { ...base, object: 'chat.completion', choices, usage })
  }
  const delta =
    calls.length > 0 ? { tool_calls: calls.map((call, index) => ({ index, ...call })) } : { content: words ?? '' }
  const chunk = (choice: object): object => ({
    ...base,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, finish_reason: null, delta: {}, ...choice }],
  })
  sendEvents(answering, [
    [undefined, chunk({ delta: { role: 'assistant', content: '' } })],
    [undefined, chunk({ delta })],
    [undefined, { ...chunk({ finish_reason: finish }), usage }],
    [undefined, '[DONE]'],
  ])
}

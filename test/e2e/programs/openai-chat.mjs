// An agent on the OpenAI SDK, by Chat Completions.
import OpenAI from 'openai'
import { given, MOST_TURNS, perform, remember, remembered, streams, tools } from './tools.mjs'

const client = new OpenAI({ baseURL: `${given.url}/v1`, apiKey: 'e2e-secret' })
const offered = tools.map((tool) => ({ type: 'function', function: tool }))
const messages = [...remembered(), { role: 'user', content: given.prompt }]
for (let turn = 0; turn < MOST_TURNS; turn++) {
  const ask = { model: 'gpt-5.1', messages, tools: offered }
  const completion = streams
    ? await client.chat.completions.stream(ask).finalChatCompletion()
    : await client.chat.completions.create(ask)
  const { content, tool_calls: asked } = completion.choices[0].message
  const calls = (asked ?? []).map(({ id, type, function: { name, arguments: args } }) => ({
    id,
    type,
    function: { name, arguments: args },
  }))
  messages.push({ role: 'assistant', content, ...(calls.length > 0 ? { tool_calls: calls } : {}) })
  if (calls.length === 0) {
    console.log(content)
    break
  }
  for (const { id, function: call } of calls)
    messages.push({ role: 'tool', tool_call_id: id, content: perform(call.name, JSON.parse(call.arguments)) })
}
remember(messages)

// An agent on the Anthropic SDK.
import Anthropic from '@anthropic-ai/sdk'
import { given, MOST_TURNS, perform, remember, remembered, streams, tools } from './tools.mjs'

const client = new Anthropic({ baseURL: given.url, apiKey: 'e2e-secret' })
const offered = tools.map(({ name, description, parameters }) => ({ name, description, input_schema: parameters }))
const messages = [...remembered(), { role: 'user', content: given.prompt }]
for (let turn = 0; turn < MOST_TURNS; turn++) {
  const ask = { model: 'claude-sonnet-4-5', max_tokens: 500, messages, tools: offered }
  const message = streams ? await client.messages.stream(ask).finalMessage() : await client.messages.create(ask)
  messages.push({ role: 'assistant', content: message.content })
  const calls = message.content.filter((block) => block.type === 'tool_use')
  if (calls.length === 0) {
    console.log(message.content.map((block) => block.text).join(''))
    break
  }
  const results = calls.map(({ id, name, input }) => ({
    type: 'tool_result',
    tool_use_id: id,
    content: perform(name, input),
  }))
  messages.push({ role: 'user', content: results })
}
remember(messages)

// An agent on the OpenAI SDK, by Responses.
import OpenAI from 'openai'
import { given, MOST_TURNS, perform, remember, remembered, streams, tools } from './tools.mjs'

const client = new OpenAI({ baseURL: `${given.url}/v1`, apiKey: 'e2e-secret' })
const offered = tools.map((tool) => ({ type: 'function', strict: false, ...tool }))
const input = [...remembered(), { role: 'user', content: given.prompt }]
for (let turn = 0; turn < MOST_TURNS; turn++) {
  const ask = { model: 'gpt-5.1', input, tools: offered, store: false }
  const response = streams ? await client.responses.stream(ask).finalResponse() : await client.responses.create(ask)
  const calls = response.output.filter((item) => item.type === 'function_call')
  if (calls.length === 0) {
    input.push({ role: 'assistant', content: response.output_text })
    console.log(response.output_text)
    break
  }
  for (const { type, call_id, name, arguments: args, content } of response.output)
    if (type === 'function_call') input.push({ type, call_id, name, arguments: args })
    else if (type === 'message') input.push({ role: 'assistant', content: content.map(({ text }) => text).join('') })
  for (const { call_id, name, arguments: args } of calls)
    input.push({ type: 'function_call_output', call_id, output: perform(name, JSON.parse(args)) })
}
remember(input)

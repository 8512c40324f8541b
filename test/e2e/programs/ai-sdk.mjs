// An agent on the AI SDK, with one of three providers.
import { createAnthropic } from '@ai-sdk/anthropic'
import { createGoogleGenerativeAI } from '@ai-sdk/google'
import { createOpenAI } from '@ai-sdk/openai'
import { generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai'
import { given, MOST_TURNS, perform, remember, remembered, streams, tools } from './tools.mjs'

const model = {
  anthropic: () => createAnthropic({ baseURL: `${given.url}/v1`, apiKey: 'e2e-secret' })('claude-sonnet-4-5'),
  openai: () => createOpenAI({ baseURL: `${given.url}/v1`, apiKey: 'e2e-secret' }).responses('gpt-5.1'),
  google: () => createGoogleGenerativeAI({ baseURL: `${given.url}/v1beta`, apiKey: 'e2e-secret' })('gemini-3-flash'),
}[given.ways[0]]()

const offered = Object.fromEntries(
  tools.map(({ name, description, parameters }) => [
    name,
    tool({ description, inputSchema: jsonSchema(parameters), execute: (input) => perform(name, input) }),
  ]),
)
const messages = [...remembered(), { role: 'user', content: given.prompt }]
const ask = { model, messages, tools: offered, stopWhen: stepCountIs(MOST_TURNS) }
if (streams) {
  let failure
  const result = streamText({ ...ask, onError: ({ error }) => (failure = error) })
  for await (const part of result.textStream) process.stdout.write(part)
  if (failure !== undefined) throw failure
  remember([...messages, ...(await result.response).messages])
} else {
  const result = await generateText(ask)
  console.log(result.text)
  remember([...messages, ...result.response.messages])
}

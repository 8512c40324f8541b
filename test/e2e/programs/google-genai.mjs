// An agent on the Google Gen AI SDK.
import { GoogleGenAI } from '@google/genai'
import { given, MOST_TURNS, perform, remember, remembered, streams, tools } from './tools.mjs'

const client = new GoogleGenAI({ apiKey: 'e2e-secret', httpOptions: { baseUrl: given.url } })
const functionDeclarations = tools.map(({ name, description, parameters }) => ({
  name,
  description,
  parametersJsonSchema: parameters,
}))
const contents = [...remembered(), { role: 'user', parts: [{ text: given.prompt }] }]
for (let turn = 0; turn < MOST_TURNS; turn++) {
  const ask = { model: 'gemini-3-flash', contents, config: { tools: [{ functionDeclarations }] } }
  const parts = []
  if (streams)
    for await (const chunk of await client.models.generateContentStream(ask))
      parts.push(...(chunk.candidates?.[0]?.content?.parts ?? []))
  else parts.push(...((await client.models.generateContent(ask)).candidates?.[0]?.content?.parts ?? []))
  const said = parts.filter((part) => part.functionCall || part.text)
  contents.push({ role: 'model', parts: said })
  const calls = said.flatMap((part) => (part.functionCall ? [part.functionCall] : []))
  if (calls.length === 0) {
    console.log(said.map((part) => part.text).join(''))
    break
  }
  const results = calls.map(({ id, name, args }) => ({
    functionResponse: { id, name, response: { output: perform(name, args) } },
  }))
  contents.push({ role: 'user', parts: results })
}
remember(contents)

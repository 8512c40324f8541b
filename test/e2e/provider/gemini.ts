// Gemini's API as the scripted provider answers it: turns, streamed or not, and what Gemini CLI's router asks before each prompt.
import { type Answering, sendEvents, sendWhole } from './answer.js'

const usageOf = (inputTokens: number): object => ({
  promptTokenCount: inputTokens,
  candidatesTokenCount: 5,
  cachedContentTokenCount: 10,
  totalTokenCount: inputTokens + 5,
})

/** Answers every schema that a router of Gemini CLI asks for. */
const ROUTE = JSON.stringify({ complexity_reasoning: 'short', complexity_score: 10 })

export const isGemini = (path: string): boolean => /:(?:streamGenerateContent|generateContent)$/.test(path)

const asksForJson = (parsed: Answering['parsed']): boolean =>
  (parsed.generationConfig as { responseMimeType?: string } | undefined)?.responseMimeType === 'application/json'

export const gemini = (answering: Answering): unknown => {
  const { path, parsed, said } = answering
  const parts =
    'calls' in said
      ? said.calls.map(({ id, name, input }) => ({ functionCall: { id, name, args: input } }))
      : [{ text: asksForJson(parsed) ? ROUTE : said.say }]
  const chunk = (some: readonly object[], ends: boolean): object => ({
    candidates: [{ index: 0, content: { role: 'model', parts: some }, ...(ends ? { finishReason: 'STOP' } : {}) }],
    usageMetadata: usageOf(answering.inputTokens),
    modelVersion: 'gemini-test',
  })
  if (!path.endsWith(':streamGenerateContent')) return sendWhole(answering, chunk(parts, true))
  sendEvents(answering, [
    [undefined, chunk([{ text: '' }], false)],
    [undefined, chunk(parts, false)],
    [undefined, chunk([{ text: '' }], true)],
  ])
}

// Gemini's answers of the scripted provider: streamed turns, and the small JSON calls that Gemini CLI makes beside them.
import type { ServerResponse } from 'node:http'
import type { Step } from './provider.js'

const USAGE = {
  promptTokenCount: 100,
  candidatesTokenCount: 5,
  cachedContentTokenCount: 10,
  totalTokenCount: 105,
}

export const isGemini = (path: string): boolean => /:(?:streamGenerateContent|generateContent)$/.test(path)

export const gemini = (
  answer: ServerResponse,
  { path, text, step }: { path: string; text: string; step: Step },
): void => {
  const offersTools = text.includes('"functionDeclarations"')
  const part =
    'shell' in step && offersTools
      ? { functionCall: { name: 'run_shell_command', args: { command: step.shell, description: 'look' } } }
      : { text: text.includes('"responseMimeType":"application/json"') ? ROUTE : 'say' in step ? step.say : 'ok' }
  const chunk = {
    candidates: [{ index: 0, content: { role: 'model', parts: [part] }, finishReason: 'STOP' }],
    usageMetadata: USAGE,
    modelVersion: 'gemini-test',
  }
  const streams = path.endsWith(':streamGenerateContent')
  answer.writeHead(200, { 'content-type': streams ? 'text/event-stream' : 'application/json' })
  answer.end(streams ? `data: ${JSON.stringify(chunk)}\n\n` : JSON.stringify(chunk))
}

/** What the router of Gemini CLI asks before each prompt. */
const ROUTE = JSON.stringify({ complexity_reasoning: 'short', complexity_score: 10 })

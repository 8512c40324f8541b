// SWE-agent: one JSON value a run, a list of thought, action and observation; the actions are shell commands.
import { jsonOf, oneRecording } from '../files.js'
import { asObject, asObjects, asText, textOf } from '../json.js'
import type { SessionEvent, SessionReader } from '../model.js'

export const sweAgent: SessionReader = {
  agent: 'swe-agent',
  title: 'SWE-agent',
  places: () => [],
  accepts: ({ path, head }) => /\.traj(\.json)?$/.test(path) && head.includes('"trajectory"'),
  recordings: async (candidate) =>
    oneRecording(candidate, { agent: 'swe-agent', dialect: 'openai-chat' }, () => eventsOf(candidate.path)),
}

async function* eventsOf(path: string): AsyncGenerator<SessionEvent> {
  const run = asObject(await jsonOf(path))
  const history = asObjects(run.history)
  const begin = history.findIndex(({ role }) => role === 'assistant')
  // A demonstration, where there is one, and the task.
  const asked = history.slice(0, begin < 0 ? history.length : begin)
  const system = asked.flatMap(({ role, content }) => (role === 'system' ? [textOf(content).text] : [])).join('\n\n')
  yield { kind: 'setup', thread: '', system, tools: [{ name: 'bash' }] }
  const texts = asked.flatMap(({ role, content }) => (role === 'user' ? [textOf(content).text] : []))
  yield { kind: 'user', thread: '', texts }
  let count = 0
  for (const step of asObjects(run.trajectory)) {
    const id = `call_${count++}`
    const call = { id, name: 'bash', input: { command: asText(step.action) } }
    yield { kind: 'assistant', thread: '', text: asText(step.thought), calls: [call] }
    yield { kind: 'results', thread: '', answers: [{ id, text: asText(step.observation), isError: false }] }
  }
}

// OpenHands: evaluation output, one JSON line a task, with its history of actions and observations.
import { type LineOptions, placedLinesOf } from '../files.js'
import { asNumber, asObject, asObjects, asText, at, type Json } from '../json.js'
import type { Receipt, Recording, SessionEvent, SessionReader } from '../model.js'
import { Turn } from '../turns.js'

export const openhands: SessionReader = {
  agent: 'openhands',
  title: 'OpenHands',
  places: () => [],
  accepts: ({ head }) => head.startsWith('{') && head.includes('"instance_id"') && head.includes('"instruction"'),
  recordings: async ({ path, bytes }) => {
    const recordings: Recording[] = []
    for await (const { value, start, end } of placedLinesOf(path)) {
      const id = asText(value.instance_id)
      const events: Recording['events'] = (onUnread) => taskAt(path, { start, end: end - 1, onUnread })
      recordings.push({ id, agent: 'openhands', dialect: 'openai-chat', bytes, events })
    }
    return recordings.map((recording) => ({ ...recording, bytes: Math.ceil(bytes / recordings.length) }))
  },
}

async function* taskAt(path: string, place: LineOptions): AsyncGenerator<SessionEvent> {
  for await (const { value } of placedLinesOf(path, place)) yield* eventsOf(value)
}

function* eventsOf(task: Json): Generator<SessionEvent> {
  const history = asObjects(task.history)
  const model = asText(asObject(asObject(task.metadata).llm_config).model)
  const receipts = receiptsOf(task)
  const system = history.find(({ action }) => action === 'system')
  const tools = asObjects(asObject(system?.args).tools).map(({ function: tool }) => {
    const { name, description, parameters } = asObject(tool)
    return { name: asText(name), description: asText(description), parameters }
  })
  yield { kind: 'setup', thread: '', system: asText(system?.message), ...(tools.length > 0 ? { tools } : {}) }
  const turn = new Turn()
  for (const event of history) {
    const meta = asObject(event.tool_call_metadata)
    const id = asText(meta.tool_call_id)
    const answerId = asText(asObject(meta.model_response).id)
    if (event.action === 'message' && event.source === 'user')
      turn.user({ texts: [asText(event.message)], ...at(event.timestamp) })
    else if (id !== '' && typeof event.observation === 'string')
      turn.results([{ id, text: asText(event.content), isError: event.success === false }], at(event.timestamp).atMs)
    else if (id !== '') {
      const { thought, ...input } = asObject(event.args)
      const receipt = receipts.get(answerId)
      const call = { id, name: asText(meta.function_name), input }
      yield* turn.answer(
        {
          text: asText(thought),
          calls: [call],
          ...(model === '' ? {} : { model }),
          ...(receipt === undefined ? {} : { receipt }),
          ...at(event.timestamp),
        },
        answerId || id,
      )
    }
  }
  yield* turn.flush()
}

const receiptsOf = (task: Json): ReadonlyMap<string, Receipt> =>
  new Map(
    asObjects(asObject(task.metrics).token_usages).map((usage) => {
      const readTokens = asNumber(usage.cache_read_tokens)
      const writeTokens = asNumber(usage.cache_write_tokens)
      return [
        asText(usage.response_id),
        {
          freshTokens: Math.max(0, asNumber(usage.prompt_tokens) - readTokens - writeTokens),
          readTokens,
          writeTokens,
          write1hTokens: 0,
          outputTokens: asNumber(usage.completion_tokens),
        },
      ]
    }),
  )

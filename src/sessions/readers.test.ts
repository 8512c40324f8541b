import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadSqlDriver } from '../base/database/load.js'
import { filesUnder, ownPlaces, recordingsIn } from './find.js'
import { eventsIn, eventsOf, recordingsOf, scratchFile, sketch } from './fixture.testkit.js'

const item = (payload: object): object => ({ timestamp: '2026-01-01T00:00:01Z', type: 'response_item', payload })
const tokens = (input: number, cached: number): object => ({
  input_tokens: input,
  cached_input_tokens: cached,
  output_tokens: 5,
})

describe('Codex recordings', () => {
  const meta = {
    timestamp: '2026-01-01T00:00:00Z',
    type: 'session_meta',
    payload: { id: 's', base_instructions: { text: 'You are.' } },
  }
  const asked = item({ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'go' }] })
  const called = item({ type: 'function_call', name: 'exec_command', arguments: '{"cmd":"ls"}', call_id: 'c1' })
  const got = item({ type: 'function_call_output', call_id: 'c1', output: 'a b' })
  const done = item({ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'done' }] })

  it('take usage from the records of single responses', async () => {
    const record = (usage: object): object => ({ type: 'token_usage_record', payload: { usage } })
    const count = (usage: object): object => ({
      type: 'event_msg',
      payload: { type: 'token_count', info: { last_token_usage: usage } },
    })
    const lines = [
      meta,
      { type: 'turn_context', payload: { model: 'gpt-5.5' } },
      asked,
      called,
      record(tokens(100, 10)),
      got,
    ]
    const rest = [count(tokens(100, 10)), done, record(tokens(150, 90)), count(tokens(150, 90))]
    const events = await eventsIn(scratchFile('rollout-new.jsonl', [...lines, ...rest]))
    expect(sketch(events)).toEqual([
      'setup',
      'user go',
      'assistant exec_command#c1 90/10/0/0/5',
      'results c1=a b',
      'assistant done 60/90/0/0/5',
    ])
    expect(events[0]).toMatchObject({ system: 'You are.' })
    expect(events[2]).toMatchObject({ model: 'gpt-5.5', calls: [{ input: { cmd: 'ls' } }] })
  })

  it('take usage from the older events, which may come after the results', async () => {
    const count = (usage: object): object => ({
      type: 'event_msg',
      payload: { type: 'token_count', info: { last_token_usage: usage } },
    })
    const lines = [meta, asked, called, got, count(tokens(100, 0)), done, count(tokens(150, 90))]
    expect(sketch(await eventsIn(scratchFile('rollout-old.jsonl', lines)))).toEqual([
      'setup',
      'user go',
      'assistant exec_command#c1 100/0/0/0/5',
      'results c1=a b',
      'assistant done 60/90/0/0/5',
    ])
  })

  it('read free-text tools with outputs in parts, developer texts, and what a compaction keeps', async () => {
    const lines = [
      meta,
      item({ type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'rules' }] }),
      asked,
      item({ type: 'custom_tool_call', name: 'exec', input: 'text(1)', call_id: 'c2' }),
      item({
        type: 'custom_tool_call_output',
        call_id: 'c2',
        output: [
          { type: 'input_text', text: 'x' },
          { type: 'input_text', text: 'y' },
        ],
      }),
      {
        type: 'compacted',
        payload: {
          message: '',
          replacement_history: [
            { type: 'message', role: 'user', content: [{ text: 'so far' }] },
            { type: 'message', role: 'assistant', content: [{ text: 'ok' }] },
          ],
        },
      },
      done,
    ]
    expect(sketch(await eventsIn(scratchFile('rollout-custom.jsonl', lines)))).toEqual([
      'setup',
      'developer rules',
      'user go',
      'assistant exec#c2',
      'results c2=x\ny',
      'compacted',
      'user so far',
      'history ok',
      'assistant done',
    ])
  })

  it('take back the last turns of the user', async () => {
    const message = (role: string, text: string): object => ({
      type: 'response_item',
      payload: { type: 'message', role, content: [{ type: 'input_text', text }] },
    })
    const call = { type: 'function_call', name: 'exec_command', arguments: '{"cmd":"ls"}', call_id: 'c1' }
    const lines = [
      { type: 'session_meta', payload: { id: 's' } },
      message('developer', 'rules'),
      message('user', 'go'),
      { type: 'response_item', payload: call },
      { type: 'response_item', payload: { type: 'function_call_output', call_id: 'c1', output: 'a b' } },
      message('user', 'wrong'),
      message('assistant', 'B'),
      message('user', 'also wrong'),
      { type: 'event_msg', payload: { type: 'thread_rolled_back', num_turns: 2 } },
      message('user', 'right'),
    ]
    expect(sketch(await eventsIn(scratchFile('rollout-back.jsonl', lines))).slice(5)).toEqual([
      'user wrong',
      'assistant B',
      'user also wrong',
      'cut 4',
      'user right',
    ])
  })
})

describe('Gemini CLI recordings', () => {
  const call = {
    id: 'g1',
    name: 'run_shell_command',
    args: { command: 'ls' },
    result: [{ functionResponse: { id: 'g1', name: 'run_shell_command', response: { output: 'a b' } } }],
  }
  const answer = {
    id: 'm2',
    type: 'gemini',
    content: '',
    model: 'gemini-3-pro',
    tokens: { input: 100, cached: 40, output: 5, thoughts: 2 },
  }

  it('take the last form of a message, and results once', async () => {
    const lines = [
      { sessionId: 's', projectHash: 'p' },
      { $set: { messages: [{ id: 'm0', type: 'user', content: [{ text: 'context' }] }] } },
      { id: 'm1', type: 'user', content: [{ text: 'go' }] },
      answer,
      { ...answer, toolCalls: [call] },
      { id: 'm3', type: 'user', content: call.result },
      { id: 'm4', type: 'gemini', content: 'done', tokens: { input: 150, cached: 100, output: 3 } },
    ]
    expect(sketch(await eventsIn(scratchFile('chats/session-1.jsonl', lines)))).toEqual([
      'user context',
      'user go',
      'assistant run_shell_command#g1 60/40/0/0/7',
      'results g1=a b',
      'assistant done 50/100/0/0/3',
    ])
  })

  it('take back a message and all after it', async () => {
    const lines = [
      { sessionId: 's', projectHash: 'p' },
      { id: 'm1', type: 'user', content: 'go' },
      { ...answer, toolCalls: [call] },
      { id: 'm3', type: 'user', content: 'wrong' },
      { id: 'm4', type: 'gemini', content: 'B' },
      { $rewindTo: 'm3' },
      { id: 'm5', type: 'user', content: 'right' },
    ]
    expect(sketch(await eventsIn(scratchFile('chats/session-3.jsonl', lines)))).toEqual([
      'user go',
      'assistant run_shell_command#g1 60/40/0/0/7',
      'results g1=a b',
      'user wrong',
      'assistant B',
      'cut 3',
      'user right',
    ])
  })

  it('read the older form, one JSON value', async () => {
    const chat = {
      sessionId: 's',
      projectHash: 'p',
      messages: [
        { id: 'm1', type: 'user', content: 'go' },
        { ...answer, toolCalls: [call] },
      ],
    }
    expect(sketch(await eventsIn(scratchFile('chats/session-2.json', JSON.stringify(chat, null, 2))))).toEqual([
      'user go',
      'assistant run_shell_command#g1 60/40/0/0/7',
      'results g1=a b',
    ])
  })
})

describe('OpenCode recordings', () => {
  const user = { role: 'user', time: { created: 1 } }
  const assistant = { role: 'assistant', providerID: 'anthropic', modelID: 'claude-sonnet-4-5', time: { created: 2 } }
  const paid = { input: 3, output: 5, reasoning: 1, cache: { read: 40, write: 10 } }
  const parts = [
    { type: 'step-start' },
    {
      type: 'tool',
      tool: 'bash',
      callID: 't1',
      state: { status: 'completed', input: { command: 'ls' }, output: 'a b' },
    },
    { type: 'step-finish', tokens: paid },
    { type: 'text', text: 'done' },
    { type: 'step-finish', tokens: { ...paid, input: 4 } },
  ]
  const expected = ['user go', 'setup', 'assistant bash#t1 3/40/10/0/6', 'results t1=a b', 'assistant done 4/40/10/0/6']

  it('come from the files of older versions, a request for every step', async () => {
    const path = scratchFile('storage/session/p1/ses_1.json', JSON.stringify({ id: 'ses_1' }))
    scratchFile('storage/message/ses_1/msg_1.json', JSON.stringify(user))
    scratchFile('storage/part/msg_1/prt_1.json', JSON.stringify({ type: 'text', text: 'go' }))
    scratchFile('storage/message/ses_1/msg_2.json', JSON.stringify(assistant))
    for (const [index, part] of parts.entries())
      scratchFile(`storage/part/msg_2/prt_${index}.json`, JSON.stringify(part))
    const [recording] = await recordingsOf(path)
    expect(recording).toMatchObject({ agent: 'opencode', dialect: 'anthropic' })
    expect(sketch(await eventsOf(recording!)).sort()).toEqual([...expected].sort())
  })

  it('come from the database, which is not written to', async () => {
    const path = scratchFile('data/opencode.db', '')
    mkdirSync(dirname(path), { recursive: true })
    const database = loadSqlDriver()!.open(path)
    database.exec(`CREATE TABLE session (id TEXT, time_created INTEGER);
      CREATE TABLE message (id TEXT, session_id TEXT, time_created INTEGER, data TEXT);
      CREATE TABLE part (id TEXT, message_id TEXT, data TEXT);
      INSERT INTO session VALUES ('ses_1', 1), ('ses_2', 2)`)
    const message = database.prepare('INSERT INTO message VALUES (?, ?, ?, ?)')
    const part = database.prepare('INSERT INTO part VALUES (?, ?, ?)')
    message.run(['msg_1', 'ses_1', 1, JSON.stringify(user)])
    part.run(['prt_1', 'msg_1', JSON.stringify({ type: 'text', text: 'go' })])
    message.run(['msg_2', 'ses_1', 2, JSON.stringify(assistant)])
    for (const [index, one] of parts.entries()) part.run([`prt_2${index}`, 'msg_2', JSON.stringify(one)])
    message.run(['msg_3', 'ses_2', 3, JSON.stringify({ ...assistant, providerID: 'openrouter' })])
    database.close()
    const recordings = await recordingsOf(path)
    expect(recordings.map(({ id, dialect }) => `${id} ${dialect}`)).toEqual(['ses_1 anthropic', 'ses_2 openai-chat'])
    expect(sketch(await eventsOf(recordings[0]!)).sort()).toEqual([...expected].sort())
  })
})

describe('other recordings', () => {
  it('of pi begin again with the summary and the kept lines', async () => {
    const message = (more: object): object => ({ type: 'message', timestamp: '2026-01-01T00:00:00Z', message: more })
    const usage = { input: 10, output: 2, cacheRead: 5, cacheWrite: 1 }
    const lines = [
      { type: 'session', id: 's' },
      message({ role: 'user', content: [{ type: 'text', text: 'go' }] }),
      message({
        role: 'assistant',
        model: 'claude-opus-4-5',
        content: [{ type: 'toolCall', id: 'p1', name: 'bash', arguments: { command: 'ls' } }],
        usage,
      }),
      message({ role: 'toolResult', toolCallId: 'p1', content: [{ type: 'text', text: 'a b' }] }),
      { type: 'compaction', summary: 'so far', firstKeptEntryIndex: 2 },
      message({ role: 'assistant', content: [{ type: 'text', text: 'done' }], usage }),
    ]
    expect(sketch(await eventsIn(scratchFile('pi.jsonl', lines)))).toEqual([
      'user go',
      'assistant bash#p1 10/5/1/0/2',
      'results p1=a b',
      'compacted',
      'user so far',
      'history bash#p1 10/5/1/0/2',
      'results p1=a b',
      'assistant done 10/5/1/0/2',
    ])
  })

  it('of OpenHands, SWE-agent and Aider are told apart by what is in them', async () => {
    const openhands = {
      instance_id: 'i',
      instruction: 'x',
      metadata: { llm_config: { model: 'm' } },
      history: [
        { action: 'system', message: 'sys' },
        { action: 'message', source: 'user', message: 'go' },
        {
          action: 'run',
          args: { command: 'ls', thought: 'look' },
          tool_call_metadata: { tool_call_id: 'o1', function_name: 'execute_bash', model_response: { id: 'r1' } },
        },
        { observation: 'run', content: 'a b', tool_call_metadata: { tool_call_id: 'o1' } },
      ],
      metrics: { token_usages: [{ response_id: 'r1', prompt_tokens: 100, completion_tokens: 5 }] },
    }
    expect(sketch(await eventsIn(scratchFile('out.jsonl', [openhands])))).toEqual([
      'setup',
      'user go',
      'assistant look execute_bash#o1 100/0/0/0/5',
      'results o1=a b',
    ])
    const run = {
      trajectory: [{ thought: 'look', action: 'ls', observation: 'a b' }],
      history: [
        { role: 'system', content: 'sys' },
        { role: 'user', content: 'as shown here', is_demo: true },
        { role: 'user', content: 'go' },
        { role: 'assistant', content: 'look ls' },
        { role: 'user', content: 'a b' },
      ],
    }
    expect(sketch(await eventsIn(scratchFile('x.traj', JSON.stringify(run))))).toEqual([
      'setup',
      'user as shown here|go',
      'assistant look bash#call_0',
      'results call_0=a b',
    ])
    const chat =
      '# aider chat started at 2026-01-01\n\n> Model: gpt-4o with diff\n\n#### add a test\n\nSure.\n\n#### thanks\n'
    expect(sketch(await eventsIn(scratchFile('.aider.chat.history.md', chat)))).toEqual([
      'user add a test',
      'assistant Sure.',
      'user thanks',
    ])
  })

  it('of plain messages are read in both shapes, old function calls included', async () => {
    const openai = {
      model: 'gpt-4.1',
      tools: [{ type: 'function', function: { name: 'look', parameters: {} } }],
      messages: [
        { role: 'system', content: 'sys' },
        { role: 'user', content: 'go' },
        { role: 'assistant', content: null, function_call: { name: 'look', arguments: '{"a":1}' } },
        { role: 'function', name: 'look', content: 'a b' },
        { role: 'assistant', content: 'done' },
      ],
    }
    const [chat] = await recordingsOf(scratchFile('chat.json', JSON.stringify(openai)))
    expect(chat?.dialect).toBe('openai-chat')
    expect(sketch(await eventsOf(chat!))).toEqual([
      'setup',
      'user go',
      'assistant look#old_0',
      'results old_0=a b',
      'assistant done',
    ])
    const anthropic = [
      { role: 'user', content: 'go' },
      { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'look', input: {} }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: [{ type: 'text', text: 'a b' }] }] },
    ]
    const [lines] = await recordingsOf(scratchFile('messages.jsonl', anthropic))
    expect(lines?.dialect).toBe('anthropic')
    expect(sketch(await eventsOf(lines!))).toEqual(['setup', 'user go', 'assistant look#t', 'results t=a b'])
  })
})

describe('lines of a recording', () => {
  it('that are no records are named by their number, and the others are read', async () => {
    const good = (text: string): string => JSON.stringify({ messages: [{ role: 'user', content: text }] })
    const path = scratchFile('lines.jsonl', `${good('ä')}\r\n\n{"half": \n[1]\n${good('b')}\n{"messa`)
    const unread: number[] = []
    const texts: string[] = []
    for (const recording of await recordingsOf(path))
      for await (const event of recording.events((line) => unread.push(line)))
        if (event.kind === 'user') texts.push(...event.texts)
    expect(texts).toEqual(['ä', 'b'])
    expect(unread).toEqual([3, 4, 6])
  })

  it('are whole wherever the chunks of a file are cut', async () => {
    const texts = Array.from({ length: 9 }, (_, index) => `${'ü'.repeat(index * 40_000)}#${index}`)
    const path = scratchFile(
      'long.jsonl',
      texts.map((text) => ({ messages: [{ role: 'user', content: text }] })),
    )
    const recordings = await recordingsOf(path)
    expect(recordings.map(({ id }) => id)).toEqual(texts.map((_, index) => `long ${index + 1}`))
    const events = await Promise.all(recordings.map(eventsOf))
    expect(events.flat().flatMap((event) => (event.kind === 'user' ? event.texts : []))).toEqual(texts)
  })
})

describe('finding recordings', () => {
  it('names files that hold no session, with the reason, and never throws', async () => {
    for (const [name, text] of [
      ['empty.json', '{}'],
      ['broken.json', '{"messages": ['],
      ['notes.md', '# notes'],
      ['other.jsonl', '{"a":1}\n{"b":2}\n'],
    ] as const) {
      const found = await recordingsIn(scratchFile(name, text))
      expect('why' in found && found.why !== '').toBe(true)
    }
  })

  it('walks folders in order and takes every file once', async () => {
    const one = scratchFile('walk/b/2.jsonl', '{}\n')
    const two = scratchFile('walk/a/1.jsonl', '{}\n')
    scratchFile('walk/a/ignored.txt', 'x')
    const files = await filesUnder([dirname(dirname(one)), two])
    expect(files.map(({ path }) => path)).toEqual([two, one])
  })

  it('looks where the programs keep their own, wherever the environment puts that', () => {
    const folder = dirname(scratchFile('home/.claude/projects/x/1.jsonl', '{}\n'))
    const home = dirname(dirname(dirname(folder)))
    expect(ownPlaces({ home, env: {} })).toEqual([dirname(folder)])
    expect(ownPlaces({ home: '/nowhere', env: { CLAUDE_CONFIG_DIR: `${home}/.claude` } })).toEqual([dirname(folder)])
  })
})

import { describe, expect, it } from 'vitest'
import { eventsIn, scratchFile, sketch } from '../fixture.testkit.js'

let made = 0
const line = (type: string, more: object, parent?: string): { uuid: string } & Record<string, unknown> => ({
  type,
  uuid: `u${made++}`,
  parentUuid: parent ?? null,
  isSidechain: false,
  sessionId: 's',
  timestamp: new Date(1_700_000_000_000 + made * 1000).toISOString(),
  ...more,
})
const usage = (read: number, write: number, hour = 0): object => ({
  input_tokens: 3,
  cache_read_input_tokens: read,
  cache_creation_input_tokens: write,
  cache_creation: { ephemeral_5m_input_tokens: write - hour, ephemeral_1h_input_tokens: hour },
  output_tokens: 7,
})
const said = (id: string, content: readonly object[], paid: object = usage(0, 10)): object => ({
  message: { id, role: 'assistant', model: 'claude-opus-4-5', content, usage: paid },
})
const call = (id: string): object => ({ type: 'tool_use', id, name: 'Bash', input: { command: 'ls' } })
const result = (id: string, text: string, isError = false): object => ({
  message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: text, is_error: isError }] },
})
const prompt = (text: string): object => ({ message: { role: 'user', content: text } })

describe('Claude Code recordings', () => {
  it('join the lines of one answer, and give results of parallel calls to it in one turn', async () => {
    const ask = line('user', prompt('go'))
    const one = line('assistant', said('m1', [{ type: 'thinking', thinking: 'hm' }]), ask.uuid)
    const two = line('assistant', said('m1', [call('a')]), one.uuid)
    const early = line('user', result('a', 'first'), two.uuid)
    const three = line('assistant', said('m1', [call('b')]), two.uuid)
    const late = line('user', result('b', 'second', true), three.uuid)
    const end = line('assistant', said('m2', [{ type: 'text', text: 'done' }], usage(13, 40, 15)), late.uuid)
    const events = await eventsIn(scratchFile('parallel.jsonl', [ask, one, two, early, three, late, end]))
    expect(sketch(events)).toEqual([
      'user go',
      'assistant Bash#a Bash#b 3/0/10/0/7',
      'results a=first b=second!',
      'assistant done 3/13/25/15/7',
    ])
    expect(events[1]).toMatchObject({ thinking: 'hm', answerId: 'm1', model: 'claude-opus-4-5' })
  })

  it('go back where the user did', async () => {
    const first = line('user', prompt('one'))
    const answer = line('assistant', said('m1', [{ type: 'text', text: 'A' }]), first.uuid)
    const second = line('user', prompt('two'), answer.uuid)
    const wrong = line('assistant', said('m2', [{ type: 'text', text: 'B' }]), second.uuid)
    const again = line('user', prompt('two, better'), answer.uuid)
    const right = line('assistant', said('m3', [{ type: 'text', text: 'C' }]), again.uuid)
    const events = await eventsIn(scratchFile('rewind.jsonl', [first, answer, second, wrong, again, right]))
    expect(sketch(events).slice(2)).toEqual([
      'user two',
      'assistant B 3/0/10/0/7',
      'cut 2',
      'user two, better',
      'assistant C 3/0/10/0/7',
    ])
  })

  it('come back to a branch that was left, as history that is not asked for again', async () => {
    const first = line('user', prompt('one'))
    const answer = line('assistant', said('m1', [{ type: 'text', text: 'A' }]), first.uuid)
    const left = line('user', prompt('left'), answer.uuid)
    const leftAnswer = line('assistant', said('m2', [call('a')]), left.uuid)
    const got = line('user', result('a', 'x'), leftAnswer.uuid)
    const other = line('user', prompt('right'), answer.uuid)
    const otherAnswer = line('assistant', said('m3', [{ type: 'text', text: 'C' }]), other.uuid)
    const back = line('user', prompt('back on the left'), got.uuid)
    const lines = [first, answer, left, leftAnswer, got, other, otherAnswer, back]
    expect(sketch(await eventsIn(scratchFile('branches.jsonl', lines))).slice(5)).toEqual([
      'cut 2',
      'user right',
      'assistant C 3/0/10/0/7',
      'cut 2',
      'user left',
      'history Bash#a 3/0/10/0/7',
      'results a=x',
      'user back on the left',
    ])
  })

  it('begin anew at a summary that names an older line', async () => {
    const first = line('user', prompt('one'))
    const answer = line('assistant', said('m1', [{ type: 'text', text: 'A' }]), first.uuid)
    const summary = line('user', { ...prompt('what was'), isCompactSummary: true }, answer.uuid)
    const next = line('user', prompt('two'), summary.uuid)
    expect(sketch(await eventsIn(scratchFile('summary.jsonl', [first, answer, summary, next]))).slice(2)).toEqual([
      'compacted',
      'user what was',
      'user two',
    ])
  })

  it('do not go back where a prompt just follows, whatever stands between', async () => {
    const first = line('user', prompt('one'))
    const answer = line('assistant', said('m1', [call('a')]), first.uuid)
    const got = line('user', result('a', 'x'), answer.uuid)
    const system = line('system', { subtype: 'stop_hook_summary' }, got.uuid)
    const second = line('user', prompt('two'), system.uuid)
    const events = await eventsIn(scratchFile('plain.jsonl', [first, answer, got, system, second]))
    expect(sketch(events)).toEqual(['user one', 'assistant Bash#a 3/0/10/0/7', 'results a=x', 'user two'])
  })

  it('start from the summary after a compaction', async () => {
    const first = line('user', prompt('one'))
    const answer = line('assistant', said('m1', [{ type: 'text', text: 'A' }]), first.uuid)
    const boundary = line('system', { subtype: 'compact_boundary' })
    const summary = line('user', { ...prompt('what was'), isCompactSummary: true }, boundary.uuid)
    const events = await eventsIn(scratchFile('compact.jsonl', [first, answer, boundary, summary]))
    expect(sketch(events).slice(2)).toEqual(['compacted', 'user what was'])
  })

  it('keep subagents apart, by their id and in older files by their chain', async () => {
    const main = line('user', prompt('main'))
    const old = line('user', { ...prompt('old task'), isSidechain: true })
    const oldAnswer = line('assistant', { ...said('m1', [{ type: 'text', text: 'A' }]), isSidechain: true }, old.uuid)
    const own = line('user', { ...prompt('own task'), isSidechain: true, agentId: 'x1' })
    const events = await eventsIn(scratchFile('agents.jsonl', [main, old, oldAnswer, own]))
    expect(sketch(events).sort()).toEqual(
      ['user main', `${old.uuid}: user old task`, `${old.uuid}: assistant A 3/0/10/0/7`, 'x1: user own task'].sort(),
    )
  })

  it('pass over answers that the client made up, and lines that are cut', async () => {
    const first = line('user', prompt('one'))
    const error = line('assistant', {
      isApiErrorMessage: true,
      message: {
        id: 'e',
        role: 'assistant',
        model: '<synthetic>',
        content: [{ type: 'text', text: 'API Error' }],
        usage: usage(0, 0),
      },
    })
    const path = scratchFile('cut.jsonl', `${JSON.stringify(first)}\n${JSON.stringify(error)}\n{"type":"assis`)
    expect(sketch(await eventsIn(path))).toEqual(['user one'])
  })
})

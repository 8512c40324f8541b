import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSkip } from '../base/skip.js'
import type { ContentType, Origin } from '../spec/content.js'
import type { PolicyName, PolicyRule } from '../spec/policy.js'
import { isFileReader, isRetrieveTool, offersEditTool, type RouteInput, route, wayBackOf } from './index.js'
import { matchesGlob } from './rules.js'

const input = (
  more: Partial<RouteInput> & { type?: ContentType; use?: PolicyName; rules?: readonly PolicyRule[] } = {},
): RouteInput => {
  const { type = 'log', use = 'balanced', rules = [], ...rest } = more
  return {
    detection: { type, confidence: 0.9, evidence: [] },
    origin: { toolName: 'Bash', command: 'npm test' },
    policy: { name: use, rules },
    tokens: 5000,
    wayBack: { kind: 'tool', toolName: 'headroom_retrieve' },
    offersEditTool: true,
    wholeText: false,
    ...rest,
  }
}
const skipOf = (value: ReturnType<typeof route>): string | undefined => (isSkip(value) ? value.skip : undefined)
const mayElide = (more: Parameters<typeof input>[0]): boolean | undefined => {
  const result = route(input(more))
  return isSkip(result) ? undefined : result.mayElide
}

const READS: readonly Origin[] = [
  { toolName: 'Read', path: 'a.ts' },
  { toolName: 'mcp__files__read_file', path: 'a.ts' },
  { toolName: 'mcp__my_server__read_text_file' },
  { toolName: 'functions.read_file' },
  { toolName: 'view' },
  { toolName: 'Edit' },
  { toolName: 'MultiEdit' },
  { toolName: 'Write' },
  { toolName: 'NotebookRead' },
  { toolName: 'str_replace_based_edit_tool' },
  { toolName: 'apply_patch' },
  { toolName: 'replace' },
  ...[
    'cat a.ts',
    'cd /x && sed -n 1,200p src/a.ts',
    'head -50 a.ts',
    'nl -ba a.ts | sed -n 1,20p',
    'bat a.ts',
    'bash -lc "cat a.ts"',
    'tail -n +5 a.ts | head -9',
    'ls; cat a.ts',
    "sudo cat '/etc/x'",
    'less a.ts',
  ].map((command) => ({ toolName: 'Bash', command })),
]
const OTHERS: readonly Origin[] = [
  { toolName: 'Bash' },
  { toolName: 'Grep', path: 'src' },
  { toolName: 'WebFetch' },
  ...[
    'npm test',
    'cat app.log',
    'tail -200 /var/log/syslog',
    'cat a.json | jq .x',
    'cat a.ts | grep foo',
    'rg -n foo src',
    'sed -i s/a/b/ x.ts',
    'git diff',
    'kubectl get pods',
    'echo "x | cat"',
  ].map((command) => ({ toolName: 'Bash', command })),
]

describe('route', () => {
  it('sends each type to the compressor that reads it', () => {
    const types = ['json', 'code', 'search', 'log', 'diff', 'html', 'text', 'table'] as const
    expect(types.map((type) => route(input({ type })))).toEqual(
      types.map((compressor) => ({ compressor, policy: 'balanced', mayElide: true, mayFoldRepeats: true })),
    )
    expect(skipOf(route(input({ type: 'plain' })))).toBe('no-compressor')
  })
  it('gives text of no known shape to the specialist for what produced it', () => {
    expect(route(input({ type: 'plain', specialist: 'command' }))).toMatchObject({ compressor: 'command' })
    expect(route(input({ type: 'json', specialist: 'command' }))).toMatchObject({ compressor: 'json' })
  })
  it('reads long shell output of no known shape as a log', () => {
    expect(route(input({ type: 'plain', lines: 60 }))).toMatchObject({ compressor: 'log' })
    expect(skipOf(route(input({ type: 'plain', lines: 59 })))).toBe('no-compressor')
    expect(skipOf(route(input({ type: 'plain', lines: 600, origin: { toolName: 'WebFetch' } })))).toBe('no-compressor')
    expect(skipOf(route(input({ type: 'plain', lines: 600, origin: { command: 'cat notes' } })))).toBe('no-compressor')
  })
  it('touches nothing under 200 tokens (A-8)', () => {
    for (const use of ['strict', 'balanced', 'max'] as const)
      expect(skipOf(route(input({ tokens: 199, use })))).toBe('below-floor')
    expect(skipOf(route(input({ tokens: 200 })))).toBeUndefined()
  })
  it('elides from the floor of the policy on (A-8)', () => {
    expect([399, 400].map((tokens) => mayElide({ tokens }))).toEqual([false, true])
    expect([249, 250].map((tokens) => mayElide({ tokens, use: 'max' }))).toEqual([false, true])
    expect(mayElide({ tokens: 1e6, use: 'strict' })).toBe(false)
  })
  it('folds what repeats an earlier run from the floor for any form on, where it may leave out anything at all (A-1, A-8, A-10)', () => {
    const folds = (more: Parameters<typeof input>[0]): unknown => route(input(more))
    expect(folds({ tokens: 200 })).toMatchObject({ mayElide: false, mayFoldRepeats: true })
    for (const more of [
      { use: 'strict' as const },
      { wayBack: { kind: 'none' as const } },
      { origin: { toolName: 'Read', path: 'src/a.ts' } },
      { origin: { toolName: 'Skill' } },
    ])
      expect(folds({ tokens: 1e6, ...more })).toMatchObject({ mayFoldRepeats: false })
  })
  it('elides no file text while the request offers an editing tool (A-1)', () => {
    for (const origin of READS) {
      expect([origin, mayElide({ type: 'json', origin })]).toEqual([origin, false])
      expect([origin, mayElide({ type: 'json', origin, offersEditTool: false })]).toEqual([origin, true])
      expect([origin, mayElide({ type: 'json', origin, use: 'max' })]).toEqual([origin, true])
      const own = !origin.toolName?.startsWith('mcp__my_server__')
      expect([origin, mayElide({ type: 'json', origin, wholeText: true, offersEditTool: false })]).toEqual([
        origin,
        !own,
      ])
    }
    for (const origin of OTHERS) expect([origin, mayElide({ origin })]).toEqual([origin, true])
  })
  it('folds a repository file that no tool of the agent edits in place', () => {
    const origin = { toolName: 'mcp__repository__get_file_contents', path: 'src/a.ts' }
    expect(mayElide({ type: 'code', origin, wholeText: true, offersEditTool: false })).toBe(true)
    expect(mayElide({ type: 'code', origin, offersEditTool: false })).toBe(true)
    expect(mayElide({ type: 'code', origin })).toBe(false)
    expect(mayElide({ type: 'code', origin: {}, wholeText: true, offersEditTool: false })).toBe(true)
  })
  it('leaves instructions whole in every policy (A-6)', () => {
    for (const origin of [
      { toolName: 'Read', path: '/home/me/project/CLAUDE.md' },
      { toolName: 'read_file', path: 'AGENTS.md' },
      { toolName: 'Bash', command: 'cat .claude/skills/pdf/SKILL.md' },
      { toolName: 'Skill' },
      { toolName: 'activate_skill' },
    ])
      for (const use of ['strict', 'balanced', 'max'] as const)
        expect([origin, mayElide({ type: 'text', origin, use, offersEditTool: false })]).toEqual([origin, false])
    expect(mayElide({ type: 'text', origin: { toolName: 'Read', path: 'README.md' }, offersEditTool: false })).toBe(
      true,
    )
  })
  it('elides nothing without a way back (A-10)', () => {
    for (const use of ['balanced', 'max'] as const) expect(mayElide({ use, wayBack: { kind: 'none' } })).toBe(false)
    expect(mayElide({ wayBack: { kind: 'library' } })).toBe(true)
    expect(mayElide({ wayBack: { kind: 'file', dir: '/h' } })).toBe(true)
  })
  it('never compresses retrieved content, under any prefix of the tool name (A-12)', () => {
    const origins: readonly Origin[] = [
      { toolName: 'headroom_retrieve' },
      { toolName: 'mcp__headroom__headroom_retrieve' },
      { toolName: 'mcp__renamed__headroom_retrieve' },
      { toolName: 'x.headroom_retrieve' },
      { toolName: 'Bash', command: 'headroom retrieve 1a2b3c4d5e6f7081' },
      { toolName: 'Bash', command: 'cd /x && npx headroom retrieve 1a2b --lines 1-9 | head' },
    ]
    for (const origin of origins)
      for (const tokens of [10, 1e6]) expect(skipOf(route(input({ origin, tokens })))).toBe('retrieved-content')
    expect(isRetrieveTool('retrieve')).toBe(false)
    expect(skipOf(route(input({ origin: { command: 'echo headroom' } })))).toBeUndefined()
  })
  it('acts on no guess', () => {
    expect(skipOf(route(input({ detection: { type: 'log', confidence: 0.49, evidence: [] } })))).toBe('low-confidence')
  })
  it('takes the first rule that matches tool, path and type', () => {
    const rules: readonly PolicyRule[] = [
      { tool: 'mcp__db__*', use: 'off' },
      { path: '*/secrets/*', type: 'json', use: 'strict' },
      { type: 'log', use: 'max' },
    ]
    expect(skipOf(route(input({ rules, origin: { toolName: 'mcp__db__query' } })))).toBe('policy-off')
    expect(route(input({ rules, type: 'json', origin: { toolName: 'x', path: 'a/secrets/b' } }))).toMatchObject({
      policy: 'strict',
      mayElide: false,
    })
    expect(route(input({ rules, origin: { toolName: 'x', path: 'a/secrets/b' } }))).toMatchObject({ policy: 'max' })
    expect(route(input({ rules, type: 'search' }))).toMatchObject({ policy: 'balanced' })
  })
})

describe('isFileReader', () => {
  it('knows who hands over files word for word', () => {
    for (const origin of READS) expect([origin, isFileReader(origin)]).toEqual([origin, true])
    for (const origin of OTHERS) expect([origin, isFileReader(origin)]).toEqual([origin, false])
  })
})

describe('offersEditTool', () => {
  it('counts editors, and shells, which can edit', () => {
    for (const name of ['Edit', 'mcp__fs__write_file', 'apply_patch', 'Bash', 'exec_command'])
      expect([name, offersEditTool([name])]).toEqual([name, true])
    expect(offersEditTool(['Read', 'Grep', 'Glob', 'WebFetch', 'mcp__x__query'])).toBe(false)
  })
})

describe('wayBackOf', () => {
  const of = (toolNames: readonly string[], loopback = true) =>
    wayBackOf({ toolNames, loopback, exposeDir: '/h/files' })
  it('prefers our tool, then a local file, then says there is none (A-10)', () => {
    expect(of(['Bash', 'mcp__h__headroom_retrieve'])).toEqual({ kind: 'tool', toolName: 'mcp__h__headroom_retrieve' })
    expect(of(['Read'])).toEqual({ kind: 'file', dir: '/h/files' })
    expect(of(['run_shell_command'])).toEqual({ kind: 'file', dir: '/h/files' })
    expect(of(['Read', 'Bash'], false)).toEqual({ kind: 'none' })
    expect(of(['Grep'])).toEqual({ kind: 'none' })
    expect(of([])).toEqual({ kind: 'none' })
  })
  it('takes no reader for one that cannot leave its own folders (A-10)', () => {
    const reader = ['list_directory', 'read_file', 'glob', 'grep_search', 'complete_task']
    expect(of(reader)).toEqual({ kind: 'none' })
    expect(of(['mcp__files__read_text_file', 'mcp__files__list_directory'])).toEqual({ kind: 'none' })
    expect(of([...reader, 'run_shell_command'])).toEqual({ kind: 'file', dir: '/h/files' })
    expect(of(['Read', 'mcp__files__list_directory'])).toEqual({ kind: 'file', dir: '/h/files' })
    expect(of(['read_file', 'list_files'])).toEqual({ kind: 'file', dir: '/h/files' })
  })
})

describe('matchesGlob', () => {
  it('agrees with the regular expression of the same meaning', () => {
    const part = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '/'), maxLength: 8 })
    fc.assert(
      fc.property(part, fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 10 }), (glob, text) => {
        const pattern = new RegExp(`^${glob.replace(/\*+/g, '.*').replaceAll('?', '.')}$`)
        expect(matchesGlob(glob, text)).toBe(pattern.test(text))
      }),
      { numRuns: 2000 },
    )
  })
})

// Events as real clients sent them (Claude Code 2.1.330, Copilot CLI 1.0.102, OpenCode 1.18.33; paths and ids replaced).
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { AgentHooks, HookEvent } from '../spec/agent.js'
import { claudeHooks } from './claude-code/hooks.js'
import { copilotHooks } from './copilot-cli/hooks.js'
import { guardedCommand } from './hook-command.js'
import { opencodeHooks } from './opencode/hooks.js'

type Fields = Record<string, unknown>

const eventOf = (name: string): Fields => JSON.parse(readFileSync(`test/fixtures/hooks/${name}.json`, 'utf8')) as Fields

const HOOKS: Readonly<Record<string, AgentHooks>> = {
  claude: claudeHooks,
  copilot: copilotHooks,
  opencode: opencodeHooks,
}
const readBy = (name: string): HookEvent => HOOKS[name.split('/')[0]!]!.read(eventOf(name))
const skipOf = (name: string): string | undefined => {
  const event = readBy(name)
  return 'skip' in event ? event.skip : undefined
}
const taken = (name: string): Exclude<HookEvent, { skip: string }> => {
  const event = readBy(name)
  if ('skip' in event) throw new Error(`${name}: ${event.skip}`)
  return event
}

const folders = { home: '/home/me', env: {}, platform: 'linux' } as const
const target = { argv: ['/usr/bin/node', '/opt/cli.js', 'hook', 'run', 'x', 'y', '--home', '/h'], filesDir: '/h/files' }

describe('hook events', () => {
  it('are answered in the very shape of the tool, everything else as it came (K-1)', () => {
    const bash = eventOf('claude/bash').tool_response as Fields
    expect(taken('claude/bash').answer(['short'])).toEqual({
      hookSpecificOutput: { hookEventName: 'PostToolUse', updatedToolOutput: { ...bash, stdout: 'short' } },
    })
    const grep = eventOf('claude/grep').tool_response as Fields
    expect(taken('claude/grep').answer(['short'])).toEqual({
      hookSpecificOutput: { hookEventName: 'PostToolUse', updatedToolOutput: { ...grep, content: 'short' } },
    })
    expect(taken('claude/mcp-text').answer(['short'])).toEqual({
      hookSpecificOutput: { hookEventName: 'PostToolUse', updatedToolOutput: [{ type: 'text', text: 'short' }] },
    })
    const copilot = eventOf('copilot/grep').toolResult as Fields
    expect(taken('copilot/grep').answer(['short'])).toEqual({
      modifiedResult: { ...copilot, textResultForLlm: 'short' },
    })
    expect(taken('opencode/bash').answer(['short'])).toEqual({ output: 'short' })
  })
  it('give the text that the model would see, and what made it', () => {
    for (const name of ['claude/bash', 'copilot/bash', 'opencode/bash']) {
      const { texts, tool } = taken(name)
      expect([name, texts.length, texts[0]!.includes('ERROR checkout.test.ts')]).toEqual([name, 1, true])
      expect(tool.input).toMatchObject({ command: 'cat build.log' })
    }
  })
  it('keep the exit code that stands in a text, and the head that names the whole output (K-2)', () => {
    const ending = '\n<shellId: 1 completed with exit code 3>'
    expect(taken('copilot/failed').texts[0]).not.toContain('shellId')
    expect(taken('copilot/failed').answer(['short'])).toMatchObject({
      modifiedResult: { textResultForLlm: `short${ending}` },
    })
    const { texts, answer } = taken('opencode/cut')
    expect(texts[0]).not.toContain('Full output saved to')
    expect((answer(['short']) as { output: string }).output).toMatch(
      /^\.\.\.output truncated\.\.\.\n\nFull output saved to: \/\S+\n\nshort$/,
    )
    for (const name of ['copilot/failed', 'opencode/cut']) {
      const original =
        name === 'opencode/cut' ? eventOf(name).output : (eventOf(name).toolResult as Fields).textResultForLlm
      expect(JSON.stringify(taken(name).answer(taken(name).texts))).toContain(JSON.stringify(original))
    }
  })
  it('name the file of an output that the client shows a piece of, and leave it out of the answer (K-2)', () => {
    const { saved, texts, answer } = taken('claude/saved-to-file')
    const { persistedOutputPath, persistedOutputSize, ...rest } = eventOf('claude/saved-to-file')
      .tool_response as Fields
    expect(texts).toEqual([])
    expect(saved).toMatchObject({ path: persistedOutputPath, bytes: persistedOutputSize })
    expect(saved!.shown).toContain('Preview (first 2KB):\nline 1 of')
    expect(answer(['short'])).toEqual({
      hookSpecificOutput: { hookEventName: 'PostToolUse', updatedToolOutput: { ...rest, stdout: 'short' } },
    })
  })
  it('are left alone where nothing can be replaced, or must not be (K-2)', () => {
    expect(skipOf('claude/failed')).toBe('failed-tool')
    expect(skipOf('copilot/saved-to-file')).toBe('saved-to-file')
    expect(skipOf('claude/read')).toBe('not-this-tool')
    expect(skipOf('claude/glob')).toBe('not-this-tool')
    expect(skipOf('copilot/view')).toBe('not-this-tool')
    expect(skipOf('opencode/read')).toBe('not-this-tool')
    expect(skipOf('claude/mcp-image')).toBe('unknown-shape')
  })
  it('of any other shape are refused, not guessed at', () => {
    for (const hooks of Object.values(HOOKS))
      for (const event of [
        null,
        1,
        'x',
        [],
        {},
        { hook_event_name: 'PreToolUse' },
        { tool: 'bash' },
        { toolName: 'bash' },
      ])
        expect(hooks.read(event)).toHaveProperty('skip')
    const bash = eventOf('claude/bash')
    const response = bash.tool_response as Fields
    for (const other of [
      'text',
      { ...response, stdout: 5 },
      { ...response, isImage: true },
      { ...response, backgroundTaskId: 'b' },
    ])
      expect(claudeHooks.read({ ...bash, tool_response: other })).toEqual({ skip: 'unknown-shape' })
  })
  it('get no decision and no added context, whatever the texts are (J-5, K-2)', () => {
    for (const name of [
      'claude/bash',
      'claude/grep',
      'claude/mcp-text',
      'copilot/bash',
      'copilot/failed',
      'opencode/bash',
    ]) {
      const keys = (value: unknown): string[] =>
        typeof value !== 'object' || value === null
          ? []
          : Object.entries(value).flatMap(([key, inner]) => [key, ...keys(inner)])
      const said = keys(taken(name).answer(['short']))
      for (const key of ['decision', 'permissionDecision', 'additionalContext', 'reason', 'continue', 'systemMessage'])
        expect([name, said.includes(key)]).toEqual([name, false])
    }
  })
})

describe('what is written for a hook', () => {
  it('asks for results of finished tools only, so that no rule of the user is touched (J-5)', () => {
    for (const hooks of Object.values(HOOKS)) {
      const text = JSON.stringify(hooks.changes(folders, target))
      expect(text).not.toMatch(/PreToolUse|preToolUse|execute\.before|PermissionRequest|"permissions","allow"/)
      expect(text).toContain(hooks.event)
    }
  })
  it('opens the folder of the originals and no other, where the client has a setting for that', () => {
    expect(claudeHooks.opens!(folders, '/h/files')).toEqual({
      path: '/home/me/.claude/settings.json',
      format: 'json',
      settings: [{ at: ['permissions', 'additionalDirectories', '-'], value: '/h/files' }],
    })
    expect(opencodeHooks.opens!(folders, '/h/files').settings).toEqual([
      { at: ['permission', 'external_directory', '/h/files/*'], value: 'allow' },
    ])
    expect(copilotHooks.opens).toBeUndefined()
  })
  it('does nothing, with exit code 0, where the program or its script is gone (H-5)', () => {
    const run = (argv: readonly string[]): string =>
      execFileSync('sh', ['-c', guardedCommand(argv)], {
        input: '{}'.padEnd(200_000),
        encoding: 'utf8',
        stdio: ['pipe', 'pipe', 'pipe'],
      })
    expect(run([process.execPath, '/nowhere/cli.js', 'hook'])).toBe('')
    expect(run(['/nowhere/node', '/nowhere/cli.js'])).toBe('')
    expect(run(['no-such-program-of-ours', 'hook'])).toBe('')
    expect(run([process.execPath, '-e', 'process.stdin.resume().on("end", () => console.log("here"))'])).toBe('here\n')
    expect(
      run([
        process.execPath,
        '-e',
        'process.stdin.resume().on("end", () => { console.error("loud"); process.exit(2) })',
      ]),
    ).toBe('')
  })
  it('holds paths with blanks and quotes', () => {
    const command = guardedCommand(["/opt/it's here/node", '/opt/a b/cli.js', 'hook', '--home', '/h o/me'])
    expect(command).toContain(`[ -e '/opt/it'\\''s here/node' ] && [ -e '/opt/a b/cli.js' ]; then`)
    expect(command).toContain(`--home '/h o/me'`)
  })
})

import { describe, expect, it } from 'vitest'
import type { FileChange } from '../../spec/agent.js'
import { hasSettings, withoutSettings, withSettings } from './edit.js'

const item = { matcher: 'Bash', hooks: [{ type: 'command', command: 'headroom' }] }
const change: FileChange = {
  path: '/x',
  format: 'json',
  settings: [
    { at: ['hooks', 'PostToolUse', '-'], value: item },
    { at: ['permissions', 'additionalDirectories', '-'], value: '/h/files' },
  ],
}

const TEXTS: Readonly<Record<string, string>> = {
  'an empty file': '',
  'an empty object': '{}\n',
  'other settings': '{\n  "model": "x" // mine\n}\n',
  'hooks of the user':
    '{\n\t"hooks": {\n\t\t"PostToolUse": [\n\t\t\t{ "matcher": "Edit", "hooks": [] }\n\t\t]\n\t}\n}\n',
  'a list on one line': '{"permissions":{"additionalDirectories":["/mine"],"deny":["Bash(rm:*)"]}}',
  'Windows line ends': '{\r\n  "hooks": { "PreToolUse": [] }\r\n}\r\n',
}

describe('an item of a list in a JSON file', () => {
  for (const [name, text] of Object.entries(TEXTS))
    it(`goes in once and out alone: ${name}`, () => {
      const once = withSettings(change, text)
      expect(hasSettings(change, text)).toBe(false)
      expect(hasSettings(change, once)).toBe(true)
      expect(withSettings(change, once)).toBe(once)
      const out = withoutSettings(change, once)
      expect(hasSettings(change, out)).toBe(false)
      const value = (source: string): unknown => JSON.parse(source.replace(/\/\/.*/g, '') || '{}')
      expect(value(out)).toEqual(value(text))
    })
  it('leaves items of others where they are, before and after it', () => {
    const others = [{ matcher: 'Edit', hooks: [] }, item, { matcher: 'Write', hooks: [] }]
    const text = JSON.stringify({ hooks: { PostToolUse: others } }, null, 2)
    const out = JSON.parse(withoutSettings(change, text)) as { hooks: { PostToolUse: unknown[] } }
    expect(out.hooks.PostToolUse).toEqual([others[0], others[2]])
  })
  it('keeps the comments around it', () => {
    const text =
      '{\n  // mine\n  "hooks": {\n    "PostToolUse": [\n      /* first */ { "matcher": "Edit", "hooks": [] }\n    ]\n  }\n}\n'
    const out = withoutSettings(change, withSettings(change, text))
    for (const comment of ['// mine', '/* first */']) expect(out).toContain(comment)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { peel } from './envelope.js'

const log = Array.from({ length: 30 }, (_, index) => `12:00:${index} worker "a\\b" step ${index}\tdone`).join('\n')

const rewrapped = (text: string, inner: string): string => {
  const envelope = peel(text)!
  return text.slice(0, envelope.start) + envelope.wrap(inner) + text.slice(envelope.end)
}

const around: readonly [kind: string, make: (inner: string) => string][] = [
  ['json-string', (inner) => JSON.stringify({ stdout: inner, stderr: '', exit_code: 1 })],
  ['json-string', (inner) => JSON.stringify([{ query: 'make "all"', result: inner, success: true }])],
  ['json-string', (inner) => JSON.stringify({ exit_code: 0, output: inner }, null, 2)],
  [
    'codex-output',
    (inner) =>
      `Chunk ID: def4e3\nWall time: 0.0000 seconds\nProcess exited with code 0\nOriginal token count: 51469\nOutput:\n${inner}`,
  ],
  ['codex-output', (inner) => `Exit code: 0\nWall time: 0 seconds\nOutput:\n${inner}`],
  ['codex-output', (inner) => `Script completed\nWall time 0.2 seconds\nOutput:\n${inner}`],
  ['exit-code', (inner) => `Exit code 1\n${inner}`],
  [
    'gemini-untrusted',
    (inner) => `<untrusted_context>\nOutput: ${inner}\nExit Code: 1\nProcess Group PGID: 10752\n</untrusted_context>`,
  ],
  [
    'qwen-shell',
    (inner) =>
      `Command: make\nDirectory: (root)\nOutput: ${inner}\nError: (none)\nExit Code: 0\nSignal: 0\nProcess Group PGID: 7`,
  ],
  [
    'qwen-truncated',
    (inner) =>
      `Tool output was too large and has been truncated.\nThe full output has been saved to: /home/a/.qwen/tmp/0f/run_shell_command_1.output\nTo read the complete output, use the read_file tool with the absolute file path above.\nThe truncated output below shows the beginning and end of the content. The marker '... [CONTENT TRUNCATED] ...' indicates where content was removed.\n\nTruncated part of the output:\n${inner}`,
  ],
  [
    'opencode-truncated',
    (inner) =>
      `...output truncated...\n\nFull output saved to: /home/a/.local/share/opencode/tool-output/tool_1\n\n${inner}`,
  ],
  [
    'codex-truncated',
    (inner) => `Warning: truncated output (original token count: 51469)\nTotal output lines: 1682\n\n${inner}`,
  ],
  [
    'gemini-truncated',
    (inner) =>
      `Output too large. Showing first 8,000 and last 32,000 characters. For full output see: /home/a/.gemini/tmp/0f/tool-outputs/run_shell_command_1.txt\n${inner}`,
  ],
  [
    'continue-truncated',
    (inner) => `(previous output truncated: 1904 lines and 120316 characters removed)\n\n${inner}`,
  ],
  [
    'continue-truncated',
    (inner) =>
      `(previous 904 lines truncated)\n\n${inner}\n\n(Note: output limit reduced due to 2 parallel tool calls. Single-tool limit: 50,000 characters or 1,000 lines.)`,
  ],
  ['continue-truncated', (inner) => `${inner}\n\n(16060 characters of file content truncated)`],
  [
    'opencode-truncated',
    (inner) =>
      `...904 lines truncated...\n\nThe tool call succeeded but the output was truncated. Full output saved to: /home/a/.local/share/opencode/tool-output/tool_1\nUse Grep to search the full content or Read with offset/limit to view specific sections.\n\n${inner}`,
  ],
  [
    'opencode-truncated',
    (inner) =>
      `${inner}\n\n...16060 bytes truncated...\n\nThe tool call succeeded but the output was truncated. Full output saved to: /home/a/.local/share/opencode/tool-output/tool_1\nUse Grep to search the full content or Read with offset/limit to view specific sections.`,
  ],
  [
    'opencode-truncated',
    (inner) =>
      `...output truncated...\n\nFull output saved to: /home/a/tool_1\n\n${inner}\n\n<shell_metadata>\nUser aborted the command\n</shell_metadata>`,
  ],
  ['shell-id', (inner) => `${inner}\n<shellId: 0 completed with exit code 0>`],
  [
    'file-content',
    (inner) =>
      `<path>/a/b.log</path>\n<type>file</type>\n<content>\n${inner}\n\n(End of file - total 606 lines)\n</content>`,
  ],
  ['fence', (inner) => `\`\`\`text\n${inner}\n\`\`\`\n`],
]

describe('peel', () => {
  it('finds the text inside each known envelope, and nothing else of it', () => {
    for (const [kind, make] of around) {
      const envelope = peel(make(log))
      expect([kind, envelope?.kind]).toEqual([kind, kind])
      expect([kind, envelope?.inner]).toEqual([kind, log])
    }
  })
  it('puts a new inside where the old one was, and changes nothing around it', () => {
    for (const [kind, make] of around) {
      for (const inner of ['short', 'two\nlines "quoted" \\ slash', 'é 漢字 🙂 \u2028'])
        expect([kind, rewrapped(make(log), inner)]).toEqual([kind, make(inner)])
    }
  })
  it('wraps its own inside to the same letters, whatever the text (B-2)', () => {
    const inside = fc.string({ unit: 'binary', maxLength: 400 })
    const made = fc.tuple(fc.constantFrom(...around), inside).map(([[, make], inner]) => make(inner))
    fc.assert(
      fc.property(fc.oneof(inside, made), (text) => {
        const envelope = peel(text)
        if (envelope) expect(envelope.wrap(envelope.inner)).toBe(text.slice(envelope.start, envelope.end))
      }),
      { numRuns: 3000 },
    )
  })
  it('takes the preview of a saved output apart where it is JSON (Claude Code)', () => {
    const preview = (inner: string): string =>
      `<persisted-output>\nOutput too large (201KB). Full output saved to: /home/a/1.txt\n\nPreview (first 2KB):\n${inner}\n...\n</persisted-output>`
    const rows = '[\n {"id": 1},\n {"id": 2},\n {"i'
    expect(peel(preview(rows))).toMatchObject({ kind: 'claude-preview', inner: rows })
    expect(rewrapped(preview(rows), '[ short')).toBe(preview('[ short'))
    expect(peel(preview(log))).toBeUndefined()
  })
  it('keeps the escaping of the writer: all but ASCII, slashes', () => {
    const python = `{"stdout": "${'caf\\u00e9 ok\\n'.repeat(20)}", "code": 0}`
    expect(rewrapped(python, 'naïve')).toBe('{"stdout": "na\\u00efve", "code": 0}')
    const slashes = `{"stdout":"${'a\\/b\\n'.repeat(20)}"}`
    expect(rewrapped(slashes, 'c/d')).toBe('{"stdout":"c\\/d"}')
  })
  it('leaves data alone: many strings, a big key, broken JSON, escapes it could not write again', () => {
    expect(peel(JSON.stringify([{ a: 'x'.repeat(50) }, { a: 'y'.repeat(50) }]))).toBeUndefined()
    expect(peel(JSON.stringify({ ['k'.repeat(200)]: 1 }))).toBeUndefined()
    expect(peel(`{"stdout":"${'x'.repeat(200)}"`)).toBeUndefined()
    expect(peel(`{"stdout":"${'\\u0041\\n'.repeat(40)}"}`)).toBeUndefined()
    expect(peel(`{"stdout":"${'tab\there'.repeat(40)}"}`)).toBeUndefined()
    expect(peel('plain words')).toBeUndefined()
    expect(peel('')).toBeUndefined()
  })
  it('answers hostile text in linear time (J-7)', () => {
    const started = process.cpuUsage()
    for (const text of [
      '"\\'.repeat(300_000),
      `{${'"a":'.repeat(200_000)}`,
      `Output:\n${'\n'.repeat(500_000)}`,
      `{"a":"${'\\'.repeat(500_000)}`,
      `${'\n'.repeat(500_000)}x`,
      `...output truncated...\n\nFull output saved to: x\n\n${'\n\n<shell_metadata>\n'.repeat(100_000)}`,
      '\n\n('.repeat(200_000),
    ])
      peel(text)
    const used = process.cpuUsage(started)
    expect((used.user + used.system) / 1000).toBeLessThan(1000)
  })
})

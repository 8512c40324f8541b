// Results that a client has cut before they were sent, in the shapes that the installed clients of test/e2e/clients write
// (strings read from their programs, 2026-11-25). Contents are made here.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHeadroom } from '../src/create.js'
import type { Engine } from '../src/spec/engine.js'

const FAILED = 216
const ROWS = Array.from({ length: 240 }, (_, id) => ({
  id,
  name: `service-${id}`,
  status: id === FAILED ? 'failed' : 'ok',
  latencyMs: 20 + ((id * 7) % 19),
  region: 'eu-1',
}))
const WHOLE = JSON.stringify(ROWS, null, 1)
/** From a line's start on, as clients keep the end of an output. */
const END = WHOLE.slice(-12_000).replace(/^[^\n]*\n/, '')
const aroundCut = (mark: string): string => `${WHOLE.slice(0, 7_000)}${mark}${WHOLE.slice(-7_000)}`

interface Shape {
  readonly client: string
  readonly text: string
  /** What the client says of its cut. */
  readonly notices: readonly string[]
}

const shape = (client: string, notices: readonly string[], make: (...notices: string[]) => string): Shape => ({
  client,
  notices,
  text: make(...notices),
})

const OPENCODE_NOTICE =
  'The tool call succeeded but the output was truncated. Full output saved to: /home/a/.local/share/opencode/tool-output/tool_1\nUse Grep to search the full content or Read with offset/limit to view specific sections.'

const SHAPES: readonly Shape[] = [
  shape('Cline 3.0.65', ['\n\n...[truncated 16060 chars]...\n\n'], (cut) =>
    JSON.stringify([{ query: 'cat services.json', result: aroundCut(cut!), success: true }]),
  ),
  shape(
    'Codex 0.169.0',
    ['Warning: truncated output (original token count: 51469)\nTotal output lines: 1682\n', '…1024 tokens truncated…'],
    (top, cut) =>
      `Chunk ID: def4e3\nWall time: 0.0000 seconds\nProcess exited with code 0\nOriginal token count: 51469\nOutput:\n${top}\n${aroundCut(cut!)}`,
  ),
  shape(
    'Codex 0.169.0, code mode',
    ['Warning: truncated output (original token count: 51469)\nTotal output lines: 1682\n', '…1024 tokens truncated…'],
    (top, cut) => `${top}\n${aroundCut(cut!)}`,
  ),
  shape(
    'Gemini CLI 0.61.0',
    [
      'Output too large. Showing first 7,000 and last 7,000 characters. For full output see: /home/a/.gemini/tmp/0f/tool-outputs/run_shell_command_1.txt\n',
      '\n\n... [6,123 characters omitted] ...\n\n',
    ],
    (top, cut) =>
      `${top}<untrusted_context>\nOutput: ${aroundCut(cut!)}\nProcess Group PGID: 10752\n</untrusted_context>`,
  ),
  shape(
    'Qwen Code 0.15.10',
    [
      "Tool output was too large and has been truncated.\nThe full output has been saved to: /home/a/.qwen/tmp/0f/run_shell_command_1.output\nTo read the complete output, use the read_file tool with the absolute file path above.\nThe truncated output below shows the beginning and end of the content. The marker '... [CONTENT TRUNCATED] ...' indicates where content was removed.\n\nTruncated part of the output:\n",
      '...\n\n---\n... [CONTENT TRUNCATED] ...\n---\n\n...',
    ],
    (top, cut) =>
      `${top}Command: cat services.json\nDirectory: (root)\nOutput: ${aroundCut(cut!)}\nError: (none)\nExit Code: 0\nSignal: 0\nProcess Group PGID: 7`,
  ),
  shape(
    'Claude Code 2.1.330',
    [
      '<persisted-output>\nOutput too large (124.8KB). Full output saved to: /home/a/.claude/1.txt\n\nPreview (first 2KB):\n',
      '\n...\n</persisted-output>',
    ],
    (top, bottom) => `${top}${WHOLE.slice(0, 2_000)}${bottom}`,
  ),
  shape(
    'Continue 1.5.47',
    ['(previous output truncated: 900 lines and 8123 characters removed)\n'],
    (top) => `${top}\n${END}`,
  ),
  shape(
    'OpenCode 1.18.33, shell',
    ['...output truncated...\n\nFull output saved to: /home/a/.local/share/opencode/tool-output/tool_1\n'],
    (top) => `${top}\n${END}`,
  ),
  shape(
    'OpenCode 1.18.33, other tools, the end',
    [`...900 lines truncated...\n\n${OPENCODE_NOTICE}\n`],
    (top) => `${top}\n${END}`,
  ),
  shape(
    'OpenCode 1.18.33, other tools, the beginning',
    [`\n\n...8123 bytes truncated...\n\n${OPENCODE_NOTICE}`],
    (bottom) => `${WHOLE.slice(0, 12_000)}${bottom}`,
  ),
]

const idsIn = (text: string): Set<string> => new Set(text.match(/service-\d+/g))
const escaped = (text: string): string => JSON.stringify(text).slice(1, -1)

describe.each(SHAPES)('JSON that $client has cut', ({ client, text, notices }) => {
  let home: string
  let engine: Engine
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'cut-'))
    engine = createHeadroom({ home })
  })
  afterAll(async () => {
    await engine.close()
    rmSync(home, { recursive: true, force: true })
  })
  /** Cline's text is a string inside JSON. */
  const inWrapping = (part: string): string => (client.startsWith('Cline') ? escaped(part) : part)

  it('becomes tables that hold every row, below the notice as it came', async () => {
    const { text: sent, tokensBefore, tokensAfter, refs } = await engine.compressText(text, { policy: 'strict' })
    expect(tokensAfter).toBeLessThan(tokensBefore * 0.5)
    expect(refs).toEqual([])
    for (const notice of notices) expect(sent).toContain(inWrapping(notice))
    expect(idsIn(sent)).toEqual(idsIn(text))
  })

  it('loses rows with true counts only, keeps the one that failed, and comes back byte for byte (A-3, A-5, A-11)', async () => {
    const { text: sent, tokensBefore, tokensAfter, refs } = await engine.compressText(text, { policy: 'balanced' })
    expect(tokensAfter).toBeLessThan(tokensBefore * 0.25)
    for (const notice of notices) expect(sent).toContain(inWrapping(notice))
    const gone = [...sent.matchAll(/\[(\d+) rows? not shown/g)].reduce((sum, [, count]) => sum + Number(count), 0)
    expect(idsIn(sent).size + gone).toBe(idsIn(text).size)
    if (text.includes('failed')) expect(sent).toContain('failed')
    const { bytes } = await engine.retrieve(refs[0]!)
    expect(Buffer.from(bytes).toString('utf8')).toBe(text)
  })
})

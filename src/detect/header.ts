// Lines that clients put before and after a tool's output. Facts of the wire, read from recorded requests of each client.
import type { Envelope } from './wrapping.js'

interface Shape {
  readonly kind: string
  /** Matched at the start of the text; the inside begins where it ends. */
  readonly head: RegExp
  /** Matched at the end; the inside ends where it begins. */
  readonly tail?: RegExp
  /** False where the tail alone makes the envelope, too. */
  readonly needsTail?: boolean
}

/** Heads and tails are looked for in this many characters from each end. */
const EDGE_CHARS = 2000

/** First match wins: the more specific, the earlier. */
const SHAPES: readonly Shape[] = [
  {
    kind: 'codex-output',
    head: /^(?:Chunk ID: .*\n)?(?:Wall time:? .*\n|Process (?:exited|running) .*\n|Exit code: -?\d+\n|Original token count: \d+\n|Script (?:completed|running|failed).*\n){1,6}(?:Total output lines: \d+\n)?Output:\n(?:Warning: truncated output .*\n)?(?:Total output lines: \d+\n\n?)?/,
  },
  {
    kind: 'qwen-truncated',
    head: /^Tool output was too large and has been truncated\.\nThe full output has been saved to: .*\n(?:.*\n){1,4}?\nTruncated part of the output:\n/,
  },
  {
    kind: 'codex-truncated',
    head: /^Warning: truncated output \(original token count: \d+\)\n(?:Total output lines: \d+\n\n?)?/,
  },
  {
    kind: 'gemini-truncated',
    head: /^Output too large\. Showing first [^\n]{1,24} and last [^\n]{1,24} characters\. For full output see: .*\n/,
  },
  {
    kind: 'continue-truncated',
    head: /^\(previous (?:output truncated: \d+ lines and \d+ characters removed|\d+ (?:lines|characters) truncated)\)\n\n/,
    tail: /\n+\(Note: output limit reduced due to [^\n]*\)\s*$/,
  },
  {
    kind: 'continue-truncated',
    head: /^/,
    tail: /\n\n\(\d+ characters(?: of [^\n()]{1,40})? truncated\)\s*$/,
    needsTail: true,
  },
  {
    kind: 'opencode-truncated',
    head: /^\.\.\.(?:output truncated\.\.\.\n\nFull output saved to: .*\n\n|\d+ (?:bytes|lines) truncated\.\.\.\n\nThe tool call succeeded but the output was truncated\. .*\nUse .*\n\n)/,
    tail: /\n\n<shell_metadata>\n(?:[^\n]*\n){1,4}<\/shell_metadata>\s*$/,
  },
  {
    kind: 'opencode-truncated',
    head: /^/,
    tail: /\n\n\.\.\.\d+ (?:bytes|lines) truncated\.\.\.\n\nThe tool call succeeded but the output was truncated\. [^\n]*\nUse [^\n]*\s*$/,
    needsTail: true,
  },
  // JSON alone: the log of a preview is no shorter for being read without its notice.
  {
    kind: 'claude-preview',
    head: /^<persisted-output>\nOutput too large(?: \([^)\n]*\))?\. Full output saved to: .*\n\nPreview \(first [^)\n]*\):\n(?=[[{])/,
    tail: /\n\.\.\.\n<\/persisted-output>\s*$/,
    needsTail: true,
  },
  {
    kind: 'qwen-shell',
    head: /^Command: .*\nDirectory: .*\nOutput: /,
    tail: /\nError: [^\n]*(?:\nExit Code: [^\n]*)?(?:\nSignal: [^\n]*)?(?:\nBackground PIDs: [^\n]*)?(?:\nProcess Group PGID: [^\n]*)?\s*$/,
    needsTail: true,
  },
  {
    kind: 'gemini-untrusted',
    head: /^<untrusted_context>\n(?:Output: )?/,
    tail: /(?:\n(?:Error|Exit Code|Signal|Background PIDs|Process Group PGID): [^\n]*)*\n<\/untrusted_context>\s*$/,
    needsTail: true,
  },
  {
    kind: 'file-content',
    head: /^<path>[^\n]*<\/path>\n(?:<type>[^\n]*<\/type>\n)?<content>\n/,
    tail: /\n(?:\n?\((?:End of file|Output capped|Showing|File has)[^\n]*\)\n)?<\/content>\s*$/,
    needsTail: true,
  },
  { kind: 'fence', head: /^\s*```[\w+.#-]*\n/, tail: /\n```\s*$/, needsTail: true },
  { kind: 'exit-code', head: /^(?:Error: )?Exit code:? -?\d+\n+/ },
  { kind: 'shell-id', head: /^/, tail: /\n<shellId: [^>\n]*>\s*$/, needsTail: true },
  {
    kind: 'exit-status',
    head: /^/,
    tail: /\n+(?:\[?(?:Process )?(?:exited with (?:exit )?code|exit code:?|Exit code:?) -?\d+\]?)\s*$/,
    needsTail: true,
  },
]

export const headerEnvelope = (text: string): Envelope | undefined => {
  const first = text.slice(0, EDGE_CHARS)
  const lastFrom = Math.max(0, text.length - EDGE_CHARS)
  const last = text.slice(lastFrom)
  for (const { kind, head, tail, needsTail } of SHAPES) {
    const opening = head.exec(first)
    if (!opening) continue
    const closing = tail?.exec(last)
    if (needsTail && !closing) continue
    const start = opening[0].length
    const end = closing ? lastFrom + closing.index : text.length
    if (end <= start || (kind === 'fence' && text.slice(start, end).includes('\n```'))) continue
    return { kind, start, end, inner: text.slice(start, end), wrap: (inner) => inner }
  }
  return undefined
}

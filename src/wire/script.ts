// Shell commands inside the JavaScript of code-mode tools (Codex `exec`): `await tools.exec_command({ cmd: "rg x" })`.

/** Longest script that is searched; longer ones name no command. */
const MAX_SCRIPT_CHARS = 64 * 1024

/** A call with a literal `cmd`, quoted in any of the three ways and without interpolation. Every run is bounded. */
const COMMAND =
  /\bexec_command\(\s{0,20}\{[^{}]{0,200}?(?<![\w$])["']?cmd["']?\s{0,20}:\s{0,20}("(?:[^"\\\n]|\\[\s\S]){0,4000}"|'(?:[^'\\\n]|\\[\s\S]){0,4000}'|`(?:[^`\\$]|\\[\s\S]){0,4000}`)/g

const ESCAPE = /\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|\r\n|([\s\S]))/g

const CONTROLS: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
  ['0', '\0'],
  ['\n', ''],
])

/** Value of a JavaScript string literal, quotes included in `literal`. */
const literalValue = (literal: string): string =>
  literal.slice(1, -1).replace(ESCAPE, (all: string, ...groups: (string | undefined)[]) => {
    const [point, unit, byte, char] = groups
    const digits = point ?? unit ?? byte
    if (digits === undefined) return char === undefined ? '' : (CONTROLS.get(char) ?? char)
    const code = Number.parseInt(digits, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : all
  })

/** Literal commands in order of their calls; empty where the script computes them. */
export const commandsOfScript = (script: string): readonly string[] =>
  script.length > MAX_SCRIPT_CHARS
    ? []
    : Array.from(script.matchAll(COMMAND), (match) => literalValue(match[1] ?? '""'))

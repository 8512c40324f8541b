// CSI sequences, OSC sequences ended by BEL or ST, and two-byte escapes (ECMA-48, 5th ed., sections 5.4 and 8.3.89).
const ANSI = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]{0,4096}(?:\x07|\x1b\\)|[@-Z\\-_])/g

/** Text as a terminal user reads it: escape sequences removed, everything else as it is. */
export const stripAnsi = (text: string): string => (text.includes('\x1b') ? text.replace(ANSI, '') : text)

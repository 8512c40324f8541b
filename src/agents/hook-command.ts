// The command that a client runs as a hook: nothing happens where our files are gone (H-5).

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)

/**
 * For a POSIX shell. Absolute paths are looked for, a bare name on PATH; whatever happens the event is read and the exit
 * code is 0.
 */
export const guardedCommand = (argv: readonly string[]): string => {
  const files = argv.filter((word) => word.startsWith('/') && !argv[argv.indexOf(word) - 1]?.startsWith('--'))
  const [program = ''] = argv
  const tests = program.startsWith('/')
    ? files.map((file) => `[ -e ${quoted(file)} ]`)
    : [`command -v ${quoted(program)} >/dev/null 2>&1`]
  return `if ${tests.join(' && ')}; then ${argv.map(quoted).join(' ')} 2>/dev/null || true; else cat >/dev/null; fi`
}

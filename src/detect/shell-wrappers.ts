// Programs that run another one and show its output as it is.

export interface Unwrapped {
  readonly words: readonly string[]
  readonly through: readonly string[]
  /** The words run this text in a shell of their own. */
  readonly script?: string
}

/** How the words of a wrapper end and those of the program begin. */
interface Wrapper {
  /** Words that must follow the program's name, e.g. `run` of `uv run`. */
  readonly sub?: RegExp
  /** Options that take the next word. */
  readonly valued?: RegExp
  /** Plain words between the options and the program: a duration, a container, a host. */
  readonly skips?: number
  /** The rest may be one quoted word with a whole command line in it. */
  readonly quotes?: true
}

const PLAIN: Wrapper = {}

const WRAPPERS: ReadonlyMap<string, readonly Wrapper[]> = new Map<string, readonly Wrapper[]>([
  ...['time', 'nohup', 'command', 'exec', 'builtin', 'unbuffer', 'setsid', 'caffeinate', 'winpty', 'corepack'].map(
    (name) => [name, [PLAIN]] as const,
  ),
  ['sudo', [{ valued: /^-[ugCDRThp]$|^--(?:user|group|chdir|host|prompt)$/ }]],
  ['doas', [{ valued: /^-[uC]$/ }]],
  ['env', [{ valued: /^-[uCS]$|^--(?:unset|chdir)$/ }]],
  ['nice', [{ valued: /^-n$|^--adjustment$/ }]],
  ['ionice', [{ valued: /^-[cnp]$/ }]],
  ['timeout', [{ valued: /^-[ks]$|^--(?:kill-after|signal)$/, skips: 1 }]],
  ['gtimeout', [{ valued: /^-[ks]$/, skips: 1 }]],
  ['stdbuf', [{ valued: /^-[ioe]$/ }]],
  ['xvfb-run', [{ valued: /^-[nsefpw]$|^--(?:server-num|server-args)$/ }]],
  ['dotenv', [{ valued: /^-[ef]$/ }]],
  ['cross-env', [PLAIN]],
  ['xargs', [{ valued: /^-[ILnPsdEa]$|^--(?:max-args|max-procs|delimiter|arg-file|max-lines)$/ }]],
  ['npx', [{ valued: /^-[pc]$|^--(?:package|call)$/ }]],
  ['bunx', [PLAIN]],
  ['pnpx', [PLAIN]],
  ['uvx', [{ valued: /^--(?:from|with|python)$|^-p$/ }]],
  ['pipx', [{ sub: /^run$/, valued: /^--spec$/ }]],
  ['pnpm', [{ sub: /^(?:exec|dlx)$/, valued: /^(?:-F|--filter|-C|--dir)$/ }]],
  ['yarn', [{ sub: /^(?:exec|dlx)$/ }]],
  ['npm', [{ sub: /^(?:exec|x)$/, valued: /^(?:-w|--workspace|-p|--package)$/ }]],
  ['bun', [{ sub: /^x$/ }]],
  ['bundle', [{ sub: /^exec$/ }]],
  ['composer', [{ sub: /^exec$/ }]],
  [
    'uv',
    [
      {
        sub: /^run$/,
        valued: /^(?:--(?:with|extra|group|python|package|project|directory|env-file|with-requirements)|-p)$/,
      },
    ],
  ],
  ['rye', [{ sub: /^run$/ }]],
  ['poetry', [{ sub: /^run$/, valued: /^-[CP]$/ }]],
  ['pipenv', [{ sub: /^run$/ }]],
  ['pdm', [{ sub: /^run$/ }]],
  ['hatch', [{ sub: /^run$/ }]],
  ['conda', [{ sub: /^run$/, valued: /^(?:-n|--name|-p|--prefix)$/ }]],
  ['mamba', [{ sub: /^run$/, valued: /^(?:-n|--name|-p|--prefix)$/ }]],
  ['mise', [{ sub: /^(?:exec|x)$/ }]],
  ['asdf', [{ sub: /^exec$/ }]],
  ['rbenv', [{ sub: /^exec$/ }]],
  ['pyenv', [{ sub: /^exec$/ }]],
  ['direnv', [{ sub: /^exec$/, skips: 1 }]],
  ['rustup', [{ sub: /^run$/, skips: 1 }]],
  [
    'docker',
    [
      { sub: /^exec$/, valued: /^(?:-[euw]|--(?:env|user|workdir|env-file))$/, skips: 1 },
      {
        sub: /^compose$/,
        valued: /^(?:-[fpeuw]|--(?:file|project-name|env|user|workdir|profile|index|env-file|entrypoint))$/,
        skips: 2,
      },
    ],
  ],
  ['docker-compose', [{ sub: /^(?:exec|run)$/, valued: /^(?:-[fpeuw]|--(?:env|user|workdir))$/, skips: 1 }]],
  ['podman', [{ sub: /^exec$/, valued: /^(?:-[euw]|--(?:env|user|workdir))$/, skips: 1 }]],
  ['kubectl', [{ sub: /^exec$/, valued: /^(?:-[nc]|--(?:namespace|container|context))$/, skips: 1 }]],
  ['ssh', [{ valued: /^-[bcDEeFIiJLlmOopQRSWw]$/, skips: 1, quotes: true }]],
])
const SHELLS: ReadonlySet<string> = new Set(['bash', 'sh', 'zsh', 'dash', 'ash'])
const PYTHON = /^(?:python|pypy)\d*(?:\.\d+)?$|^py$/
const SETTING = /^[A-Za-z_]\w*\+?=/
/** Wrappers around wrappers around …; more is no command line of this world. */
const MOST = 8

export const unwrap = (words: readonly string[]): Unwrapped => {
  let left = withoutFolder(afterSettings(words))
  const through: string[] = []
  for (let turn = 0; turn < MOST; turn++) {
    const [program = '', ...rest] = left
    if (SHELLS.has(program)) {
      const at = rest.findIndex((word) => /^-\w*c$/.test(word))
      const script = rest[at + 1]
      if (at === -1 || script === undefined) return { words: left, through }
      return { words: left, through: [...through, program], script }
    }
    const opened = PYTHON.test(program) ? afterModule(rest) : openedBy(program, rest)
    if (opened === undefined) break
    through.push(opened.name)
    if (opened.quotes && opened.words.length === 1) return { words: left, through, script: opened.words[0]! }
    left = withoutFolder(afterSettings(opened.words))
  }
  return { words: left, through }
}

interface Opened {
  readonly name: string
  readonly words: readonly string[]
  readonly quotes?: boolean
}

/** `python -m pytest`; other uses of an interpreter are programs of their own. */
const afterModule = (rest: readonly string[]): Opened | undefined => {
  const at = rest.indexOf('-m')
  if (at === -1 || !rest.slice(0, at).every((word) => word.startsWith('-')) || at + 1 >= rest.length) return undefined
  return { name: 'python -m', words: rest.slice(at + 1) }
}

const openedBy = (program: string, rest: readonly string[]): Opened | undefined => {
  for (const wrapper of WRAPPERS.get(program) ?? []) {
    let at = 0
    if (wrapper.sub !== undefined) {
      at = afterOptions(rest, 0, wrapper)
      if (!wrapper.sub.test(rest[at] ?? '')) continue
      at++
      // `docker compose exec`: its own sub-command follows.
      if (wrapper.skips === 2) {
        at = afterOptions(rest, at, wrapper)
        if (!/^(?:exec|run)$/.test(rest[at] ?? '')) continue
        at++
      }
    }
    at = afterOptions(rest, at, wrapper)
    if (wrapper.skips !== undefined) at = afterOptions(rest, at + 1, wrapper)
    if (at >= rest.length) continue
    const name = [program, wrapper.sub === undefined ? '' : rest.find((word) => wrapper.sub!.test(word))]
    return { name: name.filter(Boolean).join(' '), words: rest.slice(at), ...(wrapper.quotes ? { quotes: true } : {}) }
  }
  return undefined
}

const afterOptions = (words: readonly string[], from: number, { valued }: Wrapper): number => {
  let at = from
  while (at < words.length && (words[at]!.startsWith('-') || SETTING.test(words[at]!))) {
    if (words[at] === '--') return at + 1
    at += valued?.test(words[at]!) ? 2 : 1
  }
  return at
}

const afterSettings = (words: readonly string[]): readonly string[] => {
  let at = 0
  while (at < words.length && SETTING.test(words[at]!)) at++
  return words.slice(at)
}

const withoutFolder = (words: readonly string[]): readonly string[] =>
  words.length === 0
    ? words
    : [words[0]!.replace(/^.*[/\\](?=.)/, '').replace(/\.(?:exe|cmd|bat)$/i, ''), ...words.slice(1)]

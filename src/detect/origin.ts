// What a tool call says about the type of its result. Strong evidence, but never alone: the text must agree.
import type { ContentType, Origin } from '../spec/content.js'
import { languageOfPath } from './code.js'
import { shellTokens } from './shell-words.js'
import { unwrap } from './shell-wrappers.js'

export interface OriginHint {
  readonly type: ContentType
  readonly evidence: string
}

interface CommandRule {
  readonly pattern: RegExp
  readonly type: ContentType
}

/** First match wins. Matched against one command without environment settings, `sudo`, `time` and the like. */
const COMMANDS: readonly CommandRule[] = [
  {
    type: 'diff',
    pattern:
      /^git (?:-\S+ \S+ )?(?:diff(?!.*--(?:stat|name-only|name-status|shortstat|numstat))|show(?!.*(?:--stat|--name-only|:))|format-patch|log(?=.* -(?:p|-patch)\b)|stash show -p)|^(?:diff|colordiff|interdiff)\b|^gh pr diff/,
  },
  {
    type: 'search',
    pattern:
      /^(?:rg|ag|ack|ugrep|ripgrep|egrep|fgrep|grep|zgrep|pt|sift)\b|^git (?:grep|ls-files)\b|^(?:find|fd|fdfind|locate)\b|^xargs (?:-\S+ )*(?:rg|grep|egrep|ag)\b|^(?:select-string|sls)\b/i,
  },
  {
    type: 'json',
    pattern:
      /^(?:jq|yq -o=?json)\b|^(?:kubectl|oc|docker|aws|gcloud|az|gh|npm|terraform)\b.*(?:-o[ =]?json|--output[ =]json|--format[ =]?json|--json\b|--format ['"]?\{\{ ?json)/,
  },
  {
    type: 'log',
    pattern:
      /^(?:pytest|tox|nox|py\.test|unittest|python3? -m (?:pytest|unittest|pip|build)|npm|npx|yarn|pnpm|bun|deno|cargo|rustc|go (?:test|build|vet|run|mod|install|get)|mvn|mvnw|gradle|gradlew|ant|sbt|make|cmake|ninja|bazel|meson|tsc|eslint|jest|vitest|mocha|ava|karma|playwright|cypress|phpunit|composer|bundle|rake|rspec|gem|dotnet|msbuild|swift (?:build|test)|xcodebuild|mix|rebar3|stack|cabal|pip3?|uv|poetry|conda|apt|apt-get|dpkg|yum|dnf|brew|apk|pacman|kubectl|oc|helm|docker|docker-compose|podman|journalctl|dmesg|systemctl|service|ps|top|htop|df|du|free|netstat|ss|lsof|ip|ifconfig|ping|traceroute|terraform|ansible\S*|vagrant|ruff|mypy|flake8|pylint|black|prettier|biome|golangci-lint|shellcheck|git (?:log|status|clone|push|pull|fetch|commit|merge|rebase|branch|reflog|blame)|gh|wc|ls|tree|stat|env|uptime|vmstat|iostat|nvidia-smi|logcat|adb|tail -f|gcc|g\+\+|clang|javac|java|node|python3?|ruby|perl|sh|bash)\b/,
  },
]

const READERS = /^(?:cat|head|tail|bat|less|more|nl|sed -n|type|get-content|gc|strings|tac)\b/i
const SEARCH_TOOLS =
  /(?:^|_|\.)(?:grep\w*|rg|ripgrep|glob|search_files|search_file_content|search_code|code_search|find_files?|find_in_files|file_search|codebase_search|list_directory|list_files|list_dir|ls|search_text|find_by_name)$/i
const WEB_TOOLS = /(?:^|_)(?:web_?fetch|fetch|fetch_url|browse|read_url|get_page)$/i

const WRAPPERS =
  /^(?:(?:sudo|time|nice|nohup|command|exec|env|stdbuf \S+|timeout(?: -\S+)* \S+|unbuffer|xvfb-run)\s+|[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|\S*)\s+)+/

/** Command whose output is shown: first of the last pipeline, `cd x &&` and wrappers taken off; later parts only filter it. */
export const shownCommand = (command: string): string => {
  const inner = /^(?:\/\S*\/)?(?:ba|z|da)?sh -\w*c (['"])([\s\S]*)\1\s*$/.exec(command.trim())?.[2] ?? command
  const steps = splitShell(inner.slice(0, 4000), /&&|\|\||;|\n/y).filter(
    (step) => !/^(?:cd|set|export|source|echo|sleep|pushd|popd|true|mkdir|\.)\b/.test(step),
  )
  const step = steps.at(-1) ?? inner
  const parts = splitShell(step, /\|&?/y)
  const xargs = parts.find((part) => /^xargs .*\b(?:rg|grep|egrep|ag)\b/.test(part))
  return (xargs ?? parts[0] ?? step)
    .replace(/^[({]\s*/, '')
    .replace(WRAPPERS, '')
    .replace(/^\S*\//, '')
}

/** Splits outside quotes. */
const splitShell = (command: string, separator: RegExp): string[] => {
  const parts: string[] = []
  let quote = ''
  let from = 0
  for (let at = 0; at < command.length; at++) {
    const char = command[at]!
    if (quote !== '') {
      if (char === '\\' && quote === '"') at++
      else if (char === quote) quote = ''
    } else if (char === '\\') at++
    else if (char === '"' || char === "'") quote = char
    else {
      separator.lastIndex = at
      const match = separator.exec(command)
      if (!match) continue
      parts.push(command.slice(from, at).trim())
      at += match[0].length - 1
      from = at + 1
    }
  }
  parts.push(command.slice(from).trim())
  return parts.filter((part) => part !== '')
}

const TYPE_OF_EXTENSION: ReadonlyMap<string, ContentType> = new Map([
  ...['json', 'jsonl', 'ndjson', 'geojson', 'ipynb', 'har', 'webmanifest'].map(
    (extension) => [extension, 'json'] as const,
  ),
  ...['log', 'out', 'err'].map((extension) => [extension, 'log'] as const),
  ...['diff', 'patch'].map((extension) => [extension, 'diff'] as const),
  ...['html', 'htm', 'xhtml'].map((extension) => [extension, 'html'] as const),
  ...['md', 'mdx', 'markdown', 'rst', 'adoc', 'txt'].map((extension) => [extension, 'text'] as const),
  ...['csv', 'tsv'].map((extension) => [extension, 'table'] as const),
])

const typeOfPath = (path: string): ContentType | undefined =>
  TYPE_OF_EXTENSION.get(path.toLowerCase().replace(/^.*\./, '')) ?? (languageOfPath(path) ? 'code' : undefined)

/** File named by `cat x`, `sed -n 1,5p x`, `head -50 x`. */
export const readPath = (origin: Origin): string | undefined => {
  if (origin.command !== undefined) {
    const shown = shownCommand(origin.command)
    if (!READERS.test(shown)) return undefined
    return shown
      .split(/\s+/)
      .slice(1)
      .reverse()
      .find((word) => /^[\w~./\\@:+-]*\.\w+$|\//.test(word) && !word.startsWith('-'))
  }
  return SEARCH_TOOLS.test(origin.toolName ?? '') ? undefined : origin.path
}

/** What `npx`, `uv run`, `docker compose exec web` and the like run; the command itself where they run nothing. */
const throughWrappers = (shown: string): string => {
  const { words, through } = unwrap(shellTokens(shown).flatMap((token) => ('word' in token ? [token.word] : [])))
  return through.length === 0 ? shown : words.join(' ')
}

export const hintOf = (origin: Origin | undefined): OriginHint | undefined => {
  if (!origin) return undefined
  if (origin.command !== undefined) {
    const shown = shownCommand(origin.command)
    for (const command of [throughWrappers(shown), shown]) {
      const rule = COMMANDS.find(({ pattern }) => pattern.test(command))
      if (rule) return { type: rule.type, evidence: `command is ${command.split(/\s+/)[0]}` }
    }
  }
  const path = readPath(origin)
  const ofPath = path === undefined ? undefined : typeOfPath(path)
  if (ofPath) return { type: ofPath, evidence: 'file name' }
  const tool = origin.toolName ?? ''
  if (SEARCH_TOOLS.test(tool)) return { type: 'search', evidence: `tool is ${tool}` }
  if (WEB_TOOLS.test(tool)) return { type: 'text', evidence: `tool is ${tool}` }
  return undefined
}

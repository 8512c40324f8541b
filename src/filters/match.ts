// Which filters a command line calls for.
import type { Filter, Match, Reading, Step } from './spec.js'

export interface Claim {
  readonly filter: Filter
  readonly step: Step
}

/** They run what a project tells them to: any tool may print, and is known by its signs only. */
const LAUNCHERS: ReadonlySet<string> = new Set(
  'make gmake just task rake tox nox invoke inv npm yarn pnpm bun deno node turbo nx lerna rush lage wireit bash sh zsh dash python python3 ruby docker docker-compose podman gradle gradlew mvn mvnw bazel bazelisk buck2 pants act earthly dagger mage cargo go dotnet hatch pdm poetry pipenv uv pre-commit tilt skaffold meson ctest cmake ninja composer bundle mix sbt lein rebar3 stack cabal swift xcodebuild fastlane flutter dart'.split(
    ' ',
  ),
)

export const isLauncher = ({ words: [program = ''] }: Step): boolean =>
  LAUNCHERS.has(program) || /\.(?:sh|bash|py|mjs|cjs|js|ts|rb|pl)$/.test(program)

/** Filters named by the command line, most particular first; undefined where some step is not understood. */
export const claimsOf = (reading: Reading, filters: readonly Filter[]): readonly Claim[] | undefined => {
  if (reading.unclear !== undefined || reading.steps.length === 0) return undefined
  const claims: Claim[] = []
  for (const step of reading.steps) {
    const filter = filters.find(({ match }) => match.some((one) => matches(one, step)))
    if (filter !== undefined) claims.push({ filter, step })
    else if (!isLauncher(step)) return undefined
  }
  return claims
}

/** What in the command line decided, in words. */
export const whyOf = ({ filter, step }: Claim): string => {
  const match = filter.match.find((one) => matches(one, step))
  if (match === undefined) return ''
  const [program = '', ...rest] = step.words
  const plain = plainWords(rest, match.valued ?? [])
  const sub = list(match.sub ?? []).find((one) => startsWith(plain, one.split(' ')))
  const flags = match.flags ?? []
  return [
    `program ${program}`,
    ...(sub === undefined ? [] : [`sub-command ${sub}`]),
    ...(flags.length === 0 ? [] : [`with ${flags.join(' ')}`]),
    ...(match.not === undefined ? [] : [`without ${match.not.join(' ')}`]),
  ].join(', ')
}

const list = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value)

const matches = (match: Match, { words }: Step): boolean => {
  const [program = '', ...rest] = words
  if (!list(match.program).includes(program)) return false
  const plain = plainWords(rest, match.valued ?? [])
  if (match.sub !== undefined && !list(match.sub).some((sub) => startsWith(plain, sub.split(' ')))) return false
  return (
    (match.flags ?? []).every((flag) => hasFlag(rest, flag)) && !(match.not ?? []).some((flag) => hasFlag(rest, flag))
  )
}

const startsWith = (words: readonly string[], head: readonly string[]): boolean =>
  head.every((word, index) => words[index] === word)

/** Words that are neither options nor their values. */
const plainWords = (words: readonly string[], valued: readonly string[]): string[] => {
  const plain: string[] = []
  for (let at = 0; at < words.length && plain.length < 3; at++) {
    const word = words[at]!
    if (valued.includes(word)) at++
    else if (!word.startsWith('-') && !word.startsWith('+')) plain.push(word)
  }
  return plain
}

/** `--json` also as `--json=x`, `-v` also in `-sv`; a word without a dash as it is. */
const hasFlag = (words: readonly string[], flag: string): boolean => {
  const letter = /^-[A-Za-z0-9]$/.test(flag) ? flag[1]! : undefined
  return words.some(
    (word) =>
      word === flag ||
      word.startsWith(`${flag}=`) ||
      (letter !== undefined && /^-[A-Za-z]{2,5}$/.test(word) && word.includes(letter)),
  )
}

// Lock files as packages over lines: yarn, pnpm, Cargo and poetry, Gemfile, go.sum, pinned requirements.
import { type LineTable, lineAt } from '../../base/lines.js'

export interface Package {
  readonly name: string
  readonly version: string
  /** Half-open range of lines. */
  readonly from: number
  readonly to: number
  /** Lines that say name and version. */
  readonly telling: readonly number[]
  /** Where it comes from, as far as the lock says; empty where it says nothing. */
  readonly host: string
  readonly hasHash: boolean
}

export interface Lock {
  readonly lines: LineTable
  readonly packages: readonly Package[]
}

interface Form {
  /** Name, and version where the same line says it; undefined where no package begins. */
  head(line: string): { name: string; version?: string } | undefined
  /** True where the line is still of the package. */
  within(line: string): boolean
}

const VERSION = /^\s*"?version"?\s*[:=]?\s*"?([^\s",]+)"?\s*$/
const SOURCE =
  /\b(?:resolved|source|url|remote|tarball|git)\b.*?((?:git\+|registry\+|https?:|git:|ssh:|file:|link:)[^\s"'#?]*)/
const HASH = /sha\d{2,3}[-:=]|h1:|\bchecksum\b|\bintegrity\b|[0-9a-f]{64}/
const MIN_PACKAGES = 4

const indented = (line: string): boolean => line === '' || /^\s/.test(line)

const FORMS: readonly Form[] = [
  {
    head: (line) => {
      const match = /^(\S+) (v\S+?)(?:\/go\.mod)? h1:\S+$/.exec(line)
      return match === null ? undefined : { name: match[1]!, version: match[2]! }
    },
    within: () => false,
  },
  {
    head: (line) => (line === '[[package]]' ? { name: '' } : undefined),
    within: (line) => line !== '[[package]]' && (!/^\[/.test(line) || /^\[package\./.test(line)),
  },
  {
    head: (line) => {
      const match = /^"?((?:@[^@\s"]+\/)?[^@\s":]+)@[^:]*.*:$/.exec(line)
      return match === null ? undefined : { name: match[1]! }
    },
    within: indented,
  },
  {
    head: (line) => {
      const match = /^ {2}['"]?\/?((?:@[^@/\s'"]+\/)?[^@/\s'"]+)[@/](\d[^:'"(]*)[^:]*['"]?:(?: \{\})?$/.exec(line)
      return match === null ? undefined : { name: match[1]!, version: match[2]! }
    },
    within: (line) => line === '' || /^ {3}/.test(line),
  },
  {
    head: (line) => {
      const match = /^ {4}(\S+) \(([^)=<>~]+)\)$/.exec(line)
      return match === null ? undefined : { name: match[1]!, version: match[2]! }
    },
    within: (line) => /^ {6}/.test(line),
  },
  {
    head: (line) => {
      const match = /^([A-Za-z0-9][\w.[\]-]*)==([^\s;\\]+)/.exec(line)
      return match === null ? undefined : { name: match[1]!, version: match[2]! }
    },
    within: (line) => /^\s/.test(line),
  },
]

/** The form under which most packages are read. */
export const parseLock = (lines: LineTable): Lock | undefined => {
  let best: readonly Package[] = []
  for (const form of FORMS) {
    const packages = packagesOf(lines, form)
    if (packages.length > best.length) best = packages
  }
  return best.length < MIN_PACKAGES ? undefined : { lines, packages: best }
}

const packagesOf = (lines: LineTable, form: Form): readonly Package[] => {
  const packages: Package[] = []
  for (let line = 0; line < lines.count; line++) {
    const head = form.head(lineAt(lines, line))
    if (head === undefined) continue
    let to = line + 1
    while (to < lines.count && form.within(lineAt(lines, to)) && form.head(lineAt(lines, to)) === undefined) to++
    packages.push(packageOf(lines, { from: line, to }, head))
    line = to - 1
  }
  return packages.filter(({ name, version }) => name !== '' && version !== '')
}

const packageOf = (
  lines: LineTable,
  { from, to }: { from: number; to: number },
  head: { name: string; version?: string },
): Package => {
  const telling = [from]
  let { name, version = '' } = head
  let host = ''
  let hasHash = false
  for (let line = from; line < to; line++) {
    const text = lineAt(lines, line)
    const named = name === '' ? /^name = "([^"]+)"/.exec(text)?.[1] : undefined
    if (named !== undefined) {
      name = named
      telling.push(line)
    }
    const versioned = version === '' ? VERSION.exec(text)?.[1] : undefined
    if (versioned !== undefined) {
      version = versioned
      telling.push(line)
    }
    if (host === '') host = hostOf(text)
    hasHash ||= HASH.test(text)
  }
  return { name, version, from, to, telling, host, hasHash }
}

/** Scheme and host: `https://registry.npmjs.org`, `file:`. */
const hostOf = (line: string): string => {
  const url = SOURCE.exec(line)?.[1]
  return url === undefined ? '' : (/^[a-z+]+:(?:\/\/[^/]*)?/.exec(url)?.[0] ?? '')
}

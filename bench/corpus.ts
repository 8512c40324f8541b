// Inputs of the bench: the open corpus where a checkout has it beside itself, and nothing that is not real otherwise.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

export interface Probe {
  readonly file: string
  readonly query: string
  readonly answer: string
  readonly answers_all?: readonly string[]
  readonly alt?: readonly string[]
}

export interface Input {
  readonly kind: string
  readonly file: string
  readonly text: string
  readonly probes: readonly Probe[]
}

export const CORPUS: string = '../shared/corpus'
export const corpusIsHere = (): boolean => existsSync(join(CORPUS, 'MANIFEST.json'))

const walk = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return walk(path)
    return name === 'probes.jsonl' || name === 'README.md' ? [] : [path]
  })

export const corpusInputs = (kind: string): Input[] => {
  const folder = join(CORPUS, kind)
  if (!existsSync(folder)) return []
  const file = join(folder, 'probes.jsonl')
  const probes = existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line) as Probe)
    : []
  return walk(folder).map((path) => {
    const name = path.slice(CORPUS.length + 1)
    return { kind, file: name, text: readFileSync(path, 'utf8'), probes: probes.filter((probe) => probe.file === name) }
  })
}

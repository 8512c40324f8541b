// Lock files of package managers that are no JSON: each has a first line or a line of its own.
import { type Candidate, countFrom, share } from './candidate.js'
import type { Sample } from './sample.js'

const SIGNS: readonly { readonly name: string; readonly line: RegExp; readonly least: number }[] = [
  { name: 'go.sum', line: /^\S+ v\S+ h1:\S+=$/, least: 0.8 },
  { name: 'Cargo or poetry lock', line: /^\[\[package\]\]$|^(?:name|version|source|checksum) = "/, least: 0.25 },
  { name: 'yarn.lock', line: /^ {2}(?:version:? |resolved "|resolution: |integrity |checksum: )/, least: 0.35 },
  { name: 'pnpm lock', line: /^ {4}resolution: \{/, least: 0.12 },
  { name: 'requirements with hashes', line: /--hash=sha\d{3}:/, least: 0.4 },
]
const GEMFILE = /^(?:GEM|GIT|PATH|BUNDLED WITH)$/

export const lockFileCandidate = ({ lines, gutter }: Sample): Candidate | undefined => {
  if (gutter || lines.length < 8) return undefined
  const sign = SIGNS.find(({ line, least }) => countFrom(lines, least, (text) => line.test(text)) > 0)
  if (sign !== undefined && (sign.name !== 'Cargo or poetry lock' || lines.includes('[[package]]')))
    return { type: 'lock', score: 0.95, evidence: `lines of ${sign.name}` }
  if (lines.some((line) => GEMFILE.test(line)) && share(lines, /^ {4,6}\S+(?: \([^)]+\))?$/) > 0.5)
    return { type: 'lock', score: 0.95, evidence: 'Gemfile.lock' }
  return undefined
}

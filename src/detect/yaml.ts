// YAML: keys and items by indentation. Reports with aligned labels and program text have colons too.
import { type Candidate, clamp, countFrom, share } from './candidate.js'
import type { Sample } from './sample.js'

const KEY = /^\s*(?:- +)*(?:"[^"]{1,80}"|'[^']{1,80}'|[\w$./*<@~+-][\w$./*<@{}~+-]{0,80}):(?: (?! )\S.*| *#.*)?$/
const ITEM = /^\s*- (?! )\S/
const OTHER = /^\s*#|^---|^\.\.\.$|^\s*$/
const NESTED = /^\s*(?:- +)?[\w$./"'*<@{}~+-]+:\s*$/
/** `Name:         web-1`: labels of reports. */
const ALIGNED = /^\s*[\w ./()-]{1,40}: {2,}\S/
/** What only program text, logs or prose have. */
const FOREIGN =
  /[;{]\s*$|^\s*(?:def|if|for|while|class|try|else|elif|return|import|from|with|case|switch|const|let|var|function|public|private|static)\b.*[:{(;]$|^\d{4}-\d\d-\d\d[T ]\d\d:|^\s*(?:INFO|WARN|ERROR|DEBUG)\b/
const OPENING =
  /^(?:%YAML|---|apiVersion:|openapi:|swagger:|services:|version:|kind:|on:|name:|groups:|scrape_configs:|global:)/

const INDENTED = /^ +\S/
const LEAST_INDENTED = 0.2

export const yamlCandidate = (sample: Sample, path?: string): Candidate | undefined => {
  // What scalars take away is indented, so without them the share is smaller still.
  if (share(sample.lines, INDENTED) < LEAST_INDENTED) return undefined
  const lines = withoutScalars(sample.lines)
  if (lines.length < 6) return undefined
  const named = path !== undefined && /\.ya?ml$/i.test(path)
  if (share(lines, INDENTED) < LEAST_INDENTED || countFrom(lines, 0.3, (line) => KEY.test(line)) === 0) return undefined
  const shaped = lines.filter((line) => KEY.test(line) || ITEM.test(line) || OTHER.test(line)).length / lines.length
  const nested = share(lines, NESTED)
  const foreign = share(lines, FOREIGN) + share(lines, ALIGNED)
  const opens = OPENING.test(lines.find((line) => !/^\s*(?:#|$)/.test(line)) ?? '')
  if (nested === 0 || foreign > 0.1) return undefined
  const least = named || opens ? 0.5 : 0.85
  if (shaped < least) return undefined
  const score = named || opens ? 0.9 + 0.08 * shaped : 0.6 + 0.34 * shaped - foreign
  return {
    type: 'yaml',
    score: clamp(score),
    evidence: `${Math.round(shaped * 100)} % of lines are keys and items of YAML`,
  }
}

const SCALAR = /^(\s*)(?:- +)?[^#]*:\s*[|>][-+0-9]{0,2}\s*(?:#.*)?$/

/** Lines inside block scalars are text of any kind. */
const withoutScalars = (lines: readonly string[]): readonly string[] => {
  const out: string[] = []
  let indent = -1
  for (const line of lines) {
    const own = line.length - line.trimStart().length
    if (indent !== -1 && own > indent) continue
    indent = SCALAR.test(line) ? own : -1
    out.push(line)
  }
  return out
}

// Source code and its language: the file name says it where there is one, else the lines that only one language has.
import { type Candidate, clamp, paragraphShare, share } from './candidate.js'
import { JSX, LANGUAGE_OF_EXTENSION, LANGUAGES, type LanguageSigns, PLUS_PLUS, TYPED } from './languages.js'
import type { Sample } from './sample.js'

/** Shapes that code has in most languages and prose or logs seldom have. */
const SHAPE =
  /[{};]\s*(?:\/\/.*)?$|^\s*(?:\/\/|\/\*|\*\/|\*\s|\*$|#\s*(?:include|define|if|endif)|"""|'''|@\w+|[)\]}])|^\s*(?:if|for|while|return|def|class|func|fn|import|from|const|let|var|else|elif|try|except|case|switch|public|private|static|void|int|struct|package|use|end|local|export|function|raise|with|yield|throw|type|interface|impl|pub|enum|module|require|elsif|unless|do|begin|rescue)\b.*[\w)\]:;,{}"'`]$|\w\(|^\s*[\w.[\]$]+\s*(?:=|:=|\+=|-=|\|\|=)\s*\S|^\s*"?\w+"?\s*[:=]\s*\S.*,$|^\s+["'`].*["'`],?$/

/** Below this share of code-like lines no language is asked for. Chosen: what the tests and the corpus hold of 18 languages stays code. */
const LEAST_SHAPE = 0.2

export const codeCandidate = (sample: Sample, path?: string): Candidate | undefined => {
  const named = languageOfPath(path)
  const lines = sample.lines
  if (lines.length < 3) return undefined
  const shape = share(lines, SHAPE)
  if (named === undefined && shape < LEAST_SHAPE) return undefined
  const ranked = spread(lines)
  const signs = LANGUAGES.find(({ language }) => language === named)
  // Where the file name says the language, only that one's constructs are looked for.
  const [best, second] =
    signs === undefined ? rankLanguages(ranked) : [{ language: named!, points: pointsOf(signs, ranked) }]
  const family = named ?? (best && best.points >= 3 ? best.language : undefined)
  if (family === undefined) return undefined
  const language = dialectOf(family, lines, path)
  const known = Math.min(1, (best?.points ?? 0) / ranked.length)
  const lead = best && second ? (best.points - second.points) / Math.max(1, best.points) : 0
  const prose = share(lines, PROSE)
  const told = named ? 0 : paragraphShare(lines)
  const score =
    0.2 +
    (1 - told) * (0.45 * shape + 0.3 * known + 0.05 * lead) -
    0.35 * prose +
    (named ? 0.25 : 0) +
    (sample.gutter ? 0.05 : 0)
  const evidence = named
    ? `file name says ${language}`
    : `${language} constructs in ${Math.round(shape * 100)} % code-like lines`
  return { type: 'code', score: clamp(score), language, evidence }
}

/** A sentence: words, no closing code punctuation, not a comment. */
const PROSE =
  /^(?!\s*(?:\/\/|\*|#|--|"""))(?=[^{}=();]*$)\s*(?:[-*>]\s+)?(?:[\w’'"-]+[.:;,!?]?\s+){6,}[\w’'"-]+[.:!?)]?$/

export const languageOfPath = (path?: string): string | undefined => {
  if (path === undefined) return undefined
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase()
  return LANGUAGE_OF_EXTENSION.get(name.slice(name.lastIndexOf('.') + 1))
}

/** Least lines of a dialect that make a text one of it. */
const DIALECT_LINES = 2

const has = (lines: readonly string[], pattern: RegExp): boolean => {
  let count = 0
  for (const line of lines) if (pattern.test(line) && ++count >= DIALECT_LINES) return true
  return false
}

/** The dialect a grammar is chosen by: a `.h` file may be C++, a `.js` file may carry Flow's types. */
const dialectOf = (family: string, lines: readonly string[], path?: string): string => {
  const script = family === 'javascript' || family === 'typescript'
  if (path !== undefined && languageOfPath(path) === family) {
    if (family === 'c' && /\.h$/i.test(path)) return has(lines, PLUS_PLUS) ? 'cpp' : 'c'
    return family === 'javascript' && lines.some((line) => /^\W*@flow\b/.test(line)) ? 'flow' : family
  }
  if (family === 'c') return has(lines, PLUS_PLUS) ? 'cpp' : 'c'
  if (!script) return family
  if (lines.some((line) => /^\W*@flow\b/.test(line))) return 'flow'
  if (!has(lines, TYPED)) return 'javascript'
  return has(lines, JSX) ? 'tsx' : 'typescript'
}

/** Lines the languages are told apart by: 18 pairs of expressions run on each. */
const RANKED_LINES = 56

/** Evenly spread, so that a licence header decides nothing. */
const spread = (lines: readonly string[]): readonly string[] => {
  if (lines.length <= RANKED_LINES) return lines
  return Array.from({ length: RANKED_LINES }, (_, index) => lines[Math.floor((index * lines.length) / RANKED_LINES)]!)
}

const pointsOf = ({ sure, likely }: LanguageSigns, lines: readonly string[]): number =>
  lines.reduce((points, line) => points + (sure.test(line) ? 3 : likely.test(line) ? 1 : 0), 0)

const rankLanguages = (lines: readonly string[]): { language: string; points: number }[] => {
  const shebang = /^#!.*\b(python|node|ruby|perl|bash|sh|php)/.exec(lines[0] ?? '')?.[1]
  return LANGUAGES.map((signs) => {
    const { language } = signs
    let points = pointsOf(signs, lines)
    if (language === 'php' && lines.some((line) => /^\s*<\?php\b/.test(line))) points += 30
    if (shebang && (language === shebang || (language === 'shell' && shebang.endsWith('sh')))) points += 30
    return { language, points }
  })
    .map((entry, _, all) => (entry.language === 'cpp' ? withC(entry, all) : entry))
    .sort((a, b) => b.points - a.points)
}

/** C++ is written with C's constructs as well: a few lines only it has make the text C++. */
const withC = (cpp: { language: string; points: number }, all: readonly { language: string; points: number }[]) => {
  const c = all.find(({ language }) => language === 'c')?.points ?? 0
  return cpp.points >= 12 && cpp.points * 3 > c ? { ...cpp, points: cpp.points + c } : cpp
}

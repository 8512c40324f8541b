// Whether a line defines a name, in any common language. By shape of the line, not by a parser: a match is one line.

const KEYWORDS =
  'function|func|fn|fun|def|defp|defn|defmacro|class|struct|interface|type|trait|enum|module|namespace|impl|const|let|var|val|static|object|protocol|record|union|typedef|macro|macro_rules!|extension|sub|package|mod|annotation|@interface|local function|CREATE (?:TABLE|VIEW|FUNCTION)|define|DEFINE_\\w+'
const MODIFIERS =
  '(?:export |default |declare |async |public |private |protected |internal |static |final |abstract |override |virtual |inline |readonly |get |set |unsafe |extern |pub(?:\\(\\w+\\))? |open |suspend |sealed |local )*'
/** Words that begin a statement, so that what follows is a use. */
const STATEMENT =
  /^\s*(?:return|throw|new|if|else|for|while|switch|case|await|yield|delete|do|print|assert|raise|import|from|use|require|using|include|goto|not|and|or)\b/
const COMMENT = /^\s*(?:\/\/|\/\*|\*|#(?!\s*define)|--|"""|<!--|;;)/

const literal = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

export interface DefinitionTest {
  /** 3: says so by a keyword; 2: shape of a function head; 1: an assignment or member; 0: none. */
  grade(text: string): 0 | 1 | 2 | 3
}

/** Compiled on first use: most names stand only in lines that the cheap looks below already settle. */
const lazy = (make: () => RegExp): ((text: string) => boolean) => {
  let pattern: RegExp | undefined
  return (text) => {
    pattern ??= make()
    return pattern.test(text)
  }
}

const ANY_KEYWORD = new RegExp(`(?:^|[\\s;{(#])(?:${KEYWORDS})[\\s*&]`)

export const definitionTest = (name: string): DefinitionTest => {
  const word = `(?<![\\w$])${literal(name)}(?![\\w$])`
  const byKeyword = lazy(
    () =>
      new RegExp(
        `(?:^|[\\s;{(])#?(?:${KEYWORDS})[\\s*&]+(?:\\([^)]{0,120}\\)\\s*)?(?:[\\w$<>]+(?:\\.|::))*\\*?${word}`,
      ),
  )
  const typedHead = lazy(
    () =>
      new RegExp(
        `^\\s*(?:[\\w$][\\w$<>,.:?[\\]]*[\\s*&]+){1,8}\\(?[*&]*(?:[\\w$]+::)*${word}\\)?\\s*(?:<[^>]{0,80}>)?\\(`,
      ),
  )
  const bareHead = lazy(
    () =>
      new RegExp(
        `^(?:\\s*)${MODIFIERS}[#*]?${word}\\s*(?:<[^>]{0,80}>)?\\??\\(.*(?:[{(,]|\\)\\s*(?::[^;]+)?;?)\\s*$|^${word}\\s*\\([^;]*$`,
      ),
  )
  const assigned = lazy(
    () => new RegExp(`^\\s*${MODIFIERS}(?:[\\w$]+\\.)*${word}\\s*(?::(?!:)[^=]{0,120})?(?::?=(?!=)|:\\s)`),
  )
  return {
    grade: (text) => {
      if (!text.includes(name) || COMMENT.test(text)) return 0
      if (ANY_KEYWORD.test(text) && byKeyword(text)) return 3
      if (STATEMENT.test(text)) return 0
      const after = followers(text, name)
      if (/[(<)?]/.test(after)) {
        if (typedHead(text) && !/\w\s+=\s/.test(text.slice(0, text.indexOf(name)))) return /;\s*$/.test(text) ? 1 : 2
        if (bareHead(text) && isHead(text, name)) return 2
      }
      return /[:=]/.test(after) && assigned(text) ? 1 : 0
    },
  }
}

/** First character after the blanks behind each occurrence of the name; what a definition's shape hangs on. */
const followers = (text: string, name: string): string => {
  let found = ''
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
    let next = at + name.length
    while (next < text.length && text.charCodeAt(next) <= 32) next++
    found += text.charAt(next)
  }
  return found
}

/** A head without a type: opens a body, or carries parameter types; `name(x);` is a call. */
const isHead = (text: string, name: string): boolean =>
  /\{\s*$/.test(text) ||
  /\(\s*$/.test(text) ||
  (/^[\w$]/.test(text) && text.startsWith(name) && !/[;,]\s*$/.test(text)) ||
  /\)\s*:\s*[\w<>[\]|., ]+;?\s*$/.test(text)

const LOOKS_DEFINING = new RegExp(
  `^\\s*${MODIFIERS}(?:${KEYWORDS})\\s|^\\s*(?:public|private|protected)\\s+[\\w<>[\\], ]+\\(|^[A-Za-z_][\\w *]*\\([^;]*\\)\\s*\\{?$|^#\\s*define\\s`,
)

/** How much a line tells without a question: a definition most, then a statement, then imports, least a comment. */
export const plainWorth = (text: string): number => {
  if (COMMENT.test(text)) return 0
  if (LOOKS_DEFINING.test(text)) return 1
  return /^\s*(?:import|from|use|require|using|#\s*include)\b/.test(text) ? 0.3 : 0.6
}

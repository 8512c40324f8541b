// Whether a line defines a name, in any common language. By shape of the line, not by a parser: a match is one line.

const KEYWORDS =
  'function|func|fn|fun|def|defp|defn|defmacro|class|struct|interface|type|trait|enum|module|namespace|impl|const|let|var|val|static|object|protocol|record|union|typedef|macro|macro_rules!|extension|sub|package|mod|annotation|@interface|local function|CREATE (?:TABLE|VIEW|FUNCTION)|define|DEFINE_\\w+'
const MODIFIERS =
  '(?:export |default |declare |async |public |private |protected |internal |static |final |abstract |override |virtual |inline |readonly |get |set |unsafe |extern |pub(?:\\(\\w+\\))? |open |suspend |sealed |local )*'
/** Words that begin a statement, so that what follows is a use. */
const STATEMENT =
  /^\s*(?:return|throw|new|if|else|for|while|switch|case|await|yield|delete|do|print|assert|raise|import|from|use|require|using|include|goto|not|and|or)\b/
const COMMENT = /^\s*(?:\/\/|\/\*|\*|#(?!\s*define)|--|"""|<!--|;;)/

export interface DefinitionTest {
  /** 3: says so by a keyword; 2: shape of a function head; 1: an assignment or member; 0: none. */
  grade(text: string): 0 | 1 | 2 | 3
}

const ANY_KEYWORD = new RegExp(`(?:^|[\\s;{(#])(?:${KEYWORDS})[\\s*&]`)

/** What stands before and behind a name, so that one set of patterns serves every name: compiling some for each costs more than the search. */
const KEYWORD_BEFORE = new RegExp(
  `(?:^|[\\s;{(])#?(?:${KEYWORDS})[\\s*&]+(?:\\([^)]{0,120}\\)\\s*)?(?:[\\w$<>]+(?:\\.|::))*\\*?$`,
)
const TYPE_BEFORE = /^\s*(?:[\w$][\w$<>,.:?[\]]*[\s*&]+){1,8}\(?[*&]*(?:[\w$]+::)*$/
const TYPED_BEHIND = /^\)?\s*(?:<[^>]{0,80}>)?\(/
const MODIFIERS_BEFORE = new RegExp(`^\\s*${MODIFIERS}[#*]?$`)
const HEAD_BEHIND = /^\s*(?:<[^>]{0,80}>)?\??\(.*(?:[{(,]|\)\s*(?::[^;]+)?;?)\s*$/
const OPEN_BEHIND = /^\s*\([^;]*$/
const MEMBER_BEFORE = new RegExp(`^\\s*${MODIFIERS}(?:[\\w$]+\\.)*$`)
const ASSIGNED_BEHIND = /^\s*(?::(?!:)[^=]{0,120})?(?::?=(?!=)|:\s)/

export const definitionTest = (name: string): DefinitionTest => ({
  grade: (text) => {
    if (!text.includes(name) || COMMENT.test(text)) return 0
    const places = placesOf(text, name)
    if (places.length === 0) return 0
    if (ANY_KEYWORD.test(text) && places.some(({ before }) => KEYWORD_BEFORE.test(before))) return 3
    if (STATEMENT.test(text)) return 0
    if (places.some(({ before, behind }) => TYPED_BEHIND.test(behind) && TYPE_BEFORE.test(before)))
      if (!/\w\s+=\s/.test(text.slice(0, text.indexOf(name)))) return /;\s*$/.test(text) ? 1 : 2
    if (places.some(isBareHead) && isHead(text, name)) return 2
    return places.some(({ before, behind }) => ASSIGNED_BEHIND.test(behind) && MEMBER_BEFORE.test(before)) ? 1 : 0
  },
})

interface Place {
  readonly before: string
  readonly behind: string
}

const isBareHead = ({ before, behind }: Place): boolean =>
  (HEAD_BEHIND.test(behind) && MODIFIERS_BEFORE.test(before)) || (before === '' && OPEN_BEHIND.test(behind))

const isNameChar = (char: string): boolean => /[\w$]/.test(char)

/** Occurrences of the name as a whole word. */
const placesOf = (text: string, name: string): Place[] => {
  const places: Place[] = []
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
    if (isNameChar(text.charAt(at - 1)) || isNameChar(text.charAt(at + name.length))) continue
    places.push({ before: text.slice(0, at), behind: text.slice(at + name.length) })
  }
  return places
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

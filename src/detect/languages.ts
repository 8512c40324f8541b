// Data: programming languages by file name and by the lines that only they have.

export const LANGUAGE_OF_EXTENSION: ReadonlyMap<string, string> = new Map(
  Object.entries({
    python: 'py pyi pyw',
    javascript: 'js mjs cjs jsx',
    typescript: 'ts mts cts',
    tsx: 'tsx',
    go: 'go',
    rust: 'rs',
    java: 'java',
    c: 'c h',
    cpp: 'cc cpp cxx hpp hh hxx inl',
    csharp: 'cs',
    ruby: 'rb rake gemspec',
    php: 'php',
    kotlin: 'kt kts',
    swift: 'swift',
    scala: 'scala',
    shell: 'sh bash zsh',
    lua: 'lua',
    perl: 'pl pm',
    r: 'r',
    sql: 'sql',
    css: 'css scss less',
    yaml: 'yml yaml',
    toml: 'toml',
    ini: 'ini cfg conf properties env',
    xml: 'xml svg xsd plist',
    vue: 'vue',
    svelte: 'svelte',
    proto: 'proto',
    hcl: 'tf hcl',
    elixir: 'ex exs',
    haskell: 'hs',
    dart: 'dart',
    zig: 'zig',
    clojure: 'clj cljs',
    erlang: 'erl hrl',
    dockerfile: 'dockerfile',
    make: 'mk makefile cmake',
  }).flatMap(([language, extensions]) => extensions.split(' ').map((extension) => [extension, language] as const)),
)

/** A line of `sure` counts three, of `likely` one. */
export interface LanguageSigns {
  readonly language: string
  readonly sure: RegExp
  readonly likely: RegExp
}

export const LANGUAGES: readonly LanguageSigns[] = [
  {
    language: 'python',
    sure: /^\s*(?:async )?def \w+\(.*|^\s*class \w+(?:\([^)]*\))?:|^from [\w.]+ import |^\s*(?:elif .*|else|try|finally|except.*):\s*(?:#.*)?$|^\s*@\w[\w.]*(?:\(.*)?$|^if __name__ ==/,
    likely:
      /^import [\w.]+(?: as \w+)?$|\bself\.|^\s*(?:if|for|while|with) .*:\s*$|^\s*(?:raise|yield|pass|return)\b[^;]*$|^\s*(?:"""|r""")|\bNone\b|\bnot in\b/,
  },
  {
    language: 'typescript',
    sure: /^\s*(?:export )?(?:declare |abstract )?(?:interface \w+[^()]*\{\s*$|type \w+(?:<[^=]*>)? = |(?:const )?enum \w+ \{$|class \w+ implements )|^import type |^declare |\b(?:public|private|protected|readonly)(?: static| readonly| async| abstract| override)* \w+[?!]?(?::|\([^)]*\): )|\): [\w<>[\]|{} .]+(?: =>)? ?[{;]\s*$|\bas (?:const|any|unknown|[A-Z]\w+)\b|^\s*\w+\??: [\w<>[\]|{} '"]+;$/,
    likely:
      /^import .* from ['"]|^export (?:const|function|class|default|\{|\*)|^\s*(?:const|let) \w+|=> ?[{(]|\?\.|\bthis\.|===|^\s*\w+\??: [\w<>[\]|{} '"]+,$/,
  },
  {
    language: 'javascript',
    sure: /\brequire\(['"]|^module\.exports|^exports\.|^'use strict'|^\s*var \w+ ?=|===|!==|\bundefined\b|\bfunction ?\w* ?\([^:]*\) ?\{|^\s*\w+\([\w, ={}[\]]*\) \{$|prototype\.\w+ =/,
    likely:
      /^import .* from ['"]|^export (?:const|function|class|default|\{)|^\s*(?:const|let|var) [\w{[]|=> ?[{(]|\bthis\.|\bnew \w+\(/,
  },
  {
    language: 'go',
    sure: /^package \w+$|^func (?:\(\w+ \*?[\w.[\]]+\) )?\w+[([]|:= |^import \($|^type \w+ (?:struct|interface|func)|\bif err != nil/,
    likely: /^\t+(?:return|if|for|switch|case|defer|go|var)\b|\bnil\b|^\t"[\w./-]+"$/,
  },
  {
    language: 'rust',
    sure: /^\s*(?:pub(?:\([\w ]+\))? )?(?:fn|impl|trait|mod|unsafe fn|async fn|const fn|macro_rules!)\b[\w<' (]|^\s*pub(?:\([\w ]+\))? (?:struct|enum|const|static|type|use|union|extern) |^\s*pub(?:\([\w ]+\))? \w+: |^\s*use (?:crate|std|core|alloc|super|self|\w+)::|\blet mut \b|^\s*#!?\[\w+|->\s*(?:Result|Option|Self|&|io::)|\bmatch .* \{$|::<|&mut |&'\w+ |\b(?:println|format|assert_eq|assert|vec|write|panic|matches)!\(|: [iu](?:8|16|32|64|size)\b/,
    likely: /^\s*let \w+|\bSome\(|\bNone\b|\bOk\(|\bErr\(|^\s*\/\/[/!]|#\[inline|\.unwrap\(\)|=> |\bself\b|\w+::\w+/,
  },
  {
    language: 'java',
    sure: /^\s*(?:public|private|protected) (?:static |final |abstract |synchronized )*(?!(?:string|bool|object|override|readonly|virtual|async|sealed)\b)[\w<>[\], ?.]+[({=;]|^package [\w.]+;$|^import (?:static )?[\w.*]+;$|^\s*@(?:Override|Test|Deprecated|Nullable|Autowired|SuppressWarnings)|\bthrows \w+|\bfinal \w+/,
    likely: /^\s*throw new |\bnull\b|\bthis\.|\bnew [A-Z]\w+\(|\{@(?:code|link)/,
  },
  {
    language: 'c',
    sure: /^#\s*(?:include|define|ifdef|ifndef|endif|if|undef)\b|^(?:static |extern |const |inline |unsigned )*(?:int|void|char|size_t|bool|struct \w+|uint\d+_t|long|double)(?: \*?|\t\*?)\w+ ?\(|^typedef |->\w+|^\s*(?:struct|enum|union) \w+ (?:\*|\{)|\bsizeof ?\(|\bNULL\b/,
    likely: /^\s*(?:goto|case \w+:|return \(|\*\w+ = )|^\{$|; \/\*/,
  },
  {
    language: 'cpp',
    sure: /^\s*(?:template ?<|namespace \w+(?:::\w+)* ?\{|using namespace |using \w+ = [^;]*::|class \w+(?: final)?(?: : (?:public|private) .*)?;$|class \w+(?: final)? : (?:public|private) |(?:public|private|protected|signals|public slots):$)|(?<!use )\bstd::(?!env|fs|io\b|process|path|error)\w+(?!::)|\bconstexpr\b|\bnullptr\b|^(?![^(]*\$)[\w:<>*& ]*\w+::~?\w+\([^;]*(?:\{|\)|,)$|#include <\w+>$|\bvirtual \w|\) (?:const )?(?:override|noexcept)\b|\b(?:static|reinterpret|const|dynamic)_cast</,
    likely: /^#(?:include|define|if|endif|ifdef|ifndef)|->\w+|\bauto\b|\w+::\w+|&& |\bconst \w+&|^\s*class \w+.*[{:]?$/,
  },
  {
    language: 'ruby',
    sure: /^\s*def (?:self\.)?\w+[?!=]?(?:\(.*\))?$|^\s*(?:require|require_relative|attr_\w+|include|module) ['":A-Z]|^\s*end$|\bdo \|[\w, ]+\||^\s*class \w+(?: < [\w:]+)?$|^\s*(?:unless|elsif) /,
    likely: /^\s*@\w+ |\bnil\b|\.each\b|=> |, :\w+|\bputs /,
  },
  {
    language: 'php',
    sure: /^<\?php|\$this\b|^\s*(?:public|private|protected|final|abstract)? ?(?:static )?function \w*\(.*\$|^\s*\$\w+(?:\[.*\])? \.?= .*|^namespace [\w\\]+;$|^use (?:function )?\w+\\[\w\\]+(?: as \w+)?;$|\$\w+->\w+|\bforeach \(\$|@(?:param|var|return) \S+ \$|\b(?:self|static|parent)::\$?\w+|^\s*(?:public|private|protected) (?:static )?(?:const |\$)\w+|\\\w+\\\w+::|\$\w+ (?:=>|===|!==|\?\?)/,
    likely: /\barray\(|\bforeach \(|\$\w+|^\s*\* @\w+/,
  },
  {
    language: 'csharp',
    sure: /^\s*using (?:static )?[A-Z][\w.]*;$|^\s*namespace [A-Z][\w]*(?:\.\w+)*\s*[;{]?\s*$|\{ get; ?(?:(?:private |protected |internal )?(?:set|init);)?|\basync Task\b|^\s*\[[A-Z]\w*(?:\(.*\))?\]$|\bvar \w+ = new\b|^\s*(?:public |private |protected |internal |static |sealed |abstract |override |partial |readonly |virtual |async )+(?:class [A-Z]|struct [A-Z]|(?:string|bool|object|decimal|Task|IEnumerable)\b)|^\s*(?:internal|protected internal|public override|public readonly|public sealed|public partial|public virtual|private readonly) |^\s*foreach \((?:var|\w+) \w+ in|\bnameof\(|^\s*\/\/\/ <|\bout var\b|^\s*where \w+ : |\?\.\w+\(.*;$|\(this \w+ \w+|^#(?:region|endregion|nullable)|\b(?:string|int|bool) \w+ =>/,
    likely:
      /^\s*internal |\bstring\b|\bbool\b|\bLinq\b|\bvar \w+|\bnull\b|\bnew [A-Z]\w+[({]|=> |^\s*\{$|\b[A-Z]\w+\.[A-Z]\w+\(/,
  },
  {
    language: 'kotlin',
    sure: /^\s*(?:override |private |internal |suspend |inline )*fun (?:<.*> )?[\w.]+\(|^\s*(?:data|sealed|object|companion) (?:class|object)|^\s*val \w+(?::|\s=)/,
    likely: /^import [\w.]+$|\bvar \w+|\?:|\bnull\b|^package [\w.]+$/,
  },
  {
    language: 'swift',
    sure: /^\s*(?:public |private |@\w+ |static |override )*func \w+[(<].*|^\s*guard (?:let|case)|^import (?:Foundation|UIKit|SwiftUI)|\bif let \w+|^\s*extension \w+/,
    likely: /^\s*(?:let|var) \w+|\bnil\b|\bself\./,
  },
  {
    language: 'shell',
    sure: /^#!.*\b(?:ba|z|k|da)?sh\b|^\s*(?:fi|done|esac|then)\s*$|^\s*if \[{1,2} |\$\{\w+|^\s*(?:export|local|readonly) \w+=|^\w+\(\) ?\{|\|\| (?:exit|return|true)\b/,
    likely: /^\s*echo |^\s*\w+=|\$\w+|^\s*#|&& /,
  },
  {
    language: 'sql',
    sure: /^\s*(?:SELECT|INSERT INTO|CREATE (?:TABLE|INDEX|VIEW|OR)|ALTER TABLE|UPDATE|DELETE FROM|DROP TABLE|FROM|WHERE|GROUP BY|ORDER BY|(?:LEFT|INNER|RIGHT) JOIN)\b/,
    likely: /\b(?:NOT NULL|PRIMARY KEY|VARCHAR|AND|ON)\b|^--/,
  },
  {
    language: 'css',
    sure: /^\s*[.#]?[\w-]+(?:[ ,>+~:.#[\]=()"]+[\w-]+)* ?\{$|^\s*(?:--)?[\w-]+: [^;{]+;$|^@(?:media|import|keyframes|font-face)/,
    likely: /^\s*\.[\w-]+,$/,
  },
  {
    language: 'yaml',
    sure: /^(?:---|apiVersion: .*|kind: \w+)$|^\s*- \w[\w-]*: ?\S?|^[a-zA-Z_][\w.-]*:$|^\s+[a-zA-Z_][\w./-]*: ?(?:\||>|&\w+)?$/,
    likely: /^\s*[\w./-]+: \S|^\s*- \S|^\s*#/,
  },
  {
    language: 'lua',
    sure: /^\s*local (?:function )?\w+|^\s*function [\w.:]+\(|\bthen$|^\s*end,?$|\.\. /,
    likely: /^\s*--|\bnil\b|~=/,
  },
]

/** Lines that are TypeScript and no JavaScript; comments speak of types, too, and do not count. */
export const TYPED: RegExp =
  /^(?!\s*(?:\*|\/\/|\/\*))(?:\s*(?:export )?(?:declare |abstract )?(?:interface \w+[^()]*\{\s*$|type \w+(?:<[^=]*>)? =(?: |$)|(?:const )?enum \w+ \{$|namespace \w+ \{$|declare )|import type |.*(?:\(\w+\??: [\w<>[\]|. ]+[,)]|\): [\w<>[\]|{}. ]+ (?:\{|=>)|\bas (?:const|any|unknown|string|number|[A-Z]\w+)\b|\bimplements \w|\bsatisfies \w)|\s*(?:public|private|protected|readonly|static|abstract)(?: \w+)* \w+[?!]?:|\s*(?:const|let) \w+: \w|\s*\w+\??: [\w<>[\]|.]+;$)/

/** Elements among statements. */
export const JSX: RegExp = /^\s*<\/?(?:[A-Z][\w.]*|[a-z]+)(?:\s+[\w-]+=.*|\s*\/?>.*|\s*)$|\(<\w|return <\w|^\s*<>|<\/>/

/** Lines that are C++ and no C. */
export const PLUS_PLUS: RegExp =
  /^\s*(?:template ?<|(?:inline )?namespace\b(?! *=)|class \w+[^;]*\{?$|(?:public|private|protected) ?:|using )|\bstd::|\w+::~?\w+\(|\bnullptr\b|\b(?:static|reinterpret|const|dynamic)_cast<|\bconstexpr\b|\) (?:const )?override\b|#include <(?:string|vector|memory|map|iostream|algorithm|functional|utility|type_traits|cstd\w+)>/

// Data: programming languages by file name and by the lines that only they have.

export const LANGUAGE_OF_EXTENSION: ReadonlyMap<string, string> = new Map(
  Object.entries({
    python: 'py pyi pyw',
    javascript: 'js mjs cjs jsx',
    typescript: 'ts mts cts tsx',
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
    sure: /^\s*(?:export )?(?:interface|type|enum|namespace|declare|abstract class) \w+|^import type |\b(?:public|private|protected|readonly) \w+(?:\?|!)?(?:\(|:| )|\): [\w<>[\]|{} ]+(?: =>)? ?[{;]\s*$|\bas (?:const|any|unknown|[A-Z]\w+)\b|^\s*\w+\??: [\w<>[\]|{} '"]+[;,]$/,
    likely:
      /^import .* from ['"]|^export (?:const|function|class|default|\{|\*)|^\s*(?:const|let) \w+|=> ?[{(]|\?\.|\bthis\.|===/,
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
    sure: /^\s*(?:pub(?:\(\w+\))? )?(?:fn|impl|trait|mod|struct|enum|unsafe fn|async fn)\b[\w<' (]|^\s*use (?:crate|std|super|self|\w+)::|\blet mut \b|^\s*#!?\[\w+|->\s*(?:Result|Option|Self|&)|\bmatch .* \{$|::<|&mut |&'\w+ /,
    likely: /^\s*let \w+|\bSome\(|\bNone\b|\bOk\(|\bErr\(|^\s*\/\/[/!]|#\[inline|\.unwrap\(\)|=> |\bself\b/,
  },
  {
    language: 'java',
    sure: /^\s*(?:public|private|protected) (?:static |final |abstract |synchronized )*[\w<>[\], ?.]+[({=;]|^package [\w.]+;$|^import (?:static )?[\w.*]+;$|^\s*@(?:Override|Test|Deprecated|Nullable|Autowired|SuppressWarnings)|\bthrows \w+|\bfinal \w+/,
    likely: /^\s*throw new |\bnull\b|\bthis\.|\bnew [A-Z]\w+\(|\{@(?:code|link)/,
  },
  {
    language: 'c',
    sure: /^#\s*(?:include|define|ifdef|ifndef|endif|if|undef)\b|^(?:static |extern |const |inline |unsigned )*(?:int|void|char|size_t|bool|struct \w+|uint\d+_t|long|double)(?: \*?|\t\*?)\w+ ?\(|^typedef |->\w+|^\s*(?:struct|enum|union) \w+ (?:\*|\{)|\bsizeof ?\(|\bNULL\b/,
    likely: /^\s*(?:goto|case \w+:|return \(|\*\w+ = )|^\{$|; \/\*/,
  },
  {
    language: 'cpp',
    sure: /^\s*(?:template ?<|namespace \w+|using \w+|class \w+.*[{;:]?$|public:|private:|protected:)|\bstd::|\bconstexpr\b|\bnullptr\b|\w+::~?\w+\(|#include <\w+>$|\bvirtual\b|\boverride\b|\bnoexcept\b|\bstatic_cast</,
    likely: /^#(?:include|define|if|endif|ifdef|ifndef)|->\w+|\bauto\b|\w+::\w+|&& |\bconst \w+&/,
  },
  {
    language: 'ruby',
    sure: /^\s*def (?:self\.)?\w+[?!=]?(?:\(.*\))?$|^\s*(?:require|require_relative|attr_\w+|include|module) ['":A-Z]|^\s*end$|\bdo \|[\w, ]+\||^\s*class \w+(?: < [\w:]+)?$|^\s*(?:unless|elsif) /,
    likely: /^\s*@\w+ |\bnil\b|\.each\b|=> |, :\w+|\bputs /,
  },
  {
    language: 'php',
    sure: /^<\?php|\$this->|^\s*(?:public|private|protected|final|abstract)? ?(?:static )?function \w+\(.*\$|^\s*\$\w+ = |^namespace [\w\\]+;$|^use \w+\\[\w\\]+;$|\$\w+->\w+/,
    likely: /\barray\(|\bforeach \(|@param \S+ \$/,
  },
  {
    language: 'csharp',
    sure: /^using [\w.]+;$|^namespace [\w.]+;?$|\{ get; (?:set|init)?|\basync Task\b|^\s*\[\w+(?:\(.*\))?\]$|\bvar \w+ = new\b/,
    likely: /^\s*internal |^\s*\/\/\/ <|\bstring\b|\bLinq\b/,
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

// Data: what each grammar calls functions, lists of statements, comments and literals, and how its comments are written.

export interface Language {
  /** Names of WASM files that `readWasm` knows. */
  readonly wasm: string
  /** How a function's body is delimited: by braces, by indentation, or by a closing `end`. */
  readonly body: 'braces' | 'indent' | 'end'
  /** Opens a comment to the end of the line. */
  readonly comment: string
  /** Nodes with a body that folds. */
  readonly functions: readonly string[]
  /** Of those, the ones that carry their own name: inside another function their signature stays. */
  readonly named: readonly string[]
  readonly classes: readonly string[]
  /** Nodes whose children can be left out one by one. */
  readonly lists: readonly string[]
  readonly comments: readonly string[]
  /** Tables of data: arrays, objects, initializers. */
  readonly literals: readonly string[]
  /** Heads that make a stretch from the middle of a file parse: of a class, of a method in it, of a function. */
  readonly heads?: Heads
}

export interface Heads {
  readonly type: string
  readonly method: string
  readonly function: string
}

const javascript: Language = {
  wasm: 'tree-sitter-javascript.wasm',
  body: 'braces',
  comment: '//',
  functions: [
    'function_declaration',
    'function_expression',
    'generator_function',
    'generator_function_declaration',
    'arrow_function',
    'method_definition',
    'class_static_block',
  ],
  named: ['function_declaration', 'generator_function_declaration', 'method_definition'],
  classes: ['class_declaration', 'class'],
  lists: ['statement_block', 'class_body', 'object', 'switch_body', 'program'],
  comments: ['comment', 'html_comment'],
  literals: ['array', 'object'],
  heads: { type: 'class X {', method: 'm() {', function: 'function m() {' },
}

const typescript: Language = {
  ...javascript,
  wasm: 'tree-sitter-typescript.wasm',
  classes: [...javascript.classes, 'abstract_class_declaration', 'interface_declaration', 'internal_module', 'module'],
}

const c: Language = {
  wasm: 'tree-sitter-c.wasm',
  body: 'braces',
  comment: '//',
  functions: ['function_definition'],
  named: ['function_definition'],
  classes: ['struct_specifier', 'union_specifier'],
  lists: ['compound_statement', 'translation_unit'],
  comments: ['comment'],
  literals: ['initializer_list'],
  heads: { type: 'struct X {', method: 'int m() {', function: 'int m() {' },
}

export const LANGUAGES: ReadonlyMap<string, Language> = new Map<string, Language>([
  [
    'python',
    {
      wasm: 'tree-sitter-python.wasm',
      body: 'indent',
      comment: '#',
      functions: ['function_definition'],
      named: ['function_definition'],
      classes: ['class_definition'],
      lists: ['block', 'module'],
      comments: ['comment'],
      literals: ['list', 'dictionary', 'set', 'tuple'],
    },
  ],
  ['javascript', javascript],
  ['typescript', typescript],
  ['tsx', { ...typescript, wasm: 'tree-sitter-tsx.wasm' }],
  ['flow', { ...typescript, wasm: 'tree-sitter-tsx.wasm' }],
  [
    'go',
    {
      wasm: 'tree-sitter-go.wasm',
      body: 'braces',
      comment: '//',
      functions: ['function_declaration', 'method_declaration', 'func_literal'],
      named: [],
      classes: ['type_spec'],
      lists: ['statement_list', 'source_file'],
      comments: ['comment'],
      literals: ['literal_value'],
      heads: { type: 'type X struct {', method: 'm func() {', function: 'func m() {' },
    },
  ],
  [
    'rust',
    {
      wasm: 'tree-sitter-rust.wasm',
      body: 'braces',
      comment: '//',
      functions: ['function_item', 'closure_expression'],
      named: ['function_item'],
      classes: ['impl_item', 'trait_item', 'mod_item', 'struct_item', 'enum_item'],
      lists: ['block', 'declaration_list', 'source_file', 'match_block'],
      comments: ['line_comment', 'block_comment'],
      literals: ['array_expression'],
      heads: { type: 'impl X {', method: 'fn m() {', function: 'fn m() {' },
    },
  ],
  [
    'java',
    {
      wasm: 'tree-sitter-java.wasm',
      body: 'braces',
      comment: '//',
      functions: [
        'method_declaration',
        'constructor_declaration',
        'compact_constructor_declaration',
        'lambda_expression',
        'static_initializer',
      ],
      named: ['method_declaration', 'constructor_declaration'],
      classes: ['class_declaration', 'interface_declaration', 'enum_declaration', 'record_declaration'],
      lists: ['block', 'class_body', 'constructor_body', 'switch_block', 'program'],
      comments: ['line_comment', 'block_comment'],
      literals: ['array_initializer'],
      heads: { type: 'class X {', method: 'void m() {', function: 'void m() {' },
    },
  ],
  ['c', c],
  [
    'cpp',
    {
      ...c,
      wasm: 'tree-sitter-cpp.wasm',
      functions: ['function_definition', 'lambda_expression'],
      classes: ['class_specifier', 'struct_specifier', 'union_specifier', 'namespace_definition'],
      lists: ['compound_statement', 'declaration_list', 'field_declaration_list', 'translation_unit'],
    },
  ],
  [
    'ruby',
    {
      wasm: 'tree-sitter-ruby.wasm',
      body: 'end',
      comment: '#',
      functions: ['method', 'singleton_method', 'do_block'],
      named: ['method', 'singleton_method'],
      classes: ['class', 'module'],
      lists: ['body_statement', 'then', 'else', 'program'],
      comments: ['comment'],
      literals: ['array', 'hash'],
    },
  ],
  [
    'php',
    {
      wasm: 'tree-sitter-php.wasm',
      body: 'braces',
      comment: '//',
      functions: ['function_definition', 'method_declaration', 'anonymous_function'],
      named: ['function_definition', 'method_declaration'],
      classes: ['class_declaration', 'interface_declaration', 'trait_declaration', 'enum_declaration'],
      lists: ['compound_statement', 'declaration_list', 'program'],
      comments: ['comment'],
      literals: ['array_creation_expression'],
      heads: { type: '<?php class X {', method: 'function m() {', function: '<?php function m() {' },
    },
  ],
  [
    'csharp',
    {
      wasm: 'tree-sitter-c_sharp.wasm',
      body: 'braces',
      comment: '//',
      functions: [
        'method_declaration',
        'constructor_declaration',
        'destructor_declaration',
        'operator_declaration',
        'conversion_operator_declaration',
        'local_function_statement',
        'accessor_declaration',
        'lambda_expression',
        'anonymous_method_expression',
      ],
      named: ['method_declaration', 'constructor_declaration', 'local_function_statement'],
      classes: ['class_declaration', 'interface_declaration', 'struct_declaration', 'record_declaration'],
      lists: ['block', 'declaration_list', 'switch_body', 'compilation_unit'],
      comments: ['comment'],
      literals: ['initializer_expression'],
      heads: { type: 'class X {', method: 'void m() {', function: 'void m() {' },
    },
  ],
])

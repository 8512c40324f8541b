// The folder rules of ARCHITECTURE.md, as dependency-cruiser runs them.
const LEAF = 'agents|tokenize|detect|salience|route|store|config|grammars|reference|filters|sessions|pricing|economics|drift|budget'
const EXT = 'stats'
const SURFACE = 'proxy|mcp|dashboard'
const PURE = 'spec|detect|salience|compress|route|economics|budget'
const no = (name, from, to) => ({ name, severity: 'error', from: { path: from, pathNot: '\\.(?:test|testkit)\\.ts$' }, to })

module.exports = {
  forbidden: [
    no('no-cycles', '.', { circular: true }),
    no('spec-imports-nothing', '^src/spec/', { path: '^src/(?!spec/)' }),
    no('spec-has-no-runtime', '^src/spec/', { dependencyTypes: ['core', 'npm'] }),
    no('base-below-all', '^src/base/', { path: '^src/(?!base/|spec/)' }),
    no('leaf', `^src/(${LEAF})/`, { path: '^src/(?!spec/|base/|$1/)' }),
    no('compressor-island', '^src/compress/([^/]+)/', { path: '^src/(?!spec/|base/|salience/|compress/$1/)' }),
    no('pure-folders-do-no-io', `^src/(${PURE})/`, { dependencyTypes: ['core'] }),
    no('codec-island', '^src/wire/([^/]+)/', { path: '^src/(?!spec/|base/|wire/[^/]+\\.ts$|wire/$1/)' }),
    no('pipeline-sees-interfaces', '^src/pipeline/', { path: '^src/(?!spec/|base/|pipeline/)' }),
    no('extension', `^src/(${EXT})/`, { path: '^src/(?!spec/|base/|salience/|$1/)' }),
    no('surface', `^src/(${SURFACE})/`, { path: '^src/(?!spec/|base/|wire/|config/|create\\.ts$|$1/)' }),
    no('replay-is-handed-its-engines', '^src/replay/', { path: '^src/(?!spec/|base/|detect/|sessions/|pricing/|economics/|replay/)' }),
    no('nobody-imports-cli', '^src/(?!cli/)', { path: '^src/cli/' }),
    no('outsiders-use-the-package-name', '^(bench|examples)/', { path: '^src/' }),
  ],
  options: { tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.json' }, doNotFollow: { path: 'node_modules' } },
}

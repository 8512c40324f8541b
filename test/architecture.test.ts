import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const sources = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return sources(path)
    return /\.ts$/.test(name) && !/\.(test|testkit|child)\.ts$/.test(name) ? [path] : []
  })

const offenders = (paths: readonly string[], pattern: RegExp): string[] =>
  paths.flatMap((path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) && !/^\s*(\/\/|\*|\/\*)/.test(line) ? [`${path}:${index + 1}`] : [],
      ),
  )

const SWALLOWED = /catch\s*(\([^)]*\))?\s*\{\s*\}|\.catch\(\(\)\s*=>\s*(\{\}|undefined|null)\)/
const PURE = ['spec', 'detect', 'salience', 'compress', 'route', 'budget']

describe('the house', () => {
  it('keeps clock, random and environment out of folders that promise to be pure (B-9)', () => {
    const paths = PURE.flatMap((folder) => sources(join('src', folder)))
    expect(paths.length).toBeGreaterThan(20)
    expect(
      offenders(
        paths,
        /\b(Date\.now|new Date\(|Math\.random|performance\.now|process\.(env|hrtime)|setTimeout|setInterval)\b/,
      ),
    ).toEqual([])
  })

  it('names dialects only in their islands, lists and the shape reader', () => {
    const paths = sources('src').filter(
      (path) =>
        !/src\/(wire|spec|proxy|cli|config|dashboard|agents|sessions|replay|pricing|economics)\/|pipeline\/shape\.ts/.test(
          path,
        ),
    )
    expect(offenders(paths, /'(anthropic|openai-chat|openai-responses|gemini)'/)).toEqual([])
  })

  it('talks to no host but the configured upstream (J-4, C-4)', () => {
    // Folders that open no connection name hosts in patterns, samples and hints for people.
    const connecting = sources('src').filter((path) => !/src\/(?:compress|detect|filters|agents)\//.test(path))
    const silent = sources('src').filter((path) => !connecting.includes(path))
    expect(offenders(silent, /from 'node:(?:net|http|https|tls|dgram)'|\bfetch\(/)).toEqual([])
    const hosts = connecting.flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/https?:\/\/([a-z0-9.-]+\.[a-z]{2,})/g)].map(
        (match) => `${match[1]} in ${path}`,
      ),
    )
    const allowed =
      /^(api\.anthropic\.com|api\.openai\.com|generativelanguage\.googleapis\.com) in src\/config\/|^www\.w3\.org in src\/dashboard\/| in src\/.*\.md$/
    const documented =
      /^(docs\.|platform\.|developers?\.|github\.com|nodejs\.org|www\.sqlite\.org|www\.rfc-editor\.org|datatracker\.ietf\.org|arxiv\.org|example\.)/
    expect(hosts.filter((host) => !allowed.test(host) && !documented.test(host))).toEqual([])
  })

  it('exports exactly these subpaths, and one command', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
      exports: object
      bin: object
      dependencies: object
      scripts: object
    }
    expect(Object.keys(manifest.exports)).toEqual(['.', './spec', './compress', './proxy', './mcp', './package.json'])
    expect(manifest.bin).toEqual({ headroom: 'dist/cli.js' })
    expect(manifest.scripts).not.toHaveProperty('postinstall')
    expect(Object.keys(manifest.dependencies)).toEqual(['libsql'])
  })

  it('swallows no error without a word: a comment above says why nothing is done', () => {
    const silent = sources('src').flatMap((path) => {
      const lines = readFileSync(path, 'utf8').split('\n')
      return lines.flatMap((line, index) =>
        SWALLOWED.test(line) && !/^\s*(\/\/|\*)/.test(lines[index - 1] ?? '') ? [`${path}:${index + 1}`] : [],
      )
    })
    expect(silent).toEqual([])
  })

  it('has for every invariant in docs/invariants.md a test that cites its promise', () => {
    const rows = [
      ...readFileSync('docs/invariants.md', 'utf8').matchAll(/^\| I\d+ \|.*\| ([A-K]-\d+) \| `([^`]+)` \|$/gm),
    ]
    expect(rows.length).toBeGreaterThan(20)
    expect(
      rows.filter(([, promise, file]) => !readFileSync(file!, 'utf8').includes(promise!)).map(([row]) => row),
    ).toEqual([])
  })
})

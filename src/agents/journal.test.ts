import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bundled } from '../../test/support/bundle.js'
import type { FileChange } from '../spec/agent.js'
import { faultOf, withoutSettings, withSettings } from './config-file/edit.js'
import { type Entry, Journal } from './journal.js'

let base: string
let journal: Journal
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'headroom-journal-'))
  journal = new Journal(join(base, 'own'))
  mkdirSync(join(base, 'user'))
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

/** Names, kinds, modes, links and bytes of everything below the user's folder. */
const tree = (folder = join(base, 'user')): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    const stats = lstatSync(path)
    if (stats.isDirectory()) return [`${name}/`, ...tree(path)]
    if (stats.isSymbolicLink()) return [`${name} -> ${readlinkSync(path)}`]
    return [
      `${name} ${(stats.mode & 0o777).toString(8)} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`,
    ]
  })

const server = { command: 'node', args: ['cli.js', 'mcp', 'serve'] }
const changes: Readonly<Record<FileChange['format'], Pick<FileChange, 'format' | 'settings'>>> = {
  json: { format: 'json', settings: [{ at: ['mcpServers', 'headroom'], value: server }] },
  toml: { format: 'toml', settings: [{ at: ['mcp_servers', 'headroom'], value: server }] },
  yaml: { format: 'yaml', settings: [{ at: ['mcpServers', '-'], value: { name: 'headroom', ...server } }] },
}

const shapes: readonly (readonly [FileChange['format'], string, string])[] = [
  ['json', 'empty', ''],
  ['json', 'an empty object', '{}'],
  [
    'json',
    'other servers, tabs',
    '{\n\t"mcpServers": {\n\t\t"other": { "command": "x" }\n\t},\n\t"theme": "dark"\n}\n',
  ],
  ['json', 'comments and a trailing comma', '{\n  // mine\n  "a": [1, 2,], /* b */\n}\n'],
  ['json', 'CRLF', '{\r\n  "a": 1\r\n}\r\n'],
  ['json', 'a byte order mark', '\ufeff{\n  "a": 1\n}\n'],
  ['json', 'one line', '{"a":{"b":1e5},"c":"\\u00e9"}'],
  ['toml', 'empty', ''],
  ['toml', 'comments and tables', '# mine\nmodel = "x" # why\n\n[a.b]\nc = [\n  1, # one\n]\n'],
  ['toml', 'CRLF, no break at the end', 'a = 1\r\n[b]\r\nc = "d"'],
  ['yaml', 'empty', ''],
  ['yaml', 'comments and lists', '# mine\nname: x # why\nmcpServers:\n  - name: other\n    command: y\n'],
  ['yaml', 'nested, quoted', 'a:\n  b: "c: d"\n  e:\n    - 1\n    - two\n'],
]

const put = (path: string, { format, settings }: Pick<FileChange, 'format' | 'settings'>, own = journal): boolean => {
  const change: FileChange = { path, format, settings }
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  return own.write({
    purpose: 'test',
    path,
    text: withSettings(change, text),
    change,
    without: (now) => withoutSettings(change, now),
  })
}
const takeBack = (): string[] =>
  journal
    .entries()
    .map((entry) => journal.undo(entry, (text, { change }: Entry) => withoutSettings(change as FileChange, text)))

describe('a change of a file that is not ours', () => {
  for (const [format, shape, text] of shapes) {
    it(`is taken back byte for byte: ${format}, ${shape} (H-2, H-3)`, () => {
      const path = join(base, 'user', `config.${format}`)
      writeFileSync(path, text, { mode: 0o640 })
      chmodSync(path, 0o640)
      const before = tree()
      expect(put(path, changes[format])).toBe(true)
      const once = tree()
      expect(once).not.toEqual(before)
      expect(faultOf(changes[format], readFileSync(path, 'utf8'))).toBeUndefined()
      expect(put(path, changes[format])).toBe(false)
      expect(tree()).toEqual(once)
      expect(takeBack()).toEqual(['restored'])
      expect(tree()).toEqual(before)
      expect(takeBack()).toEqual([])
    })
    it(`goes out alone where the user has written since: ${format}, ${shape}`, () => {
      const path = join(base, 'user', `config.${format}`)
      writeFileSync(path, text)
      put(path, changes[format])
      const now = readFileSync(path, 'utf8')
      const more =
        format === 'json' ? now.replace('{', '{"later": true,') : `later${format === 'toml' ? ' =' : ':'} true\n${now}`
      writeFileSync(path, more)
      put(path, changes[format])
      takeBack()
      const left = readFileSync(path, 'utf8')
      expect(left).toContain('later')
      expect(left).not.toContain('headroom')
      expect(faultOf(changes[format], left)).toBeUndefined()
    })
  }
  it('leaves nothing where there was no file (H-3)', () => {
    const before = tree()
    put(join(base, 'user', 'new.json'), changes.json)
    expect(tree()).not.toEqual(before)
    expect(takeBack()).toEqual(['removed'])
    expect(tree()).toEqual(before)
  })
  it('goes through a link to the file it leads to', () => {
    const real = join(base, 'user', 'real.json')
    const link = join(base, 'user', 'link.json')
    writeFileSync(real, '{ "a": 1 }')
    symlinkSync('real.json', link)
    const before = tree()
    put(link, changes.json)
    expect([readlinkSync(link), readFileSync(real, 'utf8').includes('headroom')]).toEqual(['real.json', true])
    takeBack()
    expect(tree()).toEqual(before)
  })
  it('keeps the mode of a file that only its owner may write', () => {
    const path = join(base, 'user', 'config.json')
    writeFileSync(path, '{}')
    chmodSync(path, 0o444)
    put(path, changes.json)
    expect(statSync(path).mode & 0o777).toBe(0o444)
    takeBack()
    expect(statSync(path).mode & 0o777).toBe(0o444)
  })
  it('is not made where the file cannot be read, and says why', () => {
    expect(faultOf(changes.json, '{ "a": ')).toMatch(/at character/)
    expect(faultOf(changes.json, '[1]')).toBe('not an object')
    expect(faultOf(changes.toml, 'a = = 1')).toBeDefined()
    expect(faultOf(changes.yaml, 'a: [1\nb: 2')).toBeDefined()
    expect(faultOf(changes.yaml, 'a:    {b:   1}\n')).toMatch(/editing would change/)
  })
})

describe('a process that is killed while it writes (H-4)', () => {
  let child = ''
  beforeAll(async () => {
    child = fileURLToPath(await bundled('src/agents/journal.child.ts', 'journal-child'))
  })
  for (const step of ['recorded', 'drafted', 'renamed'] as const)
    for (const was of ['{ "a": 1 }', undefined] as const)
      it(`after the file was ${step}, where there was ${was === undefined ? 'none' : 'one'}: all is taken back`, () => {
        const path = join(base, 'user', 'config.json')
        if (was !== undefined) writeFileSync(path, was)
        const before = tree()
        const { signal } = spawnSync(process.execPath, [child, join(base, 'own'), path, '{ "ours": 1 }', step])
        expect(signal).toBe('SIGKILL')
        const text = existsSync(path) ? readFileSync(path, 'utf8') : undefined
        expect([was, '{ "ours": 1 }']).toContain(text)
        expect(journal.entries()).toHaveLength(1)
        for (const entry of journal.entries()) journal.undo(entry, (now) => now)
        expect(tree()).toEqual(before)
        expect(journal.entries()).toEqual([])
      })
})

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { defaultHome } from './env.js'
import { loadConfig } from './load.js'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'headroom-config-'))
})
afterEach(() => rmSync(root, { recursive: true }))

const put = (path: string, text: string): string => {
  const full = join(root, path)
  mkdirSync(dirname(full), { recursive: true })
  writeFileSync(full, text)
  return full
}

it('reads config.json of the home that flag or variable names, a byte order mark included', () => {
  put('home/config.json', '\uFEFF{"port": 9001}')
  const byFlag = loadConfig({ flags: { home: join(root, 'home') }, env: {}, cwd: root })
  expect([byFlag.config.port, byFlag.sources.port]).toEqual([9001, 'file'])
  expect(byFlag.places.port).toBe(join(root, 'home', 'config.json'))
  const byEnv = loadConfig({ env: { HEADROOM_HOME: 'home' }, cwd: root })
  expect([byEnv.config.port, byEnv.config.home]).toEqual([9001, join(root, 'home')])
})

it('finds the project file from a folder below, up to the repository root', () => {
  put('repo/.git/HEAD', '')
  put('repo/.headroom/config.json', '{"policy": "strict"}')
  mkdirSync(join(root, 'repo/a/b'), { recursive: true })
  const env = { HEADROOM_HOME: join(root, 'home') }
  expect(loadConfig({ env, cwd: join(root, 'repo/a/b') }).sources.policy).toBe('project')
})

it('ignores a file in a parent folder that belongs to no repository', () => {
  put('.headroom/config.json', '{"policy": "strict"}')
  mkdirSync(join(root, 'sub'))
  const env = { HEADROOM_HOME: join(root, 'home') }
  expect(loadConfig({ env, cwd: join(root, 'sub') }).sources.policy).toBe('default')
  expect(loadConfig({ env, cwd: root }).sources.policy).toBe('project')
})

it('takes the home file once where the working folder holds the home', () => {
  put('.headroom/config.json', '{"port": 9002}')
  const { sources } = loadConfig({ env: { HEADROOM_HOME: join(root, '.headroom') }, cwd: root })
  expect(sources.port).toBe('file')
})

it('names the file that is not JSON', () => {
  const path = put('home/config.json', '{"port": 1,}')
  expect(() => loadConfig({ env: { HEADROOM_HOME: join(root, 'home') }, cwd: root })).toThrow(path)
})

it('keeps originals under the user folder unless told otherwise', () => {
  expect(defaultHome({})).toBe(join(homedir(), '.headroom'))
  expect(defaultHome({ HEADROOM_HOME: '~/x' })).toBe(join(homedir(), 'x'))
})

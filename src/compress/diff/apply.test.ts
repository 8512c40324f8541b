import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { outputOf } from '../../../test/conformance/compressor.js'
import { Dice, editOf, fileOf } from './edits.testkit.js'
import { diff } from './index.js'

const has = (tool: string): boolean => {
  try {
    execFileSync(tool, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    process.stdout.write(`skipped: ${tool} is not here\n`)
    return false
  }
}
const HAS_GIT = has('git')
const HAS_PATCH = has('patch')
const HAS_DIFF = has('diff')

const folders: string[] = []
const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'headroom-diff-'))
  folders.push(path)
  return path
}
afterAll(() => {
  for (const path of folders) rmSync(path, { recursive: true, force: true })
})

const put = (root: string, name: string, text: string): void => {
  mkdirSync(join(root, name, '..'), { recursive: true })
  writeFileSync(join(root, name), text)
}

/** Output of a tool, whatever its exit status; `diff` answers 1 where files differ. */
const outputFrom = (tool: string, args: readonly string[], cwd: string): string => {
  try {
    return execFileSync(tool, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch (error) {
    return String((error as { stdout: string }).stdout)
  }
}

const refusal = (tool: string, args: readonly string[], cwd: string): string | undefined => {
  try {
    execFileSync(tool, args, { cwd, encoding: 'utf8', stdio: 'pipe' })
    return undefined
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    return stdout + stderr
  }
}

interface Made {
  readonly base: string
  readonly after: string
  readonly root: string
}

/** Two trees of a few files with random edits; the last line may lack its line break. */
const treesOf = (seed: number): Made => {
  const dice = new Dice(seed)
  const root = folder()
  for (let file = 0; file < 1 + dice.below(4); file++) {
    const name = `src/part ${file}/x${file}.c`
    const before = fileOf(dice, 1 + dice.below(90))
    const after = editOf(dice, before)
    const end = dice.below(4) === 0 ? '' : '\n'
    if (dice.below(8) > 0) put(join(root, 'a'), name, before.join('\n') + end)
    if (dice.below(8) > 0) put(join(root, 'b'), name, after.join('\n') + (dice.below(4) === 0 ? '' : '\n'))
  }
  mkdirSync(join(root, 'a'), { recursive: true })
  mkdirSync(join(root, 'b'), { recursive: true })
  return { base: join(root, 'a'), after: join(root, 'b'), root }
}

const CONTEXT = ['-U1', '-U3', '-U8', '-U40'] as const

const gitDiff = (made: Made, seed: number): string =>
  outputFrom(
    'git',
    ['-c', 'core.quotePath=true', 'diff', '--no-index', '--no-prefix', CONTEXT[seed % 4]!, 'a', 'b'],
    made.root,
  )

describe('what is left of a diff', () => {
  it.skipIf(!HAS_GIT)(
    'is taken by git wherever the whole diff was, and gives the same files',
    () => {
      let shortened = 0
      for (let seed = 1; seed <= 60; seed++) {
        const made = treesOf(seed)
        const source = gitDiff(made, seed)
        if (source === '') continue
        const output = outputOf(diff, source)
        if (output !== source) shortened++
        put(made.root, 'whole.patch', source)
        put(made.root, 'short.patch', output)
        expect(refusal('git', ['apply', '-p1', '--check', '../whole.patch'], made.base), `seed ${seed}`).toBeUndefined()
        expect(refusal('git', ['apply', '-p1', '../short.patch'], made.base), `seed ${seed}\n${output}`).toBeUndefined()
        expect(outputFrom('git', ['diff', '--no-index', 'a', 'b'], made.root), `seed ${seed}`).toBe('')
      }
      expect(shortened).toBeGreaterThan(25)
    },
    120_000,
  )

  it.skipIf(!HAS_PATCH || !HAS_DIFF)(
    'is taken by patch where the whole plain diff was',
    () => {
      let shortened = 0
      for (let seed = 101; seed <= 140; seed++) {
        const made = treesOf(seed)
        const source = outputFrom('diff', ['-rNu', ...(seed % 2 === 0 ? ['-p'] : []), 'a', 'b'], made.root)
        if (source === '') continue
        const output = outputOf(diff, source, { query: seed % 3 === 0 ? 'where is cart and price?' : '' })
        if (output !== source) shortened++
        put(made.root, 'whole.patch', source)
        put(made.root, 'short.patch', output)
        expect(
          refusal('patch', ['-p1', '--dry-run', '-i', '../whole.patch'], made.base),
          `seed ${seed}`,
        ).toBeUndefined()
        expect(
          refusal('patch', ['-p1', '-F0', '-i', '../short.patch'], made.base),
          `seed ${seed}\n${output}`,
        ).toBeUndefined()
        expect(outputFrom('diff', ['-rN', 'a', 'b'], made.root), `seed ${seed}\n${output}`).toBe('')
      }
      expect(shortened).toBeGreaterThan(15)
    },
    120_000,
  )

  it.skipIf(!HAS_GIT)('is refused by git where a part of a file is folded', () => {
    const made = treesOf(3)
    const lock = (version: number): string =>
      Array.from({ length: 120 }, (_, row) => `    "dep-${row}": "${version}.${row}.0"`).join('\n')
    put(made.base, 'package-lock.json', lock(1))
    put(made.after, 'package-lock.json', lock(2))
    const source = gitDiff(made, 1)
    put(made.root, 'short.patch', outputOf(diff, source))
    expect(outputOf(diff, source)).toContain('+120 -120, lock file')
    expect(refusal('git', ['apply', '-p1', '--check', '../short.patch'], made.base)).toMatch(/corrupt patch/)
  })
})

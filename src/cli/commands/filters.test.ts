import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeCli, fakeCli } from '../fake-io.js'

let cli: FakeCli
beforeEach(() => {
  cli = fakeCli()
})
afterEach(() => cli.dispose())

const OWN = `
name: shop-deploy
version: 1
about: failed regions stay
match:
  - program: shopctl
    sub: deploy
fold:
  - pattern: '^region \\S+ ok$'
    as: regions
cases:
  - name: folds regions
    output: |
      deploying
      x20 | region r{n} ok
      region r21 failed
      done
    shows: |
      deploying
      ... 20 lines: regions x20
      region r21 failed
      done
`

const write = (name: string, text: string): void => {
  const folder = join(cli.home, '.headroom', 'filters')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), text)
}

describe('headroom filters', () => {
  it('lists built-in filters and a user’s own, as text and as JSON', async () => {
    write('shop.yaml', OWN)
    const { code, out } = await cli.run(['filters', 'list'])
    expect(code).toBe(0)
    expect(out).toContain('git-status')
    expect(out).toContain('shopctl deploy')
    expect(out).not.toContain('\x1b')
    const { filters } = JSON.parse((await cli.run(['filters', 'list', '--json'])).out) as {
      filters: { name: string }[]
    }
    expect(filters[0]?.name).toBe('shop-deploy')
  })

  it('runs the cases and exits with 1 where one fails, showing the difference', async () => {
    write('shop.yaml', OWN)
    expect((await cli.run(['filters', 'test', 'shop-deploy'])).out).toBe('1 passed, 0 failed\n')
    write('shop.yaml', OWN.replace('regions x20', 'regions x19'))
    const { code, out } = await cli.run(['filters', 'test', 'shop-deploy'])
    expect(code).toBe(1)
    expect(out).toContain('FAIL shop-deploy: folds regions')
    expect(out).toContain('+ ... 20 lines: regions x20')
  })

  it('passes the cases of every built-in filter', async () => {
    const { code, out } = await cli.run(['filters', 'test'])
    expect(out).toMatch(/^\d{3,} passed, 0 failed\n$/)
    expect(code).toBe(0)
  })

  it('names what is wrong in a file, where, and the key that was meant', async () => {
    write('bad.yaml', OWN.replace('fold:', 'folds:').replace('version: 1', 'version: one'))
    const { code, err } = await cli.run(['filters', 'list'])
    expect(code).toBe(1)
    expect(err).toContain('bad.yaml: folds is no key of it; did you mean "fold"?')
    expect(err).toContain('bad.yaml: version must be a whole number')
  })

  it('says which filter a command calls for, through what, and why', async () => {
    const { code, out } = await cli.run(['filters', 'explain', 'cd app && sudo npx jest --ci 2>&1 | tee log'])
    expect(code).toBe(0)
    expect(out).toContain('through sudo, npx')
    expect(out).toContain('jest program jest')
  })

  it('says why there is none', async () => {
    const { code, out } = await cli.run(['filters', 'explain', 'npm test | grep FAIL'])
    expect(code).toBe(1)
    expect(out).toContain('no filter: its output is chosen by grep')
  })

  it('shows what would be kept of an output, also where a script ran the tool', async () => {
    const stdin = `x20 | PASS src/part-{n}.test.ts\nFAIL src/cart.test.ts\n\nTest Suites: 1 failed, 20 passed, 21 total\n`
    const { out } = await cli.run(['filters', 'explain', 'make check'], { stdin })
    expect(out).toContain('jest known by its output:')
    expect(out).toContain('... 19 lines: passed files x19\nFAIL src/cart.test.ts')
  })

  it('refuses an unknown filter with a hint (I-7)', async () => {
    const { code, err } = await cli.run(['filters', 'test', 'nothing'])
    expect(code).toBe(2)
    expect(err).toContain('headroom filters list names them')
  })
})

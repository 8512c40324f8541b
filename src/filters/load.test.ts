import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHeadroom } from '../create.js'
import { checkFilter } from './check.js'
import { patternFault } from './compile.js'
import { loadFilters, PROJECT_FOLDER } from './load.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'headroom-filters-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const FILTER = { name: 'shop', version: 1, about: 'failures stay', match: [{ program: 'shopctl' }], cases: [] }

describe('loadFilters', () => {
  it('reads JSON and YAML, one filter or a list of them', () => {
    writeFileSync(join(folder, 'a.json'), JSON.stringify(FILTER))
    writeFileSync(join(folder, 'b.yaml'), `- {name: b, version: 1, about: x, match: [{program: b}], cases: []}\n`)
    writeFileSync(join(folder, 'notes.txt'), 'not a filter')
    const { loaded, faults } = loadFilters([folder])
    expect(loaded.map(({ filter }) => filter.name)).toEqual(['shop', 'b'])
    expect(faults).toEqual([])
  })

  it('takes the filter of the first folder where two have one name', () => {
    const other = join(folder, 'other')
    mkdirSync(other)
    writeFileSync(join(folder, 'a.json'), JSON.stringify(FILTER))
    writeFileSync(join(other, 'a.json'), JSON.stringify({ ...FILTER, about: 'another' }))
    const { loaded, faults } = loadFilters([folder, other])
    expect(loaded.map(({ filter }) => filter.about)).toEqual(['failures stay'])
    expect(faults).toEqual([])
  })

  it('leaves out what it cannot use, says why, and keeps the others', () => {
    writeFileSync(join(folder, 'a.json'), '{"name":')
    writeFileSync(join(folder, 'b.yaml'), 'a: [b')
    writeFileSync(join(folder, 'c.json'), JSON.stringify(FILTER))
    writeFileSync(join(folder, 'd.json'), JSON.stringify(FILTER))
    const { loaded, faults } = loadFilters([folder, join(folder, 'none')])
    expect(loaded).toHaveLength(1)
    expect(faults.map(({ message }) => message.replace(/:.*/, ''))).toEqual([
      'cannot be read',
      'cannot be read',
      expect.stringContaining('a filter named "shop" is in'),
    ])
  })
})

describe('checkFilter', () => {
  const faultsOf = (change: object): readonly string[] => {
    const checked = checkFilter({ ...FILTER, ...change })
    return 'faults' in checked ? checked.faults : []
  }

  it('names the place, the fault and the nearest key', () => {
    expect(faultsOf({})).toEqual([])
    expect(faultsOf({ mach: [] })).toEqual(['mach is no key of it; did you mean "match"?'])
    expect(faultsOf({ match: [{ program: 'x', flag: ['-v'] }] })).toEqual([
      'match[0].flag is no key of it; did you mean "flags"?',
    ])
    expect(faultsOf({ match: [] })).toEqual(['match must have at least one entry'])
    expect(faultsOf({ name: 'Shop Tool' })[0]).toContain('small letters and digits')
    expect(faultsOf({ fold: [{ pattern: '(', as: 'x' }] })[0]).toMatch(/^fold\[0\]\.pattern is no regular expression/)
    expect(faultsOf({ fold: [{ pattern: 'x' }] })).toEqual(['fold[0].as is missing'])
    expect('faults' in checkFilter(null) && 'faults' in checkFilter([]) && 'faults' in checkFilter('x')).toBe(true)
  })

  it('refuses patterns that could take very long, and no others (J-7)', () => {
    for (const pattern of [
      '(a+)+',
      '(a|b)*',
      '(?:x*y)+',
      '((a)+)*',
      'a.*b.*c.*d',
      '(a)\\1',
      '(?:a{2,}){3,}',
      '',
      'x'.repeat(501),
    ])
      expect(patternFault(pattern), pattern).toBeDefined()
    for (const pattern of [
      '^PASS .*$',
      'a+b+c+',
      '[(a+)+]',
      '\\(a+\\)+',
      '(a|b)c*',
      '^(?:x|y){1,3}$',
      '^\\S+\\s+\\d+ .*$',
      '(?<kind>\\w+) ok',
    ])
      expect(patternFault(pattern), pattern).toBeUndefined()
  })
})

describe('an engine', () => {
  it('shortens with the filters of its project, and works beside a broken one', async () => {
    const own = join(folder, PROJECT_FOLDER)
    mkdirSync(own, { recursive: true })
    writeFileSync(join(own, 'bad.yaml'), 'name: [')
    writeFileSync(
      join(own, 'shop.json'),
      JSON.stringify({ ...FILTER, fold: [{ pattern: '^region \\S+ deployed by wave \\d+$', as: 'regions' }] }),
    )
    const warnings: string[] = []
    const engine = createHeadroom({
      home: join(folder, 'home'),
      project: folder,
      logger: (_, message) => warnings.push(message),
    })
    const rows = Array.from({ length: 120 }, (_, index) => `region r${index} deployed by wave ${index}`)
    const text = [...rows.slice(0, 60), 'region r60 refused the deployment', ...rows.slice(60), 'done'].join('\n')
    const result = await engine.compressText(text, { tool: { name: 'Bash', input: { command: 'shopctl deploy' } } })
    await engine.close()
    expect(result.text).toContain('regions x')
    expect(result.text).toContain('region r60 refused the deployment')
    expect(warnings).toContain('a filter is left out; headroom filters list names it')
  })
})

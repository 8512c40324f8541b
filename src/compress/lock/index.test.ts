import { describe, expect, it } from 'vitest'
import { readLines } from '../../../test/properties/read-lines.js'
import { planFault, render } from '../../base/plan.js'
import type { CompressInput } from '../../spec/compressor.js'
import type { Gap, Plan } from '../../spec/plan.js'
import { lock } from './index.js'

const count = (text: string): number => Math.ceil(text.length / 3)
const marker = ({ count: n, range, note = '' }: Gap): string =>
  `[${n} ${n === 1 ? 'line' : 'lines'} not shown: ${range?.join('-')}, ${note}]`
const shown = (text: string, query?: string): string => {
  const input: CompressInput = {
    text,
    type: 'lock',
    origin: {},
    tokens: count(text),
    protectedSpans: [],
    mayElide: true,
    policy: 'balanced',
    count,
    ...(query === undefined ? {} : { query }),
  }
  const plan = lock.compress(input) as Plan
  expect(plan).not.toHaveProperty('skip')
  expect(planFault(plan, text)).toBeUndefined()
  const out = render(plan, text, marker)
  expect(readLines(text, out).fault).toBeUndefined()
  return out
}

const NAMES = Array.from({ length: 40 }, (_, at) => `pkg-${String(at).padStart(2, '0')}`)
const hash = (at: number): string => ((at + 3) * 7919).toString(16).padStart(64, '0')
const FORMS: Readonly<Record<string, (name: string, at: number) => string>> = {
  yarn: (name, at) =>
    `"${name}@^1.0.0":\n  version "1.${at}.0"\n  resolved "https://r.acme.io/${name}.tgz"\n  integrity sha512-${hash(at)}\n\n`,
  cargo: (name, at) =>
    `[[package]]\nname = "${name}"\nversion = "1.${at}.0"\nsource = "registry+https://crates.io"\nchecksum = "${hash(at)}"\n\n`,
  pnpm: (name, at) => `  /${name}@1.${at}.0:\n    resolution: {integrity: sha512-${hash(at)}}\n    dev: true\n\n`,
  gems: (name, at) => `    ${name} (1.${at}.0)\n      rack (>= 2)\n`,
  requirements: (name, at) => `${name}==1.${at}.0 \\\n    --hash=sha256:${hash(at)}\n`,
  goSum: (name, at) => `acme.io/${name} v1.${at}.0 h1:${hash(at)}=\n`,
}

describe('lock', () => {
  // Gems have no hashes: their lines are names and versions already, so a run of them is counted and its ends are named.
  const hashed = Object.entries(FORMS).filter(([form]) => form !== 'gems')
  it.each(hashed)('names every package and version of %s, and leaves hashes out', (_, write) => {
    const text = NAMES.map(write).join('')
    const out = shown(text)
    NAMES.forEach((name, at) => {
      expect(out).toContain(name)
      expect(out).toContain(`1.${at}.0`)
    })
    expect(out.length).toBeLessThan(text.length * 0.6)
  })

  it.each(Object.entries(FORMS))('shows the package of %s that is asked for', (_, write) => {
    const out = shown(NAMES.map(write).join(''), 'which version of pkg-23 is locked?')
    for (const line of write(NAMES[23]!, 23).split('\n').slice(0, 3)) expect(out).toContain(line)
  })

  it('keeps a package from another host and one without a hash (A-5)', () => {
    const text = NAMES.map((name, at) =>
      at === 17
        ? FORMS.yarn!(name, at).replace('https://r.acme.io', 'http://10.0.0.9')
        : at === 29
          ? FORMS.yarn!(name, at).replace(/ {2}integrity.*\n/, '')
          : FORMS.yarn!(name, at),
    ).join('')
    const out = shown(text)
    expect(out).toContain('resolved "http://10.0.0.9/pkg-17.tgz"')
    expect(out).toContain('"pkg-29@^1.0.0":\n  version "1.29.0"')
  })
})

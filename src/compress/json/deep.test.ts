import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outputOf } from '../../../test/conformance/compressor.js'
import { json } from './index.js'

const ENDINGS = ['ts', 'py', 'md', 'json']

/** Folders in folders, twelve files each; `at` names the file that is called otherwise. */
const treeWith = (odd: string, at: number): string => {
  let files = 0
  const folder = (name: string, depth: number): object => ({
    name,
    type: 'directory',
    children: [
      ...(depth > 0 ? [0, 1, 2].map((index) => folder(`part_${index}`, depth - 1)) : []),
      ...Array.from({ length: 12 }, (_, index) => {
        const own = files++ === at
        return { name: own ? odd : `module_${index}.${ENDINGS[index % 4]}`, type: 'file', size: 1000 + index * 37 }
      }),
    ],
  })
  return JSON.stringify(folder('project', 3), null, 2)
}

describe('a name unlike all others', () => {
  it('is shown wherever it stands in a nested text (A-5)', () => {
    fc.assert(
      fc.property(
        fc.nat(479),
        fc.constantFrom('id_rsa.pem', 'dump.sql', '.env', 'backdoor.py', 'module_7.pem'),
        (at, odd) => {
          const text = treeWith(odd, at)
          const out = outputOf(json, text)
          expect(out.length).toBeLessThan(text.length * 0.5)
          expect(out).toContain(`"${odd}"`)
        },
      ),
      { numRuns: 60 },
    )
  })
})

import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { planFault, render } from '../../base/plan.js'
import { readWasm } from '../../grammars/read.js'
import type { CompressInput } from '../../spec/compressor.js'
import type { Gap } from '../../spec/plan.js'
import { loadParser } from './grammars.js'
import { createCode } from './index.js'
import { LANGUAGES } from './languages.js'
import { errorsIn } from './proof.js'
import { SAMPLES } from './samples.testkit.js'

const code = createCode({ readWasm })
const marker = ({ count, unit, range }: Gap): string => `[${count} ${unit} not shown: ${range![0]}-${range![1]}]`

const inputOf = (text: string, language: string, more: Partial<CompressInput> = {}): CompressInput => ({
  text,
  type: 'code',
  language,
  origin: {},
  tokens: Math.ceil(text.length / 4),
  protectedSpans: [],
  mayElide: true,
  policy: 'balanced',
  count: (value) => Math.ceil(value.length / 4),
  ...more,
})

const folded = (text: string, language: string, more: Partial<CompressInput> = {}): string => {
  const plan = code.compress(inputOf(text, language, more))
  if ('skip' in plan) return `skip ${plan.skip} ${plan.detail}`
  expect(planFault(plan, text)).toBeUndefined()
  const out = render(plan, text, marker)
  expect(code.verify!(text, out, plan)).toBe(true)
  return out
}

const errors = async (text: string, language: string): Promise<number> => {
  const parser = await loadParser({ readWasm }, language)
  if ('missing' in parser) throw new Error(parser.missing)
  const tree = parser.parse(text)!
  const count = errorsIn(tree.rootNode)
  tree.delete()
  return count
}

/** Lines of the output are those of the source, in order, and gaps that count the others. */
const truthOf = (source: string, output: string): void => {
  const from = source.split('\n')
  let at = 0
  for (const line of output.split('\n')) {
    const gap = /\[(\d+) lines? not shown: (\d+)-(\d+)\]/.exec(line)
    if (gap !== null && from[at] !== line) {
      expect(Number(gap[2])).toBe(at + 1)
      at += Number(gap[1])
      expect(Number(gap[3])).toBe(at)
    } else expect(line).toBe(from[at++])
  }
  expect(at).toBe(from.length)
}

beforeAll(async () => {
  for (const language of LANGUAGES.keys()) await code.prepare!({ type: 'code', language })
}, 60_000)

describe('code', () => {
  for (const { name, language, text, keeps, folds } of SAMPLES)
    it(`folds ${name}: heads stay, bodies go, and it still parses (A-2, A-3, A-21)`, async () => {
      const out = folded(text, language)
      for (const piece of keeps) expect(out).toContain(piece)
      for (const piece of folds) expect(out).not.toContain(piece)
      truthOf(text, out)
      expect(await errors(out, language)).toBeLessThanOrEqual(await errors(text, language))
    })

  it('keeps the body that the question names, with the comment above it', () => {
    const { text, language } = SAMPLES.find(({ name }) => name === 'a TypeScript class')!
    const out = folded(text, language, { query: 'Why does refund fail?' })
    expect(out).toContain("throw new Error('nothing was charged')")
    expect(out).not.toContain('gateway.charge')
    truthOf(text, out)
  })

  it('keeps the way to a rare literal of the question, whatever holds it', () => {
    const body = Array.from({ length: 400 }, (_, i) => `    total_${i} = step(${i})\n    assert total_${i} > 0`).join(
      '\n',
    )
    const text = `def run(step):\n${body}\n    needle_42 = 1\n${body}\n    return needle_42\n`
    const out = folded(text, 'python', { query: 'where is needle_42 set?' })
    expect(out).toContain('needle_42 = 1')
    expect(out.length).toBeLessThan(text.length / 4)
    truthOf(text, out)
  })

  it('gives ranges in the numbers of the file, and parses without them', async () => {
    const { text, language } = SAMPLES.find(({ name }) => name === 'a Python module')!
    const numbered = text
      .trimEnd()
      .split('\n')
      .map((line, index) => `${String(index + 201).padStart(6)}\t${line}`)
      .join('\n')
    const out = folded(numbered, language)
    const gaps = [...out.matchAll(/\[(\d+) lines not shown: (\d+)-(\d+)\]/g)].map((gap) => gap.slice(1).map(Number))
    expect(gaps.length).toBeGreaterThan(1)
    for (const [count, first, last] of gaps) {
      expect(last! - first! + 1).toBe(count)
      expect(first).toBeGreaterThan(200)
    }
    expect(await errors(out.replace(/^ *\d+\t/gm, ''), language)).toBe(0)
  })

  it('keeps line ends, tabs, wide characters and a byte order mark as they are', async () => {
    for (const { text, language } of SAMPLES) {
      const dressed = `\ufeff${text.replaceAll('gateway', 'ゲート😀').replaceAll('\n', '\r\n')}`
      const out = folded(dressed, language)
      if (out.startsWith('skip')) continue
      expect(out).not.toMatch(/[^\r]\n/)
      truthOf(dressed, out)
    }
    expect(await errors(folded(`\ufeff${SAMPLES[0]!.text}`, SAMPLES[0]!.language), SAMPLES[0]!.language)).toBe(0)
  })

  it('leaves a function alone that begins or ends outside the text', () => {
    const { text, language } = SAMPLES.find(({ name }) => name === 'a Python module')!
    const lines = text.split('\n')
    for (let cut = 1; cut < lines.length; cut++) {
      const part = lines.slice(cut, cut + 30).join('\n')
      const out = folded(part, language)
      if (!out.startsWith('skip')) truthOf(part, out)
    }
  })

  it('says which grammar is missing, and refuses where nothing may be left out', async () => {
    const broken = createCode({ readWasm: () => Promise.reject(new Error('no file')) })
    expect(broken.compress(inputOf('x = 1\n', 'python'))).toMatchObject({ skip: 'no-grammar', detail: 'python' })
    await code.prepare!({ type: 'code', language: 'cobol' })
    expect(code.compress(inputOf('x', 'cobol'))).toMatchObject({ skip: 'no-grammar', detail: 'cobol' })
    expect(code.compress(inputOf(SAMPLES[0]!.text, 'python', { mayElide: false }))).toMatchObject({
      skip: 'policy-lossless-only',
    })
  })

  it('takes no text for its own that its plan did not render', () => {
    const { text, language } = SAMPLES[0]!
    const plan = code.compress(inputOf(text, language))
    if ('skip' in plan) throw new Error(plan.skip)
    const out = render(plan, text, marker)
    expect(code.verify!(text, out.replace('import', 'imporT'), plan)).toBe(false)
    expect(
      code.verify!(
        text,
        render(plan, text, () => '[3 lines\nnot shown]'),
        plan,
      ),
    ).toBe(false)
    expect(code.verify!(text, `${out} `, plan)).toBe(false)
    expect(code.verify!(text, out, { ...plan })).toBe(false)
  })

  it('tells the truth about any mix of lines of any language, and never throws', () => {
    const lines = SAMPLES.flatMap(({ text }) => text.split('\n'))
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...lines), { minLength: 5, maxLength: 80 }),
        fc.constantFrom(...LANGUAGES.keys()),
        (parts, language) => {
          const text = parts.join('\n')
          const out = folded(text, language)
          if (!out.startsWith('skip')) truthOf(text, out)
        },
      ),
      { numRuns: 150 },
    )
  })
})

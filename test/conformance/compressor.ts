// Promises that every compressor keeps. Each compressor's own test calls this suite with samples of its kind.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elides, planFault, render } from '../../src/base/plan.js'
import { isSkip } from '../../src/base/skip.js'
import type { CompressInput, Compressor } from '../../src/spec/compressor.js'
import type { Gap, Plan, Rewrite } from '../../src/spec/plan.js'

export interface CompressorSamples {
  /** Texts of the kind the compressor is made for. */
  readonly texts: readonly string[]
  /** Generator of texts of that kind, for the property runs. */
  readonly arbitrary: fc.Arbitrary<string>
  /** False where kept source lines may be rewritten (JSON). Default true (A-2). */
  readonly verbatimLines?: boolean
  /** True where what stays is whole sentences, which may begin within a line. */
  readonly sentences?: boolean
  /**
   * A lossy form may rewrite what this accepts (hunk headers that count what is left of a hunk). Lines that vanish so
   * are counted in a gap elsewhere: then the sum of all gaps must be true, not each.
   */
  readonly mayRewrite?: (rewrite: Rewrite, text: string) => boolean
}

/** Stand-in for the tokenizer: deterministic and close enough for forms to be compared. */
export const countApprox = (text: string): number => Math.ceil(text.length / 4)

export const printGap = (gap: Gap, first: boolean): string =>
  `[${gap.count} ${gap.unit} not shown${gap.note ? `: ${gap.note}` : ''}${first ? '; full text kept; id 0123456789abcdef' : ''}]`

export const inputOf = (text: string, compressor: Compressor, more: Partial<CompressInput> = {}): CompressInput => ({
  text,
  type: compressor.accepts[0]!,
  origin: {},
  tokens: countApprox(text),
  protectedSpans: [],
  mayElide: true,
  policy: 'balanced',
  count: countApprox,
  ...more,
})

export const outputOf = (compressor: Compressor, text: string, more: Partial<CompressInput> = {}): string => {
  const plan = compressor.compress(inputOf(text, compressor, more))
  return isSkip(plan) ? text : render(plan, text, printGap)
}

export const conformsToCompressor = (compressor: Compressor, samples: CompressorSamples): void => {
  const planOf = (text: string, more: Partial<CompressInput> = {}): Plan | undefined => {
    const plan = compressor.compress(inputOf(text, compressor, more))
    return isSkip(plan) ? undefined : plan
  }
  const holds = (text: string): void => {
    const plan = planOf(text)
    if (plan === undefined) return
    expect(planFault(plan, text)).toBeUndefined()
    const out = render(plan, text, printGap)
    expect(render(planOf(text)!, text, printGap)).toBe(out)
    if (compressor.verify) expect(compressor.verify(text, out, plan)).toBe(true)
    if (samples.verbatimLines !== false) expectVerbatim(text, plan, samples)
  }
  describe(`${compressor.name} keeps the promises of all compressors`, () => {
    it('covers its samples once, in order, the same way twice', () => samples.texts.forEach(holds))
    it('covers generated text of its kind once, in order, the same way twice', () => {
      fc.assert(fc.property(samples.arbitrary, holds), { numRuns: 300 })
    })
    it('answers any garbage with a plan that covers it or a skip', () => {
      fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 4000 }), holds), { numRuns: 300 })
    })
    it('elides nothing when it may not (strict)', () => {
      for (const text of samples.texts) {
        const plan = planOf(text, { mayElide: false })
        if (plan) expect(elides(plan)).toBe(false)
      }
    })
    it('leaves protected spans as they are', () => {
      for (const text of samples.texts) {
        const start = text.indexOf('\n', text.length >> 1) + 1
        const end = text.indexOf('\n', start)
        if (start <= 0 || end <= start) continue
        const out = outputOf(compressor, text, { protectedSpans: [{ start, end }] })
        expect(out).toContain(text.slice(start, end))
      }
    })
    it('names only spans that the source has: counts in lines are true (A-3)', () => {
      for (const text of samples.texts) {
        const plan = planOf(text)
        if (plan && samples.mayRewrite) expect(linesOf(text) - linesShown(plan, text)).toBe(linesTold(plan))
        else
          for (const segment of plan?.segments ?? []) {
            if (segment.kind !== 'elide' || segment.gap.unit !== 'lines') continue
            expect(segment.gap.count).toBe(text.slice(segment.start, segment.end).replace(/\n$/, '').split('\n').length)
          }
      }
    })
    it('copes with 1 MB in one line', () => {
      const started = process.cpuUsage()
      outputOf(compressor, 'x'.repeat(1_000_000))
      outputOf(compressor, '[{"a":'.repeat(160_000))
      const used = process.cpuUsage(started)
      expect((used.user + used.system) / 1000).toBeLessThan(4000)
    })
  })
}

/** A-2: between markers a lossy text holds only verbatim source lines, in order. */
const expectVerbatim = (text: string, plan: Plan, { mayRewrite, sentences }: CompressorSamples): void => {
  if (!elides(plan)) return
  for (const segment of plan.segments) {
    if (segment.kind === 'rewrite' && mayRewrite) expect(mayRewrite(segment, text)).toBe(true)
    else if (segment.kind === 'rewrite')
      expect(`rewrite of ${segment.start}-${segment.end}`).toBe('no rewrite in a text that elides lines')
    if (segment.kind === 'keep' && segment.start > 0 && sentences !== true) expect(text[segment.start - 1]).toBe('\n')
  }
}

const linesOf = (text: string): number => (text === '' ? 0 : text.replace(/\n$/, '').split('\n').length)

/** Source lines that a plan shows; a rewritten header stands for the header it replaces, a further one for none. */
const linesShown = (plan: Plan, text: string): number =>
  plan.segments.reduce((sum, segment) => {
    const source = text.slice(segment.start, segment.end)
    if (segment.kind === 'keep') return sum + linesOf(source)
    return segment.kind === 'rewrite' && segment.text !== '' && /^@@/m.test(source) ? sum + 1 : sum
  }, 0)

const linesTold = (plan: Plan): number =>
  plan.segments.reduce((sum, segment) => sum + (segment.kind === 'elide' ? segment.gap.count : 0), 0)

// The page: whole without anything from elsewhere, and safe whatever recordings are called.
import { describe, expect, it } from 'vitest'
import { deviationOf, reasonsIn, verdictsOf, whyOff } from './figures.js'
import { htmlReport } from './html.js'
import type { PolicyResult, ReceiptCheck, ReplayResult, SessionResult } from './result.js'
import { emptyBill, emptyPolicy } from './tally.js'

const policy = (plainTokens: number, contextTokens: readonly number[] = [10, 20]): PolicyResult => ({
  ...emptyPolicy,
  requests: 2,
  billed: { ...emptyPolicy.billed, freshTokens: plainTokens },
  inputMicroUsd: plainTokens * 3,
  outputMicroUsd: 10,
  plainTokens,
  contextTokens,
})

const words = (code: string): string => (code === 'below-floor' ? 'too short' : code)

const session = (id: string, balanced: number): SessionResult => ({
  id,
  agent: 'pi',
  models: ['m'],
  requests: 2,
  policies: { none: policy(1000, [400, 600]), balanced: policy(balanced) },
  assumed: [],
})

const resultOf = (sessions: readonly SessionResult[]): ReplayResult => ({
  policies: ['none', 'balanced'],
  sessions,
  totals: { none: policy(2000), balanced: policy(1500) },
  leftOut: [{ path: '/x', why: 'no format that is known' }],
  prices: { source: 's', date: '2026-01-01', unknownModels: [] },
})

const check = (billed: number, rebuiltTokens: number): ReceiptCheck => {
  const bill = { ...emptyBill, billed: { ...emptyBill.billed, freshTokens: billed } }
  return { requests: 1, recorded: bill, none: bill, rulesAlone: bill, rebuiltTokens, meanError: 0 }
}

describe('the page of a replay', () => {
  it('has no script and nothing from elsewhere', () => {
    const page = htmlReport(resultOf([session('a', 900)]), words)
    expect(page).not.toMatch(/<script|src=|href=|@import|url\(|https?:/)
  })

  it('writes names of recordings as text', () => {
    const page = htmlReport(resultOf([session('<img src=x onerror="1">&\'', 900)]), words)
    expect(page).not.toContain('<img')
    expect(page).toContain('&lt;img')
  })

  it('has every policy for each session, folded away', () => {
    const page = htmlReport(resultOf([session('a', 900), session('b', 800)]), words)
    expect(page.match(/<details><summary>pi [ab]<\/summary><div class="wide ?"><table>/g)).toHaveLength(2)
  })

  it('says beside the saving what a policy loses', () => {
    const lossy = {
      ...resultOf([session('a', 900)]),
      totals: { none: policy(2000), balanced: { ...policy(1500), lost: 3 } },
    }
    expect(htmlReport(lossy, words)).toContain('3 results needed later are lost')
  })

  it('draws the size of requests with and without, on one scale that begins at zero', () => {
    const page = htmlReport(resultOf([session('a', 900)]), words)
    expect(page).toContain('Size of requests over a session')
    expect(page.match(/<polyline/g)).toHaveLength(2)
    // 600 tokens is the highest point and 1,000 the top of the scale.
    expect(page).toContain('>1k</text>')
    expect(htmlReport(resultOf([]), words)).not.toContain('<polyline')
  })
})

describe('figures of a replay', () => {
  it('say of every token that is still sent why it is (I-5)', () => {
    const row = { blocks: 1, tokens: 1 }
    const rows = [
      { ...row, of: 'assistant', sentTokens: 500 },
      { ...row, of: 'Bash', contentType: 'log', state: 'log/lines', sentTokens: 200 },
      { ...row, of: 'assistant', contentType: 'text', state: 'below-floor', sentTokens: 100 },
      { ...row, of: 'Bash', contentType: 'text', state: 'below-floor', sentTokens: 200 },
    ]
    expect(reasonsIn(rows, words).map(({ reason, share }) => [reason, share])).toEqual([
      ["the model's own turns are never changed", 0.5],
      ['below-floor: too short', 0.3],
      ['sent in a short form', 0.2],
    ])
    const page = htmlReport({ ...resultOf([session('a', 900)]), census: { balanced: rows } }, words)
    expect(page).toContain('<li>30.0 %: below-floor: too short</li>')
  })

  it('names the session that a policy serves worst, and counts those that cost more (B-10)', () => {
    const [verdict] = verdictsOf(resultOf([session('a', 900), session('b', 1010), session('c', 1000)]))
    expect(verdict).toMatchObject({ policy: 'balanced', dearer: 1 })
    expect(verdict!.worst.id).toBe('b')
    expect(verdict!.change).toBeCloseTo(0.01)
  })

  it('says why a session cannot be rebuilt from three percent on (I-1)', () => {
    expect(deviationOf(check(1000, 1020))).toBeCloseTo(0.02)
    expect(whyOff(check(1000, 1029))).toBeUndefined()
    expect(whyOff(check(1000, 1031))).toContain('left out')
    expect(whyOff(check(1000, 900))).toContain('does not hold')
  })
})

import { describe, expect, it } from 'vitest'
import { render } from '../base/plan.js'
import type { ReferRequest, TextSource } from '../spec/reference.js'
import { markers } from '../store/marker.js'
import { createReferences } from './index.js'

const newIndex = createReferences({
  findMarkers: markers.find,
  isVerdict: (line) => /FAIL|passed/.test(line),
  isFailure: (line) => line.includes('FAIL'),
})
const source: TextSource = { kind: 'result', tool: 'Bash', subject: 'npm  test', isCommand: true }

const runOf = (ms: (at: number) => number, more: (at: number) => string | undefined = () => undefined): string =>
  `${Array.from({ length: 60 }, (_, at) => more(at) ?? `✓ keeps part ${at} in order at 10:0${at % 10}:11 (${ms(at)} ms)`).join('\n')}\n58 passed\n`

const ask = (text: string, more: Partial<ReferRequest> = {}): ReferRequest => ({
  ...{ text, form: text, source: { ...source, subject: 'npm test' }, before: 9, whole: false, isRun: true },
  count: (value) => value.length >> 2,
  ...more,
})

const shownBefore = (text: string, sent = text, subject = source.subject!) => {
  const index = newIndex()
  index.add({ block: 0, source: { ...source, subject }, id: () => 'first', read: () => ({ original: text, sent }) })
  return (request: ReferRequest) => {
    const again = index.rerun(request)
    return again && render(again.plan, request.text, (gap) => markers.print(gap))
  }
}

describe('a run after a run', () => {
  it('folds what differs in times alone, under a note that says so, and keeps verdicts and what is new', () => {
    const rerun = shownBefore(
      runOf(
        (at) => at,
        (at) => (at === 3 ? 'FAIL part 3' : undefined),
      ),
    )
    const text = runOf(
      (at) => at + 5,
      (at) => (at === 40 ? 'FAIL part 40' : undefined),
    )
    expect(rerun(ask(text))).toMatchInlineSnapshot(`
      "[3 lines not shown: 1-3, same as the earlier run of npm test above but for times and ids, 1 of its error lines is gone]
      ✓ keeps part 3 in order at 10:03:11 (8 ms)
      [36 lines not shown: 5-40, likewise]
      FAIL part 40
      [19 lines not shown: 42-60, likewise]
      58 passed
      "
    `)
  })

  it('takes no number but times and ids for the same', () => {
    const rerun = shownBefore(
      runOf(
        () => 1,
        (at) => `part ${at} has 0 open files after 3 ms`,
      ),
    )
    expect(
      rerun(
        ask(
          runOf(
            () => 2,
            (at) => `part ${at} has 1 open files after 4 ms`,
          ),
        ),
      ),
    ).toBeUndefined()
    expect(
      rerun(
        ask(
          runOf(
            () => 2,
            (at) => `part ${at} has 0 open files after 4 ms`,
          ),
        ),
      ),
    ).toBeDefined()
  })

  it('takes no checksum for an id', () => {
    const sums = (digits: string): string =>
      Array.from({ length: 20 }, (_, at) => `${digits.repeat(32)}${String(at).padStart(2, '0')}  part-${at}.bin`).join(
        '\n',
      )
    expect(shownBefore(sums('a1'))(ask(sums('b2')))).toBeUndefined()
  })

  it('calls what another command printed by its name, and takes its clocks for news', () => {
    const head = 'building\nlinking\npacking\n'
    const rerun = shownBefore(head + runOf((at) => at))
    const other = { source: { ...source, subject: 'npm test -- queue' } }
    const later = head + runOf((at) => at + 5)
    expect(rerun(ask(later, other))).toBe(
      '[63 lines not shown: 1-63, same as in npm test above but for times and ids]\n58 passed\n',
    )
    expect(rerun(ask(later.replaceAll(' 10:', ' 11:')))).toBeDefined()
    expect(rerun(ask(later.replaceAll(' 10:', ' 11:'), other))).toBeUndefined()
    expect(
      rerun(
        ask(
          runOf((at) => at + 5),
          other,
        ),
      ),
    ).toBeUndefined()
    expect(rerun(ask(later, { before: 0 }))).toBeUndefined()
    expect(rerun(ask(later, { source: { ...source, tool: 'Other' } }))).toBeUndefined()
    expect(rerun(ask(later, { source: { ...source, isCommand: false } }))).toBeUndefined()
  })

  it('compares with the run that agrees most, and still tells what is gone since the last one (A-18)', () => {
    const index = newIndex()
    const broken = Array.from({ length: 20 }, (_, at) => `FAIL part ${at}`).join('\n')
    const texts = [runOf((at) => at), `${broken}\n`]
    for (const [block, text] of texts.entries())
      index.add({ block, source, id: () => `run ${block}`, read: () => ({ original: text, sent: text }) })
    const request = ask(runOf((at) => at + 5))
    const again = index.rerun(request)!
    expect(render(again.plan, request.text, (gap) => markers.print(gap))).toBe(
      '[60 lines not shown: 1-60, same as an earlier run of npm test above but for times and ids, 20 error lines of the last run are gone]\n58 passed\n',
    )
    expect(again.bases.map(({ id }) => id)).toEqual(['run 0', 'run 1'])
  })

  it('follows a stretch whose first line stands in many places', () => {
    const rerun = shownBefore(
      Array.from({ length: 30 }, (_, at) => `> check --all of this\nstep ${at} took 3 ms`).join('\n'),
    )
    const text = Array.from({ length: 12 }, (_, at) => `> check --all of this\nstep ${at + 5} took 4 ms`).join('\n')
    expect(rerun(ask(`${text}\ndone`))).toBe(
      '[24 lines not shown: 1-24, same as the earlier run of npm test above but for times and ids]\ndone',
    )
  })

  it('tells what is the same as lines that the earlier run had and no longer shows, and keeps the last line', () => {
    const text = `${runOf((at) => at).replace('58 passed', 'ready')}`
    expect(shownBefore(text)(ask(text))).toBeUndefined()
    expect(shownBefore(text, '[61 lines not shown]\n')(ask(text))).toBe(
      '[60 lines not shown: 1-60, same as the earlier run of npm test above]\nready\n',
    )
  })

  it('rests on the earlier block itself, whatever of it is sent (A-18)', () => {
    const index = newIndex()
    const text = runOf((at) => at)
    index.add({ block: 3, source, id: () => 'first', read: () => ({ original: text, sent: '[61 lines not shown]\n' }) })
    const bases = index.rerun(ask(runOf((at) => at + 1)))?.bases ?? []
    expect(bases.map((base) => index.holds(base, 9))).toEqual([true])
    expect(bases.map((base) => index.holds(base, 3))).toEqual([false])
    index.cut(0)
    expect(bases.map((base) => index.holds(base, 9))).toEqual([false])
  })

  it('knows commits by what they are, and other commands to the letter', () => {
    const again = (before: string, now: string): string | undefined =>
      shownBefore(
        runOf((at) => at),
        undefined,
        before,
      )(
        ask(
          runOf((at) => at + 5),
          { source: { ...source, subject: now } },
        ),
      )
    expect(
      again('cd /a && git add . && git commit -m "one; two"', "cd /a && git add b && git commit -m 'three'"),
    ).toContain('same as the earlier run of git add && git commit above but for times and ids')
    expect(again('cd /a && npm test', 'cd /b && npm test')).toBeUndefined()
    expect(again('npm test "a"', 'npm test "b"')).toBeUndefined()
    expect(again('npm test 2>&1', 'npm test  2>&1')).toContain('run of npm test 2>&1 above')
  })

  it('masks in linear time (J-7)', () => {
    for (const piece of ['1', 'a1', '0x', '12:', '1 ', '/tmp/', 'pid=', '2026-01-01T']) {
      const hostile = `${piece.repeat(Math.ceil(1_000_000 / piece.length))}\n`
      const rerun = shownBefore(hostile)
      const from = performance.now()
      rerun(ask(`${hostile}x`))
      expect(performance.now() - from).toBeLessThan(1000)
    }
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conformsToCompressor, countApprox, inputOf, outputOf } from '../../../test/conformance/compressor.js'
import { isSkip } from '../../base/skip.js'
import { severityOf } from '../../salience/severity.js'
import { FAILURE_SAMPLES } from './failure-samples.js'
import { log } from './index.js'
import { plantedLog } from './planted-logs.js'

const sampleText = (name: string): string => FAILURE_SAMPLES[name]!.slice(1).replaceAll(/^!/gm, '')
const build = (lines: number): string[] =>
  Array.from({ length: lines }, (_, i) => `[${i}/${lines}] compiling module_${i % 37} in ${i % 13} ms`)

/** Lines as logs have them: repeats, blanks, colours, carriage returns, clocks, failures, CRLF, text beyond ASCII. */
const logLine = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.nat(400).map((i) => `2024-03-11 06:00:${String(i % 60).padStart(2, '0')} INFO tick ${i}`),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      ' ',
      '\tat com.acme.Main.main(Main.java:3)',
      'ERROR disk full',
      'FAILED',
      '\x1b[31mbad\x1b[0m',
    ),
  },
  { weight: 1, arbitrary: fc.nat(100).map((i) => `${i}%\r${i + 1}%\r\x1b[0Kdone ${i}\r`) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => text.replaceAll('\n', ' ')) },
  { weight: 1, arbitrary: fc.constantFrom(...Object.keys(FAILURE_SAMPLES)).map(sampleText) },
)
const logText = fc
  .tuple(fc.array(logLine, { maxLength: 160 }), fc.boolean())
  .map(([lines, closed]) => lines.join('\n') + (closed ? '\n' : ''))

conformsToCompressor(log, {
  texts: [
    ...[1, 2, 3, 4, 5, 6].map((seed) => plantedLog(seed).text),
    [...build(900), sampleText('pytest block'), ...build(80)].join('\n'),
    [...build(300), sampleText('java exception')].join('\r\n'),
  ],
  arbitrary: logText,
})

describe('log', () => {
  it('accounts for every line: kept plus counted is all (A-3)', () => {
    fc.assert(
      fc.property(logText, (text) => {
        const plan = log.compress(inputOf(text, log))
        if (isSkip(plan)) return
        let lines = 0
        for (const segment of plan.segments) {
          const inside = text.slice(segment.start, segment.end).replace(/\n$/, '').split('\n').length
          if (segment.kind === 'elide') expect(segment.gap.count).toBe(inside)
          lines += inside
        }
        expect(lines).toBe(text.replace(/\n$/, '').split('\n').length)
      }),
      { numRuns: 1000 },
    )
  })

  it('shows no line that the source does not have, and all in order (A-2)', () => {
    fc.assert(
      fc.property(logText, (text) => {
        const source = text.split('\n')
        let at = 0
        for (const line of outputOf(log, text).split('\n')) {
          if (/^\[\d+ lines not shown/.test(line)) continue
          at = source.indexOf(line, at) + 1
          expect(at, JSON.stringify(line)).toBeGreaterThan(0)
        }
      }),
      { numRuns: 10_000 },
    )
  })

  it('keeps the first failure and the last line whatever the budget is', () => {
    const text = [...build(400), 'FATAL disk gone', ...build(400), 'bye'].join('\n')
    const out = outputOf(log, text, { budgetTokens: 1 }).split('\n')
    expect(out).toContain('FATAL disk gone')
    expect(out.at(-1)).toBe('bye')
  })

  it('names every failing test before it shows details of any', () => {
    const failures = Array.from({ length: 60 }, (_, i) => [
      `--- FAIL: TestCase${i}Holds (0.0${i % 9}s)`,
      `    case_test.go:${i}: got ${i}, want ${i + 1}`,
    ])
    const text = [...build(2000), ...failures.flat(), ...build(200)].join('\n')
    const out = outputOf(log, text)
    for (const [name] of failures) expect(out).toContain(name)
  })

  it('shows a repeated failure once and says how often it came', () => {
    const text = Array.from(
      { length: 900 },
      (_, i) =>
        `06:${String(Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')} ERROR cannot reach db-1: timeout`,
    ).join('\n')
    const out = outputOf(log, text)
    expect(out.split('\n').length).toBeLessThan(40)
    expect(out).toMatch(/\b8\d\d error lines/)
  })

  it('keeps the line a question names, however dull it is', () => {
    const lines = build(3000)
    lines[1500] = '[1500/3000] compiling module_zebra in 4 ms'
    expect(outputOf(log, lines.join('\n'), { query: 'When was `module_zebra` compiled?' })).toContain(lines[1500])
    lines[700] = 'maxSessionTimeout set to -1'
    expect(outputOf(log, lines.join('\n'), { query: 'What is the max session timeout?' })).toContain(lines[700])
  })

  it('finds the slowest lines when asked why something is slow', () => {
    const lines = Array.from(
      { length: 800 },
      (_, i) => `GET /cart request ${i} took ${i === 333 ? 7900 : i % 2 ? 2 : 4000 + i}ms`,
    )
    expect(outputOf(log, lines.join('\n'), { query: 'Why is the cart slow?' })).toContain(lines[333])
  })

  it('keeps every row of a table that is not as it should be, and counts the others', () => {
    const row = (name: string, ready: string, status: string): string =>
      `${name.padEnd(30)}${ready.padEnd(8)}${status.padEnd(20)}0          5d      app=${name},tier=backend,team=payments`
    const rows = Array.from({ length: 60 }, (_, i) => row(`web-${i}-7c67c65579`, '1/1', 'Running'))
    rows[17] = row('worker-1', '0/1', 'CrashLoopBackOff')
    rows[41] = row('queue-1', '0/1', 'Pending')
    const text = [row('NAME', 'READY', 'STATUS').replace(/0 +5d +app=.*/, 'RESTARTS   AGE     LABELS'), ...rows].join(
      '\n',
    )
    const out = outputOf(log, text)
    expect(out).toContain(rows[17])
    expect(out).toContain(rows[41])
    expect(out).toMatch(/lines not shown: Running x\d+/)
    expect(countApprox(out)).toBeLessThan(countApprox(text) * 0.5)
  })

  it('keeps reason, exit code and events of a description', () => {
    const labels = Array.from({ length: 200 }, (_, i) => `                 example.com/label-${i}=value-${i}`)
    const text = `Name:             worker-1\nNamespace:        default\nNode:             n1\nLabels:           a=b\n${labels.join('\n')}\nStatus:           Running\nContainers:\n  main:\n    State:          Waiting\n      Reason:       CrashLoopBackOff\n    Last State:     Terminated\n      Exit Code:    137\n    Ready:          False\nEvents:\n  Type     Reason   Age  From     Message\n  ----     ------   ---- ----     -------\n  Warning  BackOff  10s  kubelet  Back-off restarting failed container\n`
    const out = outputOf(log, text)
    for (const wanted of [
      'Reason:       CrashLoopBackOff',
      'Exit Code:    137',
      'Back-off restarting failed container',
      'Name:             worker-1',
    ])
      expect(out).toContain(wanted)
    expect(countApprox(out)).toBeLessThan(countApprox(text) * 0.5)
  })

  it('shows a short description as it is', () => {
    const text = `Name:         api-0\nNamespace:    pay\nNode:         n1\nLabels:       app=api\nStatus:       Running\nContainers:\n  api:\n    Image:      api:2.1\n    Environment:\n      POOL:     80\n      HEAP:     512m\n    Mounts:\n      /etc/api from config (ro)\nVolumes:\n  config:\n    Name:       config-v9\nQoS Class:    Burstable\nEvents:       <none>\n`
    expect(isSkip(log.compress(inputOf(text, log)))).toBe(true)
  })

  it('keeps odd lines of a log that holds a description among other things', () => {
    const described = 'Name:       api-0\nNamespace:  pay\nNode:       n1\nLabels:     app=api\nStatus:     Running\n'
    const lines = build(1200)
    lines[300] = 'Switched the module cache to read-only mode by request of ops'
    lines[900] = '[900/1200] compiling module_7 in 48211 ms'
    const out = outputOf(log, [...lines.slice(0, 600), described, ...lines.slice(600)].join('\n'))
    expect(out).toContain(lines[300])
    expect(out).toContain(lines[900])
    expect(out).toContain('Status:     Running')
  })

  it('keeps protected spans, many of them in many lines, in linear time', () => {
    const lines = build(20_000)
    const text = lines.join('\n')
    const protectedSpans = Array.from({ length: 2000 }, (_, i) => {
      const start = text.indexOf(lines[i * 10]!)
      return { start: start + 2, end: start + 5 }
    })
    const started = process.cpuUsage()
    const out = outputOf(log, text, { protectedSpans })
    const used = process.cpuUsage(started)
    expect((used.user + used.system) / 1000).toBeLessThan(1000)
    for (let i = 0; i < 2000; i += 50) expect(out).toContain(lines[i * 10])
  })

  it('stays within 1.3 times the budget that a caller sets', () => {
    const failures = Array.from({ length: 300 }, (_, i) => `--- FAIL: TestCase${i}Holds (0.0${i % 9}s)`)
    const text = [...build(3000), ...failures, ...build(200)].join('\n')
    for (const budgetTokens of [1000, 3000])
      expect(countApprox(outputOf(log, text, { budgetTokens }))).toBeLessThan(budgetTokens * 1.3)
  })

  it('keeps what is out of line in metrics, on both sides and in exponents', () => {
    const free = Array.from(
      { length: 60 },
      (_, i) => `node_filesystem_avail_bytes{instance="node-${i}:9100",mountpoint="/"} ${(4 + (i % 5)).toFixed(6)}e+10`,
    )
    free[33] = 'node_filesystem_avail_bytes{instance="node-33:9100",mountpoint="/"} 1.100000e+07'
    const lag = Array.from(
      { length: 80 },
      (_, i) => `kafka_lag{topic="orders",partition="${i}"} ${i === 31 ? 941872 : i % 40}`,
    )
    const text = ['# TYPE node_filesystem_avail_bytes gauge', ...free, '# TYPE kafka_lag gauge', ...lag].join('\n')
    const out = outputOf(log, text)
    expect(out).toContain(free[33])
    expect(out).toContain(lag[31])
  })

  it('reads patterns of a line start behind the stamp of a CI service', () => {
    const stamped = [...build(800), "make: *** No rule to make target 'gone'.  Stop.", ...build(300)].map(
      (line, i) => `2024-06-10T06:13:${String(i % 60).padStart(2, '0')}.1234567Z ${line}`,
    )
    expect(outputOf(log, stamped.join('\n'))).toContain(stamped[800])
  })

  it('finds lines that say what is asked in other words', () => {
    const lines = build(2500)
    lines[400] = 'note: helper frobnicate is never used'
    lines[1700] = 'link to vendor page now answers 301, moved to example.org/new'
    const text = lines.join('\n')
    expect(outputOf(log, text, { query: 'Which helper is dead code?' })).toContain(lines[400])
    expect(outputOf(log, text, { query: 'Which page has a redirect?' })).toContain(lines[1700])
  })

  it('leaves a short log alone', () => {
    expect(isSkip(log.compress(inputOf(sampleText('pytest block'), log)))).toBe(true)
  })

  it('holds time on hostile text: 1 MB in under 250 ms each (J-7)', () => {
    const tail = '\n1\n2\n3\n4\n5\n6\n7\n8\n9\n'
    const hostile = [
      '.',
      ' ',
      '_',
      '[',
      'ERROR ',
      '\r',
      'a\r',
      '\x1b[31m',
      '1',
      '=',
      '0 errors ',
      'exit code ',
      'at ',
      '"',
      ': OK ',
      '* ',
      'x:1:',
    ]
    for (const piece of hostile)
      for (const width of [80, 4000, 1_000_000]) {
        const line = piece.repeat(Math.ceil(width / piece.length))
        const text = `${`${line}\n`.repeat(Math.ceil(1_000_000 / line.length))}${tail}`
        const started = process.cpuUsage()
        log.compress(inputOf(text, log, { query: 'why did it fail at x:1?' }))
        const used = process.cpuUsage(started)
        expect((used.user + used.system) / 1000, `${JSON.stringify(piece)} x ${width}`).toBeLessThan(250)
      }
  })

  it('agrees with the oracle on where the first failure is', () => {
    for (const name of Object.keys(FAILURE_SAMPLES)) {
      const text = [...build(500), ...sampleText(name).split('\n'), ...build(300)].join('\n')
      const first = text.split('\n').find((line) => severityOf(line) === 3)
      if (first !== undefined) expect(outputOf(log, text, { budgetTokens: 1 }).split('\n')).toContain(first)
    }
  })
})

// The files of the scripted session, sized as agents meet them: a log that most clients cut themselves, lists of some hundred rows,
// a thousand search hits, a source of about 450 lines.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { NEW_LINE, OLD_LINE, RUNNING } from './plan.js'

const two = (value: number): string => String(value).padStart(2, '0')

const buildLog = (lines: number, failure: string): string =>
  Array.from({ length: lines }, (_, at) =>
    at === Math.floor(lines * 0.66)
      ? failure
      : `12:${two(Math.floor(at / 60))}:${two(at % 60)} INFO worker-${at % 5} compiled module-${at * 7} in ${(at * 13) % 97} ms`,
  ).join('\n')

const services = (region: string, failed: number): string =>
  JSON.stringify(
    Array.from({ length: 240 }, (_, id) => ({
      id,
      name: `service-${id}`,
      status: id === failed ? 'failed' : 'ok',
      latencyMs: 20 + ((id * 7) % 19),
      region,
    })),
    null,
    1,
  )

const incidents = (): string =>
  JSON.stringify(
    Array.from({ length: 200 }, (_, at) => ({
      at: `2026-03-${two(1 + (at % 28))}T${two(at % 24)}:05:00Z`,
      service: `service-${(at * 11) % 90}`,
      code: at === 53 ? 503 : 200,
      note: at === 53 ? 'upstream reset before headers' : 'periodic probe answered',
    })),
    null,
    1,
  )

const checks = (): string => {
  const passed = (from: number, to: number): string[] =>
    Array.from(
      { length: to - from },
      (_, at) => ` ✓ test/cart-${from + at}.test.ts (${3 + (at % 4)} tests) ${(at * 7) % 50}ms`,
    )
  return [
    ...passed(0, 55),
    ' ❯ test/checkout.test.ts (4 tests | 1 failed) 61ms',
    '   × pays once the bank has answered 31ms',
    '     → expected 200 but got 503 (upstream connect error)',
    ...passed(56, 110),
    '',
    ' FAIL  test/checkout.test.ts > pays once the bank has answered',
    'AssertionError: expected 200 but got 503',
    ' ❯ test/checkout.test.ts:41:26',
    '',
    ' Test Files  1 failed | 109 passed (110)',
    '      Tests  1 failed | 437 passed (438)',
  ].join('\n')
}

const SOURCE_NAMES: readonly string[] = [
  'cart',
  'price',
  'stock',
  'order',
  'refund',
  'address',
  'parcel',
  'invoice',
].flatMap((name) => ['Net', 'Gross', 'Open', 'Late', 'First', 'Last'].map((kind) => `${name}${kind}`))

const checkoutSource = (): string => {
  const helper = (name: string, at: number): string =>
    [
      `/** The ${name} of an order, or what is known of it. */`,
      `export const ${name}Of = (order: Order, fallback = ${at}): number => {`,
      `  const found = order.lines.find((line) => line.kind === '${name}')`,
      '  if (found === undefined) return fallback',
      `  const weighted = found.amount * ${at + 2} + order.shift`,
      `  return weighted > ${at * 40 + 10} ? ${at * 40 + 10} : weighted`,
      '}',
    ].join('\n')
  const pay = [
    'export const pay = async (order: Order, settings: Settings): Promise<Receipt> => {',
    OLD_LINE,
    '  const session = openSession(settings, order.id)',
    '  for (let attempt = 0; attempt <= retries; attempt++) {',
    '    const answer = await session.charge(order.total)',
    '    if (answer.status !== 503) return answer.receipt',
    '  }',
    "  throw new Error('the bank did not answer')",
    '}',
  ].join('\n')
  const helpers = SOURCE_NAMES.map(helper)
  return `${["import { openSession } from './session.js'", ...helpers.slice(0, 8), pay, ...helpers.slice(8)].join(
    '\n\n',
  )}\n`
}

const searched = (module: number): string =>
  `${Array.from({ length: 50 }, (_, at) => `export const session${module}x${at} = openSession(config, ${module * 50 + at})`).join('\n')}\n`

/** The source after the session's edit. */
export const EDITED_SOURCE: string = checkoutSource().replace(OLD_LINE, NEW_LINE)

export const writeFixtures = (work: string): void => {
  mkdirSync(join(work, 'src/modules'), { recursive: true })
  // A repository of its own: search tools heed what the one around it ignores.
  const { status } = spawnSync('git', ['init', '-q'], { cwd: work })
  if (status !== 0) throw new Error('git init failed')
  const write = (name: string, text: string): void => writeFileSync(join(work, name), text)
  write(
    'build.log',
    `${buildLog(2400, 'ERROR checkout.test.ts: expected 200 but got 503 (upstream connect error)')}\n2 failed, 258 passed\n`,
  )
  write(
    'deploy.log',
    `${buildLog(420, 'WARN rollout paused: service-61 is not ready after 30 s')}\ndeployed 12 of 13\n`,
  )
  write('checks.log', `${checks()}\n`)
  write('services.json', services('eu-1', 61))
  write('services-west.json', services('us-2', 37))
  write('incidents.json', incidents())
  for (const name of ['build', 'deploy']) write(`${name}.sh`, `cat ${name}.log\n`)
  write('slow.sh', `cat deploy.log\ntouch ${RUNNING}\nsleep 60\n`)
  write('checks.sh', 'cat checks.log\nexit 1\n')
  write('src/checkout.ts', checkoutSource())
  for (let module = 0; module < 20; module++) write(`src/modules/module-${module}.ts`, searched(module))
}

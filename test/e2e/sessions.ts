// Judges the built proxy from outside: whole sessions, recorded and made, bent in every way that clients and machines
// bend them. `node scripts/ts.mjs test/e2e/sessions.ts [--cli dist/cli.js] [--only WORD] [--fuzz N]`
import { existsSync, mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Dialect } from '../../src/spec/wire.js'
import { answersCutEverywhere, type Check, fuzzedBodies, headersKept, racingProcesses } from './sessions/bodies.js'
import type { Conversation } from './sessions/conversation.js'
import { longConversation, madeConversation } from './sessions/made.js'
import { type Outcome, type Played, play, type Script, type Stage } from './sessions/play.js'
import { RECORDED, recordedConversations } from './sessions/recorded.js'
import { printFaults, printRow, printSavings, printTimes } from './sessions/table.js'
import { plain, restartEveryTurn, titleCall, type Variant, variants } from './sessions/variants.js'

const DIALECTS: readonly Dialect[] = ['anthropic', 'openai-chat', 'openai-responses', 'gemini']

const flag = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`)
  return at === -1 ? undefined : process.argv[at + 1]
}
const cli = resolve(flag('cli') ?? 'dist/cli.js')
const only = flag('only')
const fuzz = Number(flag('fuzz') ?? 2000)

let passed = 0
let failed = 0
const outcomes: Outcome[] = []

const count = (name: string, played: Played): void => {
  const faulty = played.outcomes.filter(
    ({ foreign, prefix, other, bill }) =>
      foreign.length + prefix.length + other.length > 0 || bill.with > bill.without * BILL_MARGIN,
  )
  failed += faulty.length
  passed += played.outcomes.length - faulty.length
  outcomes.push(...played.outcomes)
  printRow(name, played)
  printFaults(faulty)
}

/** Counting by pieces rounds; a bill is higher when it is higher by more than this. */
const BILL_MARGIN = 1.0005

const scriptsOf = (variant: Variant, conversations: readonly Conversation[], dialect: Dialect): Script[] =>
  conversations.map((conversation) => ({
    name: `${conversation.name} ${dialect}`,
    agent: variant === plain ? conversation.agent : `${conversation.agent}, bent`,
    dialect,
    actions: variant.actions(dialect, conversation),
  }))

const wanted = (name: string): boolean => only === undefined || name.includes(only)

const stageOf = ({ deadlineMs }: Variant): Stage => ({
  cli,
  repeats: deadlineMs === undefined,
  ...(deadlineMs === undefined ? {} : { deadlineMs }),
})

/** Every conversation in every dialect; each dialect on a home of its own. */
const playAll = async (variant: Variant, conversations: readonly Conversation[], label: string): Promise<void> => {
  if (!wanted(`${variant.name} ${label}`)) return
  const merged: Played[] = []
  for (const dialect of DIALECTS) merged.push(await play(scriptsOf(variant, conversations, dialect), stageOf(variant)))
  count(`${variant.name} (${label})`, {
    outcomes: merged.flatMap((one) => one.outcomes),
    tookMs: merged.flatMap((one) => one.tookMs),
    readyMs: merged.flatMap((one) => one.readyMs),
  })
}

/** Every conversation in one dialect, another one for every variant. */
const playBent = async (
  variant: Variant,
  conversations: readonly Conversation[],
  offset: number,
  label = '',
): Promise<void> => {
  const name = label === '' ? variant.name : `${variant.name} (${label})`
  if (!wanted(name)) return
  const scripts = conversations.flatMap((conversation, index) =>
    scriptsOf(variant, [conversation], DIALECTS[(index + offset) % DIALECTS.length]!),
  )
  count(name, await play(scripts, stageOf(variant)))
}

const playInterleaved = async (conversations: readonly Conversation[]): Promise<void> => {
  if (!wanted('interleaved')) return
  for (const dialect of DIALECTS) {
    const scripts = scriptsOf(plain, conversations, dialect)
    count(`interleaved (${dialect})`, await play(scripts, { cli, repeats: true, interleaved: true }))
  }
}

/** The title call is a conversation of its own that begins with the same words. */
const playTitled = async (conversations: readonly Conversation[]): Promise<void> => {
  if (!wanted('title')) return
  for (const dialect of DIALECTS) {
    const scripts = conversations.flatMap((conversation): Script[] => [
      {
        name: `title of ${conversation.name}`,
        agent: 'title',
        dialect,
        actions: Array.from({ length: 3 }, () => ({ kind: 'send', body: titleCall(dialect, conversation), to: 0 })),
      },
      ...scriptsOf(plain, [conversation], dialect),
    ])
    count(`title call beside (${dialect})`, await play(scripts, { cli, repeats: true, interleaved: true }))
  }
}

const main = async (): Promise<void> => {
  if (!existsSync(cli)) throw new Error(`${cli} is not there; run npm run build first`)
  mkdirSync('.cache', { recursive: true })
  const made = Array.from({ length: 12 }, (_, seed) => madeConversation(seed + 1, 6 + ((seed * 5) % 20)))
  const { conversations: recorded, leftOut } = recordedConversations()
  if (recorded.length === 0) console.log(`skipped recorded sessions: no ${RECORDED} beside this checkout`)
  if (leftOut.length > 0) console.log(`left out, no tool calls in the format: ${leftOut.join(', ')}`)

  if (recorded.length > 0) await playAll(plain, recorded, 'recorded')
  await playAll(plain, made, 'made')
  const bent = [
    ...made.slice(0, 5),
    ...recorded.filter(({ steps }) => steps.length > 20 && steps.length < 60).slice(0, 1),
  ]
  for (const [index, variant] of variants.entries()) await playBent(variant, bent, index)
  const long = [longConversation(1), longConversation(2), longConversation(3)]
  await playBent(plain, long, 0, 'long results')
  await playBent(restartEveryTurn, long, 0, 'long results')
  await playInterleaved(bent.slice(0, 3))
  await playTitled(bent.slice(0, 2))
  for (const check of await singleChecks()) {
    console.log(`${check.faults.length === 0 ? 'ok  ' : 'FAIL'} ${check.name}`)
    for (const fault of check.faults.slice(0, 5)) console.log(`     ${fault}`)
    if (check.faults.length === 0) passed++
    else failed++
  }
  printSavings(outcomes)
  printTimes()
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed === 0 ? 0 : 1)
}

const singleChecks = async (): Promise<Check[]> => {
  const checks: Check[] = []
  if (wanted('fuzz')) for (const dialect of DIALECTS) checks.push(await fuzzedBodies(cli, dialect, fuzz))
  if (wanted('cut')) checks.push(await answersCutEverywhere(cli))
  if (wanted('headers')) checks.push(await headersKept(cli))
  if (wanted('race')) checks.push(await racingProcesses(cli))
  return checks
}

await main()

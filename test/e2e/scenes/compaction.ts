// The client sums its history up and goes on without it: in the midst of a prompt, and once more when a new process resumes.
// It does so of itself, because the provider reports a window that is nearly full.
import { claudeCode, wrapClaude } from '../agents/claude-code.js'
import type { Client } from '../agents/client.js'
import { codex, codexCodeMode, codexWebSocket, codexWebSocketCodeMode, wrapCodex } from '../agents/codex.js'
import { continueCli } from '../agents/continue-cli.js'
import { copilotAnthropic, copilotChat } from '../agents/copilot-cli.js'
import { geminiCli, wrapGemini } from '../agents/gemini-cli.js'
import { openCodeAnthropic, openCodeChat } from '../agents/opencode.js'
import { qwenCode } from '../agents/qwen-code.js'
import { cacheFaults, type Pair, pairsOf } from '../judge.js'
import { waysBackIn } from '../markers.js'
import type { Action, Plan, Step } from '../plan.js'
import type { Played } from '../play.js'
import type { Recorded } from '../provider/index.js'
import { offeredIn } from '../provider/tools.js'
import { resultsOf } from '../results.js'
import { relayFaults } from './relay.js'
import type { Scene, SceneClient } from './scene.js'

/** More than nine tenths of every window, so that each client acts. */
const FULL = 980_000
const FACT = 'The checkout build fails since service-61 answered 503.'

const run = (command: string): { calls: readonly Action[] } => ({ calls: [{ kind: 'run', command }] })

/** Shows for the third time what was replaced: the second time it could stand for the first. */
const AGAIN = 3
const steps: readonly Step[] = [
  run('cat services.json'),
  run('cat services.json'),
  // A log, which may be elided, is new when the summary is asked for.
  { ...run('sh build.sh'), inputTokens: FULL },
  run('cat services.json'),
  // A client that is summed up beside its work gets the time to take the summary over.
  run('sleep 1 && ls src'),
  { say: 'Service 61 is the reason.', inputTokens: FULL },
  run('cat services-west.json'),
  run('sh deploy.sh'),
  { say: 'In the second region it was service-37.' },
]

const plan: Plan = {
  prompts: ['Find out why the checkout build fails.', 'Which service of the second region answered 503?'],
  steps,
  summary: { say: `<analysis>Read it all.</analysis>\n<summary>\n${FACT}\n</summary>`, inputTokens: FULL },
}

const generating = ({ provider }: Played): Recorded[] =>
  provider.calls.filter(({ isTurn, isSummary }) => isTurn || isSummary)

const isReplaced = ({ isTurn, body }: Recorded): boolean => {
  const text = body.toString()
  return isTurn && (text.includes(FACT) || text.includes('"type":"compaction"')) && !text.includes('call_e2e_0_0')
}

/** Behind each summary a turn holds it, and no longer what it stands for. */
const replacedFaults = (way: string, played: Played): string[] => {
  const calls = generating(played)
  if (!calls.some(({ isSummary }) => isSummary)) return [`${way}: the history was never summed up`]
  return calls.flatMap(({ isSummary, step }, index) =>
    !isSummary || calls.slice(index).some(isReplaced) ? [] : [`${way}: no turn holds the summary of step ${step}`],
  )
}

const newestSummary = (pairs: readonly Pair[]): number => pairs.findLastIndex(({ went }) => went.isSummary)

/** Work goes on as before: new results are shortened, and each turn begins with the one before. */
const afterFaults = (pairs: readonly Pair[]): string[] => {
  const last = newestSummary(pairs)
  const known = new Set(resultsOf(pairs.slice(0, last + 1)).map(({ head, tokensBefore }) => head + tokensBefore))
  const fresh = resultsOf(pairs.slice(last + 1)).filter(({ head, tokensBefore }) => !known.has(head + tokensBefore))
  const overHttp = pairs.every(({ tapped }) => tapped !== undefined)
  const { continued } = cacheFaults(pairs.slice(last + 1))
  return [
    ...(fresh.some(({ tokensBefore, tokensAfter }) => tokensAfter < tokensBefore)
      ? []
      : ['no result was shortened after the summary']),
    ...(overHttp && continued === 0 ? ['no turn after the summary begins with the one before'] : []),
  ]
}

/** Codex over a WebSocket offers its tools, but the provider that sums up has nobody to run them. */
const canOpen = ({ body }: Recorded): boolean =>
  !body.includes('"type":"compaction_trigger"') && offeredIn(JSON.parse(body.toString())).length > 0

/** A request that can open nothing: what it holds shortened was shortened before, when it could be opened. */
const summaryFaults = (pairs: readonly Pair[]): string[] =>
  pairs.flatMap(({ went }, index) => {
    if (!went.isSummary || canOpen(went)) return []
    const before = new Set(pairs.slice(0, index).flatMap((pair) => waysBackIn(pair.went.body)))
    return waysBackIn(went.body)
      .filter((wayBack) => !before.has(wayBack))
      .map((wayBack) => `the summary was asked of a text that is shortened for the first time: ${wayBack}`)
  })

/** In the middle of it, and nowhere else. Copilot CLI and Claude Code keep long texts in files and show less. */
const ROW = 'service-137'

/** What is shown again after a summary is there to be read, not a reference to what the summary replaced. */
const againFaults = (pairs: readonly Pair[]): string[] => {
  const next = pairs.find(({ went }) => went.isTurn && went.step > AGAIN)
  return next?.came.includes(ROW) && !next.went.body.includes(ROW)
    ? ['a text that was shown again after the summary cannot be read']
    : []
}

const early = (client: Client): Client => ({
  ...client,
  command: (sandbox, start) => client.command(sandbox, { ...start, compactsEarly: true }),
})

const usual = (client: Client): SceneClient => ({ client: early(client), isUsual: true })
const rare = (client: Client): SceneClient => ({ client: early(client) })

export const compaction: Scene = {
  name: 'compaction',
  plan,
  clients: [
    ...[claudeCode, codex, codexWebSocket, geminiCli].map(usual),
    ...[codexCodeMode, codexWebSocketCodeMode, openCodeAnthropic, openCodeChat, qwenCode].map(rare),
    ...[copilotAnthropic, copilotChat, continueCli, wrapClaude, wrapCodex, wrapGemini].map(rare),
  ],
  faults: (direct, through) => {
    const { pairs } = pairsOf(through)
    return [
      ...relayFaults(direct, through),
      ...[...replacedFaults('direct', direct), ...replacedFaults('through', through)],
      ...(through.tap === undefined ? [] : afterFaults(pairs)),
      ...summaryFaults(pairs),
      ...againFaults(pairs),
    ]
  },
}

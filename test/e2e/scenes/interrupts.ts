// The user stops the client with Ctrl-C while an answer streams, resumes, stops it again while a tool runs, resumes and lets it finish.
import { claudeCode, wrapClaude } from '../agents/claude-code.js'
import { cline } from '../agents/cline.js'
import { codex, codexCodeMode, codexWebSocket, codexWebSocketCodeMode, wrapCodex } from '../agents/codex.js'
import { continueCli } from '../agents/continue-cli.js'
import { copilotAnthropic, copilotChat } from '../agents/copilot-cli.js'
import { geminiCli, wrapGemini } from '../agents/gemini-cli.js'
import { openCodeAnthropic, openCodeChat } from '../agents/opencode.js'
import { qwenCode } from '../agents/qwen-code.js'
import { type Plan, SLOW } from '../plan.js'
import type { Played } from '../play.js'
import { numberIn } from '../tap.js'
import { relayFaults } from './relay.js'
import type { Scene } from './scene.js'

const run = (command: string): { calls: [{ kind: 'run'; command: string }] } => ({ calls: [{ kind: 'run', command }] })

const plan: Plan = {
  prompts: [
    'Find out why the checkout build fails.',
    'Do not explain yet, look at the deployment first.',
    'Which service of the second region answered 503?',
  ],
  steps: [
    run('sh build.sh'),
    run('cat services.json'),
    { say: 'The checkout build fails because', isInterrupted: true },
    run('cat incidents.json'),
    { calls: [SLOW], isInterrupted: true },
    run('cat services-west.json'),
    { say: 'In the second region it was service-37.' },
  ],
}

/** From the end of the client's connection to that of the proxy's own to the provider, on a shared machine. */
const ABORT_MS = 1000

/** The answer that the client left must end at the provider too, unanswered and soon. */
const abortFaults = (way: string, { provider, tap }: Played): string[] => {
  const held = provider.calls.filter(({ holds }) => holds)
  const faults = held.length === 0 ? [`${way}: no answer was held`] : []
  for (const { abandonedAtMs, headers } of held) {
    if (abandonedAtMs === undefined) faults.push(`${way}: the provider still answers a client that is gone`)
    const leftAtMs = tap?.calls[numberIn(headers)]?.leftAtMs
    const lateMs = leftAtMs === undefined || abandonedAtMs === undefined ? 0 : abandonedAtMs - leftAtMs
    if (lateMs > ABORT_MS) faults.push(`${way}: the request was aborted ${lateMs.toFixed(0)} ms after its client left`)
  }
  return faults
}

export const interrupts: Scene = {
  name: 'interrupts',
  plan,
  clients: [
    { client: claudeCode, isUsual: true },
    { client: codex, isUsual: true },
    { client: codexWebSocket, isUsual: true },
    { client: geminiCli, isUsual: true },
    { client: codexCodeMode },
    { client: codexWebSocketCodeMode },
    { client: openCodeAnthropic },
    { client: openCodeChat },
    { client: qwenCode },
    { client: copilotAnthropic },
    { client: copilotChat },
    { client: continueCli },
    // Takes no session up again headless: it is interrupted once.
    { client: cline },
    { client: wrapClaude },
    { client: wrapCodex },
    { client: wrapGemini },
  ],
  faults: (direct, through) => [
    ...relayFaults(direct, through),
    ...abortFaults('direct', direct),
    ...abortFaults('through', through),
  ],
}

// The model asks for two subagents at once and, in a second process, for a third. Each reads what its parent has read before, opens
// what was left out of its own results, reads a file twice and answers; the parent goes on.
import { claudeCode, wrapClaude } from '../agents/claude-code.js'
import { cline } from '../agents/cline.js'
import { codexCodeMode, codexSubagents, codexWebSocketCodeMode } from '../agents/codex.js'
import { copilotAnthropic, copilotChat } from '../agents/copilot-cli.js'
import { geminiCli, wrapGemini } from '../agents/gemini-cli.js'
import { openCodeAnthropic, openCodeChat } from '../agents/opencode.js'
import { qwenCode } from '../agents/qwen-code.js'
import { type Pair, pairsOf, tokens } from '../judge.js'
import { type Action, EDITED, type Plan, type Step, type Subagent, subagentsOf } from '../plan.js'
import type { Played } from '../play.js'
import { referenceFaults } from './references.js'
import { relayFaults } from './relay.js'
import type { Scene } from './scene.js'
import { sharedPrefixFaults } from './shared-prefix.js'
import { wayBackFaults } from './ways-back.js'

const run = (command: string): Step => ({ calls: [{ kind: 'run', command }] })
const read = (file: string): Step => ({ calls: [{ kind: 'read', file }] })
const reopen = (file: string): Step => ({ calls: [{ kind: 'reopen', file, inShell: true }] })
const delegate = (agent: Subagent): Action => ({ kind: 'delegate', agent })

const builder: Subagent = {
  name: 'builder',
  task: 'Find the failed test in the build log and the line that it stands on.',
  steps: [
    run('sh deploy.sh'),
    reopen('incidents.json'),
    read(EDITED),
    run(`cat ${EDITED}`),
    run('sh build.sh'),
    { say: 'checkout.test.ts got 503 instead of 200.' },
  ],
}

const finder: Subagent = {
  name: 'finder',
  task: 'Name every module that opens a session.',
  isReader: true,
  steps: [
    { calls: [{ kind: 'search', pattern: 'openSession' }] },
    { calls: [{ kind: 'reopen', file: 'incidents.json' }] },
    read('services.json'),
    { say: 'Sessions are opened in twenty modules.' },
  ],
}

const later: Subagent = {
  name: 'later',
  task: 'Which service of the incidents answered 503?',
  steps: [run('sh checks.sh'), reopen('services.json'), run('cat incidents.json'), { say: 'service-43 answered 503.' }],
}

const plan: Plan = {
  prompts: ['Let two agents find out why the checkout build fails.', 'Let another agent look through the incidents.'],
  steps: [
    run('cat services.json'),
    read(EDITED),
    run('sh deploy.sh'),
    reopen('incidents.json'),
    { calls: [delegate(builder), delegate(finder)] },
    run(`cat ${EDITED}`),
    { say: 'The checkout test got 503; sessions are opened in twenty modules.' },
    { calls: [delegate(later)] },
    run('cat services-west.json'),
    { say: 'One incident of service-43 was a 503.' },
  ],
}

/** Tokens of all an agent's bodies. */
const tokensOf = (agent: string, pairs: readonly Pair[]): { before: number; after: number } => {
  const own = pairs.filter(({ went }) => went.agent === agent)
  return { before: tokens(own.map(({ came }) => came)), after: tokens(own.map(({ went }) => went.body)) }
}

/** Clients that cut each result to a preview leave nothing to save in some agents; in all together there is. */
const savingFaults = (pairs: readonly Pair[], plan: Plan): string[] => {
  const figures = ['', ...subagentsOf(plan).map(({ name }) => name)].map((agent) => ({
    agent,
    ...tokensOf(agent, pairs),
  }))
  const added = figures
    .filter(({ before, after }) => after > before)
    .map(({ agent }) => `tokens were added to ${agent}`)
  return figures.some(({ before, after }) => after < before) ? added : [...added, 'no tokens were saved']
}

const faults = (direct: Played, through: Played): string[] => {
  const { pairs } = pairsOf(through)
  return [
    ...relayFaults(direct, through),
    ...sharedPrefixFaults(pairs),
    ...referenceFaults(pairs),
    ...wayBackFaults(pairs, through.plan),
    ...(through.tap === undefined ? [] : savingFaults(pairs, through.plan)),
  ]
}

export const subagents: Scene = {
  name: 'subagents',
  plan,
  clients: [
    { client: claudeCode, isUsual: true },
    { client: codexCodeMode, isUsual: true },
    { client: codexWebSocketCodeMode, isUsual: true },
    { client: codexSubagents },
    { client: geminiCli, isUsual: true },
    { client: openCodeAnthropic },
    { client: openCodeChat },
    { client: qwenCode },
    { client: copilotAnthropic },
    { client: copilotChat },
    { client: cline },
    { client: wrapClaude },
    { client: wrapGemini },
  ],
  faults,
}

const forked: Plan = {
  prompts: ['Look at the deployment, then split the work in two.', 'And once more for the second region.'],
  steps: [
    run('sh deploy.sh'),
    reopen('incidents.json'),
    read(EDITED),
    { calls: [delegate({ ...builder, isFork: true }), delegate({ ...later, isFork: true })] },
    run(`cat ${EDITED}`),
    { say: 'Both halves are done.' },
    run('cat services-west.json'),
    { say: 'Nothing failed there but service-37.' },
  ],
}

/** Forks begin with the requests of their parent, word for word. */
export const forks: Scene = {
  name: 'forks',
  plan: forked,
  clients: [
    { client: claudeCode, isUsual: true },
    { client: codexCodeMode, isUsual: true },
    { client: codexWebSocketCodeMode },
  ],
  faults,
}

const apart: Plan = {
  prompts: ['Let an agent look at the build while you look at the services.', 'And the second region?'],
  steps: [
    run('cat services.json'),
    { calls: [delegate({ ...builder, isBackground: true }), delegate({ ...finder, isBackground: true })] },
    run('sh deploy.sh'),
    reopen('incidents.json'),
    { say: 'The agents are back, the build has failed.' },
    run('cat services-west.json'),
    { say: 'There it was service-37.' },
  ],
}

export const background: Scene = {
  name: 'background',
  plan: apart,
  clients: [
    { client: claudeCode, isUsual: true },
    { client: qwenCode },
    { client: copilotAnthropic },
    { client: copilotChat },
  ],
  faults,
}

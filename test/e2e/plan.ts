// What the scripted model does in a session of two prompts, in terms that every client's tools can express.

/** One thing the model asks for; each client has a tool, or its shell, for it. */
export type Action =
  | { readonly kind: 'run'; readonly command: string }
  | { readonly kind: 'read'; readonly file: string }
  | { readonly kind: 'search'; readonly pattern: string }
  | { readonly kind: 'edit'; readonly file: string; readonly old: string; readonly next: string }
  /** Hands a task to a subagent of the plan. */
  | { readonly kind: 'delegate'; readonly agent: Subagent }
  /** Opens what the last marker names that the agent was shown; `file` where nothing was left out. */
  | { readonly kind: 'reopen'; readonly file: string; readonly inShell?: true }

/** One turn of the model: calls (several are parallel), or closing words. */
export type Step = ({ readonly calls: readonly Action[] } | { readonly say: string }) & {
  /** The user interrupts the client here, while its words stream or while its call runs; the prompt ends so. */
  readonly isInterrupted?: true
  /** Tokens of input that the answer reports as used. */
  readonly inputTokens?: number
}

/** An agent that the session's own agent starts: it has a history and tools of its own. */
export interface Subagent {
  readonly name: string
  /** What it is asked for, in words that no other agent of the plan is asked with. */
  readonly task: string
  /** Reads only: it is offered fewer tools. */
  readonly isReader?: true
  /** It begins with all that was said to its parent. */
  readonly isFork?: true
  /** Its parent goes on meanwhile, where the client leaves it the choice. */
  readonly isBackground?: true
  /** The last step says what its parent gets. */
  readonly steps: readonly Step[]
}

export interface Plan {
  readonly prompts: readonly string[]
  readonly steps: readonly Step[]
  /** The answer when the client asks to have its history summed up. */
  readonly summary?: { readonly say: string; readonly inputTokens: number }
}

export const EDITED = 'src/checkout.ts'
export const OLD_LINE = '  const retries = settings.retries ?? 0'
export const NEW_LINE = '  const retries = settings.retries ?? 3'

const run = (command: string): Step => ({ calls: [{ kind: 'run', command }] })

/** Log, JSON, search, failing tests, code, an edit of it, two calls at once, answer; then a second prompt in a new process. */
export const SESSION: Plan = {
  prompts: ['Find out why the checkout build fails, and fix it.', 'Which service of the second region answered 503?'],
  steps: [
    run('sh build.sh'),
    run('cat services.json'),
    { calls: [{ kind: 'search', pattern: 'openSession' }] },
    run('sh checks.sh'),
    { calls: [{ kind: 'read', file: EDITED }] },
    { calls: [{ kind: 'edit', file: EDITED, old: OLD_LINE, next: NEW_LINE }] },
    {
      calls: [
        { kind: 'run', command: 'sh deploy.sh' },
        { kind: 'run', command: 'cat services-west.json' },
      ],
    },
    { say: 'The checkout test failed because service-61 answered 503; it is asked three times now.' },
    run('cat incidents.json'),
    { say: 'In the second region it was service-37.' },
  ],
}

/** One call and an answer: enough to see what a client makes of an error. */
export const SHORT: Plan = {
  prompts: [SESSION.prompts[0]!],
  steps: [run('cat services.json'), { say: 'service-61 failed.' }],
}

/** A call that runs until it is interrupted: it leaves `RUNNING` behind and waits. */
export const SLOW: Action = { kind: 'run', command: 'sh slow.sh' }
export const RUNNING = 'running'

/** The step with which each prompt ends. */
export const endings = (plan: Plan): Step[] => plan.steps.filter((step) => 'say' in step || step.isInterrupted === true)

/** The plan up to the end of its first prompt. */
export const firstPrompt = ({ prompts, steps, ...rest }: Plan): Plan => {
  const last = steps.findIndex((step) => 'say' in step || step.isInterrupted === true)
  return { ...rest, prompts: prompts.slice(0, 1), steps: steps.slice(0, last + 1) }
}

/** The closing words of each prompt. */
export const sayings = (plan: Plan): string[] => plan.steps.flatMap((step) => ('say' in step ? [step.say] : []))

/** What a subagent's parent gets from it. */
export const lastWords = ({ name, steps }: Subagent): string => {
  const last = steps.at(-1)
  if (last === undefined || !('say' in last)) throw new Error(`the subagent ${name} must end with words`)
  return last.say
}

const isDelegation = (action: Action): action is Action & { kind: 'delegate' } => action.kind === 'delegate'

/** Every subagent that the plan starts, and those that they start. */
export const subagentsOf = ({ steps }: Pick<Plan, 'steps'>): Subagent[] =>
  steps
    .flatMap((step) => ('calls' in step ? step.calls.filter(isDelegation) : []))
    .flatMap(({ agent }) => [agent, ...subagentsOf(agent)])

/** The id of a call, by which its result is known. @param agent '' for the session's own */
export const callId = (agent: string, step: number, index: number): string =>
  `call_e2e_${agent === '' ? '' : `${agent}_`}${step}_${index}_x`

// Options of the library's calls, checked once at its door: a wrong value is told by name, not guessed at.
import { HeadroomError } from '../base/errors.js'
import type { CompressOptions, CompressTextOptions } from '../spec/engine.js'

const POLICIES: readonly unknown[] = ['strict', 'balanced', 'max']

/** It goes into the ledger, which holds no texts. */
const AGENT_NAME = /^[a-z][a-z0-9-]{0,39}$/

/** Throws INPUT_INVALID for the first option that is not what its type says; callers without a type checker exist. */
export const checkOptions = (options: CompressOptions & Pick<CompressTextOptions, 'agent'>): void => {
  const { model, policy, query, budgetTokens, agent } = options
  expectThat(model === undefined || typeof model === 'string', 'model: expected a model id', model)
  expectThat(policy === undefined || POLICIES.includes(policy), 'policy: expected strict, balanced or max', policy)
  expectThat(query === undefined || typeof query === 'string', 'query: expected a string', query)
  const isBudget = budgetTokens === undefined || (Number.isFinite(budgetTokens) && budgetTokens >= 1)
  const isAgent =
    agent === undefined ||
    (Array.isArray(agent.tools) &&
      agent.tools.every((name) => typeof name === 'string') &&
      ['string', 'undefined'].includes(typeof agent.shown) &&
      (agent.name === undefined || AGENT_NAME.test(String(agent.name))))
  expectThat(isAgent, 'agent: expected { tools: an array of names, shown?: a string, name?: such as my-agent }', agent)
  expectThat(isBudget, 'budgetTokens: expected a number of tokens, at least 1', budgetTokens)
}

const expectThat = (holds: boolean, expectation: string, value: unknown): void => {
  if (!holds) throw new HeadroomError('INPUT_INVALID', `${expectation}; got ${shown(value)}`)
}

const shown = (value: unknown): string =>
  typeof value === 'string'
    ? JSON.stringify(value.slice(0, 40))
    : typeof value === 'number'
      ? String(value)
      : typeof value

import { Option } from 'commander'
import { HeadroomError, messageOf } from '../../base/errors.js'
import type { OptionKey } from '../../config/options.js'
import type { BudgetReport } from '../../spec/budget.js'
import type { CompressTextOptions, CompressTextResult } from '../../spec/engine.js'
import type { CommandModule } from '../command.js'
import { type CliContext, configOf, printJson, withEngine, write } from '../context.js'
import { CliFailure, EXIT_OK, EXIT_USAGE } from '../failure.js'
import { change, count } from '../figures.js'
import { addConfigFlags, configFlags } from '../flags.js'
import { readInput, textOf } from '../input.js'
import { streamLogger } from '../logger.js'
import { wordsFor } from '../skip-words.js'

const KEYS: readonly OptionKey[] = ['policy', 'home']

interface CompressFlags {
  readonly query?: string
  readonly tool?: string
  readonly command?: string
  readonly model?: string
  readonly budget?: string
  /** Earlier name of `budget`. */
  readonly budgetTokens?: string
  readonly json?: true
}

export const compressCommand: CommandModule = {
  define(command, context, done) {
    command
      .argument('[FILE]', 'text to compress; absent or -: standard input')
      .option('--query <TEXT>', 'what you look for in it')
      .option('--tool <NAME>', 'tool that produced it, e.g. Bash')
      .option('--command <CMD>', 'shell command that produced it, e.g. "npm test"')
      .option('--model <ID>', 'model whose tokens are counted')
      .option('--budget <N>', 'most tokens of the result; the smallest form where that cannot be reached')
      .addOption(new Option('--budget-tokens <N>').hideHelp())
      .option('--json', 'print the whole result as JSON')
    addConfigFlags(command, KEYS)
    command.addHelpText('after', '\nExample:  npm test 2>&1 | headroom compress --command "npm test"')
    command.action((file: string | undefined, flags: CompressFlags) => done(run(context, file, flags)))
  },
}

const optionsOf = (flags: CompressFlags): CompressTextOptions => {
  const { query, tool, command, model } = flags
  const budgetTokens = flags.budget ?? flags.budgetTokens
  const name = flags.budget === undefined ? '--budget-tokens' : '--budget'
  if (budgetTokens !== undefined && !/^[1-9]\d{0,8}$/.test(budgetTokens))
    throw new CliFailure(`${name}: "${budgetTokens}" is not a whole number from 1`, { exitCode: EXIT_USAGE })
  const called = {
    ...(tool === undefined ? {} : { name: tool }),
    ...(command === undefined ? {} : { input: { command } }),
  }
  return {
    ...(query === undefined ? {} : { query }),
    ...(model === undefined ? {} : { model }),
    ...(budgetTokens === undefined ? {} : { budgetTokens: Number(budgetTokens) }),
    ...(tool === undefined && command === undefined ? {} : { tool: called }),
  }
}

const run = async (context: CliContext, file: string | undefined, flags: CompressFlags): Promise<number> => {
  const { config } = configOf(context, configFlags(flags as Record<string, unknown>, KEYS))
  const options = { ...optionsOf(flags), policy: config.policy }
  const input = await readInput(context, file)
  const read = textOf(input)
  if ('reason' in read) return passThrough(context, { input, reason: `input is ${read.reason}`, flags })
  const logger = streamLogger(context.io.stderr, 'error')
  let result: CompressTextResult
  try {
    result = await withEngine(context, { config, logger }, (engine) => engine.compressText(read.text, options))
  } catch (error) {
    // A pipe must not lose its text because compression failed; a wrong request is the user's to correct.
    if (HeadroomError.isInstance(error) && error.code.endsWith('_INVALID')) throw error
    return passThrough(context, { input, reason: messageOf(error), flags })
  }
  if (flags.json) await printJson(context, result)
  else await write(context.io.stdout, result.text)
  // Also into a pipe: whoever asked for a size must not take it for granted.
  if (result.budget?.fits === false) context.io.stderr.write(`${overBudget(context, result.budget)}\n`)
  if (context.io.stderr.isTTY === true) context.io.stderr.write(`${summary(context, result)}\n`)
  return EXIT_OK
}

const passThrough = async (
  context: CliContext,
  { input, reason, flags }: { readonly input: Buffer; readonly reason: string; readonly flags: CompressFlags },
): Promise<number> => {
  if (flags.json) throw new CliFailure(`nothing was compressed: ${reason}`)
  await write(context.io.stdout, input)
  context.io.stderr.write(`${context.err.yellow('headroom:')} passed through unchanged: ${reason}\n`)
  return EXIT_OK
}

const overBudget = ({ err }: CliContext, { budgetTokens, totalTokens }: BudgetReport): string =>
  `${err.yellow('headroom:')} the budget of ${count(budgetTokens)} tokens cannot be reached; the smallest form has ${count(totalTokens)}`

const summary = ({ err }: CliContext, result: CompressTextResult): string => {
  const { tokensBefore, tokensAfter, basis, contentType, outcome, refs } = result
  const basisWords = basis === 'estimate' ? ' (estimate)' : ''
  if (outcome !== 'compressed')
    return err.dim(`headroom: ${count(tokensBefore)} tokens${basisWords}, unchanged: ${wordsFor(outcome)}`)
  const way = refs[0] === undefined ? 'nothing left out' : `original: headroom retrieve ${refs[0]}`
  const saved = err.green(change(tokensBefore, tokensAfter))
  return `${err.dim('headroom:')} ${count(tokensBefore)} → ${count(tokensAfter)} tokens${basisWords} ${saved} ${err.dim(`${contentType}; ${way}`)}`
}

import { refIn, unknownRef } from '../../base/ref.js'
import type { OptionKey } from '../../config/options.js'
import type { CommandModule } from '../command.js'
import { type CliContext, configOf, printJson, withEngine, write } from '../context.js'
import { CliFailure, EXIT_OK, EXIT_USAGE } from '../failure.js'
import { addConfigFlags, configFlags } from '../flags.js'
import { streamLogger } from '../logger.js'

const KEYS: readonly OptionKey[] = ['home']

interface RetrieveFlags {
  readonly query?: string
  readonly lines?: string
  readonly json?: true
}

export const retrieveCommand: CommandModule = {
  define(command, context, done) {
    command
      .argument('<REF>', 'id of the original, or the marker that holds it')
      .option('--query <TEXT>', 'only the lines around what matches these words')
      .option('--lines <A-B>', 'only these lines, counted from 1: 120-156, 40, 90-')
      .option('--json', 'print text and line count as JSON')
    addConfigFlags(command, KEYS)
    command.action((ref: string, flags: RetrieveFlags) => done(run(context, ref, flags)))
  },
}

const run = async (context: CliContext, given: string, flags: RetrieveFlags): Promise<number> => {
  const ref = refIn(given)
  if (ref === undefined)
    throw new CliFailure(`"${given.slice(0, 80)}" holds no id of an original`, {
      exitCode: EXIT_USAGE,
      hint: 'An id is 16 hex digits, as printed in the marker.',
    })
  const { query, lines } = flags
  const { config } = configOf(context, configFlags(flags as Record<string, unknown>, KEYS))
  const logger = streamLogger(context.io.stderr, 'error')
  const options = { ...(query === undefined ? {} : { query }), ...(lines === undefined ? {} : { lines }) }
  const result = await withEngine(context, { config, logger }, (engine) => engine.retrieve(ref, options))
  if (!result.found) {
    const { message, hint } = unknownRef(ref)
    throw new CliFailure(message, { hint })
  }
  if (flags.json) {
    await printJson(context, { ref, totalLines: result.totalLines, text: result.text })
    return EXIT_OK
  }
  const whole = query === undefined && lines === undefined
  await write(context.io.stdout, whole ? result.bytes : result.text)
  return EXIT_OK
}

// Filters of command output: which there are, whether their cases hold, and what one of them makes of a command.
import { join } from 'node:path'
import { lineTable } from '../../base/lines.js'
import type { OptionKey } from '../../config/options.js'
import { readShell } from '../../detect/shell.js'
import type { CaseResult } from '../../filters/cases.js'
import { expand, runCase, showWith } from '../../filters/cases.js'
import { allFilters } from '../../filters/index.js'
import { HOME_FOLDER, type LoadedFilters, loadFilters, PROJECT_FOLDER } from '../../filters/load.js'
import { claimsOf, isLauncher, whyOf } from '../../filters/match.js'
import { signedFilters } from '../../filters/signs.js'
import type { Filter, Sight } from '../../filters/spec.js'
import { parseQuery } from '../../salience/query.js'
import { severityOf } from '../../salience/severity.js'
import type { CommandModule } from '../command.js'
import { type CliContext, configOf, printJson, write } from '../context.js'
import { CliFailure, EXIT_FAILED, EXIT_OK, EXIT_USAGE } from '../failure.js'
import { addConfigFlags, configFlags } from '../flags.js'
import { readInput, textOf } from '../input.js'
import { type Column, clean, table } from '../table.js'

const KEYS: readonly OptionKey[] = ['home']
const sight: Sight = { readShell, severityOf, parseQuery }

type Parsed = Readonly<Record<string, unknown>>

export const filtersCommand: CommandModule = {
  define(command, context, done) {
    const list = command.command('list').description('every filter: your own first, then the built-in ones')
    list
      .option('--json', 'print as JSON')
      .option('--dir <DIR>', 'folder of your own filters, instead of the usual ones')
    list.action((flags: Parsed) => done(runList(context, flags)))

    const test = command
      .command('test')
      .description('run the cases that stand in the filters; exits with 1 where one fails')
    test
      .argument('[NAME]', 'only this filter')
      .option('--dir <DIR>', 'only filters of this folder')
      .option('--json', 'print as JSON')
    test.action((name: string | undefined, flags: Parsed) => done(runTest(context, name, flags)))

    const explain = command.command('explain').description('which filter a command line calls for, and why')
    explain
      .argument('<CMD>', 'a shell command line, in quotes')
      .option('--query <TEXT>', 'what you look for in its output')
      .option('--dir <DIR>', 'folder of your own filters, instead of the usual ones')
      .option('--json', 'print as JSON')
    explain.addHelpText('after', '\nWith its output on standard input: what would be shown of it.')
    explain.action((line: string, flags: Parsed) => done(runExplain(context, line, flags)))

    for (const sub of [list, test, explain]) addConfigFlags(sub.copyInheritedSettings(command), KEYS)
  },
}

const ownFilters = (context: CliContext, flags: Parsed): LoadedFilters => {
  if (typeof flags.dir === 'string') return loadFilters([join(context.io.cwd, flags.dir)])
  const { config } = configOf(context, configFlags(flags, KEYS))
  return loadFilters([join(context.io.cwd, PROJECT_FOLDER), join(config.home, HOME_FOLDER)])
}

const commandsOf = ({ match }: Filter): string => {
  const names = match.flatMap(({ program, sub = '' }) =>
    [program].flat().flatMap((name) => [sub].flat().map((word) => `${name} ${word}`.trim())),
  )
  const all = [...new Set(names)]
  return all.length <= 4 ? all.join(', ') : `${all.slice(0, 3).join(', ')} and ${all.length - 3} more`
}

const runList = async (context: CliContext, flags: Parsed): Promise<number> => {
  const { loaded, faults } = ownFilters(context, flags)
  const rows = allFilters(loaded.map(({ filter }) => filter)).map((filter) => ({
    name: filter.name,
    source: loaded.find((one) => one.filter === filter)?.path ?? 'built in',
    commands: commandsOf(filter),
    about: filter.about,
    version: filter.version,
    cases: filter.cases.length,
  }))
  if (flags.json === true) await printJson(context, { filters: rows, faults })
  else {
    const { out } = context
    const columns: Column[] = [
      { title: 'filter' },
      { title: 'commands' },
      { title: 'cases', align: 'right' },
      { title: 'source' },
    ]
    const cells = rows.map(({ name, commands, cases, source }) => [
      clean(name),
      clean(commands),
      String(cases),
      source === 'built in' ? out.dim(source) : clean(source),
    ])
    await write(context.io.stdout, table(columns, cells, { paintTitle: out.dim }))
  }
  return reportFaults(context, faults) ? EXIT_FAILED : EXIT_OK
}

/** Prints what is wrong with files of filters; true where something is. */
const reportFaults = ({ io, err }: CliContext, faults: LoadedFilters['faults']): boolean => {
  for (const { path, message } of faults) io.stderr.write(`${err.red('headroom:')} ${clean(path)}: ${clean(message)}\n`)
  return faults.length > 0
}

const runTest = async (context: CliContext, name: string | undefined, flags: Parsed): Promise<number> => {
  const { loaded, faults } = ownFilters(context, flags)
  const own = loaded.map(({ filter }) => filter)
  const known = allFilters(own)
  const wanted = typeof flags.dir === 'string' ? own : known
  const filters = name === undefined ? wanted : wanted.filter((filter) => filter.name === name)
  if (name !== undefined && filters.length === 0)
    throw new CliFailure(`no filter "${clean(name)}"`, {
      exitCode: EXIT_USAGE,
      hint: 'headroom filters list names them',
    })
  const results = filters.flatMap((filter) => filter.cases.map((one) => runCase(filter, one, sight, known)))
  const failed = results.filter(({ passed }) => !passed)
  const untested = filters.filter(({ cases }) => cases.length === 0).map((filter) => filter.name)
  if (flags.json === true) await printJson(context, { results, untested, faults })
  else await write(context.io.stdout, testText(context, { results, failed, untested }))
  return reportFaults(context, faults) || failed.length > 0 ? EXIT_FAILED : EXIT_OK
}

interface Tested {
  readonly results: readonly CaseResult[]
  readonly failed: readonly CaseResult[]
  readonly untested: readonly string[]
}

const testText = ({ out }: CliContext, { results, failed, untested }: Tested): string => {
  const parts = failed.map(({ filter, name, fault = '', expected, shown }) =>
    [
      `${out.red('FAIL')} ${clean(filter)}: ${clean(name)}`,
      `  ${clean(fault)}`,
      ...difference(out, expected, shown),
      '',
    ].join('\n'),
  )
  const without = untested.length === 0 ? '' : out.yellow(`no cases: ${untested.map(clean).join(', ')}\n`)
  const verdict = `${results.length - failed.length} passed, ${failed.length} failed\n`
  return `${parts.join('\n')}${without}${failed.length > 0 ? out.red(verdict) : out.green(verdict)}`
}

/** Lines from the first that differs on, with one before. */
const difference = (out: CliContext['out'], expected: string, shown: string): string[] => {
  const [want, got] = [expected.split('\n'), shown.split('\n')]
  let at = 0
  while (at < want.length && want[at] === got[at]) at++
  if (at === want.length && at === got.length) return []
  const from = Math.max(0, at - 1)
  return [
    ...want.slice(from, at).map((line) => `    ${clean(line)}`),
    ...want.slice(at, at + 4).map((line) => out.green(`  - ${clean(line)}`)),
    ...got.slice(at, at + 4).map((line) => out.red(`  + ${clean(line)}`)),
  ]
}

const runExplain = async (context: CliContext, line: string, flags: Parsed): Promise<number> => {
  const { loaded, faults } = ownFilters(context, flags)
  const filters = allFilters(loaded.map(({ filter }) => filter))
  const reading = readShell(line)
  const claims = claimsOf(reading, filters)
  const sample = context.io.stdin.isTTY === true ? undefined : textOf(await readInput(context, undefined))
  const text = sample !== undefined && 'text' in sample && sample.text.trim() !== '' ? expand(sample.text) : undefined
  const named = claims?.map(({ filter }) => filter) ?? []
  const signed =
    text !== undefined && claims !== undefined && reading.steps.some(isLauncher) ? signedFilters(text, filters) : []
  const used = [...new Set([...named, ...signed])]
  const query = typeof flags.query === 'string' ? flags.query : undefined
  const shown = text === undefined || used.length === 0 ? undefined : showWith(text, used, sight, query)
  const why = reading.unclear ?? whyNone(claims === undefined, used.length, text !== undefined)
  if (flags.json === true)
    await printJson(context, {
      steps: reading.steps,
      filters: used.map(({ name }) => name),
      ...(used.length > 0 || why === undefined ? {} : { why }),
      ...(shown === undefined ? {} : { shown }),
    })
  else {
    const { out } = context
    const steps = reading.steps.map(({ words, through }) => {
      const claim = claims?.find(({ step }) => step.words === words)
      const seen = through.length === 0 ? '' : out.dim(`  through ${through.map(clean).join(', ')}`)
      const because =
        claim === undefined
          ? out.dim('no filter of its own')
          : `${out.bold(claim.filter.name)} ${out.dim(whyOf(claim))}`
      return `${clean(words.join(' '))}${seen}\n  ${because}\n`
    })
    const bySign = signed
      .filter((filter) => !named.includes(filter))
      .map(({ name, about }) => `${out.bold(name)} ${out.dim('known by its output:')} ${about}\n`)
    const nothing = used.length === 0 && why !== undefined ? `no filter: ${why}\n` : ''
    const abouts = named.map(({ name, about }) => `${name}: ${about}\n`)
    const tail =
      shown === undefined || text === undefined
        ? ''
        : `\n${out.dim(`${lineTable(text).count} lines, shown:`)}\n${shown}\n`
    await write(context.io.stdout, [...steps, ...abouts, ...bySign, nothing, tail].join(''))
  }
  reportFaults(context, faults)
  return used.length > 0 ? EXIT_OK : EXIT_FAILED
}

const whyNone = (unknown: boolean, used: number, sampled: boolean): string | undefined => {
  if (used > 0) return undefined
  if (unknown) return 'one of the programs has none, so what is shown cannot be told apart'
  return sampled
    ? 'the output bears the sign of no known tool'
    : 'it may run any tool; give its output on standard input'
}

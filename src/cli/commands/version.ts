import type { CommandModule } from '../command.js'
import { printJson, write } from '../context.js'
import { EXIT_OK } from '../failure.js'
import { version } from '../version.js'

export const versionCommand: CommandModule = {
  define(command, context, done) {
    command.option('--json', 'print as JSON').action((flags: { json?: true }) => {
      const print = flags.json
        ? printJson(context, { headroom: version, node: process.versions.node })
        : write(context.io.stdout, `${version}\n`)
      return done(print.then(() => EXIT_OK))
    })
  },
}

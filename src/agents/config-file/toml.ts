// TOML: our tables stand in one marked block at the end, where they cannot fall into a table of the user's. What the file
// says is read before and after, so that nothing else has changed its meaning.
import { parse, stringify } from 'smol-toml'
import { messageOf } from '../../base/errors.js'
import type { Setting } from '../../spec/agent.js'
import { withBlock, withoutBlock } from './block.js'

export const tomlFault = (text: string): string | undefined => {
  try {
    parse(text)
    return undefined
  } catch (error) {
    return messageOf(error).split('\n')[0]
  }
}

const tableOf = ({ at, value }: Setting): object =>
  [...at].reverse().reduce<unknown>((inner, step) => ({ [step]: inner }), value) as object

/** Throws where the file has the same table already, written by somebody else. */
export const setToml = (text: string, settings: readonly Setting[]): string => {
  const lines = settings.flatMap((setting) => stringify(tableOf(setting)).trimEnd().split('\n'))
  const edited = withBlock(text, lines)
  parse(edited)
  return edited
}

export const unsetToml = (text: string): string => withoutBlock(text)

// Command line flags generated from the option table.
import { type Command, Option as Flag } from 'commander'
import { type OptionKey, optionOf } from '../config/options.js'
import type { Flags } from './context.js'

export const helpOf = (key: OptionKey): string => {
  const { help, default: fallback, env } = optionOf(key)
  return `${help} (${fallback === undefined ? '' : `default ${fallback}, `}env ${env})`
}

export const addConfigFlags = (command: Command, keys: readonly OptionKey[]): Command => {
  for (const key of keys) {
    const { flag, placeholder, bare } = optionOf(key)
    const value = bare === undefined ? `<${placeholder}>` : `[${placeholder}]`
    const option = new Flag(`${flag} ${value}`, helpOf(key))
    command.addOption(bare === undefined ? option : option.preset(bare))
  }
  return command
}

/** The settings among a command's parsed options. */
export const configFlags = (parsed: Readonly<Record<string, unknown>>, keys: readonly OptionKey[]): Flags => {
  const flags: Record<string, string> = {}
  for (const key of keys) if (typeof parsed[key] === 'string') flags[key] = parsed[key]
  return flags
}

// One way to edit the files of every format. Marks of the byte order and the kind of line break stay.
import type { FileChange } from '../../spec/agent.js'
import { hasBlock } from './block.js'
import { hasJson, jsonFault, setJson, unsetJson } from './json.js'
import { setToml, tomlFault, unsetToml } from './toml.js'
import { setYaml, unsetYaml, yamlFault } from './yaml.js'

const BOM = '\ufeff'

const bare = (text: string): string => (text.startsWith(BOM) ? text.slice(1) : text)
const likeBefore = (before: string, after: string): string => (before.startsWith(BOM) ? BOM + after : after)

/** Why a file is not edited, in words; undefined where it can be. */
export const faultOf = ({ format }: Pick<FileChange, 'format'>, text: string): string | undefined =>
  ({ json: jsonFault, toml: tomlFault, yaml: yamlFault })[format](bare(text))

export const withSettings = ({ format, settings }: FileChange, text: string): string => {
  const edit = { json: setJson, toml: setToml, yaml: setYaml }[format]
  return likeBefore(text, edit(bare(text), settings))
}

export const withoutSettings = ({ format, settings }: FileChange, text: string): string => {
  const edit = { json: unsetJson, toml: unsetToml, yaml: unsetYaml }[format]
  return likeBefore(text, edit(bare(text), settings))
}

/** Whether the file has all of the settings, ours or the same by somebody else's hand. */
export const hasSettings = (change: FileChange, text: string): boolean => {
  if (faultOf(change, text) !== undefined) return false
  if (change.format === 'toml') return hasBlock(text)
  if (change.format === 'json') return change.settings.every((setting) => hasJson(bare(text), setting))
  return withSettings(change, text) === text
}

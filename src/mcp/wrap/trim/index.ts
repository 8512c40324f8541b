// What a list of tools says twice or in too many blanks: descriptions, input schemas. No tool, parameter, constraint or
// sentence goes; output schemas, annotations, metadata and every other byte stay. The same list gives the same bytes.
import type { ByteEdit } from '../../../spec/wire.js'
import { literalOf } from '../../../wire/edit.js'
import { tidy } from './description.js'
import { isDialectIdle, NAMED_SCHEMAS_AT, SCHEMA_AT, SCHEMAS_AT } from './dialect.js'
import { type JsonMember, type JsonValue, memberOf, readJson, without } from './json-value.js'

/** Edits of the array of tools that starts at `at`; none where it cannot be read. */
export const trimTools = (bytes: Uint8Array, at: number): ByteEdit[] => {
  const edits = (readJson(bytes, at)?.items ?? []).flatMap(trimTool)
  return edits.sort((one, other) => one.start - other.start)
}

/** Endings that generators put behind a tool's name to title its input. */
const INPUT_WORDS = ['', 'arguments', 'args', 'input', 'params']

const trimTool = (tool: JsonValue): ByteEdit[] => {
  const edits: ByteEdit[] = []
  const description = tool.members?.find(({ name }) => name === 'description')
  const gone = new Set(description !== undefined && trimText(description.value, edits) ? [description] : [])
  const schema = memberOf(tool, 'inputSchema')
  const name = memberOf(tool, 'name')?.text
  if (schema !== undefined) {
    const titles = name === undefined ? [] : INPUT_WORDS.map((word) => name + word)
    trimSchema(schema, { titles, isRoot: true }, edits)
  }
  return [...edits, ...without(tool, gone)]
}

interface Place {
  /** Names of the schema: a title that repeats one says nothing. */
  readonly titles: readonly string[]
  readonly isRoot?: boolean
}

const trimSchema = (schema: JsonValue, place: Place, edits: ByteEdit[]): void => {
  const gone = new Set<JsonMember>()
  for (const member of schema.members ?? []) {
    const { name, value } = member
    if (name === 'description') trimText(value, edits) && gone.add(member)
    else if (name === 'title') isRepeated(value.text, place.titles) && gone.add(member)
    else if (name === '$schema') place.isRoot && isDialectIdle(schema, value.text) && gone.add(member)
    else if (NAMED_SCHEMAS_AT.has(name))
      for (const inner of value.members ?? [])
        trimSchema(inner.value, { titles: name === 'patternProperties' ? [] : [inner.name] }, edits)
    else if (SCHEMAS_AT.has(name) && value.items)
      for (const inner of value.items) trimSchema(inner, { titles: [] }, edits)
    else if (SCHEMA_AT.has(name)) trimSchema(value, { titles: [] }, edits)
  }
  edits.push(...without(schema, gone))
}

/** True where nothing is left of it; else an edit where it can be shorter. */
const trimText = ({ text, start, end }: JsonValue, edits: ByteEdit[]): boolean => {
  if (text === undefined) return false
  const shorter = tidy(text)
  if (shorter !== '' && shorter !== text) edits.push({ start, end, bytes: literalOf(shorter) })
  return shorter === ''
}

const letters = (text: string): string => text.toLowerCase().replace(/[\s_.-]+/g, '')

const isRepeated = (title: string | undefined, names: readonly string[]): boolean =>
  title !== undefined && names.some((name) => letters(name) === letters(title))

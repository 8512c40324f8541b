// YAML through its document form, which keeps comments and order; only where that rewrites nothing else.
import { type Document, isMap, isSeq, parseDocument } from 'yaml'
import type { Setting } from '../../spec/agent.js'

const PRINT = { lineWidth: 0 } as const

/** A file whose own text would come out differently is not edited. */
export const yamlFault = (text: string): string | undefined => {
  const document = parseDocument(text)
  const [first] = document.errors
  if (first !== undefined) return first.message.split('\n')[0]
  if (document.contents !== null && !isMap(document.contents)) return 'not a mapping'
  return text.trim() === '' || document.toString(PRINT) === text
    ? undefined
    : 'it is written in a way that editing would change'
}

/** A list that holds the item by name has it once. */
const isNamed = (item: unknown, name: unknown): boolean => isMap(item) && item.get('name') === name

const nameOf = (value: unknown): unknown => (value as { name?: unknown } | undefined)?.name

const listAt = (document: Document, path: readonly string[]) => {
  const list = document.getIn(path)
  return isSeq(list) ? list : undefined
}

export const setYaml = (text: string, settings: readonly Setting[]): string => {
  const document = parseDocument(text)
  for (const { at, value } of settings) {
    const path = at.slice(0, -1)
    if (at.at(-1) !== '-') document.setIn(at, document.createNode(value))
    else {
      const list = listAt(document, path)
      const known = list?.items.findIndex((item) => isNamed(item, nameOf(value))) ?? -1
      if (list === undefined) document.setIn(path, document.createNode([value]))
      else if (known === -1) list.add(document.createNode(value))
      else list.set(known, document.createNode(value))
    }
  }
  return document.toString(PRINT)
}

export const unsetYaml = (text: string, settings: readonly Setting[]): string => {
  const document = parseDocument(text)
  for (const { at, value } of settings) {
    const path = at.slice(0, -1)
    const list = at.at(-1) === '-' ? listAt(document, path) : undefined
    if (list === undefined) document.deleteIn(at)
    else list.items = list.items.filter((item) => !isNamed(item, nameOf(value)))
    const holder: unknown = path.length === 0 ? undefined : document.getIn(path)
    if ((isMap(holder) || isSeq(holder)) && holder.items.length === 0) document.deleteIn(path)
  }
  return document.contents === null || (isMap(document.contents) && document.contents.items.length === 0)
    ? ''
    : document.toString(PRINT)
}

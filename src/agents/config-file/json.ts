// JSON and JSON with comments: single members are put in and taken out, everything else stays as the user wrote it.
import {
  applyEdits,
  type FormattingOptions,
  getNodeValue,
  modify,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser'
import type { Setting } from '../../spec/agent.js'

/** What is wrong with a text, in words; undefined where it can be edited. An empty file is an empty object. */
export const jsonFault = (text: string): string | undefined => {
  if (text.trim() === '') return undefined
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: true })
  const [first] = errors
  if (first !== undefined) return `${printParseErrorCode(first.error)} at character ${first.offset}`
  return root?.type === 'object' ? undefined : 'not an object'
}

const styleOf = (text: string): FormattingOptions => {
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? '  '
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  }
}

export const setJson = (text: string, settings: readonly Setting[]): string => {
  const formattingOptions = styleOf(text)
  let edited = text.trim() === '' ? `{}${formattingOptions.eol}` : text
  for (const { at, value } of settings) {
    if (at.at(-1) !== '-') edited = applyEdits(edited, modify(edited, [...at], value, { formattingOptions }))
    else if (itemIndex(edited, { at, value }) === -1) {
      const options = { formattingOptions, isArrayInsertion: true }
      edited = applyEdits(edited, modify(edited, [...at.slice(0, -1), -1], value, options))
    }
  }
  return edited
}

/** Place of an item in the list that its path, up to the closing `-`, leads to; -1 where there is none. */
const itemIndex = (text: string, { at, value }: Setting): number => {
  const list = valueAt(text, at.slice(0, -1))
  const wanted = JSON.stringify(value)
  return Array.isArray(list) ? list.findIndex((item) => JSON.stringify(item) === wanted) : -1
}

export const hasJson = (text: string, setting: Setting): boolean =>
  setting.at.at(-1) === '-' ? itemIndex(text, setting) !== -1 : valueAt(text, setting.at) !== undefined

/** Removes the settings, and the objects that hold nothing else any more. */
export const unsetJson = (text: string, settings: readonly Setting[]): string => {
  const formattingOptions = styleOf(text)
  let edited = text
  for (const setting of settings) {
    const { at } = setting
    const isItem = at.at(-1) === '-'
    const index = isItem ? itemIndex(edited, setting) : undefined
    if (index === -1) continue
    for (let depth = at.length; depth > 0; depth--) {
      const isOurs = depth === at.length
      const path = isOurs && index !== undefined ? [...at.slice(0, -1), index] : at.slice(0, depth)
      const value = valueAt(edited, path)
      if (value === undefined || (!isOurs && Object.keys(value as object).length > 0)) break
      edited = applyEdits(edited, modify(edited, path, undefined, { formattingOptions }))
    }
  }
  return edited
}

export const valueAt = (text: string, path: readonly (string | number)[]): unknown => {
  const root = parseTree(text, [], { allowTrailingComma: true })
  let value: unknown = root === undefined ? undefined : getNodeValue(root)
  for (const step of path) value = (value as Record<string | number, unknown> | undefined)?.[step]
  return value
}

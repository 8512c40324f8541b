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
  for (const { at, value } of settings)
    edited = applyEdits(edited, modify(edited, [...at], value, { formattingOptions }))
  return edited
}

/** Removes the settings, and the objects that hold nothing else any more. */
export const unsetJson = (text: string, settings: readonly Setting[]): string => {
  const formattingOptions = styleOf(text)
  let edited = text
  for (const { at } of settings)
    for (let depth = at.length; depth > 0; depth--) {
      const path = at.slice(0, depth)
      const value = valueAt(edited, path)
      const isOurs = depth === at.length
      if (value === undefined || (!isOurs && Object.keys(value as object).length > 0)) break
      edited = applyEdits(edited, modify(edited, [...path], undefined, { formattingOptions }))
    }
  return edited
}

export const valueAt = (text: string, path: readonly string[]): unknown => {
  const root = parseTree(text, [], { allowTrailingComma: true })
  let value: unknown = root === undefined ? undefined : getNodeValue(root)
  for (const step of path) value = (value as Record<string, unknown> | undefined)?.[step]
  return value
}

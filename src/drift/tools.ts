// What changed in a list of tool definitions.
import type { BreakCause, Change } from '../spec/drift.js'
import { canonical, isObject, sortedJson } from './canonical.js'
import { changeOf } from './text-change.js'

export interface ToolsDifference {
  readonly cause: BreakCause
  readonly subject?: string
  readonly change?: Change
}

/** In every dialect's own nesting, without breakpoints. */
const definitions = (tools: unknown): Record<string, unknown>[] =>
  (Array.isArray(tools) ? tools : []).flatMap((tool) => {
    const plain = canonical(tool)
    if (!isObject(plain)) return []
    const declared = plain.functionDeclarations ?? plain.function_declarations
    return Array.isArray(declared) ? declared.filter(isObject) : [plain]
  })

const nameOf = (tool: Record<string, unknown>): string => {
  const inner = isObject(tool.function) ? tool.function.name : undefined
  const name = tool.name ?? inner ?? tool.type
  return typeof name === 'string' ? name : '(unnamed)'
}

/** Undefined where the definitions are the same to the byte, breakpoints and white space aside. */
export const toolsDifference = (old: unknown, now: unknown): ToolsDifference | undefined => {
  const [before, after] = [definitions(old), definitions(now)]
  const [oldNames, newNames] = [before.map(nameOf), after.map(nameOf)]
  const [had, has] = [new Set(oldNames), new Set(newNames)]
  const added = newNames.find((name) => !had.has(name))
  if (added !== undefined) return { cause: 'tool-added', subject: added }
  const removed = oldNames.find((name) => !has.has(name))
  if (removed !== undefined) return { cause: 'tool-removed', subject: removed }
  const moved = newNames.find((name, index) => name !== oldNames[index])
  if (moved !== undefined || oldNames.length !== newNames.length)
    return { cause: 'tools-reordered', subject: moved ?? newNames[0] ?? '' }
  for (const [index, tool] of after.entries()) {
    const [a, b] = [JSON.stringify(before[index]), JSON.stringify(tool)]
    if (a === b) continue
    const subject = newNames[index]!
    if (sortedJson(before[index]) === sortedJson(tool)) return { cause: 'tool-keys-reordered', subject }
    const change = changeOf(a, b)
    return { cause: 'tool-changed', subject, ...(change === undefined ? {} : { change }) }
  }
  return undefined
}

/** Descriptions of a tool list, by tool. */
export const toolTexts = (tools: unknown): { readonly name: string; readonly text: string }[] =>
  definitions(tools).flatMap((tool) => {
    const inner = isObject(tool.function) ? tool.function : tool
    return typeof inner.description === 'string' ? [{ name: nameOf(tool), text: inner.description }] : []
  })

// What a syntax tree has to offer: functions with a body, comments, classes. One pass in the parser's own memory.
import type { Node } from 'web-tree-sitter'
import type { Language } from './languages.js'
import { rowsText, type Source } from './source.js'

export interface Fn {
  readonly node: Node
  readonly body: Node
  /** Rows of the whole function; the last row of its signature is `first - 1`. */
  readonly start: number
  readonly end: number
  /** Rows of the body that may go, inclusive; none where `first > last`. */
  readonly first: number
  readonly last: number
  readonly parent: Fn | undefined
  readonly children: Fn[]
}

export interface Comment {
  readonly node: Node
  readonly start: number
  readonly end: number
  readonly owner: Fn | undefined
}

export interface Found {
  /** Functions that no other function holds. */
  readonly outer: readonly Fn[]
  readonly all: readonly Fn[]
  readonly comments: readonly Comment[]
  readonly classes: readonly Node[]
}

export const endRow = (node: Node): number => {
  const { row, column } = node.endPosition
  return column === 0 && row > node.startPosition.row ? row - 1 : row
}

export const find = (root: Node, source: Source, language: Language): Found => {
  const functions = new Set(language.functions)
  const classTypes = new Set(language.classes)
  const nodes = root.descendantsOfType([...language.functions, ...language.classes, ...language.comments])
  const outer: Fn[] = []
  const all: Fn[] = []
  const comments: Comment[] = []
  const classes: Node[] = []
  const stack: { fn: Fn; endIndex: number }[] = []
  for (const node of nodes) {
    if (node === null) continue
    while (stack.length > 0 && stack.at(-1)!.endIndex <= node.startIndex) stack.pop()
    const owner = stack.at(-1)?.fn
    if (functions.has(node.type)) {
      const fn = functionOf(node, owner, source, language)
      if (fn === undefined) continue
      ;(owner?.children ?? outer).push(fn)
      all.push(fn)
      stack.push({ fn, endIndex: node.endIndex })
    } else if (classTypes.has(node.type)) classes.push(node)
    else comments.push({ node, start: node.startPosition.row, end: endRow(node), owner })
  }
  return { outer, all, comments, classes }
}

const functionOf = (node: Node, parent: Fn | undefined, source: Source, language: Language): Fn | undefined => {
  const start = node.startPosition.row
  const end = endRow(node)
  if (end === start) return undefined
  const body =
    node.childForFieldName('body') ??
    (node.type === 'do_block' ? node : node.namedChildren.find((child) => child?.type === 'block'))
  if (body === null || body === undefined) return undefined
  const rows =
    language.body === 'braces'
      ? bracedRows(body, source)
      : { first: signatureEnd(node, body) + 1, last: language.body === 'indent' ? end : end - 1 }
  return rows === undefined ? undefined : { node, body, start, end, ...rows, parent, children: [] }
}

/** Last row of what stands before the body. */
const signatureEnd = (node: Node, body: Node): number => {
  let row = node.startPosition.row
  for (const child of node.namedChildren) {
    if (child === null || child.type === 'comment' || child.type === 'body_statement' || child.id === body.id) continue
    if (child.startIndex >= body.startIndex && body.id !== node.id) break
    row = Math.max(row, endRow(child))
  }
  return row
}

/** Rows between the braces, unless a statement shares its row with one of them and goes on in another. */
const bracedRows = (body: Node, source: Source): { first: number; last: number } | undefined => {
  const open = body.startPosition
  const close = body.endPosition
  if (source.code.text[body.startIndex] !== '{' || source.code.text[body.endIndex - 1] !== '}') return undefined
  const { starts, text } = source.code
  const afterOpen = text.slice(body.startIndex + 1, Math.min(starts[open.row + 1]!, body.endIndex))
  const beforeClose = text.slice(Math.max(starts[close.row]!, body.startIndex + 1), body.endIndex - 1)
  const clean = /^\s*(?:\/\/.*)?\s*$/.test(afterOpen) && beforeClose.trim() === ''
  if (!clean && body.namedChildren.some((child) => child !== null && sharesRow(child, open.row, close.row)))
    return undefined
  return { first: open.row + 1, last: close.row - 1 }
}

const sharesRow = (child: Node, open: number, close: number): boolean => {
  const start = child.startPosition.row
  const end = endRow(child)
  return start !== end && (start === open || end === close)
}

/** Text of a function's head, without its body. */
export const headText = (fn: Fn, source: Source): string => rowsText(source, fn.start, fn.first - 1)

const BEFORE_PARENTHESIS = /([\w$~.:]+)\s*(?:<[^()]*>)?\s*\(/

/** Name as written, qualified where the head says so (`Pool::put`); empty for a function without one. */
export const nameOf = (fn: Fn, source: Source): string => {
  const name = fn.node.childForFieldName('name')
  if (name !== null) return name.text
  const parent = fn.node.parent
  const target =
    parent?.childForFieldName('name') ?? parent?.childForFieldName('left') ?? parent?.childForFieldName('key')
  if (target !== null && target !== undefined) return target.text
  if (fn.node.childForFieldName('declarator') === null) return ''
  return BEFORE_PARENTHESIS.exec(headText(fn, source))?.[1] ?? ''
}

/** Calls whose callbacks are the chapters of a test file. */
const TEST_CALL =
  /^(?:describe|context|it|test|specify|suite|feature|scenario|before|after|beforeEach|afterEach|beforeAll|afterAll|setup|teardown|bench|shared_examples\w*|shared_context|let|subject|[xf](?:it|describe|context)|t\.Run|s\.Run|t\.test)\b/
const GIVES_NAME = new Set(['variable_declarator', 'pair', 'public_field_definition', 'field_definition'])

/** Whether a function inside another one keeps its head: it has a name, or is a chapter of a test file. */
export const isIsland = (fn: Fn, language: Language): boolean => {
  if (language.named.includes(fn.node.type)) return true
  const parent = fn.node.parent
  if (parent === null) return false
  if (parent.type === 'assignment_expression') return parent.childForFieldName('left')?.type === 'member_expression'
  if (GIVES_NAME.has(parent.type)) return true
  const call = parent.type === 'arguments' || parent.type === 'argument_list' ? parent.parent : parent
  return call !== null && /^call/.test(call.type) && TEST_CALL.test(call.text.slice(0, 80))
}

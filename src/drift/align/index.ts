// Moves what changes by itself from the system prompt to the tail of the conversation, so that what a provider caches stays the
// same bytes turn after turn (docs/decisions/0028-align-prefix.md).
import { HeadroomError } from '../../base/errors.js'
import type { AlignOptions, AlignResult } from '../../spec/align.js'
import type { JsonPath } from '../../spec/wire.js'
import { MOVABLE } from './movable.js'
import { planFor } from './plan.js'
import type { Tail } from './tail.js'

/**
 * For a request in the shape of Anthropic Messages, OpenAI Chat Completions or OpenAI Responses. Call it on every request of a
 * conversation, with the system prompt as it is now; keep your own history, not the result.
 */
export const alignPrefix = <T extends object>(request: T, { looks }: AlignOptions = {}): AlignResult<T> => {
  const wrong = looks?.find((one) => !MOVABLE.includes(one))
  if (wrong !== undefined)
    throw new HeadroomError('INPUT_INVALID', `looks: expected ${MOVABLE.join(', ')}; got ${JSON.stringify(wrong)}`)
  const plan = planFor(request, looks)
  if (typeof plan === 'string') return { request, moved: [], reason: plan }
  const withHead = plan.head.reduce<unknown>((copy, { path, text }) => withValue(copy, path, () => text), request)
  return { request: withTail(withHead, plan.tail, plan.list) as T, moved: plan.moved }
}

const withTail = (request: unknown, tail: Tail, list: string): unknown =>
  withValue(request, tail.path, (value) => {
    if (tail.kind === 'push') return [...(value as unknown[]), tail.item(list)]
    if (tail.kind === 'extend') return `${value as string}\n\n${list}`
    return [
      { type: 'text', text: value },
      { type: 'text', text: list },
    ]
  })

/** A copy with another value at a path; everything off the path is the same reference. */
const withValue = (root: unknown, path: JsonPath, change: (value: unknown) => unknown): unknown => {
  const [step, ...rest] = path
  if (step === undefined) return change(root)
  if (Array.isArray(root)) return root.map((item, index) => (index === step ? withValue(item, rest, change) : item))
  const members = root as Readonly<Record<string, unknown>>
  return { ...members, [step]: withValue(members[step], rest, change) }
}

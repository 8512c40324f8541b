// Form fields as short tags: what an agent needs to fill in a form, in the page's own words.
import type { Attributes } from './tree.js'

const SHOWN = ['type', 'name', 'value', 'placeholder', 'min', 'max', 'pattern'] as const
const FLAGS = ['checked', 'required', 'disabled', 'selected'] as const
const BUTTONS: ReadonlySet<string> = new Set(['submit', 'button', 'reset', 'image'])

/** Text that stands for a field, or undefined where it says nothing. */
export const controlText = (tag: string, attributes: Attributes): string | undefined => {
  const type = attributes.type?.toLowerCase()
  if (type === 'hidden') return undefined
  if (tag === 'input' && type !== undefined && BUTTONS.has(type)) {
    const label = attributes.value ?? attributes.alt ?? attributes['aria-label']
    return label === undefined || label.trim() === '' ? undefined : `[${label.trim()}]`
  }
  const parts = SHOWN.flatMap((name) => {
    const value = attributes[name]?.trim()
    if (value === undefined || value === '' || (name === 'type' && value === 'text')) return []
    return [`${name}="${value}"`]
  })
  if (attributes.name === undefined && attributes.id !== undefined) parts.push(`id="${attributes.id}"`)
  const flags = FLAGS.filter((name) => attributes[name] !== undefined)
  return parts.length === 0 ? undefined : `<${[tag, ...parts, ...flags].join(' ')}>`
}

export const formText = ({ action, method }: Attributes): string | undefined =>
  action === undefined && method === undefined
    ? undefined
    : `<form${method === undefined ? '' : ` method="${method}"`}${action === undefined ? '' : ` action="${action}"`}>`

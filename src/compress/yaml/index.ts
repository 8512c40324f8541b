// YAML: names, kinds, images, what differs and what was asked for stay verbatim; gaps are comments, so the result still parses.
import { lineAt, lineTable } from '../../base/lines.js'
import { PlanBuilder } from '../../base/plan.js'
import { skip } from '../../base/skip.js'
import { askedColumns } from '../../salience/asked-columns.js'
import { ALWAYS, budgetOf, Claims, costsOf, pick } from '../../salience/pick.js'
import type { CompressInput, Compressor } from '../../spec/compressor.js'
import type { Gap, Plan } from '../../spec/plan.js'
import type { Skip } from '../../spec/skip.js'
import { claimYaml } from './claims.js'
import { structureOf } from './groups.js'
import { parseYaml, type Yaml } from './parse.js'

const MIN_UNITS = 12
const MARKER_TOKENS = 20
/** A note prints no more than 120 characters of a marker. */
const MAX_NOTE_CHARS = 110

const compress = (input: CompressInput): Plan | Skip => {
  if (!input.mayElide) return skip('policy-lossless-only')
  const lines = lineTable(input.text)
  const yaml = parseYaml(lines)
  if (yaml === undefined) return skip('not-parsable', 'no YAML')
  const { units } = yaml
  if (units.length < MIN_UNITS) return skip('nothing-to-drop', 'few lines')
  const claims = new Claims(units.length)
  claimYaml(yaml, structureOf(yaml), askedColumns(input.query), claims)
  const starts = [...units.map(({ from }) => lines.starts[from]!), input.text.length]
  for (const span of input.protectedSpans)
    for (let unit = 0; unit < units.length; unit++)
      if (starts[unit]! < span.end && starts[unit + 1]! > span.start) claims.raise(unit, ALWAYS)
  const cost = costsOf(starts, input.tokens)
  const kept = pick(claims, budgetOf(cost, { tokens: input.tokens, asked: input.budgetTokens, marker: MARKER_TOKENS }))
  keepParents(yaml, kept)
  keepAnchors(yaml, kept)
  return kept.includes(0) ? planOf(yaml, kept, starts) : skip('nothing-to-drop')
}

/** A key that stays without the one above it would be another key. */
const keepParents = ({ units }: Yaml, kept: Uint8Array): void => {
  for (let unit = kept.length - 1; unit >= 0; unit--)
    if (kept[unit] === 1 && units[unit]!.parent !== -1) kept[units[unit]!.parent] = 1
}

const ANCHOR = /(?:^|\s)&([\w.-]+)/
const ALIASES = /(?:^|[\s[{,])\*([\w.-]+)/g

/** An alias parses only where its anchor stands. */
const keepAnchors = (yaml: Yaml, kept: Uint8Array): void => {
  const { text } = yaml.lines
  if (!text.includes('&') || !text.includes('*')) return
  const anchors = new Map<string, number>()
  yaml.units.forEach(({ value }, unit) => {
    const name = ANCHOR.exec(value)?.[1]
    if (name !== undefined) anchors.set(name, unit)
  })
  for (let changed = anchors.size > 0; changed; ) {
    changed = false
    yaml.units.forEach(({ value }, unit) => {
      if (kept[unit] === 0) return
      for (const [, name] of value.matchAll(ALIASES)) {
        const anchor = anchors.get(name!)
        if (anchor === undefined || kept[anchor] === 1) continue
        kept[anchor] = 1
        changed = true
      }
    })
    keepParents(yaml, kept)
  }
}

const planOf = (yaml: Yaml, kept: Uint8Array, starts: readonly number[]): Plan => {
  const { units, lines } = yaml
  const builder = new PlanBuilder()
  const breakOf = lines.text.includes('\r\n') ? '\r\n' : '\n'
  for (let unit = 0; unit < kept.length; unit++) {
    if (kept[unit] === 1) continue
    let end = unit
    while (end < kept.length && kept[end] === 0) end++
    const first = units[unit]!
    const last = units[end - 1]!
    const note = noteOf(yaml, unit, end)
    const gap: Gap = {
      count: last.to - first.from,
      unit: 'lines',
      range: [first.from + 1, last.to],
      ...(note === '' ? {} : { note }),
    }
    const open = starts[end] === lines.text.length && !lines.text.endsWith('\n')
    const indent = lineAt(lines, first.from).trim() === '' ? first.indent : indentOf(lineAt(lines, first.from))
    builder
      .keepTo(starts[unit]!)
      .elideTo(starts[end]!, gap, { before: `${' '.repeat(indent)}# `, after: open ? '' : breakOf })
    unit = end
  }
  return builder.keepTo(lines.text.length).done('yaml/lines')
}

const indentOf = (line: string): number => line.length - line.trimStart().length

const PRINTABLE = /^[^[\]"'`;,\\\p{Cc}]+$/u

/** Keys and items that the gap takes away whole, first ones by name: `keys spec, status`, `12 items`. */
const noteOf = ({ units, children }: Yaml, from: number, to: number): string => {
  const names: string[] = []
  let items = 0
  for (let unit = from; unit < to; unit++) {
    const { parent, kind, key } = units[unit]!
    if (parent >= from || kind === 'comment' || kind === 'text') continue
    if (kind === 'item' || kind === 'document') items++
    const name = kind === 'pair' ? key : nameIn(unit)
    if (name !== '' && PRINTABLE.test(name)) names.push(name)
  }
  const counted = items > 1 ? `${items} items` : ''
  let note = counted
  for (const name of new Set(names)) {
    if (note.length + name.length + 2 > MAX_NOTE_CHARS) return `${note}, …`
    note = note === '' ? name : note === counted ? `${counted}: ${name}` : `${note}, ${name}`
  }
  return note

  function nameIn(unit: number): string {
    const own = units[unit]!
    if (/^(?:name|id|key|title)$/.test(own.key)) return own.value
    if (own.key === '' && own.value.length < 40) return own.value
    for (const child of children[unit]!) {
      if (/^(?:name|id|title)$/.test(units[child]!.key)) return units[child]!.value
      if (units[child]!.key !== 'metadata') continue
      const inner = children[child]!.find((at) => units[at]!.key === 'name')
      if (inner !== undefined) return units[inner]!.value
    }
    return ''
  }
}

export const yaml: Compressor = { name: 'yaml', version: 1, accepts: ['yaml'], compress }

// The outline of the text: which headings stay even where nothing below them does.
import type { Facts } from './facts.js'
import { namesVersion } from './lines.js'
import { MARKER_TOKENS, MIN_GAP_TOKENS } from './select.js'

export interface Outline {
  /** Priority of each heading; 0 for other units. */
  readonly priority: Float64Array
  /** 1 for headings that open the notes of a release. */
  readonly release: Uint8Array
}

/** A heading text used this often (`Bug Fixes`) says nothing without what stands below it. */
const COMMON = 3
/** Share of the budget that the outline may take for itself. */
const OUTLINE_SHARE = 0.45

const IN_OUTLINE = 6
const QUESTION = 7
const BEYOND = 0.35
const WITHOUT_SENSE = 0.02

export const outlineOf = (facts: Facts, costs: Float64Array, budget: number): Outline => {
  const { units, table } = facts
  const priority = new Float64Array(units.length)
  const release = new Uint8Array(units.length)
  const headings = [...units.keys()].filter((unit) => units[unit]!.kind === 'heading')
  const texts = new Map<string, number>()
  const textOf = (unit: number): string =>
    table.text
      .slice(units[unit]!.start, units[unit]!.end)
      .trim()
      .replace(/^[#=*\s]+/, '')
  for (const unit of headings) texts.set(textOf(unit), (texts.get(textOf(unit)) ?? 0) + 1)
  for (const unit of headings) {
    const text = textOf(unit)
    if (namesVersion(text)) release[unit] = 1
    if (texts.get(text)! >= COMMON) priority[unit] = WITHOUT_SENSE
    else if (/[?？؟;]\s*$/.test(text)) priority[unit] = QUESTION
    else priority[unit] = IN_OUTLINE
  }
  const chosen = headings.filter((unit) => priority[unit]! >= IN_OUTLINE)
  chosen.sort((a, b) => priority[b]! - priority[a]! || units[a]!.level - units[b]!.level || a - b)
  let left = budget * OUTLINE_SHARE
  for (const unit of chosen) {
    // What stands below goes under a marker, or stays where it is shorter than that pays for.
    const below = costBelow(facts, costs, unit)
    left -= costs[unit]! + (below < MIN_GAP_TOKENS ? below : MARKER_TOKENS)
    if (left < 0) priority[unit] = BEYOND
  }
  return { priority, release }
}

const costBelow = ({ units }: Facts, costs: Float64Array, heading: number): number => {
  let below = 0
  for (let unit = heading + 1; unit < units.length && units[unit]!.kind !== 'heading' && below < MIN_GAP_TOKENS; unit++)
    below += costs[unit]!
  return below
}

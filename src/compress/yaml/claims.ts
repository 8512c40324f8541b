// What of a YAML text is worth its lines: the upper levels, the first of each kind, what differs from its likes, what was asked for.
import type { AskedColumns } from '../../salience/asked-columns.js'
import { judgeColumn } from '../../salience/grid.js'
import { ALWAYS, Claims } from '../../salience/pick.js'
import { severityOf } from '../../salience/severity.js'
import { termLines } from '../../salience/term-lines.js'
import type { Group, Structure } from './groups.js'
import type { Unit, Yaml } from './parse.js'

const NAMING =
  /^(?:name|id|key|title|host|path|kind|operationId|alias|user|email|job_name|alert|record|metric|container_name|uses)$/
/** Keys that say most about what they are in. */
const TELLING =
  /^(?:apiVersion|kind|name|namespace|image|replicas|ports?|containerPort|hostPort|targetPort|host|path|schedule|uses|run|on|command|args|entrypoint|env|environment|value|type|status|phase|reason|message|operationId|summary|version|url|expr|severity|enabled|restartPolicy|restartCount|ready|cpu|memory|secretName|serviceAccountName|required|default|enum)$/
/** Bookkeeping of servers that nobody asks about. */
const NOISE = /^(?:managedFields|kubectl\.kubernetes\.io\/last-applied-configuration|f:.*|k:.*)$/
const DULL =
  /^(?:uid|resourceVersion|generation|selfLink|creationTimestamp|deletionGracePeriodSeconds|containerID|imageID|lastProbeTime|lastTransitionTime|terminationMessagePath|terminationMessagePolicy|dnsPolicy|schedulerName|pod-template-hash|fieldsType|fieldsV1|manager|operation|subresource|example|examples|description|x-.*)$/
const ODD = 670
const MAX_TROUBLE = 14
const MOST_MATCHES = 16

export const claimYaml = (yaml: Yaml, structure: Structure, asked: AskedColumns, claims: Claims): void => {
  claimPlaces(yaml, structure, claims)
  const naming = (unit: number, score: number): void => claimNames(yaml, structure, { unit, score, claims })
  for (const group of structure.groups) claimGroup(yaml, group, { asked, claims, naming })
  claimTrouble(yaml, claims, naming)
  claimAsked(yaml, structure, asked, { claims, naming })
}

/** Lowers a unit by how many of its pattern came before: small rows a little, big ones until only names are left. */
const SMALL_ROWS: readonly number[] = [0, 40, 110, 150]
const BIG_ROWS: readonly number[] = [0, 60, 180, 330]
const BIG_ROW_UNITS = 10

/** By depth, by how many alike came before, and by what the key says. A value that most rows share says nothing again. */
const claimPlaces = ({ units }: Yaml, structure: Structure, claims: Claims): void => {
  const { ordinal, alike } = structure
  const usual = usualUnits(units, structure)
  const sizes = sizesOf(units)
  const lowered = new Float64Array(units.length)
  const ofKey = new Map<string, { penalty: number; telling: number }>()
  units.forEach((unit, index) => {
    const { parent, key, kind, depth, value } = unit
    let worth = ofKey.get(key)
    if (worth === undefined) {
      worth = { penalty: NOISE.test(key) ? 2000 : DULL.test(key) ? 90 : 0, telling: TELLING.test(key) ? 70 : 0 }
      ofKey.set(key, worth)
    }
    let penalty = (parent === -1 ? 0 : lowered[parent]!) + worth.penalty
    if (alike[index]! > 2 && kind !== 'text' && kind !== 'comment') {
      const steps = sizes[index]! > BIG_ROW_UNITS ? BIG_ROWS : SMALL_ROWS
      penalty = Math.max(penalty, steps[Math.min(3, ordinal[index]!)]!)
      if (ordinal[index]! >= 2 && (usual[index] === 1 || value === '')) penalty = Math.max(penalty, 400)
    }
    lowered[index] = penalty
    if (kind === 'comment') {
      if (depth === 0 && value !== '') claims.raise(index, 120)
      return
    }
    const base = kind === 'text' ? textClaim(unit, units) : 430 - 40 * depth
    if (depth === 0 && kind === 'pair' && penalty < 100) claims.raise(index, 610)
    else claims.raise(index, Math.min(590, base + worth.telling - penalty - (value.length > 120 ? 80 : 0)))
  })
}

/** Units of each one's subtree, itself included. */
const sizesOf = (units: Yaml['units']): Int32Array => {
  const sizes = new Int32Array(units.length).fill(1)
  for (let index = units.length - 1; index >= 0; index--) {
    const { parent } = units[index]!
    if (parent !== -1) sizes[parent]! += sizes[index]!
  }
  return sizes
}

/** 1 where most rows have the same value under the same key. */
const usualUnits = (units: Yaml['units'], { groups }: Structure): Uint8Array => {
  const usual = new Uint8Array(units.length)
  for (const { rows, keys, cells } of groups)
    for (let column = 0; column < keys.length; column++) {
      const counts = new Map<string, number>()
      for (let at = column; at < cells.length; at += keys.length) {
        const value = cells[at] === -1 ? '' : units[cells[at]!]!.value
        if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1)
      }
      for (let at = column; at < cells.length; at += keys.length)
        if (cells[at] !== -1 && (counts.get(units[cells[at]!]!.value) ?? 0) > rows.length / 2) usual[cells[at]!] = 1
    }
  return usual
}

/** First lines of a block scalar; they get less the further down they are. */
const textClaim = ({ parent, from }: Unit, units: readonly Unit[]): number =>
  parent === -1 ? 200 : 240 - 18 * (from - units[parent]!.from)

interface Naming {
  readonly unit: number
  readonly score: number
  readonly claims: Claims
}

/** What says which row a unit is in, and the rows around that one. */
const claimNames = ({ units, children }: Yaml, { rowOf }: Structure, { unit, score, claims }: Naming): void => {
  for (let row = rowOf[unit]!, steps = 0; row !== -1 && steps < 6; steps++) {
    claims.raise(row, score)
    for (const child of children[row]!) {
      if (NAMING.test(units[child]!.key) && units[child]!.value !== '') claims.raise(child, score)
      if (units[child]!.key === 'metadata')
        for (const inner of children[child]!)
          if (/^name(?:space)?$/.test(units[inner]!.key)) {
            claims.raise(child, score)
            claims.raise(inner, score)
          }
    }
    const parent = units[row]!.parent
    row = parent === -1 ? -1 : rowOf[parent]!
  }
}

interface Telling {
  readonly asked: AskedColumns
  readonly claims: Claims
  readonly naming: (unit: number, score: number) => void
}

/** Column by column, so that the very line that differs is known. */
const claimGroup = ({ units }: Yaml, { rows, keys, cells }: Group, { asked, claims, naming }: Telling): void => {
  keys.forEach((key, column) => {
    if (NOISE.test(key) || (DULL.test(key) && asked.said(key) === 0)) return
    const values = rows.map((_, row) => {
      const unit = cells[row * keys.length + column]!
      return unit === -1 ? '' : plainValue(units[unit]!.value) || '{}'
    })
    const odd = new Claims(rows.length)
    const judged = judgeColumn({ name: key, index: 0, cells: values }, odd)
    odd.score.forEach((score, row) => {
      if (score < 600) return
      const unit = cells[row * keys.length + column]!
      const hit = unit === -1 ? rows[row]! : unit
      claims.raise(hit, ODD)
      naming(hit, ODD - 5)
    })
    const { numbers } = judged
    if (numbers === undefined || !(asked.most || asked.least) || asked.said(key) === 0) return
    const ranked = [...numbers.keys()]
      .filter((row) => !Number.isNaN(numbers[row]!))
      .sort((a, b) => numbers[a]! - numbers[b]!)
    const ends = [...(asked.most ? ranked.slice(-3) : []), ...(asked.least ? ranked.slice(0, 3) : [])]
    for (const row of ends) {
      claims.raise(cells[row * keys.length + column]!, 890)
      naming(cells[row * keys.length + column]!, 889)
    }
  })
}

const plainValue = (value: string): string =>
  !/["'#]/.test(value) ? value : value.replace(/ +#.*$/, '').replace(/^(["'])(.*)\1$/, '$2')

const claimTrouble = (yaml: Yaml, claims: Claims, naming: Telling['naming']): void => {
  const found: number[] = []
  yaml.units.forEach(({ value, kind }, index) => {
    if (kind !== 'comment' && value.length > 3 && !/^[a-z][a-zA-Z-]*$/.test(value) && severityOf(value) >= 2)
      found.push(index)
  })
  if (found.length > Math.max(MAX_TROUBLE, yaml.units.length * 0.02)) return
  for (const unit of found) {
    claims.raise(unit, 660)
    naming(unit, 655)
  }
}

const claimAsked = (
  { units, lines, children }: Yaml,
  { rowOf }: Structure,
  { query }: AskedColumns,
  { claims, naming }: Omit<Telling, 'asked'>,
): void => {
  if (query.terms.length === 0) return
  const found = termLines(lines, query)
  const named = new Set(found.named)
  const rowScore = new Map<number, number>()
  const own = units.map(({ from, to }) => {
    let score = 0
    for (let line = from; line < to; line++) score += found.score[line]!
    return score
  })
  own.forEach((score, index) => {
    const row = rowOf[index]!
    if (score > 0 && row !== -1) rowScore.set(row, Math.min(2 * score + (rowScore.get(row) ?? 0), 1e6))
  })
  const total = own.map((score, index) => (score === 0 ? 0 : score + 0.25 * (rowScore.get(rowOf[index]!) ?? 0)))
  const hits = [...total.keys()].filter((index) => total[index]! > 0).sort((a, b) => total[b]! - total[a]! || a - b)
  const best = total[hits[0]!] ?? 0
  hits.slice(0, MOST_MATCHES).forEach((index) => {
    if (total[index]! < best * 0.45) return
    claimAround(index, 700 + (80 * total[index]!) / best)
  })
  units.forEach(({ from, to }, index) => {
    for (let line = from; line < to; line++) if (named.has(line)) claimAround(index, ALWAYS)
  })

  /** The unit, what is in it, what stands beside it, and the names of the rows around. */
  function claimAround(index: number, score: number): void {
    claims.raise(index, score)
    naming(index, Math.min(score, 880))
    let room = 14
    const queue = [...children[index]!]
    for (let at = 0; at < queue.length && room > 0; at++, room--) {
      claims.raise(queue[at]!, 660)
      queue.push(...children[queue[at]!]!)
    }
    const { parent } = units[index]!
    const beside = parent === -1 ? [] : children[parent]!
    if (beside.length <= 12) for (const sibling of beside) claims.raise(sibling, 540)
  }
}

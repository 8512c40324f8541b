// Which members of a single record stay when it has less room than it needs, and how much room its containers get.
import { troubleOf } from './failures.js'
import { type Question, relevance } from './question.js'
import type { Study } from './study.js'
import { FALSE, innerOf, isContainer, keyOf, NULL, NUMBER, STRING, TRUE, type Tree } from './tree.js'

const NAMING =
  /^(?:@?id|_id|.*[_-]id|.*Id|name|.*[_-]name|.*Name|title|label|login|user(?:name)?|email|key|slug|number|path|state|status|.*[Ss]tatus|conclusion|result|type|kind|action|event|version|tag|ref|branch|sha|severity|level|priority|message|reason|description|summary|count|total|amount|price|size|score|rank)$/
const LINK_KEY = /(?:^|_|-)(?:urls?|href|links?|avatar)$|(?:Url|URL|Href|Link)$/
const OPAQUE_KEY = /(?:node|gravatar|etag|trace|span|request|cursor)_?id$|token|signature|hash|checksum|digest/i
/** Least room for a container; with less it is a gap. */
const MIN_CONTAINER = 60
/** Characters up to which scalars and containers of a record near the root stay, if they need no more than this share. */
const NEAR_SCALAR = 160
const NEAR_CONTAINER = 200
const NEAR_SHARE = 0.4
/** Members from which the question's words are weighed among them. */
const MIN_SIBLINGS = 4

/** Room for each member in characters: 0 where it goes, Infinity where it stays as it is. */
export const roomOfMembers = (
  tree: Tree,
  members: readonly number[],
  ask: { study: Study; budget: number; near: boolean },
): Float64Array => {
  const { study, budget } = ask
  const near = ask.near && fitsNear(tree, members, budget)
  const { question } = study
  const room = new Float64Array(members.length)
  const cost = (member: number): number => tree.size[member]! + tree.keyEnd[member]! - tree.keyStart[member]! + 2
  const scalars: { index: number; worth: number }[] = []
  const containers: Omit<Claim, 'size'>[] = []
  const lifts = liftsOf(tree, members, question)
  let left = budget
  members.forEach((member, index) => {
    const size = tree.size[member]!
    if (isContainer(tree, member) && size > 40) {
      containers.push({
        index,
        weight: weightOf(study, member) * lifts[index]!,
        least: near && size <= NEAR_CONTAINER ? size : leastRoom(study, member),
      })
      left -= tree.keyEnd[member]! - tree.keyStart[member]! + 2
    } else scalars.push({ index, worth: Math.max(worthOf(study, member), near && isNear(tree, member) ? 2 : 0) })
  })
  scalars.sort((a, b) => b.worth - a.worth || a.index - b.index)
  const floor = containers.length > 0 ? left * 0.45 : 0
  for (const { index, worth } of scalars) {
    const member = members[index]!
    const needed = Math.min(cost(member), 500)
    if (worth < 2 && (left - needed < floor || worth < 0.35)) continue
    room[index] = cost(member) > 500 && worth < 3 ? Math.max(200, Math.min(500, left / 2)) : Number.POSITIVE_INFINITY
    left -= needed
  }
  shareOut(
    containers.map((container) => ({ ...container, size: tree.size[members[container.index]!]! })),
    Math.max(left, floor, 0),
    room,
  )
  return room
}

/** Small ones whole, the rest by weight. */
interface Claim {
  readonly index: number
  readonly weight: number
  readonly size: number
  /** Room that it gets in any case. */
  readonly least: number
}

const shareOut = (claims: readonly Claim[], budget: number, room: Float64Array): void => {
  let left = budget
  let weight = claims.reduce((sum, claim) => sum + claim.weight, 0)
  const ranked = [...claims].sort((a, b) => a.size / a.weight - b.size / b.weight || a.index - b.index)
  for (const claim of ranked) {
    const share = weight > 0 ? (left * claim.weight) / weight : 0
    weight -= claim.weight
    const given = claim.size <= Math.max(share, claim.least) ? Number.POSITIVE_INFINITY : Math.max(share, claim.least)
    room[claim.index] = given >= MIN_CONTAINER ? given : 0
    left -= Math.min(claim.size, room[claim.index]!)
  }
}

/** A container's claim: by the root of its size, more where the question's words are in it. */
const weightOf = (study: Study, member: number): number => {
  const { tree, question } = study
  const base = Math.sqrt(tree.size[member]!)
  const start = tree.keyStart[member]!
  const end = tree.end[member]!
  if (question.points(start, end) || study.tells(member) === 2) return base * 6
  const named = question.named(keyOf(tree, member))
  return base * (1 + 2 * named + (question.touches(start, end) ? 1 : 0))
}

const isNear = (tree: Tree, member: number): boolean =>
  tree.kind[member] !== NULL && !isContainer(tree, member) && tree.size[member]! <= NEAR_SCALAR

/** What is small in a record near the root is small together, too. */
const fitsNear = (tree: Tree, members: readonly number[], budget: number): boolean => {
  let chars = 0
  for (const member of members)
    if (isContainer(tree, member) ? tree.size[member]! <= NEAR_CONTAINER : isNear(tree, member))
      chars += tree.size[member]! + tree.keyEnd[member]! - tree.keyStart[member]!
  return chars <= budget * NEAR_SHARE
}

/** Containers that tell why their row stays, or what it is called, or that the question names, are never gaps. */
const leastRoom = (study: Study, member: number): number => {
  const tells = study.tells(member)
  if (tells === 2 || study.question.named(keyOf(study.tree, member)) === 1) return 160
  return tells === 1 ? 90 : 0
}

/** By how much more the question's words are in a member than in the others, 1 to 4. */
const liftsOf = (tree: Tree, members: readonly number[], question: Question): number[] => {
  if (members.length < MIN_SIBLINGS) return members.map(() => 1)
  const scores = relevance(tree, members, question)
  const best = scores.reduce((a, b) => Math.max(a, b), 0)
  return members.map((_, index) => (best > 0 ? 1 + 3 * (scores[index]! / best) ** 2 : 1))
}

/** 3 must stay; 2 names the record; 1 ordinary; below 0.35 boilerplate. */
const worthOf = (study: Study, member: number): number => {
  const { tree, question } = study
  const tells = study.tells(member)
  if (tells > 0) return tells === 2 ? 4 : 3
  const key = keyOf(tree, member)
  const kind = tree.kind[member]!
  if (question.points(tree.keyStart[member]!, tree.end[member]!)) return 4
  if (troubleOf(tree, member, key, '') === 2) return 3
  if (question.named(key) === 1) return 3
  if (kind === NULL || isContainer(tree, member) || tree.size[member] === 2) return 0.3
  if (kind === STRING) {
    const value = innerOf(tree, member)
    if (LINK_KEY.test(key) || /^(?:https?|git|ssh|wss?|data):/.test(value)) return key === 'html_url' ? 0.5 : 0.1
    if (OPAQUE_KEY.test(key)) return 0.3
    if (NAMING.test(key)) return value.length > 300 ? 0.9 : 2
    if (value.length > 300) return 0.4
    if (value.length > 24 && /\d/.test(value) && !/[\s/.:]/.test(value)) return 0.36
    return 1.2
  }
  if (NAMING.test(key)) return 2
  if (kind === NUMBER) return 1
  return kind === TRUE || kind === FALSE ? 0.8 : 1
}

/** Names of dropped members, for the marker. */
export const namesOf = (tree: Tree, members: readonly number[]): string | undefined => {
  const keys = members.map((member) => keyOf(tree, member))
  if (keys.every((key) => LINK_KEY.test(key))) return 'urls'
  if (members.every((member) => tree.kind[member] === NULL)) return 'all null'
  const plain = keys.filter((key) => /^[\w.-]{1,30}$/.test(key) && !LINK_KEY.test(key)).slice(0, 5)
  return plain.length === 0 ? undefined : `${plain.join(', ')}${plain.length < keys.length ? ', …' : ''}`
}

// Which parts of a page are shown. Recall before precision: text is left out only where its place or its name says that
// it is not content, and a guess that would lose much of the page's own text is given up.
import { type Measures, measure } from './measure.js'
import { isMain, type Role, roleOf } from './roles.js'
import type { Runs } from './runs.js'
import { HEADING } from './tags.js'
import type { Page } from './tree.js'

export interface Choice {
  /** Why each run is left out; undefined where it is shown. */
  readonly left: (Role | undefined)[]
  /** The page has one text that it is about. */
  readonly isArticle: boolean
  readonly measures: Measures
}

/** Prose that makes a page an article, in characters. */
const MIN_ARTICLE_CHARS = 400
/** Share of the page's prose that a narrower choice must keep: of any element, of one that calls itself the content, and inside such a one. */
const NARROW = 0.9
const NARROW_TO_MAIN = 0.6
const NARROW_IN_MAIN = 0.98
/** Share of all text outside navigation and the like that the article must hold. */
const MIN_ARTICLE_SHARE = 0.6
/** A part with more of the page's prose than this is content, whatever its name. */
const MAX_ROLE_PROSE = 0.3
const MAX_ROLE_CHARS = 0.5
const MAX_THEME_PROSE = 0.5
/** Links from which on a block of links is a list of its own. */
const MIN_LIST_LINKS = 8
const MIN_LINK_RUN_SHARE = 0.7
/** Prose outside the article that is shown all the same. */
const MIN_OUTSIDE_CHARS = 140
/** Roles that are no content on any page; the others only beside an article. */
const ALWAYS: ReadonlySet<Role> = new Set<Role>([
  'navigation',
  'page header',
  'page footer',
  'share links',
  'advertising',
  'cookie notice',
  'dialogs',
  'hidden text',
])

export const chooseContent = (page: Page, runs: Runs, dataTable: Int32Array): Choice => {
  const measures = measure(page, runs)
  const roles = rolesOf(page, runs, measures, dataTable)
  const own = withoutRoles(page, measures, roles)
  const article = articleOf(page, own)
  const isArticle =
    own.prose[article]! >= MIN_ARTICLE_CHARS &&
    own.chars[article]! - own.linkChars[article]! >= (own.chars[0]! - own.linkChars[0]!) * MIN_ARTICLE_SHARE
  const left = runs.runs.map(({ element }): Role | undefined => {
    if (runs.unseen[element] === 2) return 'hidden text'
    const role = roles[element]
    return role !== undefined && (isArticle || ALWAYS.has(role)) ? role : undefined
  })
  if (isArticle) leaveOutside({ page, runs, measures, left, article, dataTable })
  return { left, isArticle, measures }
}

/** Role of each element, that of its ancestors included; parts that hold the page's text have none. */
const rolesOf = (page: Page, runs: Runs, measures: Measures, dataTable: Int32Array): (Role | undefined)[] => {
  const { chars, prose } = measures
  const roles: (Role | undefined)[] = [undefined]
  const inMain = new Uint8Array(page.tags.length)
  const inCode = new Uint8Array(page.tags.length)
  const h1 = holdersOf(page, 'h1')
  const teasers = teasersOf(page, runs)
  for (let element = 1; element < page.tags.length; element++) {
    const parent = page.parents[element]!
    const tag = page.tags[element]!
    inMain[element] = inMain[parent]! | (tag === 'main' || tag === 'article' ? 1 : 0)
    inCode[element] = inCode[parent]! | (tag === 'pre' || tag === 'code' || tag === 'textarea' ? 1 : 0)
    let role = roles[parent]
    if (role === undefined && inCode[element] === 0 && chars[element]! > 0 && dataTable[element] === -1)
      role = teasers.has(element) ? 'related links' : roleOf(page, element)
    if (role !== undefined && roles[parent] === undefined) {
      const isMost = prose[element]! > prose[0]! * MAX_ROLE_PROSE || chars[element]! > chars[0]! * MAX_ROLE_CHARS
      const isOwn = (role === 'page header' || role === 'page footer') && (h1[element] === 1 || inMain[parent] === 1)
      if (isMost || isOwn) role = undefined
    }
    roles.push(role)
  }
  const themes = themesOf(page, measures, roles)
  return roles.map((role) => (role !== undefined && themes.has(role) ? undefined : role))
}

/** Roles that make up the page, e.g. the comments of a discussion. */
const themesOf = (page: Page, { prose }: Measures, roles: readonly (Role | undefined)[]): Set<Role> => {
  const shares = new Map<Role, number>()
  for (let element = 1; element < page.tags.length; element++) {
    const role = roles[element]
    if (role !== undefined && roles[page.parents[element]!] === undefined)
      shares.set(role, (shares.get(role) ?? 0) + prose[element]!)
  }
  return new Set([...shares].filter(([, share]) => share > prose[0]! * MAX_THEME_PROSE).map(([role]) => role))
}

const TEASERS =
  /^(?:related (?:articles?|stories|posts|content|links|news|topics|coverage|reading)|more (?:stories|news|articles|from|in|on|like this)\b|you (?:may|might) also|recommended(?: (?:for you|stories|articles|reading))?$|read (?:next|also)|up next|most (?:popular|read|viewed)|trending|popular (?:posts|stories|articles|now)|latest (?:news|stories|posts|articles|from)|recent (?:posts|comments|articles)|also (?:on|in)\b|don.t miss|follow us|share this|leave a (?:reply|comment)|sign up|subscribe)/i
/** Levels above such a heading in which the part that it heads is looked for. */
const TEASER_LEVELS = 3

/** Parts under a heading such as `More stories`: the innermost element that holds more than the heading. */
const teasersOf = (page: Page, { flat }: Runs): Set<number> => {
  const found = new Set<number>()
  page.texts.forEach(({ element, end }, index) => {
    if (!TEASERS.test(flat[index]!.trim())) return
    let heading = element
    for (let level = 0; level < TEASER_LEVELS && !HEADING.has(page.tags[heading] ?? ''); level++)
      heading = page.parents[heading] ?? 0
    if (!HEADING.has(page.tags[heading] ?? '') || page.tags[heading] === 'h1') return
    let part = page.parents[heading]!
    for (let level = 0; level < TEASER_LEVELS && part > 0 && page.closed[part]! - end < 200; level++)
      part = page.parents[part]!
    if (part > 0) found.add(part)
  })
  return found
}

/** 1 for each element that holds one of this name, itself included. */
const holdersOf = (page: Page, tag: string): Uint8Array => {
  const holders = new Uint8Array(page.tags.length)
  for (let element = page.tags.length - 1; element > 0; element--) {
    if (page.tags[element] === tag) holders[element] = 1
    if (holders[element] === 1) holders[page.parents[element]!] = 1
  }
  return holders
}

interface Own {
  readonly chars: Float64Array
  readonly linkChars: Float64Array
  readonly prose: Float64Array
}

/** Sums without the parts that have a role. */
const withoutRoles = (page: Page, measures: Measures, roles: readonly (Role | undefined)[]): Own => {
  const own = { chars: measures.chars.slice(), linkChars: measures.linkChars.slice(), prose: measures.prose.slice() }
  const lost = [own.chars, own.linkChars, own.prose].map((sum) => ({ sum, minus: new Float64Array(sum.length) }))
  for (let element = page.tags.length - 1; element > 0; element--) {
    const parent = page.parents[element]!
    for (const { sum, minus } of lost) {
      if (roles[element] !== undefined) minus[element] = sum[element]!
      minus[parent]! += minus[element]!
    }
  }
  for (const { sum, minus } of lost)
    for (let element = 0; element < sum.length; element++) sum[element]! -= minus[element]!
  return own
}

/** Elements that are never an article: parts of one. */
const NOT_ROOT: ReadonlySet<string> = new Set(
  'p ul ol dl table tbody tr li pre blockquote span a form dd dt figure'.split(' '),
)

/** Narrows from the page to the innermost element that still holds nearly all prose. */
const articleOf = (page: Page, { prose }: Own): number => {
  const best = new Int32Array(page.tags.length).fill(-1)
  for (let element = 1; element < page.tags.length; element++) {
    const parent = page.parents[element]!
    const rival = best[parent]!
    if (rival === -1 || prose[element]! > prose[rival]!) best[parent] = element
  }
  let article = 0
  let whole = prose[0]!
  let share = NARROW
  for (let next = best[0]!; next !== -1; next = best[next]!) {
    const isNamed = isMain(page, next)
    if (prose[next] === 0 || prose[next]! < whole * (isNamed ? Math.min(share, NARROW_TO_MAIN) : share)) break
    if (isNamed) {
      whole = prose[next]!
      share = NARROW_IN_MAIN
    }
    if (!NOT_ROOT.has(page.tags[next]!)) article = next
  }
  return article
}

interface Scene {
  readonly page: Page
  readonly runs: Runs
  readonly measures: Measures
  readonly left: (Role | undefined)[]
  readonly article: number
  readonly dataTable: Int32Array
}

const leaveOutside = (scene: Scene): void => {
  const { page, runs, measures, left, article, dataTable } = scene
  const start = page.starts[article]!
  const end = page.ends[article]!
  const heading = firstHeading(page, runs, left, start)
  const linkLists = linkListsOf(page, measures, dataTable)
  const [firstProse, lastProse] = proseOf(scene)
  runs.runs.forEach((run, index) => {
    if (left[index] !== undefined) return
    if (run.start >= start && run.end <= end) {
      if ((index > lastProse || index < firstProse) && linkLists[run.element] === 1) left[index] = 'link list'
      return
    }
    const isProse = measures.isProse[index] === 1 && run.chars - run.linkChars >= MIN_OUTSIDE_CHARS
    const isLead = run.start >= heading && run.start < start && run.linkChars <= run.chars * 0.5
    if (!isProse && !isLead) left[index] = 'text outside the article'
  })
}

/** First run that is prose or title, and last one that is prose, within the article. */
const proseOf = ({ page, runs, measures, left, article }: Scene): [first: number, last: number] => {
  let first = Number.POSITIVE_INFINITY
  let last = -1
  runs.runs.forEach((run, index) => {
    if (left[index] !== undefined || run.start < page.starts[article]! || run.start >= page.ends[article]!) return
    const isProse = measures.isProse[index] === 1
    if (isProse) last = index
    if (first > index && (isProse || page.tags[run.element] === 'h1')) first = index
  })
  return [first, last]
}

/** Offset of the page's own title where it stands before the article; Infinity where the article has one. */
const firstHeading = (page: Page, runs: Runs, left: readonly (Role | undefined)[], before: number): number => {
  for (const [index, run] of runs.runs.entries()) {
    if (run.start >= before) break
    if (left[index] !== undefined) continue
    for (let element = run.element, level = 0; element > 0 && level < 6; element = page.parents[element]!, level++)
      if (page.tags[element] === 'h1') return run.start
  }
  return Number.POSITIVE_INFINITY
}

/** 1 for elements in a block that is nothing but links. */
const linkListsOf = (page: Page, { chars, links, linkRuns, prose }: Measures, dataTable: Int32Array): Uint8Array => {
  const inList = new Uint8Array(page.tags.length)
  for (let element = 1; element < page.tags.length; element++) {
    const isList =
      links[element]! >= MIN_LIST_LINKS &&
      linkRuns[element]! >= chars[element]! * MIN_LINK_RUN_SHARE &&
      prose[element] === 0 &&
      dataTable[element] === -1
    inList[element] = isList ? 1 : inList[page.parents[element]!]!
  }
  return inList
}

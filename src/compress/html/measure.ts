// Sums over the tree: how much text each element holds, how much of it is links, and how much reads as prose.
import type { Run, Runs } from './runs.js'
import type { Page } from './tree.js'

export interface Measures {
  readonly chars: Float64Array
  readonly linkChars: Float64Array
  readonly links: Float64Array
  /** Characters of runs that read as prose or code, links not counted. */
  readonly prose: Float64Array
  /** Characters of runs that are little more than links. */
  readonly linkRuns: Float64Array
  readonly isProse: Uint8Array
}

const MIN_PROSE_CHARS = 40
const MIN_PROSE_CHARS_CJK = 16
const MAX_PROSE_LINK_SHARE = 0.5
const MIN_LINK_RUN_SHARE = 0.75

export const measure = (page: Page, { runs, inLink, unseen }: Runs): Measures => {
  const count = page.tags.length
  const sums = (): Float64Array => new Float64Array(count)
  const measures = {
    chars: sums(),
    linkChars: sums(),
    links: sums(),
    prose: sums(),
    linkRuns: sums(),
    isProse: new Uint8Array(runs.length),
  }
  const cjk = isCjk(page.source)
  runs.forEach((run, index) => {
    if (unseen[run.element] === 2) return
    measures.chars[run.element]! += run.chars
    measures.linkChars[run.element]! += run.linkChars
    if (run.linkChars >= run.chars * MIN_LINK_RUN_SHARE) measures.linkRuns[run.element]! += run.chars
    if (isProse(run, cjk)) {
      measures.isProse[index] = 1
      measures.prose[run.element]! += run.chars - run.linkChars
    }
  })
  for (let element = count - 1; element > 0; element--) {
    const parent = page.parents[element]!
    if (inLink[element] === 1 && inLink[parent] === 0 && unseen[element] === 0) measures.links[element]!++
    for (const sum of [measures.chars, measures.linkChars, measures.links, measures.prose, measures.linkRuns])
      sum[parent]! += sum[element]!
  }
  return measures
}

const isProse = (run: Run, cjk: boolean): boolean =>
  run.chars - run.linkChars >= (cjk ? MIN_PROSE_CHARS_CJK : MIN_PROSE_CHARS) &&
  run.linkChars <= run.chars * MAX_PROSE_LINK_SHARE

/** Scripts that say more with fewer characters. */
const isCjk = (source: string): boolean =>
  (source.match(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g)?.length ?? 0) > source.length * 0.02

// What is found out once about a tree, however often it is then written.
import { type Judged, judgeRows } from './anomalies.js'
import { deepOdds } from './deep.js'
import { type Prose, proseOf } from './prose.js'
import { askOf, type Question } from './question.js'
import { COLUMNS_KEY, GAP_KEYS } from './table.js'
import { ARRAY, childrenOf, innerOf, isContainer, parseTree, STRING, type Tree } from './tree.js'
import { unescapeJson } from './unescape.js'

/** Nodes before an array of arrays among which its header is looked for. */
const MAX_HEADER_STEPS = 200

/** Score of the row with the best passage; above what anomalies add up to. */
const PASSAGE_SCORE = 12
/** Share of the best passage's score from which a row may hold the answer. */
const SURE_PASSAGE = 0.6

/** What does not depend on the room: the question's places and the judged lists. Shared by all passes over one tree. */
export class Study {
  readonly tree: Tree
  readonly question: Question
  /** Undefined where no string is long prose. */
  readonly prose: Prose | undefined
  /** False where the source has a key that a reader could take for a table's. */
  readonly mayTabulate: boolean
  /** Start of the keys that gaps in objects stand under; no key of the source starts so. */
  readonly gapKey: string
  readonly #asked: string | undefined
  readonly #odds: readonly number[]
  /** By node: 2 a reason for its row to stay, 1 its row's name. */
  readonly #telling: Uint8Array
  readonly #judged: Map<number, Judged> = new Map()
  readonly #inner: Map<number, InnerJson | undefined> = new Map()

  constructor(tree: Tree, asked: string | undefined) {
    this.tree = tree
    this.#asked = asked
    this.#telling = new Uint8Array(tree.nodes)
    this.question = askOf(tree, asked)
    this.prose = proseOf(tree, asked)
    this.#odds = deepOdds(tree)
    for (const odd of this.#odds) this.#telling[odd]! |= 2
    this.mayTabulate = !tree.text.includes(COLUMNS_KEY)
    this.gapKey = GAP_KEYS.find((key) => !tree.text.includes(key)) ?? GAP_KEYS[0]
  }

  /** `node` is the container of `items`. */
  judged(node: number, items: readonly number[]): Judged {
    let judged = this.#judged.get(node)
    if (!judged) {
      judged = judgeRows(this.tree, items, this.question, this.#headerFor(node, items))
      this.#judged.set(node, judged)
      this.#markPassages(items, judged)
      this.#markBranches(items, judged)
      for (const name of judged.marks.names) this.#telling[name]! |= 1
      for (const reason of judged.marks.hot) this.#telling[reason]! |= 2
    }
    return judged
  }

  /** Rows below which a name stands that is unlike all others of the text. */
  #markBranches(items: readonly number[], { marks }: Judged): void {
    for (const odd of this.#odds) {
      const row = items.findIndex((item) => item < odd && odd < this.tree.next[item]!)
      if (row !== -1) marks.must(row, 'holds a name unlike all others')
    }
  }

  /** Rows whose prose answers the question. */
  #markPassages(items: readonly number[], { marks }: Judged): void {
    const { tree, prose } = this
    if (prose?.isAsked !== true) return
    items.forEach((item, row) => {
      const best = prose.best(tree.start[item]!, tree.end[item]!)
      marks.add(row, PASSAGE_SCORE * best)
      if (best >= SURE_PASSAGE) marks.asked.add(row)
    })
  }

  /** 2 where a reason for which its row stays is in the value, 1 where only its row's name is, else 0. */
  tells(node: number): 0 | 1 | 2 {
    const end = this.tree.next[node]!
    if (end === node + 1) {
      const own = this.#telling[node]!
      return own >= 2 ? 2 : own === 1 ? 1 : 0
    }
    const inside = this.#telling.subarray(node, end)
    if (inside.includes(2) || inside.includes(3)) return 2
    return inside.includes(1) ? 1 : 0
  }

  /** Names of cells, for rows that are arrays beside an array of as many names: `{"columns":[…],"rows":[[…],…]}`. */
  #headerFor(node: number, items: readonly number[]): string[] | undefined {
    const { tree } = this
    const width = tree.count[items[0]!]!
    if (tree.kind[items[0]!] !== ARRAY || width < 2 || tree.keyStart[node] === -1) return undefined
    for (let at = node - 1, steps = 0; at > 0 && steps < MAX_HEADER_STEPS; at--, steps++) {
      if (tree.kind[at] !== ARRAY || tree.count[at] !== width || tree.next[at]! > node) continue
      const names = childrenOf(tree, at)
      if (names.every((name) => tree.kind[name] === STRING)) return names.map((name) => innerOf(tree, name))
    }
    return undefined
  }

  /** The JSON that a string holds, if it holds any. */
  inner(node: number): InnerJson | undefined {
    if (!this.#inner.has(node)) this.#inner.set(node, this.#readInner(node))
    return this.#inner.get(node)
  }

  #readInner(node: number): InnerJson | undefined {
    const { text, start, end } = this.tree
    const from = start[node]! + 1
    if (!/^\s*(?:\\[nrt])*\s*[[{]/.test(text.slice(from, from + 20))) return undefined
    const inner = unescapeJson(text, from, end[node]! - 1)
    const tree = parseTree(inner.text)
    if (!tree || !isContainer(tree, tree.root)) return undefined
    return { study: new Study(tree, this.#asked), offsets: inner.offsets }
  }
}

export interface InnerJson {
  readonly study: Study
  readonly offsets: Int32Array
}

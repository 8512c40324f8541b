// Charts as SVG text; colours are those of the page's style.
import { byBill, changeOf } from './figures.js'
import { escapeHtml } from './markup.js'
import type { PolicyResult, ReplayResult } from './result.js'

const WIDTH = 900
const LABEL = 110
const ROW = 26

const CLASSES: readonly { readonly name: string; readonly colour: string; tokens(result: PolicyResult): number }[] = [
  { name: 'read from cache', colour: 'var(--b)', tokens: ({ billed }) => billed.readTokens },
  { name: 'written to cache', colour: 'var(--a)', tokens: ({ billed }) => billed.writeTokens + billed.write1hTokens },
  { name: 'neither', colour: 'var(--c)', tokens: ({ billed }) => billed.freshTokens },
]

const svg = (height: number, title: string, body: string): string =>
  `<svg viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escapeHtml(title)}">${body}</svg>`

const bar = (of: { x: number; y: number; width: number; colour: string; title: string }): string =>
  `<rect x="${of.x.toFixed(1)}" y="${of.y}" width="${Math.max(0, of.width).toFixed(1)}" height="${ROW - 8}" fill="${of.colour}"><title>${escapeHtml(of.title)}</title></rect>`

const words = (x: number, y: number, text: string, more = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y}" ${more}>${escapeHtml(text)}</text>`

/** One bar a policy: what input and output cost; weighted input tokens where a model has no price. */
export const billBars = ({ policies, totals }: ReplayResult): string => {
  const isPriced = totals.none!.unpricedRequests === 0
  const parts: readonly { readonly name: string; readonly colour: string; of(own: PolicyResult): number }[] = isPriced
    ? [
        { name: 'input', colour: 'var(--a)', of: (own) => own.inputMicroUsd },
        { name: 'output', colour: 'var(--dim)', of: (own) => own.outputMicroUsd },
      ]
    : [{ name: 'input, in tokens at the price of fresh input', colour: 'var(--a)', of: (own) => own.plainTokens }]
  const sum = (own: PolicyResult): number => parts.reduce((total, part) => total + part.of(own), 0)
  const said = (value: number): string =>
    isPriced ? `$${(value / 1_000_000).toFixed(2)}` : `${(value / 1_000_000).toFixed(2)} M`
  return stackedBars({ policies, totals, parts, sum, said, title: 'bill by policy' })
}

/** One bar a policy: its input tokens by price class. */
export const costBars = ({ policies, totals }: ReplayResult): string => {
  const parts = CLASSES.map(({ name, colour, tokens }) => ({ name, colour, of: tokens }))
  const sum = (own: PolicyResult): number => CLASSES.reduce((total, one) => total + one.tokens(own), 0)
  const said = (tokens: number): string => `${(tokens / 1_000_000).toFixed(2)} M`
  return stackedBars({ policies, totals, parts, sum, said, title: 'input tokens by price class and policy' })
}

interface Stack extends Pick<ReplayResult, 'policies' | 'totals'> {
  readonly parts: readonly { readonly name: string; readonly colour: string; of(own: PolicyResult): number }[]
  sum(own: PolicyResult): number
  said(value: number): string
  readonly title: string
}

const stackedBars = ({ policies, totals, parts, sum, said, title }: Stack): string => {
  const most = Math.max(1, ...policies.map((policy) => sum(totals[policy]!)))
  const scale = (WIDTH - LABEL - 90) / most
  const rows = policies.map((policy, index) => {
    const own = totals[policy]!
    const y = index * ROW
    let x = LABEL
    const bars = parts.map(({ name, colour, of }) => {
      const width = of(own) * scale
      const drawn = bar({ x, y, width, colour, title: `${policy}: ${said(of(own))} ${name}` })
      x += width
      return drawn
    })
    return (
      words(LABEL - 8, y + 14, policy, 'text-anchor="end"') +
      bars.join('') +
      words(x + 6, y + 14, said(sum(own)), 'class="dim"')
    )
  })
  const below = policies.length * ROW + 16
  const legend = parts.map(
    ({ name, colour }, index) =>
      `<rect x="${LABEL + index * 150}" y="${below - 10}" width="10" height="10" fill="${colour}"/>${words(LABEL + index * 150 + 16, below, name, 'class="dim"')}`,
  )
  return svg(below + 8, title, rows.join('') + legend.join(''))
}

/** Most sessions drawn; the dearest ones. */
const MOST_BARS = 40

/** One bar a session: how the first policy after `none` changes its input bill. */
export const savingBars = ({ sessions, policies }: ReplayResult): string => {
  const policy = policies.includes('balanced') ? 'balanced' : policies[1]
  if (policy === undefined) return '<p>Only one policy was replayed.</p>'
  const drawn = byBill(sessions).slice(0, MOST_BARS)
  const changes = drawn.map((session) =>
    changeOf(session.policies.none!.plainTokens, session.policies[policy]!.plainTokens),
  )
  const most = Math.max(0.05, ...changes.map(Math.abs))
  const zero = LABEL + 230
  const scale = (WIDTH - zero - 70) / most
  const rows = drawn.map((session, index) => {
    const change = changes[index]!
    const width = Math.abs(change) * scale
    const label = `${change > 0 ? '+' : ''}${(change * 100).toFixed(1)} %`
    const colour = change > 0 ? 'var(--bad)' : 'var(--b)'
    const title = `${session.agent} ${session.id}: ${label}`
    const name = `${session.agent} ${session.id}`.slice(0, 46)
    const y = index * ROW
    return (
      words(zero - 8, y + 14, name, 'text-anchor="end"') +
      bar({ x: zero, y, width, colour, title }) +
      words(zero + width + 6, y + 14, label, 'class="dim"')
    )
  })
  return `<p>Policy ${policy}, the ${drawn.length} dearest sessions.</p>${svg(Math.max(ROW, drawn.length * ROW), 'change of the input bill by session', rows.join(''))}`
}

// How the context of the largest sessions grows, with each policy beside the session as it was.
import { inputTokens } from './figures.js'
import { escapeHtml } from './markup.js'
import type { ReplayResult, SessionResult } from './result.js'
import type { PolicyLabel } from './senders.js'

const WIDTH = 350
const HEIGHT = 190
const LEFT = 46
const RIGHT = 10
const TOP = 12
const BOTTOM = 24

/** Sessions that are drawn. */
const MOST_CHARTS = 6

const COLOURS: Readonly<Record<PolicyLabel, string>> = {
  none: 'var(--dim)',
  strict: 'var(--a)',
  balanced: 'var(--b)',
  max: 'var(--c)',
  headtail: 'var(--d)',
  minify: 'var(--d)',
}

const pointsOf = ({ policies }: SessionResult, policy: PolicyLabel): readonly number[] =>
  policies[policy]?.contextTokens ?? []

const tokensOf = ({ policies: { none } }: SessionResult): number => (none === undefined ? 0 : inputTokens(none.billed))

/** Imitations are not drawn: their curves would hide the others. Empty where no session has two requests. */
export const contextCharts = ({ sessions, policies }: ReplayResult): string => {
  const drawn = sessions
    .filter((session) => pointsOf(session, 'none').length > 1)
    .sort((a, b) => tokensOf(b) - tokensOf(a))
    .slice(0, MOST_CHARTS)
  if (drawn.length === 0) return ''
  const shown = policies.filter((policy) => policy !== 'headtail' && policy !== 'minify')
  const keys = shown.map((policy) => `<span><i style="background:${COLOURS[policy]}"></i>${policy}</span>`)
  const charts = drawn.map((session) => {
    const name = `${session.agent} ${session.id}`
    return `<figure><figcaption>${escapeHtml(name)}</figcaption>${chart(session, shown, name)}</figure>`
  })
  return `<h2>Size of requests over a session</h2>
<p>Input tokens of each request, the ${drawn.length} largest sessions.</p>
<p class="keys">${keys.join('')}</p><div class="charts">${charts.join('\n')}</div>`
}

const chart = (session: SessionResult, policies: readonly PolicyLabel[], name: string): string => {
  const most = roundUp(Math.max(1, ...policies.flatMap((policy) => pointsOf(session, policy))))
  const y = (tokens: number): string => (TOP + (HEIGHT - TOP - BOTTOM) * (1 - tokens / most)).toFixed(1)
  const grid = [0, 0.5, 1].map(
    (share) =>
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(most * share)}" y2="${y(most * share)}" stroke="var(--line)"/><text class="dim" x="${LEFT - 6}" y="${y(most * share)}" text-anchor="end" dominant-baseline="central">${short(most * share)}</text>`,
  )
  const lines = policies.map((policy) => {
    const points = pointsOf(session, policy)
    const step = (WIDTH - LEFT - RIGHT) / Math.max(1, points.length - 1)
    const path = points.map((tokens, index) => `${(LEFT + index * step).toFixed(1)},${y(tokens)}`).join(' ')
    const dash = policy === 'none' ? ' stroke-dasharray="5 3"' : ''
    return `<polyline points="${path}" fill="none" stroke="${COLOURS[policy]}" stroke-width="2"${dash}><title>${policy}</title></polyline>`
  })
  const ends = `<text class="dim" x="${LEFT}" y="${HEIGHT - 8}">1</text><text class="dim" x="${WIDTH - RIGHT}" y="${HEIGHT - 8}" text-anchor="end">${session.requests} requests</text>`
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(name)}">${grid.join('')}${ends}${lines.join('')}</svg>`
}

const short = (tokens: number): string =>
  tokens >= 1000 ? `${Number((tokens / 1000).toPrecision(3))}k` : String(tokens)

/** The next of 1, 2, 2.5, 5 times a power of ten. */
const roundUp = (value: number): number => {
  const power = 10 ** Math.floor(Math.log10(value))
  return ([1, 2, 2.5, 5].find((step) => step * power >= value) ?? 10) * power
}

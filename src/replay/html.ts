// The report as one page: no scripts, no remote assets, charts as SVG.
import { billBars, costBars, savingBars } from './charts.js'
import { contextCharts } from './curves.js'
import {
  byBill,
  cacheShare,
  changeOf,
  deviationOf,
  inputTokens,
  reasonOf,
  reasonsIn,
  signedPercent,
  verdictsOf,
  type WordsFor,
  whyOff,
} from './figures.js'
import { escapeHtml } from './markup.js'
import type { PolicyResult, ReplayResult } from './result.js'
import type { PolicyLabel } from './senders.js'

const count = (value: number): string => Math.round(value).toLocaleString('en-US')
const usd = (microUsd: number): string => `$${(microUsd / 1_000_000).toFixed(microUsd < 10_000_000 ? 4 : 2)}`

const STYLE = `
:root{color-scheme:light dark;--ink:#1d2430;--dim:#657085;--line:#d9dee7;--page:#fff;--a:#3d6fd9;--b:#2f9e78;--c:#c27a1a;--d:#9a4fb3;--bad:#c23b3b}
@media(prefers-color-scheme:dark){:root{--ink:#e7ebf2;--dim:#98a3b8;--line:#333b4a;--page:#151a22}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--page);max-width:84rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;margin:0}h2{font-size:1.1rem;margin:2.2rem 0 .5rem}p{color:var(--dim);margin:.3rem 0}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}th,td{padding:.3rem .6rem;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap}
table{font-size:.92rem}.named td:nth-child(-n+2),.census td:nth-child(3){white-space:normal;overflow-wrap:anywhere;min-width:11rem}.named :is(th,td):nth-child(-n+2),.census :is(th,td):nth-child(-n+3){text-align:left}details{margin:.3rem 0}summary{cursor:pointer}
th{color:var(--dim);font-weight:500}th:first-child,td:first-child{text-align:left}.wide{overflow-x:auto}svg{max-width:100%;height:auto}
h1+p{margin-top:.6rem}.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:.8rem;margin:1.4rem 0}
.tiles div{border:1px solid var(--line);border-radius:.5rem;padding:.8rem 1rem}.tiles b{display:block;font-size:1.5rem;line-height:1.3}.tiles span{color:var(--dim);font-size:.85rem}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr));gap:.8rem}figure{margin:0;border:1px solid var(--line);border-radius:.5rem;padding:.6rem .8rem}figcaption{font-size:.85rem;color:var(--dim);overflow-wrap:anywhere}
.charts svg{width:100%}.keys{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem}.keys i{display:inline-block;width:.7rem;height:.7rem;border-radius:2px;margin-right:.4rem}
text{fill:var(--ink);font:12px system-ui,sans-serif}text.dim{fill:var(--dim)}
`

/** Most sessions shown one by one; the sums hold all. */
const MOST_ROWS = 200

export const htmlReport = (result: ReplayResult, words: WordsFor): string => {
  const none = result.totals.none
  const requests = none?.requests ?? 0
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Headroom replay</title><style>${STYLE}</style></head><body>
<h1>Headroom replay</h1>
<p>${count(result.sessions.length)} sessions, ${count(requests)} requests, built again from recordings and billed in a simulated provider cache. Prices: ${escapeHtml(result.prices.source)} of ${result.prices.date}.</p>
${result.receipts === undefined ? '<p>No receipts: tokens are estimates.</p>' : receiptsLine(result.receipts)}
${tiles(result)}
<h2>Bill by policy</h2>
${billBars(result)}
<h2>Input by price class</h2>
${costBars(result)}
<h2>Policies</h2>
${policyTable(result)}
${contextCharts(result)}
<h2>Change of the input bill by session</h2>
${savingBars(result)}
<h2>Sessions</h2>
${sessionTable(result)}
${sessionDetails(result)}
${censusTables(result, words)}
${assumptions(result)}
${leftOutList(result)}
</body></html>
`
}

const receiptsLine = (check: NonNullable<ReplayResult['receipts']>): string => {
  const { requests, recorded, rebuiltTokens, rulesAlone } = check
  return `<p>${count(requests)} requests were billed ${count(inputTokens(recorded.billed))} input tokens; rebuilt from what is recorded they have ${count(rebuiltTokens)} (${signedPercent(deviationOf(check))}). With a cache that goes by its rules alone the bill is ${signedPercent(changeOf(recorded.plainTokens, rulesAlone.plainTokens))} off.</p>`
}

/** What each policy would change, and how it serves the session that it serves worst. */
const tiles = (result: ReplayResult): string => {
  const none = result.totals.none!
  const shown = verdictsOf(result).map(({ policy, worst, change, dearer }) => {
    const own = result.totals[policy]!
    const verdict =
      dearer === 0
        ? `no session costs more; least: ${worst.agent} ${worst.id}, ${signedPercent(change)}`
        : `${count(dearer)} sessions cost more; worst: ${worst.agent} ${worst.id}, ${signedPercent(change)}`
    return `<div><b>${signedPercent(changeOf(none.plainTokens, own.plainTokens))}</b>${policy}<br><span>${escapeHtml(verdict)}${own.lost === 0 ? '' : `; ${count(own.lost)} results needed later are lost`}</span></div>`
  })
  return `<div class="tiles">${shown.join('')}</div>`
}

const table = (head: readonly string[], rows: readonly (readonly string[])[], kind = ''): string =>
  `<div class="wide ${kind}"><table><thead><tr>${head.map((cell) => `<th>${escapeHtml(cell)}</th>`).join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`)
    .join('\n')}</tbody></table></div>`

const policyTable = ({ policies, totals }: Pick<ReplayResult, 'policies' | 'totals'>): string => {
  const none = totals.none!
  return table(
    [
      'policy',
      'input tokens',
      'read from cache',
      'written',
      'for an hour',
      'neither',
      'from cache',
      'input bill',
      'change',
      'with retrievals',
      'output',
      'changed',
      'left out',
      'history shortened, cold / warm',
      'retrievals at most',
      'lost',
      'p50',
      'p99',
    ],
    policies.map((policy) => policyRow(policy, totals[policy]!, none)),
  )
}

const policyRow = (policy: PolicyLabel, own: PolicyResult, none: PolicyResult): string[] => [
  policy,
  count(inputTokens(own.billed)),
  count(own.billed.readTokens),
  count(own.billed.writeTokens),
  count(own.billed.write1hTokens),
  count(own.billed.freshTokens),
  `${(cacheShare(own.billed) * 100).toFixed(1)} %`,
  own.unpricedRequests === own.requests ? 'no price' : usd(own.inputMicroUsd),
  signedPercent(changeOf(none.plainTokens, own.plainTokens)),
  signedPercent(changeOf(none.plainTokens, own.plainTokens + own.retrievals.plainTokens)),
  own.unpricedRequests === own.requests ? 'no price' : usd(own.outputMicroUsd),
  count(own.changed),
  count(own.leftOut),
  `${own.repacks.cold} / ${own.repacks['net-cost']}`,
  count(own.retrievals.count),
  count(own.lost),
  own.times === undefined ? '' : `${own.times.p50Ms.toFixed(1)} ms`,
  own.times === undefined ? '' : `${own.times.p99Ms.toFixed(0)} ms`,
]

const sessionTable = ({ sessions, policies }: ReplayResult): string => {
  const shown = byBill(sessions).slice(0, MOST_ROWS)
  const others = policies.filter((policy) => policy !== 'none')
  const rows = shown.map((session) => {
    const none = session.policies.none!
    return [
      `${session.agent} ${session.id}`,
      session.models.join(', '),
      count(session.requests),
      session.receipts === undefined ? '' : count(inputTokens(session.receipts.recorded.billed)),
      count(session.receipts?.rebuiltTokens ?? inputTokens(none.billed)),
      session.receipts === undefined ? '' : signedPercent(deviationOf(session.receipts)),
      none.unpricedRequests === none.requests ? 'no price' : usd(none.inputMicroUsd),
      ...others.map((policy) => signedPercent(changeOf(none.plainTokens, session.policies[policy]!.plainTokens))),
    ]
  })
  const rest = sessions.length - shown.length
  return `${table(['session', 'model', 'requests', 'billed input', 'rebuilt', 'off', 'input bill', ...others], rows, 'named')}${rest > 0 ? `<p>and ${count(rest)} more</p>` : ''}`
}

/** Every policy for each session, folded away. */
const sessionDetails = ({ sessions, policies }: ReplayResult): string =>
  byBill(sessions)
    .slice(0, MOST_ROWS)
    .map(
      (session) =>
        `<details><summary>${escapeHtml(`${session.agent} ${session.id}`)}</summary>${policyTable({ policies, totals: session.policies })}</details>`,
    )
    .join('\n')

/** Rows beyond these are less than a percent of what is sent. */
const CENSUS_ROWS = 40

const censusTables = ({ census = {} }: ReplayResult, words: WordsFor): string =>
  Object.entries(census)
    .map(([policy, rows]) => {
      const sum = rows.reduce((total, { sentTokens }) => total + sentTokens, 0)
      const reasons = reasonsIn(rows, words).map(
        ({ reason, share }) => `<li>${(share * 100).toFixed(1)} %: ${escapeHtml(reason)}</li>`,
      )
      return `<h2>What is sent under ${escapeHtml(policy)}, resends included</h2><ul>${reasons.join('')}</ul>${table(
        ['of', 'type', 'form or reason', 'blocks', 'each once', 'with resends', 'share'],
        rows
          .slice(0, CENSUS_ROWS)
          .map((row) => [
            row.of,
            row.contentType ?? '',
            reasonOf(row, words),
            count(row.blocks),
            count(row.tokens),
            count(row.sentTokens),
            `${((row.sentTokens / Math.max(1, sum)) * 100).toFixed(1)} %`,
          ]),
        'census',
      )}`
    })
    .join('\n')

const assumptions = ({ sessions, prices }: ReplayResult): string => {
  const assumed = new Set(
    sessions.flatMap((session) => session.assumed.map((text) => text.replace(/\d+ tokens/, 'assumed tokens'))),
  )
  const notes = [
    'The agents would have gone on with the same answers, so output is the same under every policy.',
    'Changes are of the input bill, each token weighted by its price class.',
    'Retrievals at most: results of which the agent later used a word that it could have from nowhere else in the request.',
    ...(prices.unknownModels.length === 0 ? [] : [`Without a price: ${prices.unknownModels.join(', ')}.`]),
    ...[...assumed].map((text) => `Assumed for some sessions: ${text}.`),
    ...sessions.flatMap(({ agent, id, receipts }) => {
      const why = receipts && whyOff(receipts)
      return why === undefined ? [] : [`${agent} ${id}: ${why}.`]
    }),
  ]
  return `<h2>How these figures come about</h2><ul>${notes.map((note) => `<li>${escapeHtml(note)}</li>`).join('')}</ul>`
}

const leftOutList = ({ leftOut }: ReplayResult): string =>
  leftOut.length === 0
    ? ''
    : `<h2>Files without a session</h2><p>${leftOut.length} files: ${escapeHtml([...new Set(leftOut.map(({ why }) => why))].slice(0, 10).join('; '))}</p>`

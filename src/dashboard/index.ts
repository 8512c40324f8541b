// The local page as one self-contained document: no remote assets, no framework, live by polling /stats.
import { script } from './script.js'
import { style } from './style.js'

const tile = (title: string, id: string): string =>
  `<section class="card"><h2>${title}</h2><div class="big" id="${id}">–</div><div class="note" id="${id}-note"></div></section>`

const list = (title: string, id: string, className = ''): string =>
  `<section class="card ${className}"><h2>${title}</h2><div id="${id}"></div></section>`

const COLUMNS: readonly (readonly [string, string])[] = [
  ['Time', ''],
  ['Model', ''],
  ['Tokens before', 'num'],
  ['after', 'num'],
  ['saved', 'num'],
  ['count', ''],
  ['cache read', 'num'],
  ['engine time', 'num'],
  ['status', 'num'],
  ['outcome', ''],
]

const body = `
<main>
<header><h1>Headroom</h1><span class="live" id="live"><i></i><span id="live-text">connecting</span></span><nav id="spans" aria-label="Period"></nav></header>
<section class="card empty" id="empty" hidden>
<h2>No requests yet</h2>
<p>Headroom is running and waits for a client. Start an agent through it, and this page fills by itself.</p>
<pre id="how"></pre>
</section>
<div id="body" hidden>
<div class="grid">${tile('Net tokens saved', 'net')}${tile('Tool results', 'sent')}${tile('New content', 'first')}${tile('Requests', 'requests')}</div>
<section class="card wide" id="idle" hidden><div id="idle-text"></div></section>
<section class="card wide"><h2>Recent requests</h2>
<svg id="plot" viewBox="0 0 800 100" preserveAspectRatio="none" role="img" aria-label="Tool-result tokens of recent requests, before and after"></svg>
<div class="legend"><span><b style="background:var(--bar)"></b>tokens before</span><span><b style="background:var(--accent)"></b>tokens after</span><span><b style="background:var(--dim);opacity:.45"></b>sent as it came</span></div></section>
<div class="grid two">${list('Removed by compressor', 'compressors')}${list('Removed by tool', 'tools')}${list('Removed by agent', 'agents')}${list('Left as it came, by reason', 'skips', 'skips')}</div>
<section class="card wide" id="money" hidden><h2>Money</h2>
<div class="split"><div><div class="big" id="usd">–</div><div class="note" id="usd-note"></div><div class="note" id="usd-how"></div></div>
<div><svg id="days" viewBox="0 0 800 100" preserveAspectRatio="none" role="img" aria-label="Net dollars by day"></svg><div class="legend" id="days-legend"></div></div></div>
<div class="scroll"><table id="models-table" hidden><thead><tr><th>Model</th><th class="num">requests</th><th class="num">billed</th><th class="num">saved</th><th class="num">its price</th><th class="num">net</th></tr></thead><tbody id="models"></tbody></table></div>
<div class="scroll"><table id="payers-table" hidden><thead><tr><th>Agent</th><th class="num">requests</th><th class="num">billed</th><th class="num">saved</th><th class="num">its price</th><th class="num">net</th></tr></thead><tbody id="payers"></tbody></table></div>
<div class="note" id="holdout"></div></section>
<section class="card wide" id="cache" hidden><h2>Cached tokens lost</h2><div class="note" id="cache-note"></div><div class="scroll"><table>
<thead><tr><th>Time</th><th class="num">turn</th><th class="num">tokens lost</th><th class="num">paid again</th><th>cause</th></tr></thead>
<tbody id="breaks"></tbody></table></div><div id="spots-head" class="note" hidden>Content that changes between requests, or looks as if it would. Everything behind it is paid again with each change.</div><div class="scroll"><table id="spots-table" hidden>
<thead><tr><th></th><th>where</th><th>looks like</th><th>now</th><th class="num">tokens behind it</th><th class="num">each change costs</th></tr></thead>
<tbody id="spots"></tbody></table></div></section>
<section class="card wide"><h2>Last 25</h2><div class="scroll"><table>
<thead><tr>${COLUMNS.map(([title, className]) => `<th class="${className}">${title}</th>`).join('')}</tr></thead>
<tbody id="recent"></tbody></table></div></section>
</div>
</main>`

/** HTML of the whole page. */
export const dashboardPage: string = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Headroom</title><link rel="icon" href="data:,"><style>${style}</style></head>
<body>${body}
<script>${script}</script></body></html>
`

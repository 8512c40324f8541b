// Behaviour of the local page. It reads /stats of its own origin and writes texts only, never markup.

export const script: string = String.raw`
const $ = (id) => document.getElementById(id)
const token = new URLSearchParams(location.search).get('headroom_token')
const spans = [['session', 'Session'], ['1h', '1 hour'], ['7d', '7 days'], ['all', 'All']]
let since = 'session'
const whole = new Intl.NumberFormat()
const short = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 })
const share = (part, all) => (all > 0 ? (100 * part / all).toFixed(1) + ' %' : '–')
const el = (tag, attributes, ...children) => {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes || {})) node.setAttribute(name, value)
  node.append(...children)
  return node
}
const put = (id, text, className) => {
  $(id).textContent = text
  if (className !== undefined) $(id).className = className
}

const tiles = ({ totals: t }) => {
  const net = t.tokensBefore - t.tokensAfter - t.retrievedTokens
  put('net', (net < 0 ? '−' : '') + short.format(Math.abs(net)), 'big ' + (net < 0 ? 'bad' : net > 0 ? 'good' : ''))
  $('net').title = whole.format(net)
  put('net-note', t.retrievedTokens > 0 ? 'after ' + short.format(t.retrievedTokens) + ' handed back by retrievals' : 'tokens not sent, resends included')
  put('sent', short.format(t.tokensBefore) + ' → ' + short.format(t.tokensAfter))
  $('sent').title = whole.format(t.tokensBefore) + ' → ' + whole.format(t.tokensAfter)
  put('sent-note', share(t.tokensBefore - t.tokensAfter, t.tokensBefore) + ' of tool-result tokens, resends included')
  put('first', share(t.firstSeenBefore - t.firstSeenAfter, t.firstSeenBefore))
  put('first-note', 'saved of ' + short.format(t.firstSeenBefore) + ' new tokens, each counted once')
  put('requests', whole.format(t.requests))
  const read = t.usage.cacheReadTokens || 0
  const input = read + (t.usage.cacheWriteTokens || 0) + (t.usage.inputTokens || 0)
  put('requests-note', whole.format(t.compressed) + ' left smaller' + (input > 0 ? ', ' + share(read, input) + ' of input read from cache' : ''))
}

const bars = (id, rows, value, text) => {
  const top = rows.filter((row) => value(row) > 0).sort((a, b) => value(b) - value(a)).slice(0, 8)
  const most = top.length > 0 ? value(top[0]) : 1
  const nodes = top.map((row) => {
    const fill = el('i', { style: 'width:' + Math.max(1, 100 * value(row) / most) + '%' })
    return el('div', { class: 'row' },
      el('div', {}, el('span', { title: row.name }, row.name), el('span', {}, text(row))),
      el('div', { class: 'track' }, fill))
  })
  $(id).replaceChildren(...(nodes.length > 0 ? nodes : [el('div', { class: 'note' }, 'nothing yet')]))
}
const removed = (row) => row.tokensBefore - row.tokensAfter
const removedText = (row) => '−' + short.format(removed(row)) + '  ' + share(removed(row), row.tokensBefore)

const plot = (events) => {
  const shown = events.slice(-80)
  const most = Math.max(1, ...shown.map((event) => event.tokensBefore))
  const step = 800 / Math.max(24, shown.length)
  const rect = (className, x, height) => {
    const node = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
    const box = { class: className, x: x, y: 100 - height, width: Math.max(1, step - 2), height: height, rx: 1 }
    for (const [name, size] of Object.entries(box)) node.setAttribute(name, size)
    return node
  }
  $('plot').replaceChildren(...shown.flatMap((event, i) => [
    rect('before', i * step, 98 * event.tokensBefore / most),
    rect(event.outcome === 'compressed' ? 'after' : 'same', i * step, 98 * event.tokensAfter / most),
  ]))
}

const cell = (text, className) => el('td', className ? { class: className } : {}, text)
const line = (event) => {
  const saved = event.tokensBefore - event.tokensAfter
  const usage = event.usage || {}
  const outcome = event.outcome === 'compressed' ? 'compressed' : event.reason || 'as it came'
  return el('tr', {},
    cell(new Date(event.atMs).toLocaleTimeString(), 'dim'),
    cell(event.model || event.dialect || event.way),
    cell(whole.format(event.tokensBefore), 'num'),
    cell(whole.format(event.tokensAfter), 'num'),
    cell(saved === 0 ? '–' : share(saved, event.tokensBefore), 'num ' + (saved > 0 ? 'good' : saved < 0 ? 'bad' : 'dim')),
    cell(event.basis === 'estimate' ? 'estimate' : 'exact', 'dim'),
    cell(usage.cacheReadTokens === undefined ? '–' : whole.format(usage.cacheReadTokens), 'num dim'),
    cell(event.durationMs.toFixed(event.durationMs < 10 ? 1 : 0) + ' ms', 'num dim'),
    cell(event.status === undefined ? '–' : String(event.status), 'num ' + (event.status >= 400 ? 'bad' : 'dim')),
    cell(outcome, 'dim'))
}

const advice = (stats) => {
  const { requests, compressed } = stats.totals
  $('empty').hidden = requests > 0
  $('body').hidden = requests === 0
  const idle = requests >= 5 && compressed === 0
  $('idle').hidden = !idle
  const top = stats.bySkip.slice().sort((a, b) => b.blocks - a.blocks)[0]
  if (idle) put('idle-text', 'Nothing was made smaller yet.' + (top ? ' Most blocks stayed as they came for this reason: ' + top.name + '.' : ' No tool results were seen.') + ' Run headroom doctor for details.')
}

const show = (stats) => {
  const events = stats.recent.slice().sort((a, b) => a.atMs - b.atMs)
  tiles(stats)
  advice(stats)
  plot(events)
  bars('compressors', stats.byCompressor, removed, removedText)
  bars('tools', stats.byTool, removed, removedText)
  bars('agents', stats.byAgent, removed, removedText)
  bars('skips', stats.bySkip, (row) => row.blocks, (row) => whole.format(row.blocks) + ' blocks')
  $('recent').replaceChildren(...events.slice(-25).reverse().map(line))
}

const usd = (micro) => micro === undefined ? '–' : '$' + (micro >= 10000 || micro === 0 ? (micro / 1e6).toFixed(2) : (micro / 1e6).toPrecision(2))
const signedUsd = (micro) => (micro < 0 ? '−' : '') + usd(Math.abs(micro))
const toned = (micro) => micro < 0 ? 'bad' : micro > 0 ? 'good' : ''

const plotDays = (days) => {
  const shown = days.slice(-60)
  const most = Math.max(1, ...shown.map((day) => Math.abs(day.netMicroUsd)))
  const zero = shown.some((day) => day.netMicroUsd < 0) ? 50 : 100
  const step = 800 / Math.max(14, shown.length)
  $('days').replaceChildren(...shown.map((day, i) => {
    const height = Math.max(1, (zero - 2) * Math.abs(day.netMicroUsd) / most)
    const node = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
    const box = { class: day.netMicroUsd < 0 ? 'loss' : 'gain', x: i * step, y: day.netMicroUsd < 0 ? zero : zero - height, width: Math.max(1, step - 4), height: height, rx: 1 }
    for (const [name, size] of Object.entries(box)) node.setAttribute(name, size)
    const title = document.createElementNS('http://www.w3.org/2000/svg', 'title')
    title.textContent = day.name + ': ' + signedUsd(day.netMicroUsd) + ' net of ' + usd(day.paidMicroUsd) + ' billed'
    node.append(title)
    return node
  }))
  const [first, last] = [shown[0], shown[shown.length - 1]]
  put('days-legend', first === undefined ? '' : 'net by day (UTC), ' + first.name + (last === first ? '' : ' to ' + last.name) + ', at most ' + usd(most))
}

const moneyRow = (row) => el('tr', {},
  cell(row.name),
  cell(whole.format(row.requests), 'num'),
  cell(usd(row.paidMicroUsd), 'num'),
  cell(usd(row.savedMicroUsd), 'num'),
  cell(usd(row.costMicroUsd), 'num dim'),
  cell(signedUsd(row.netMicroUsd), 'num ' + toned(row.netMicroUsd)))

const holdoutText = (found) => {
  if (found === undefined) return ''
  const sides = found.heldOutSessions + ' sessions left alone, ' + found.treatedSessions + ' others'
  if (found.effect === undefined) return 'Holdout: ' + sides + '; each side needs ' + found.neededSessions + ' for a number.'
  const part = (share) => (share > 0 ? '+' : share < 0 ? '−' : '') + Math.abs(100 * share).toFixed(1) + ' %'
  const { change, low, high, confidence } = found.effect
  return 'Holdout: input cost a request ' + part(change) + ', between ' + part(low) + ' and ' + part(high) + ' with ' + 100 * confidence + ' % confidence (' + sides + ').'
}

const showMoney = (money) => {
  const { total, unpriced, byModel, byAgent, prices } = money
  $('money').hidden = total.requests === 0 && unpriced.requests === 0
  put('usd', total.requests === 0 ? 'no price known' : signedUsd(total.netMicroUsd), 'big ' + toned(total.netMicroUsd))
  put('usd-note', total.requests === 0 ? '' : 'net, ' + share(total.netMicroUsd, total.paidMicroUsd + total.netMicroUsd) + ' of the bill without Headroom; ' + usd(total.paidMicroUsd) + ' were billed')
  put('usd-how', (money.basis === 'estimate' ? 'saved tokens partly estimated; ' : '') + 'list prices of ' + prices.date + ' or your own'
    + (unpriced.requests > 0 ? '; ' + whole.format(unpriced.requests) + ' requests have no known price: ' + unpriced.models.join(', ') : '')
    + (money.unbilledRequests > 0 ? '; ' + whole.format(money.unbilledRequests) + ' came back without a bill' : ''))
  plotDays(money.byDay)
  $('models-table').hidden = byModel.length < 2
  $('models').replaceChildren(...byModel.map(moneyRow))
  $('payers-table').hidden = byAgent.length < 2
  $('payers').replaceChildren(...byAgent.map(moneyRow))
  put('holdout', holdoutText(money.holdout))
}

const breakRow = (one) => {
  const cause = el('td', { class: 'wrap' }, one.words.slice(one.words.indexOf(': ') + 2), el('div', { class: 'note' }, one.advice))
  return el('tr', {},
    cell(new Date(one.atMs).toLocaleTimeString(), 'dim'),
    cell(String(one.turn), 'num'),
    cell(one.lostTokens === undefined ? 'not told' : whole.format(one.lostTokens), 'num bad'),
    cell(usd(one.lostMicroUsd), 'num'),
    cause)
}
const spotRow = (spot) => el('tr', {},
  cell(spot.basis === 'seen' ? 'changed ' + spot.times + '×' : 'suspected', spot.basis === 'seen' ? 'bad' : 'dim'),
  cell(spot.where + ', bytes ' + whole.format(spot.startByte) + '–' + whole.format(spot.endByte)),
  cell(spot.looks),
  el('td', {}, el('code', {}, spot.exact.slice(0, 60))),
  cell(whole.format(spot.tokensAfter), 'num'),
  cell(usd(spot.microUsdPerRequest), 'num'))

const showCache = (report) => {
  const { byCause } = report.recorded
  const lost = byCause.reduce((sum, row) => sum + row.lostTokens, 0)
  const paid = byCause.reduce((sum, row) => sum + row.lostMicroUsd, 0)
  const spots = report.spots.slice().sort((a, b) => b.times - a.times || b.tokensAfter - a.tokensAfter).slice(0, 10)
  $('cache').hidden = !report.watching || report.requests === 0
  put('cache-note', report.recent.length === 0
    ? 'None in ' + whole.format(report.requests) + ' requests since the start.'
    : short.format(lost) + ' tokens since the start' + (paid > 0 ? ', about ' + usd(paid) + ' paid again' : '') + ': ' + byCause.map((row) => row.cause + ' ' + row.breaks + '×').join(', '))
  $('breaks').replaceChildren(...report.recent.slice(0, 10).map(breakRow))
  $('breaks').parentNode.hidden = report.recent.length === 0
  $('spots-head').hidden = $('spots-table').hidden = spots.length === 0
  $('spots').replaceChildren(...spots.map(spotRow))
}

const get = async (path, query) => {
  if (token) query.set('headroom_token', token)
  const answer = await fetch(path + '?' + query)
  if (!answer.ok) throw new Error('status ' + answer.status)
  return answer.json()
}

// Bills are added up anew each time, so they are asked for less often.
const MONEY_EVERY_MS = 10000
let moneyAt = 0

const load = async () => {
  if (document.hidden) return
  try {
    show(await get('stats', new URLSearchParams({ since })))
    showCache(await get('headroom/cache', new URLSearchParams()))
    if (Date.now() - moneyAt > MONEY_EVERY_MS) {
      moneyAt = Date.now()
      showMoney(await get('headroom/money', new URLSearchParams({ since })))
    }
    $('live').className = 'live'
    put('live-text', 'live')
  } catch (error) {
    $('live').className = 'live lost'
    put('live-text', 'no answer from headroom, still trying (' + error.message + ')')
  }
}

$('spans').append(...spans.map(([name, label]) => {
  const button = el('button', { type: 'button', 'aria-pressed': String(name === since) }, label)
  button.onclick = () => {
    since = name
    moneyAt = 0
    for (const other of $('spans').children) other.setAttribute('aria-pressed', String(other === button))
    load()
  }
  return button
}))
$('how').textContent = '# in the shell of your client\nexport ANTHROPIC_BASE_URL=' + location.origin + '\nexport OPENAI_BASE_URL=' + location.origin + '/v1'
document.addEventListener('visibilitychange', load)
setInterval(load, 2000)
load()
`

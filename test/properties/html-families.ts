// Web pages as fetch tools and curl hand them over: one part of each is not like the others.
import { Random } from './random.js'
import { type Family, questionOf } from './sample.js'

interface PageFamily {
  readonly name: string
  /** One routine part, e.g. a paragraph or a row; `id` is found nowhere else. */
  item(random: Random, index: number, id: string): string
  /** The part that is not like the others, and the pieces of it that must stay. */
  readonly odd: readonly ((random: Random) => { readonly html: string; readonly plant: readonly string[] })[]
  page(items: readonly string[], random: Random): string
  readonly count?: readonly [number, number]
  readonly tool?: { readonly name: string; readonly input?: unknown }
}

const WORDS = (
  'harbour engine council river market signal border winter garden report station bridge library museum festival ' +
  'budget teacher railway forest summer theatre village police minister company factory hospital student'
).split(' ')
const sentence = (random: Random): string => {
  const words = Array.from({ length: random.int(9, 18) }, () => random.pick(WORDS))
  const text = `the ${words[0]} ${words.slice(1).join(random.chance(0.5) ? ' of the ' : ' and ')}`.slice(0, 150)
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`
}
const prose = (random: Random, sentences = 3): string =>
  Array.from({ length: sentences }, () => sentence(random)).join(' ')
const links = (random: Random, count: number, className: string): string =>
  `<ul class="${className}">${Array.from({ length: count }, (_, index) => `<li><a href="/${random.hex(6)}/${index}">${random.pick(WORDS)} ${random.pick(WORDS)}</a></li>`).join('')}</ul>`
const script = (random: Random, length = 600): string =>
  `<script>window.__d=${JSON.stringify({ k: random.hex(length) })}</script>`

/** A news site around `main`. */
const site = (random: Random, title: string, main: string): string =>
  `<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>${title}</title>\n<link rel="stylesheet" href="/s.css"><style>.a{color:red}</style>${script(random, 4000)}</head>\n` +
  `<body class="page has-sidebar">\n<header class="site-header"><a href="/">The Daily</a><nav>${links(random, 45, 'menu')}</nav></header>\n` +
  `<div class="wrap">\n${main}\n<aside class="sidebar"><h3>Most read</h3>${links(random, 12, 'popular')}</aside>\n</div>\n` +
  `<div class="cookie-banner"><p>We use cookies to improve this site and to measure visits, as our policy says in detail.</p><button>Accept</button></div>\n` +
  `<footer class="site-footer">${links(random, 40, 'footer-links')}<p>All rights reserved</p></footer>\n${script(random)}${script(random)}</body>\n</html>\n`

const oddSentence = (random: Random): { html: string; plant: readonly string[] } => {
  const text = `The recall concerns ${random.int(100, 999)} pumps of type ZQ-${random.int(10, 99)} that leak above 80 degrees.`
  return { html: `<p>${text}</p>`, plant: [text] }
}
const oddSentences: PageFamily['odd'] = [
  oddSentence,
  (random) => {
    const code = random.hex(8)
    return {
      html: `<blockquote><p>Never mix batch <b>${code}</b> with water.</p></blockquote>`,
      plant: [`Never mix batch ${code} with water.`],
    }
  },
  (random) => {
    const cost = `${random.int(3, 9)}.${random.int(1, 9)} million euros`
    return {
      html: `<ul><li>Repairs will cost ${cost}</li><li>No date is set</li></ul>`,
      plant: [`Repairs will cost ${cost}`],
    }
  },
  (random) => {
    const hash = random.hex(12)
    return { html: `<pre><code>checksum --verify ${hash}</code></pre>`, plant: [`checksum --verify ${hash}`] }
  },
]
const paragraph: PageFamily['item'] = (random, _, id) =>
  `<p>${prose(random)} See note ${id} and <a href="/topic/${random.hex(4)}">${random.pick(WORDS)} ${random.pick(WORDS)}</a>.</p>`
const article = (items: readonly string[], random: Random): string =>
  site(
    random,
    'Floods reach the old town - The Daily',
    `<article><header><h1>Floods reach the old town</h1><p class="byline">By Ann Example</p><time datetime="2026-03-04T05:06:07Z">4 March 2026</time></header>\n<div class="share-buttons"><a href="#f">Share</a><a href="#t">Tweet</a></div>\n${items.join('\n')}\n</article>` +
      `<section class="related-stories"><h2>More stories</h2>${links(random, 14, 'cards')}</section><section id="comments"><h2>Comments</h2>${Array.from({ length: 5 }, () => `<div class="comment"><p>${prose(random, 2)}</p></div>`).join('')}</section>`,
  )

const row = (cells: readonly string[]): string =>
  `<tr>${cells.map((cell) => `<td class="c">${cell}</td>`).join('')}</tr>`
const oddRows: PageFamily['odd'] = [
  () => ({
    html: row(['node-dead-7', '<span class="badge red">NotReady</span>', '0 %', 'kubelet stopped']),
    plant: ['node-dead-7', 'NotReady', 'kubelet stopped'],
  }),
  (random) => ({
    html: row(['node-hot-3', '<i class="icon" title="Degraded"></i>', '99 %', `disk ${random.int(91, 99)} % full`]),
    plant: ['node-hot-3', 'Degraded'],
  }),
]

const FAMILIES: readonly PageFamily[] = [
  { name: 'html/article', item: paragraph, odd: oddSentences, page: article },
  {
    name: 'html/article-fetched',
    item: paragraph,
    odd: oddSentences,
    page: article,
    tool: { name: 'WebFetch', input: { url: 'https://daily.example/floods' } },
  },
  {
    name: 'html/article-curl',
    item: paragraph,
    odd: oddSentences,
    page: (items, random) =>
      `HTTP/2 200 \ncontent-type: text/html; charset=utf-8\nx-request-id: ${random.hex(16)}\n\n${article(items, random)}`,
    tool: { name: 'Bash', input: { command: 'curl -si https://daily.example/floods' } },
  },
  {
    name: 'html/minified',
    item: paragraph,
    odd: oddSentences,
    page: (items, random) => article(items, random).replaceAll('\n', ''),
  },
  {
    name: 'html/unclosed',
    item: (random, index, id) => paragraph(random, index, id).replaceAll('</p>', '').replaceAll('<p>', '<P>'),
    odd: [oddSentence],
    page: (items, random) =>
      `<HTML><HEAD><TITLE>Notes</TITLE></HEAD><BODY BGCOLOR=white><TABLE WIDTH=100%><TR><TD>${links(random, 60, 'x')}<TD><H1>Notes</H1>${items.join('\n')}</TABLE><HR>Page 1</BODY></HTML>`,
  },
  {
    name: 'html/docs',
    item: (random, index, id) =>
      `<h3 id="m${index}">set${id}(<em>value</em>)<a class="headerlink" href="#m${index}">¶</a></h3><p>${sentence(random)} Default <code>${random.int(1, 99)}</code>.</p><div class="highlight"><pre class="language-ts"><span class="kw">const</span> a = set${id}(<span class="num">${index}</span>)\nuse(a &lt; 4)</pre></div>`,
    odd: [
      (random) => ({
        html: `<div class="admonition warning"><p class="admonition-title">Warning</p><p>resetAll() deletes ${random.int(5, 90)} tables without asking.</p></div>`,
        plant: ['resetAll() deletes'],
      }),
    ],
    page: (items, random) =>
      site(
        random,
        'Reference',
        `<main role="main"><h1>Reference</h1><nav class="toc">${links(random, 12, 'toc')}</nav>${items.join('\n')}</main>`,
      ),
    count: [20, 80],
  },
  {
    name: 'html/status-table',
    item: (random, index, id) =>
      row([`node-${id}`, '<span class="badge green">Ready</span>', `${random.int(10, 60)} %`, `up ${index + 3} days`]),
    odd: oddRows.slice(0, 1),
    page: (items, random) =>
      `<!doctype html><html><head><title>Cluster</title>${script(random)}</head><body><div id="app"><h1>Cluster</h1><table class="t"><thead><tr><th>Node</th><th>State</th><th>CPU</th><th>Note</th></tr></thead><tbody>${items.join('\n')}</tbody></table></div></body></html>`,
  },
  {
    name: 'html/icon-table',
    item: (random, index, id) =>
      row([`node-${id}`, '<i class="icon" title="Ready"></i>', `${random.int(10, 60)} %`, `up ${index + 3} days`]),
    odd: oddRows.slice(1),
    page: (items, random) =>
      `<!doctype html><html><head><title>Cluster</title>${script(random)}</head><body><nav>${links(random, 6, 'n')}</nav><table><tr><th>Node</th><th>State</th><th>CPU</th><th>Note</th></tr>${items.join('\n')}</table></body></html>`,
  },
  {
    name: 'html/listing',
    item: (random, index, id) =>
      `<div class="card" data-id="${random.hex(12)}"><a class="card-link" href="/item/${id}"><h2 class="card-title">${random.pick(WORDS)} ${id}</h2></a><span class="meta">${index + 1} replies</span><span class="meta">${random.int(2, 30)} hours ago</span></div>`,
    odd: [
      () => ({
        html: '<div class="card"><a href="/item/x1"><h2 class="card-title">Service stops on 1 May</h2></a><span class="meta">pinned by admin</span></div>',
        plant: ['Service stops on 1 May', 'pinned by admin'],
      }),
    ],
    page: (items, random) => site(random, 'Forum', `<h1>Forum</h1><div class="list">${items.join('\n')}</div>`),
  },
  {
    name: 'html/test-report',
    item: (random, index, id) =>
      `<li class="test pass" data-uid="${random.hex(20)}"><span class="name">case ${index} handles ${id}</span> <span class="duration">${random.int(1, 40)} ms</span></li>`,
    odd: [
      () => ({
        html: '<li class="test fail"><span class="name">case refuses an empty cart</span><pre class="error">AssertionError: expected 402 to equal 400</pre></li>',
        plant: ['case refuses an empty cart', 'AssertionError: expected 402 to equal 400'],
      }),
    ],
    page: (items, random) =>
      `<!doctype html><html><head><title>Report</title><style>${'.x{margin:0}'.repeat(60)}</style></head><body><h1>Report</h1><ul id="tests">${items.join('')}</ul>${script(random, 3000)}</body></html>`,
  },
  {
    name: 'html/changelog',
    item: (random, index, id) =>
      `<h2>Version 2.${index}.0</h2><ul><li>Add ${random.pick(WORDS)} ${id}</li><li>Fix ${random.pick(WORDS)} in <code>${random.hex(5)}</code></li></ul>`,
    odd: [
      () => ({
        html: '<h2>Version 2.1.1</h2><ul><li><strong>Security</strong>: tokens were written to the log</li></ul>',
        plant: ['tokens were written to the log'],
      }),
    ],
    page: (items, random) => site(random, 'Changelog', `<main><h1>Changelog</h1>${items.join('\n')}</main>`),
    count: [40, 160],
  },
  {
    name: 'html/answers-folded',
    item: (random, _, id) =>
      `<div class="faq-item"><button class="faq-question">Where is ${id}?</button><div class="faq-answer" style="display:none"><p>${prose(random, 2)}</p></div></div>`,
    odd: [
      () => ({
        html: '<div class="faq-item"><button class="faq-question">Is it safe?</button><div class="faq-answer" hidden><p>No, not for children under 3.</p></div></div>',
        plant: ['No, not for children under 3.'],
      }),
    ],
    page: (items, random) => site(random, 'Answers', `<main><h1>Answers</h1>${items.join('\n')}</main>`),
    count: [20, 80],
  },
  {
    name: 'html/thread',
    item: (random, index, id) =>
      `<div class="post" id="p${index}"><div class="author"><a href="/u/${id}">user-${id}</a></div><div class="body"><p>${prose(random, 2)}</p></div></div>`,
    odd: [
      () => ({
        html: '<div class="post"><div class="author"><a href="/u/mod">moderator</a></div><div class="body"><p>Solved: set ulimit to 65536 and restart the broker.</p></div></div>',
        plant: ['Solved: set ulimit to 65536'],
      }),
    ],
    page: (items, random) =>
      site(random, 'Thread', `<h1>Broker drops connections</h1><div class="posts">${items.join('\n')}</div>`),
    count: [20, 120],
  },
  {
    name: 'html/layout-tables',
    item: (random, _, id) =>
      `<tr><td bgcolor="#ffffff" style="padding:0 20px"><font face="Arial" size="2">${sentence(random)} Order ${id}.</font></td></tr>`,
    odd: [
      () => ({
        html: '<tr><td><font size="2">Invoice 7781 is overdue since Monday.</font></td></tr>',
        plant: ['Invoice 7781 is overdue since Monday.'],
      }),
    ],
    page: (items) =>
      `<html><body><table width="100%" cellpadding="0"><tr><td align="center"><table width="600" role="presentation">${items.join('\n')}</table></td></tr></table></body></html>`,
    count: [30, 150],
  },
  {
    name: 'html/cjk',
    item: (random, _, id) =>
      `<p>${Array.from({ length: 3 }, () => `市政府公布了新的${random.pick(['交通', '教育', '住房', '环境'])}计划，预计明年开始实施。`).join('')}编号${id}。</p>`,
    odd: [
      () => ({ html: '<p>警告：第七号水库的大坝出现裂缝，居民必须撤离。</p>', plant: ['第七号水库的大坝出现裂缝'] }),
    ],
    page: article,
  },
]

export const htmlFamilies: readonly Family[] = FAMILIES.map(
  (of): Family => ({
    name: of.name,
    kind: 'html',
    shape: 'html',
    sample(seed, size) {
      const random = new Random(seed)
      const [low, high] = of.count ?? [16, 60]
      const drawn = random.int(low, high)
      const count = size ?? drawn
      const at = random.int(2, count - 2)
      const asked = (at + random.int(1, count - 1)) % count
      const items: string[] = []
      let word = ''
      let plant: readonly string[] = []
      for (let index = 0; index < count; index++) {
        const id = `k${random.hex(7)}`
        const odd = random.pick(of.odd)(random)
        if (index === asked) word = id
        if (index === at) plant = odd.plant
        items.push(index === at ? odd.html : of.item(random, index, id))
      }
      return {
        text: of.page(items, random),
        plant,
        question: questionOf(random),
        needle: { word, answer: word },
        tool: of.tool,
      }
    },
  }),
)

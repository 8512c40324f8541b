import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conformsToCompressor, inputOf, outputOf, printGap } from '../../../test/conformance/compressor.js'
import { htmlFamilies } from '../../../test/properties/html-families.js'
import { render } from '../../base/plan.js'
import { isSkip } from '../../base/skip.js'
import { html } from './index.js'

const TAGS = [
  'p',
  'div',
  'ul',
  'li',
  'table',
  'tr',
  'td',
  'th',
  'a href="/x"',
  'b',
  'pre',
  'code',
  'h2',
  'nav',
  'br',
  'img alt="seen"',
  'select',
  'option',
  'sup',
  'dl',
  'dt',
  'dd',
  'svg',
  'blockquote',
  'form action="/f"',
  'input name="n"',
  'script',
  'span style="display:none"',
]
/** Tags in any order, opened and closed as it comes, with text between. */
const arbitraryPage: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...TAGS).map((tag) => `<${tag}>`),
      fc.constantFrom(...TAGS).map((tag) => `</${tag.split(' ')[0]}>`),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom(
        ' words ',
        '\r\n',
        '&amp;',
        '&lt;b',
        '<!-- c -->',
        'a sentence of the page that is long enough to be prose, it goes on.',
        '<',
        '>',
      ),
    ),
    { maxLength: 120 },
  )
  .map((parts) => parts.join(''))

conformsToCompressor(html, {
  texts: htmlFamilies.slice(0, 8).map((family) => family.sample(7).text),
  arbitrary: arbitraryPage,
  verbatimLines: false,
})

/** Output without markers; `query` as an agent would ask. */
const shown = (body: string, query?: string): string =>
  outputOf(html, `<html><head><title>T</title></head><body>${body}</body></html>`, query === undefined ? {} : { query })
    .replace(/\[\d+ chars? not shown[^\]]*\]\n?/g, '')
    .replace(/^T\n/, '')
    .trim()
const PROSE = Array.from(
  { length: 8 },
  (_, index) =>
    `<p>Paragraph ${index} tells how the harbour was built, by whom, and what it cost the town in the end.</p>`,
).join('')

describe('html writes the text of a page as Markdown', () => {
  it.each<[string, string, string]>([
    ['headings and paragraphs', '<h1>A</h1><p>b <em>c</em></p><h3>D</h3>', '# A\n\nb c\n\n### D'],
    ['nested lists with numbers', '<ol start=3><li>a<ul><li>b<li>c</ul><li>d</ol>', '3. a\n   - b\n   - c\n4. d'],
    ['tables', '<table><tr><th>a<th>b<tr><td>1<td>2|3</table>', '| a | b |\n|---|---|\n| 1 | 2\\|3 |'],
    [
      'cells over rows and columns',
      '<table><tr><th>a<th>b<th>c<tr><td rowspan=2>x<td colspan=2>y<tr><td>1<td>2</table>',
      '| a | b | c |\n|---|---|---|\n| x | y |\n| x | 1 | 2 |',
    ],
    ['tables that lay out a page', '<table role=presentation><tr><td>a<td>b</table>', 'a\nb'],
    [
      'code with its language',
      '<pre><code class="language-py">if a &lt; 1:\n  <b>b</b>\n</code></pre>',
      '```py\nif a < 1:\n  b\n```',
    ],
    ['code set in lines', '<pre><div>a</div><div>b</div></pre>', '```\na\nb\n```'],
    ['quotes', '<blockquote><p>a</p><p>b</p></blockquote>', '> a\n>\n> b'],
    ['terms', '<dl><dt>a<dd>b<dt>c<dd>d</dl>', 'a\n: b\nc\n: d'],
    ['descriptions of images', '<p>x <img alt="a cat"> y</p>', 'x ![a cat] y'],
    [
      'powers and indices',
      '<p>10<sup>6</sup> m<sup>2</sup>, H<sub>2</sub>O, x1<sub>2</sub>, 1<sup>st</sup></p>',
      '10^6 m^2, H2O, x1_2, 1st',
    ],
    ['what is struck out', '<p><del>9</del> 8</p>', '~~9~~ 8'],
    ['character references', '<p>&eacute; &#x20ac; &lt;b&gt; a&nbsp;b</p>', 'é € <b> a\u00a0b'],
    [
      'a form with its fields',
      '<form action=/f method=post><label>Name <input name=n value=v required></label><select name=s><option>a<option selected>b</select></form>',
      '<form method="post" action="/f">\nName <input name="n" value="v" required>\n<select name="s">a | b (selected)',
    ],
    ['dates behind words', '<p><time datetime="2026-03-04">yesterday</time></p>', 'yesterday (2026-03-04)'],
    ['neighbours as two words', '<div><span>Price</span><span>5</span></div>', 'Price 5'],
    [
      'nothing of scripts, styles, drawings and templates',
      '<p>a</p><script>b</script><style>c</style><svg><text>d</text></svg><template>e</template><p>f</p>',
      'a\n\nf',
    ],
  ])('%s', (_, body, expected) => {
    expect(shown(`${body}<p><!-- --></p>`)).toBe(expected)
  })

  it('names the state that an icon stands for', () => {
    const rows = '<tr><td>a<td><i title="Ready"></i><tr><td>b<td><svg aria-label="Failed"></svg>'
    expect(shown(`<table><tr><th>n<th>s${rows}</table>`)).toContain('| b | Failed |')
  })

  it('shows targets of the entries of a list of links, and all of them when asked for', () => {
    const entries = Array.from(
      { length: 9 },
      (_, index) => `<li><a href="/e/${index}">Entry number ${index} of the list</a></li>`,
    ).join('')
    expect(shown(`<ul>${entries}</ul>`)).toContain('- Entry number 3 of the list </e/3>')
    expect(
      shown(`${PROSE}<p>See <a href="/deep">the plan</a>.</p>${entries}`, 'what is the url of the plan?'),
    ).toContain('See [the plan](/deep).')
  })
})

describe('html leaves out what is not content, and says so', () => {
  const page = `<nav>${'<a href="/n">Some entry of the menu</a> '.repeat(20)}</nav><main><h1>Harbour</h1>${PROSE}</main><footer><p>Call +49 30 1234567 on weekdays, or write to the office in the old mill.</p>${'<a href="/f">Some entry</a> '.repeat(20)}</footer>`

  it('keeps the article whole and names each gap with its links (A-3)', () => {
    const plan = html.compress(inputOf(page, html))
    if (isSkip(plan)) throw new Error(plan.skip)
    const gaps = plan.segments.filter((segment) => segment.kind === 'elide')
    expect(gaps.map(({ gap }) => gap.note)).toEqual([
      'navigation, 20 links - whole page without tags',
      'page footer, 20 links',
    ])
    for (const { gap, start, end } of gaps) expect(gap.count).toBe(end - start)
    const text = render(plan, page, printGap)
    for (let index = 0; index < 8; index++) expect(text).toContain(`Paragraph ${index} tells`)
  })
  it('brings back what the question asks for (A-7)', () => {
    expect(outputOf(html, page, { query: 'Which phone number can I call on weekdays?' })).toContain('+49 30 1234567')
    expect(outputOf(html, page)).not.toContain('+49 30 1234567')
  })
  it('shows what the question names even where it is no text of the page', () => {
    const source = page.replace('<main>', '<main data-build="b-77f1c2" class="x">')
    expect(outputOf(html, source, { query: 'where is b-77f1c2?' })).toContain('data-build="b-77f1c2"')
  })
  it('keeps a page without an article as what it is', () => {
    const cards = Array.from(
      { length: 12 },
      (_, index) => `<div class="card"><b>Host ${index}</b><span>${index} %</span></div>`,
    ).join('')
    const text = outputOf(html, `<div class="content">${cards}</div>`)
    for (let index = 0; index < 12; index++) expect(text).toContain(`Host ${index} ${index} %`)
  })
  it('shows what folds out on a click, and counts what stays hidden', () => {
    const hidden = `<div style="display:none"><p>${'Words for nobody to see at all. '.repeat(20)}</p></div>`
    const text = outputOf(html, `${PROSE}<div class="accordion-body" hidden><p>Answer 42.</p></div>${hidden}${PROSE}`)
    expect(text).toContain('Answer 42.')
    expect(text).not.toContain('nobody')
    expect(text).toContain('hidden text')
  })
  it('leaves out line numbers beside code, but nothing that is only named like them', () => {
    const numbered = '<table><tr><td class="gutter"><pre>1\n2</pre></td><td><pre>let a\nlet b</pre></td></tr></table>'
    const text = outputOf(html, `<div class="row gutter">${PROSE}</div>${numbered}`)
    expect(text).toContain('Paragraph 7 tells')
    expect(text).toContain('```\nlet a\nlet b\n```')
    expect(text).not.toContain('1\n2')
  })
  it('keeps comments where the page is a discussion, and comments in code anywhere', () => {
    const thread = Array.from(
      { length: 9 },
      (_, index) => `<div class="comment">${PROSE.replaceAll('harbour', `quay ${index}`)}</div>`,
    ).join('')
    expect(outputOf(html, `<h1>How?</h1>${PROSE}${thread}`)).toContain('quay 8')
    expect(outputOf(html, `${PROSE}<pre>a = 1 <span class="hljs-comment"># why</span></pre>`)).toContain('a = 1 # why')
  })
  it('keeps words of images in code apart from the words beside them (A-2)', () => {
    const code = '<pre>run<img alt="seen"><img alt="seen">now</pre>'
    expect(outputOf(html, `${PROSE}${code}`)).toContain('run seen seen now')
  })
  it('adds the date of a part only to that part', () => {
    const menu = `<nav><time datetime="2026-03-04">now</time>${'<a href="/n">Some entry of the menu</a> '.repeat(20)}</nav>`
    expect(outputOf(html, `${PROSE}<p>The end.</p>${menu}`)).not.toContain('2026-03-04')
  })
  it('says what a page without text says to those without scripts', () => {
    expect(
      outputOf(
        html,
        '<html><head><title>App</title></head><body><noscript>Enable JavaScript.</noscript><div id="root"></div><script src="a.js"></script></body></html>',
      ),
    ).toContain('Enable JavaScript.')
  })
  it('keeps response headers and the line after the page as they are', () => {
    const headers = 'HTTP/1.1 404 Not Found\r\nserver: nginx\r\nx-id: 9\r\n\r\n'
    const text = outputOf(html, `${headers}<html><body><h1>Not here</h1>${PROSE}</body></html>\n(exit 22)`)
    expect(text.startsWith(headers)).toBe(true)
    expect(text.endsWith('\n(exit 22)')).toBe(true)
    expect(text).toContain('# Not here')
  })
  it('changes nothing where nothing may be left out (strict)', () => {
    expect(html.compress(inputOf(page, html, { mayElide: false }))).toMatchObject({ skip: 'nothing-to-drop' })
  })
})

describe('html invents nothing', () => {
  it('writes only words of the page (A-2)', () => {
    const words = (text: string): string[] => text.toLowerCase().match(/[a-z]{3,}/g) ?? []
    fc.assert(
      fc.property(arbitraryPage, (source) => {
        const known = new Set([...words(source), 'form', 'input', 'name', 'select', 'action'])
        const joined = source.toLowerCase().replace(/<[^>]*>/g, '')
        const output = outputOf(html, source).replace(/\[\d+ chars? not shown[^\]]*\]/g, ' ')
        for (const word of words(output)) if (!known.has(word)) expect(joined).toContain(word)
      }),
      { numRuns: 300 },
    )
  })
  it.each<[string, string]>([
    ['deep nesting', '<div>'.repeat(100_000)],
    ['nested lists', '<ul><li>'.repeat(50_000)],
    ['nested tables', '<table><tr><td>'.repeat(30_000)],
    ['open inline elements', `<i>${'<span>'.repeat(60_000)}${'</i></b>'.repeat(60_000)}`],
    ['wide spans', `<table>${`<tr>${'<td rowspan=60000 colspan=1000>x'.repeat(2)}`.repeat(9000)}`],
    ['broken tags', '<a href="'.repeat(100_000)],
  ])('copes with %s in linear time (J-7)', (_, source) => {
    const started = process.cpuUsage()
    outputOf(html, `<p>text</p>${source}text`)
    const { user, system } = process.cpuUsage(started)
    expect((user + system) / 1000).toBeLessThan(2000)
  })
})

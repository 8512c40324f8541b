import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conformsToCompressor, inputOf, outputOf, printGap } from '../../../test/conformance/compressor.js'
import { lineTable } from '../../base/lines.js'
import { render } from '../../base/plan.js'
import { isSkip } from '../../base/skip.js'
import { sentenceEnds } from '../../salience/prose/sentences.js'
import { repeatsOf } from './duplicates.js'
import { factsOf } from './facts.js'
import { text } from './index.js'
import { article, Dice, paragraph } from './prose.testkit.js'
import { structureOf } from './structure.js'

const arbitrary = fc
  .tuple(fc.nat(5000), fc.constantFrom(undefined, 'The gate must never be left open.', '门不得打开。'))
  .map(([seed, planted]) => article(seed, planted))

conformsToCompressor(text, {
  texts: [article(1), article(2, 'Do not enter.'), releases(40)],
  arbitrary,
  sentences: true,
})

function releases(count: number): string {
  const dice = new Dice(count)
  const parts = ['# Change Log', '']
  for (let index = count; index > 0; index--) {
    parts.push(`## [${index}.0.0] (20${10 + (index % 16)}-03-0${1 + (index % 9)})`, '', '### Bug Fixes', '')
    for (let entry = 0; entry < 6; entry++) parts.push(`- **part ${entry}:** ${paragraph(dice, 1)}`)
    parts.push('', '### Features', '', `- ${paragraph(dice, 1)}`, '')
  }
  return `${parts.join('\n')}\n`
}

const saved = (source: string, output: string): number => 1 - output.length / source.length

describe('text keeps what a reader came for', () => {
  it('keeps the sentence that answers the question at any position, whole, in about a third of the text', () => {
    for (let seed = 0; seed < 40; seed++) {
      const answer = 'The lighthouse keeper Edda Halvorsen planted 214 apple trees in 1887.'
      const source = article(seed, answer)
      const output = outputOf(text, source, { query: 'How many trees did the keeper of the lighthouse plant?' })
      expect(output).toContain(answer)
      expect(saved(source, output)).toBeGreaterThan(0.5)
    }
  })

  it('keeps a rule or warning with its whole sentence when nothing is asked, in eight languages (A-6)', () => {
    const rules = [
      'The gate must not be opened while the water is above the red mark.',
      'Never cross the dam unless both lamps are lit.',
      'Das Tor darf nicht geöffnet werden, wenn das Wasser über der roten Marke steht.',
      'La puerta no debe abrirse nunca cuando el agua supera la marca roja.',
      'Il est interdit de franchir le barrage, sauf si les deux lampes sont allumées.',
      'Никогда не открывайте ворота, кроме случаев, когда горят обе лампы.',
      '水位超过红线时不得打开闸门。',
      'ห้ามเปิดประตูเมื่อน้ำสูงกว่าเครื่องหมายสีแดง',
    ]
    for (const [seed, rule] of rules.entries()) expect(outputOf(text, article(seed, rule))).toContain(rule)
  })

  it.each([
    ['В 1887 году смотритель Эдда Халворсен посадила 214 яблонь.', 'Сколько яблонь посадила смотрительница?'],
    ['1887年，守塔人埃达种植了二百一十四棵苹果树。', '守塔人种了多少棵苹果树？'],
    ['1887年に灯台守のエッダは二百十四本のりんごの木を植えた。', '灯台守はりんごの木を何本植えましたか？'],
    ['ในปี 1887 ผู้ดูแลประภาคารปลูกต้นแอปเปิลสองร้อยสิบสี่ต้น', 'ผู้ดูแลประภาคารปลูกต้นแอปเปิลกี่ต้น'],
    ['في عام 1887 زرعت حارسة المنارة 214 شجرة تفاح.', 'كم شجرة تفاح زرعت حارسة المنارة؟'],
    ['Το 1887 η φύλακας του φάρου φύτεψε 214 μηλιές.', 'Πόσες μηλιές φύτεψε η φύλακας του φάρου;'],
    ['Năm 1887 người gác hải đăng trồng 214 cây táo.', 'Người gác hải đăng trồng bao nhiêu cây táo?'],
    ['1887 में प्रकाशस्तंभ की रखवाली ने 214 सेब के पेड़ लगाए।', 'रखवाली ने सेब के कितने पेड़ लगाए?'],
    ['등대지기 에다는 1887년에 사과나무 214그루를 심었다.', '등대지기는 사과나무를 몇 그루 심었습니까?'],
    ['En 1887 la guardiana del faro plantó 214 manzanos.', '¿Cuántos manzanos plantó la guardiana del faro?'],
    ['Im Jahr 1887 pflanzte die Leuchtturmwärterin 214 Apfelbäume.', 'Wie viele Apfelbäume pflanzte die Wärterin?'],
  ])('keeps the answer whatever the language: %s', (answer, query) => {
    for (let seed = 0; seed < 6; seed++) expect(outputOf(text, article(seed, answer), { query })).toContain(answer)
  })

  it('keeps every sentence that says not, never, must, only, except or unless, however many there are (A-6)', () => {
    const plain = 'The harbour office lists ships, crews and cargo of week {} beside the usual figures of the port.'
    const bound = [
      'Ships of class {} must wait outside the mole.',
      'Crates marked {} are never opened on deck.',
      'Berth {} does not take tankers.',
      'Pier {} is open only at night.',
      'Gate {} admits nobody except the harbour master.',
      'Crane {} stays idle unless the wind is calm.',
    ]
    fc.assert(
      fc.property(fc.array(fc.nat(15), { minLength: 60, maxLength: 140 }), fc.boolean(), (kinds, asked) => {
        const sentences = kinds.map((kind, at) => (bound[kind] ?? plain).replace('{}', String(at)))
        const source = Array.from({ length: Math.ceil(sentences.length / 5) }, (_, part) =>
          sentences.slice(part * 5, part * 5 + 5).join(' '),
        ).join('\n\n')
        const out = outputOf(text, source, asked ? { query: 'What is listed in week 7?' } : {})
        sentences.forEach((sentence, at) => {
          if (bound[kinds[at]!] !== undefined) expect(out).toContain(sentence)
        })
      }),
      { numRuns: 60 },
    )
  })
  it('cuts no sentence in two: each kept piece of a paragraph begins and ends where a sentence does (A-6)', () => {
    for (let seed = 0; seed < 20; seed++) {
      const source = article(seed, 'Only the miller, e.g. Mr. Brown of St. Ives, paid 3.14 per sack.')
      const plan = text.compress(inputOf(source, text, { query: 'What did the miller pay per sack?' }))
      if (isSkip(plan)) throw new Error('skipped')
      for (const segment of plan.segments) {
        if (segment.kind !== 'elide') continue
        expect(source.slice(0, segment.start)).toMatch(/(?:^|\n|[.] ?)$/)
        expect(source.slice(0, segment.end)).toMatch(/[.\n]$/)
      }
    }
  })

  it('adds up: kept characters and gaps are the source (A-3)', () => {
    const source = article(3)
    const plan = text.compress(inputOf(source, text, { query: 'harbour' }))
    if (isSkip(plan)) throw new Error('skipped')
    for (const segment of plan.segments) {
      if (segment.kind !== 'elide') continue
      const piece = source.slice(segment.start, segment.end)
      const { unit, count } = segment.gap
      expect(unit === 'lines' ? piece.replace(/\n$/, '').split('\n').length : piece.length).toBe(count)
    }
    expect(render(plan, source, printGap)).not.toBe(source)
  })

  it('keeps every heading of a document, and the heading above whatever it keeps', () => {
    const source = article(5)
    const output = outputOf(text, source, { query: 'Which stage passes the library?' })
    for (const heading of source.match(/^#.*$/gm)!) expect(output).toContain(heading)
  })

  it('keeps the heading of a release with any of its notes, and names the releases of a gap', () => {
    const source = releases(120).replace('- **part 3:** ', '- **breaking:** the widget option `keepAlive` is gone; ')
    const output = outputOf(text, source, { query: 'In which release did keepAlive go away?' })
    const at = output.indexOf('keepAlive')
    expect(at).toBeGreaterThan(0)
    const heading = source
      .slice(0, source.indexOf('keepAlive'))
      .match(/^## .*$/gm)!
      .at(-1)!
    expect(
      output
        .slice(0, at)
        .match(/^## .*$/gm)!
        .at(-1),
    ).toBe(heading)
    const long = source.replace(/^## \[.*$/gm, (line) => `${line} of the ${'very '.repeat(60)}long name`)
    expect(outputOf(text, long)).toMatch(/versions \d+\.0\.0 to \d+\.0\.0/)
  })

  it('keeps a fence whole or not at all', () => {
    const code = [
      '```sh',
      ...Array.from({ length: 12 }, (_, index) => `run --step ${index} --in field-${index}`),
      '```',
    ]
    const source = article(9).replace('## Stage 4', `${code.join('\n')}\n\n## Stage 4`)
    for (const query of [undefined, 'how do I run step 7 in field-7?']) {
      const output = outputOf(text, source, query === undefined ? {} : { query })
      expect(output.includes('```sh')).toBe(output.includes('field-11\n```'))
    }
    expect(outputOf(text, source, { query: 'how do I run step 7 in field-7?' })).toContain('run --step 7')
  })

  it('takes a sentence for a repeat only where numbers, negations and names of code agree', () => {
    const first = 'Visitors leave their 9 coats with the warden at the wooden gate.'
    const later = [
      'Visitors leave their 9 coats with the warden at the wooden gate!',
      'Visitors leave their 8 coats with the warden at the wooden gate.',
      'Visitors never leave their 9 coats with the warden at the wooden gate.',
      'Visitors leave their 9 coats with the wardenBot at the wooden gate.',
    ]
    const repeats = later.map((other) => {
      const facts = factsOf(structureOf(lineTable(`${first}\n\n${other}\n`)))
      return [...repeatsOf(facts)]
    })
    expect(repeats).toEqual([
      [0, 1],
      [0, 0],
      [0, 0],
      [0, 0],
    ])
  })

  it('refuses where nothing may be left out, and where there is little to choose from', () => {
    expect(text.compress(inputOf(article(1), text, { mayElide: false }))).toEqual({ skip: 'policy-lossless-only' })
    expect(text.compress(inputOf('One line.', text))).toMatchObject({ skip: 'nothing-to-drop' })
  })

  it('takes time in proportion to its input', () => {
    const cost = (source: string): number => {
      const used = process.cpuUsage()
      text.compress(inputOf(source, text, { query: 'Which stage passes the library?' }))
      const { user, system } = process.cpuUsage(used)
      return user + system
    }
    const small = Array.from({ length: 20 }, (_, seed) => article(seed)).join('\n')
    for (let round = 0; round < 5; round++) cost(small)
    const least = (source: string): number => Math.min(cost(source), cost(source), cost(source))
    expect(least(small.repeat(10))).toBeLessThan(Math.max(20_000, least(small)) * 25)
  })
})

describe('sentences end where a reader ends them', () => {
  const split = (source: string): string[] => {
    let from = 0
    return sentenceEnds(source, 0, source.length).map((end) => {
      const piece = source.slice(from, end).trim()
      from = end
      return piece
    })
  }
  it.each([
    ['It cost 3.14 today. Dr. Smith of the U.S. Navy paid. Was it v1.2.3? Yes!', 4],
    ['He said "stop." Then (after a pause.) They left. See e.g. the map, i.e. the old one.', 4],
    ['今天很好。明天会下雨吗？不知道！', 3],
    ['今日は晴れ。「明日は？」と聞いた。', 2],
    ['هل جاء أحمد؟ نعم جاء. ثم ذهب.', 3],
    ['यह पहला वाक्य है। यह दूसरा है।', 2],
    ['Τι είναι αυτό; Είναι ένα σπίτι. Καλό.', 3],
    ['Hôm nay trời đẹp. Ngày mai có mưa không?', 2],
  ])('%s', (source, count) => {
    expect(split(source)).toHaveLength(count)
    expect(split(source).join('').replaceAll(' ', '')).toBe(source.replaceAll(' ', ''))
  })
})

// Prose as agents read it: manuals, articles, release notes, FAQs, in several languages; one line says what must not be missed.
import type { Random } from './random.js'
import { type Family, type LineFamily, lineFamily } from './sample.js'

interface Words {
  readonly subjects: readonly string[]
  readonly verbs: readonly string[]
  readonly objects: readonly string[]
  readonly ends: readonly string[]
  /** Between the parts, and at the end of a sentence. */
  readonly space: string
  readonly stop: string
}

const ENGLISH: Words = {
  subjects: ['The scheduler', 'A worker', 'The index', 'Each tenant', 'The gateway', 'A session', 'The archive'],
  verbs: ['reads', 'forwards', 'collects', 'prepares', 'balances', 'describes', 'follows'],
  objects: ['the incoming batches', 'a list of regions', 'its own partition', 'the morning report', 'small files'],
  ends: [
    'in the order of arrival',
    'with the usual care',
    'during quiet hours',
    'for the team that owns it',
    'on every node',
  ],
  space: ' ',
  stop: '. ',
}
const GERMAN: Words = {
  subjects: ['Der Dienst', 'Ein Arbeiter', 'Das Verzeichnis', 'Jeder Mandant', 'Die Anlage'],
  verbs: ['liest', 'sammelt', 'ordnet', 'beschreibt', 'verteilt'],
  objects: ['die neuen Pakete', 'eine Liste der Orte', 'den eigenen Bereich', 'kleine Dateien', 'den Bericht'],
  ends: ['in der Reihenfolge der Ankunft', 'mit der üblichen Sorgfalt', 'in ruhigen Stunden', 'auf jedem Knoten'],
  space: ' ',
  stop: '. ',
}
const RUSSIAN: Words = {
  subjects: ['Служба', 'Рабочий процесс', 'Каталог', 'Каждый участник', 'Система'],
  verbs: ['читает', 'собирает', 'описывает', 'готовит', 'передаёт'],
  objects: ['новые пакеты', 'список областей', 'свой раздел', 'утренний отчёт', 'малые файлы'],
  ends: ['в порядке поступления', 'с обычной тщательностью', 'в тихие часы', 'на каждом узле'],
  space: ' ',
  stop: '. ',
}
const CHINESE: Words = {
  subjects: ['调度程序', '工作进程', '索引服务', '每个租户', '网关'],
  verbs: ['读取', '收集', '整理', '描述', '转发'],
  objects: ['新到的批次', '区域列表', '自己的分区', '早间报告', '小文件'],
  ends: ['按照到达的顺序', '在安静的时段', '以通常的方式', '在每个节点上'],
  space: '',
  stop: '。',
}
const ARABIC: Words = {
  subjects: ['الخدمة', 'العامل', 'الفهرس', 'كل مستأجر', 'البوابة'],
  verbs: ['تقرأ', 'تجمع', 'ترتب', 'تصف', 'تنقل'],
  objects: ['الدفعات الجديدة', 'قائمة المناطق', 'القسم الخاص بها', 'التقرير الصباحي'],
  ends: ['بترتيب الوصول', 'بالعناية المعتادة', 'في ساعات الهدوء', 'على كل عقدة'],
  space: ' ',
  stop: '. ',
}

const sentence = (random: Random, words: Words): string =>
  [random.pick(words.subjects), random.pick(words.verbs), random.pick(words.objects), random.pick(words.ends)].join(
    words.space,
  ) + words.stop

const sentences = (random: Random, words: Words, count: number): string =>
  Array.from({ length: count }, () => sentence(random, words))
    .join('')
    .trimEnd()

/** A heading before every eighth paragraph, a blank line after each. */
const sectioned =
  (words: Words, count: number, heading = '## Part') =>
  (random: Random, index: number): string =>
    `${index % 8 === 0 ? `${heading} ${index / 8 + 1}: ${random.pick(words.objects)}\n\n` : ''}${sentences(random, words, count)}\n`

const wrapped = (text: string): string => text.replace(/(.{50,72}) /g, '$1\n')

const RULES = [
  'The master key must never leave the vault, not even for a drill.',
  'Do not restart the gateway while a migration is running: data would be lost.',
  '**Warning:** unless both replicas agree, the archive deletes the older copy.',
] as const

const rules = (of: readonly string[]): LineFamily['odd'] => of.map((rule) => () => [rule, ''])

const read = (path: string): LineFamily['tool'] => ({ name: 'fetch_document', input: { path } })

const entry = (random: Random): string =>
  `- **${random.pick(['core', 'queue', 'cli', 'http'])}:** ${sentence(random, ENGLISH).trim()} ([#${random.int(100, 9999)}](https://example.org/issues/${random.int(100, 9999)}))`

const FAMILIES: readonly LineFamily[] = [
  { name: 'text/manual', kind: 'text', line: sectioned(ENGLISH, 3), odd: rules(RULES), count: [40, 120] },
  { name: 'text/long-paragraphs', kind: 'text', line: sectioned(ENGLISH, 9), odd: rules(RULES), count: [30, 80] },
  {
    name: 'text/wrapped',
    kind: 'text',
    line: (random, index) => wrapped(sectioned(ENGLISH, 4)(random, index)),
    odd: rules(RULES),
    count: [40, 120],
    tool: read('docs/guide.md'),
  },
  {
    name: 'text/crlf',
    kind: 'text',
    line: sectioned(ENGLISH, 3),
    odd: rules(RULES),
    count: [40, 120],
    finish: (text) => text.replaceAll('\n', '\r\n'),
  },
  {
    name: 'text/release-notes',
    kind: 'text',
    line: (random, index) =>
      `${index % 9 === 0 ? `\n## [3.${200 - index / 9}.0](https://example.org/compare/3.${200 - index / 9}.0) (2026-0${random.int(1, 9)}-1${random.int(0, 9)})\n\n### Bug Fixes\n\n` : ''}${entry(random)}`,
    odd: [
      () => '- **BREAKING:** the `retries` option is gone, use `attempts` instead',
      () => '- **security:** closes CVE-2026-31337, a way to read the files of others',
      () => '- **cli:** `--fast` is deprecated and will go with the next major version',
    ],
    count: [120, 400],
  },
  {
    name: 'text/news',
    kind: 'text',
    line: (random, index) =>
      `${index % 8 === 0 ? `\nChanges in 2.${90 - index / 8} (2025-0${random.int(1, 9)}-0${random.int(1, 9)})\n\n` : ''}* ${sentence(random, ENGLISH).trim()}\n`,
    odd: [
      () => ['* Security: a crafted archive could overwrite any file of the user.', ''],
      () => ['* Breaking: the config file moves to another folder and is not read any more.', ''],
    ],
    count: [80, 300],
  },
  {
    name: 'text/faq',
    kind: 'text',
    line: (random, index) =>
      `### ${index + 1}. How does ${random.pick(ENGLISH.subjects).toLowerCase()} treat ${random.pick(ENGLISH.objects)}?\n\n${sentences(random, ENGLISH, 5)}\n`,
    odd: rules(RULES),
    count: [30, 90],
  },
  {
    name: 'text/steps',
    kind: 'text',
    line: (random, index) =>
      `${index % 10 === 0 ? `\n## Stage ${index / 10 + 1}\n\n${sentences(random, ENGLISH, 3)}\n\n` : ''}${(index % 10) + 1}. ${sentences(random, ENGLISH, 2)}`,
    odd: [
      () => '11. Never run this step against production, it drops every table.',
      () => '11. Important: you must drain the node first.',
    ],
    count: [60, 200],
  },
  {
    name: 'text/inspection',
    kind: 'text',
    line: (random, index) =>
      `The evening team went through hall ${random.int(1, 40)} and closed its windows. All ${random.int(2, 9)} lamps were ${random.pick(['clean', 'dusty', 'dim'])}, and the next visit is planned for week ${random.int(2, 9)} (${index + 1}).\n`,
    odd: [
      () => ['Behind the copper panel it smelled of burnt insulation while sparks jumped towards the curtain.', ''],
      () => ['Water was dripping through the ceiling onto a humming transformer beside the kitchen.', ''],
    ],
    count: [60, 250],
  },
  {
    name: 'text/german',
    kind: 'text',
    line: sectioned(GERMAN, 4, '## Teil'),
    odd: rules([
      'Der Hauptschlüssel darf niemals den Tresor verlassen.',
      'Die Anlage muss stehen, bevor das Tor geöffnet wird, außer im Brandfall.',
    ]),
    count: [40, 120],
  },
  {
    name: 'text/russian',
    kind: 'text',
    line: sectioned(RUSSIAN, 4, '## Часть'),
    odd: rules([
      'Главный ключ никогда не должен покидать хранилище.',
      'Запрещено открывать ворота, кроме случая пожара.',
    ]),
    count: [40, 120],
  },
  {
    name: 'text/chinese',
    kind: 'text',
    line: sectioned(CHINESE, 5, '## 部分'),
    odd: rules(['主钥匙必须留在保险库内。', '除非发生火灾，禁止打开闸门。']),
    count: [60, 160],
  },
  {
    name: 'text/arabic',
    kind: 'text',
    line: sectioned(ARABIC, 4, '## جزء'),
    odd: rules(['يجب أن يبقى المفتاح الرئيسي في الخزنة.', 'ممنوع فتح البوابة إلا عند الحريق.']),
    count: [40, 120],
  },
]

export const textFamilies: readonly Family[] = FAMILIES.map(lineFamily)

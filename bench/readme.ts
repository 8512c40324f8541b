// The tables of README.md, from bench/results/summary.json, each between two comments that name it.
import type { Facts } from './facts.js'
import { percent } from './score.js'
import type { Summary } from './summary.js'

const NAMES: Readonly<Record<string, string>> = {
  json: 'JSON',
  'logs-ci': 'CI logs',
  'logs-system': 'system logs',
  ops: 'ops output',
  search: 'search results',
  code: 'code',
  diff: 'diffs',
  html: 'web pages',
  text: 'prose',
  shell: 'shell output',
}

const nameOf = (kind: string): string => NAMES[kind] ?? `**${kind}**`
const count = (value: number): string => value.toLocaleString('en-US')

const markdown = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

const measuredOn = ({ date, commit, node, cores, cpu, load }: Facts): string =>
  `Measured ${date} at ${commit}: Node ${node.slice(1)}, ${cores} × ${cpu}, load ${load}.`

const TABLES: Readonly<Record<string, (summary: Summary) => string | undefined>> = {
  kinds: ({ text }) =>
    text &&
    `${markdown(
      ['kind', 'files', 'saved', 'median', 'lossless', 'left out', 'net', 'inline', 'retrievable', 'lost'],
      text.rows.map((row) => [
        nameOf(row.kind),
        String(row.files),
        percent(row.saved),
        percent(row.savedMedian),
        percent(row.savedLossless),
        percent(row.saved - row.savedLossless),
        percent(row.savedNet),
        `${row.inline} / ${row.questions}`,
        String(row.retrievable),
        String(row.lost),
      ]),
    )}\n\n${measuredOn(text.facts)}`,
  baselines: ({ text }) => {
    if (text === undefined) return undefined
    const shown = text.rows[0]!.baselines.filter(({ name }) => name !== 'passthrough')
    const cell = (saved: number, inline: number, questions: number): string =>
      `${percent(saved)}, ${inline} / ${questions}`
    return markdown(
      ['saved, answers inline', 'Headroom', ...shown.map(({ name }) => name)],
      text.rows.map((row) => [
        nameOf(row.kind),
        cell(row.saved, row.inline, row.questions),
        ...shown.map(({ name }) => {
          const found = row.baselines.find((baseline) => baseline.name === name)
          const reads = found !== undefined && (name !== 'TOON' || row.kind === 'json')
          return reads ? cell(found.saved, found.inline, row.questions) : '-'
        }),
      ]),
    )
  },
  workloads: ({ workloads }) =>
    workloads &&
    `${markdown(
      ['workload', 'asked', 'before', 'after', 'field', 'saved', 'inline', 'retrievable', 'lost'],
      workloads.rows.flatMap(({ name, published, questions, variants }) =>
        variants.map((row) => [
          name,
          row.variant,
          count(row.before),
          row.most === row.after ? count(row.after) : `${count(row.after)} (most ${count(row.most)})`,
          count(published.after),
          percent(1 - row.after / row.before),
          `${row.inline} / ${questions}`,
          String(row.retrievable),
          String(row.lost),
        ]),
      ),
    )}\n\n${measuredOn(workloads.facts)}`,
  time: ({ time }) =>
    time &&
    `${markdown(
      ['kind', 'MB', 'ms per MB', 'processor ms per MB', 'minify ms per MB'],
      time.rows.map((row) => [
        nameOf(row.kind),
        row.megabytes.toFixed(2),
        row.msPerMb.toFixed(0),
        row.cpuMsPerMb.toFixed(0),
        (row.baselines.find(({ name }) => name === 'minify')?.msPerMb ?? 0).toFixed(1),
      ]),
    )}\n\n${measuredOn(time.facts)}`,
}

/** README with every table written anew; a table without figures, or without its two comments, is an error. */
export const withTables = (readme: string, summary: Summary): string => {
  let text = readme
  for (const [name, make] of Object.entries(TABLES)) {
    const [open, shut] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`]
    const start = text.indexOf(open)
    const end = text.indexOf(shut)
    if (start === -1 && end === -1) throw new Error(`README.md: no ${open}`)
    if (start === -1 || end < start) throw new Error(`README.md: ${open} and ${shut} do not make a pair`)
    const made = make(summary)
    if (made === undefined) throw new Error(`no figures for ${name}: npm run bench`)
    text = `${text.slice(0, start + open.length)}\n${made}\n${text.slice(end)}`
  }
  return text
}

// Dollars beneath the tokens of `headroom stats`: only what answers told of, at known prices, and losses as losses.
import type { Holdout, Money, MoneyRow } from '../../spec/money.js'
import type { CliContext } from '../context.js'
import { count, dollars, percent } from '../figures.js'
import { clean, table } from '../table.js'

/** Empty where no answer told a bill. */
export const moneyText = (context: CliContext, money: Money): string => {
  const { out } = context
  if (money.total.requests === 0 && money.unpriced.requests === 0) return ''
  return [
    `\n${out.bold('Money')} ${out.dim(`list prices of ${money.prices.date} (${money.prices.source}) or your own`)}\n`,
    table([{ title: '' }, { title: '', align: 'right' }, { title: '' }], totalRows(context, money)),
    rowsText(context, 'By model', money.byModel),
    rowsText(context, 'By agent', money.byAgent),
    holdoutText(context, money.holdout),
    notes(context, money),
  ].join('')
}

const totalRows = ({ out }: CliContext, { total, basis }: Money): string[][] => {
  const { paidMicroUsd, savedMicroUsd, costMicroUsd, netMicroUsd } = total
  const paint = netMicroUsd < 0 ? out.red : out.green
  const share = percent(netMicroUsd, paidMicroUsd + netMicroUsd)
  const how = basis === 'estimate' ? out.dim('saved tokens partly estimated') : ''
  return [
    ['Billed', dollars(paidMicroUsd), out.dim(`${count(total.requests)} requests, answers included`)],
    ['Not billed thanks to short forms', dollars(savedMicroUsd), how],
    ['Their price', dollars(-costMicroUsd), out.dim('originals asked back, history changed')],
    [out.bold('Net'), paint(dollars(netMicroUsd)), out.dim(`${share} of the bill without Headroom`)],
  ]
}

/** Where there is but one, the total says it. */
const rowsText = ({ out }: CliContext, title: string, rows: readonly MoneyRow[]): string => {
  if (rows.length < 2) return ''
  const columns = [
    { title },
    { title: 'requests', align: 'right' },
    { title: 'billed', align: 'right' },
    { title: 'net', align: 'right' },
  ] as const
  const cells = rows.map(({ name, requests, paidMicroUsd, netMicroUsd }) => [
    clean(name),
    count(requests),
    dollars(paidMicroUsd),
    dollars(netMicroUsd),
  ])
  return `\n${table(columns, cells, { paintTitle: out.dim })}`
}

const holdoutText = ({ out }: CliContext, holdout: Holdout | undefined): string => {
  if (holdout === undefined) return ''
  const { heldOutSessions, treatedSessions, neededSessions, effect } = holdout
  if (effect === undefined)
    return out.dim(
      `\nHoldout: ${heldOutSessions} sessions left alone and ${treatedSessions} others; each side needs ${neededSessions} for a number.\n`,
    )
  const signed = (share: number): string => `${share > 0 ? '+' : ''}${(share * 100).toFixed(1)} %`
  return `\nHoldout: input cost a request ${out.bold(signed(effect.change))}, between ${signed(effect.low)} and ${signed(effect.high)} with ${effect.confidence * 100} % confidence (${heldOutSessions} sessions left alone, ${treatedSessions} others).\n`
}

const notes = ({ out }: CliContext, { unpriced, unbilledRequests, isCut }: Money): string => {
  const lines = [
    ...(unpriced.requests === 0
      ? []
      : [`${count(unpriced.requests)} requests have no known price: ${clean(unpriced.models.join(', '))}.`]),
    ...(unbilledRequests === 0 ? [] : [`${count(unbilledRequests)} requests came back without a bill.`]),
    ...(isCut ? ['Older requests of this time are left out.'] : []),
  ]
  return lines.length === 0 ? '' : out.dim(`\n${lines.join('\n')}\n`)
}

// What the judge prints.
import type { Outcome, Played } from './play.js'

const times: number[] = []
const starts: number[] = []

const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

const total = (outcomes: readonly Outcome[], pick: (outcome: Outcome) => number): number =>
  outcomes.reduce((sum, outcome) => sum + pick(outcome), 0)

const share = (came: number, went: number): string => (came === 0 ? '0.0' : ((1 - went / came) * 100).toFixed(1))

export const printRow = (name: string, { outcomes, tookMs, readyMs }: Played): void => {
  times.push(...tookMs)
  starts.push(...readyMs)
  const worst = Math.max(...outcomes.map(({ bill }) => bill.with / bill.without))
  console.log(
    [
      name.padEnd(56),
      `${outcomes.length} sessions`.padStart(12),
      `${total(outcomes, ({ turns }) => turns)} turns`.padStart(11),
      `${total(outcomes, ({ foreign }) => foreign.length)} foreign`,
      `${total(outcomes, ({ prefix }) => prefix.length)} prefix`,
      `${total(outcomes, ({ other }) => other.length)} other`,
      `tokens -${share(
        total(outcomes, ({ tokens }) => tokens.came),
        total(outcomes, ({ tokens }) => tokens.went),
      )} %`,
      `bill -${share(
        total(outcomes, ({ bill }) => bill.without),
        total(outcomes, ({ bill }) => bill.with),
      )} %, worst ${((worst - 1) * 100).toFixed(2)} %`,
      `p50 ${percentile(tookMs, 0.5).toFixed(1)} p99 ${percentile(tookMs, 0.99).toFixed(0)} ms`,
      `start ${Math.max(...readyMs).toFixed(0)} ms`,
    ].join('  '),
  )
}

export const printFaults = (faulty: readonly Outcome[]): void => {
  for (const { name, foreign, prefix, other, bill } of faulty.slice(0, 8)) {
    const faults = [...foreign, ...prefix, ...other]
    if (bill.with > bill.without) faults.push(`bill ${bill.without.toFixed(0)} became ${bill.with.toFixed(0)}`)
    console.log(`  FAIL ${name}: ${faults.length} faults`)
    for (const fault of faults.slice(0, 3)) console.log(`       ${fault}`)
  }
}

/** Savings by agent and dialect, over everything that was played; what variants bent is a group of its own. */
export const printSavings = (outcomes: readonly Outcome[]): void => {
  const groups = new Map<string, Outcome[]>()
  for (const outcome of outcomes) {
    const key = `${outcome.agent} ${outcome.dialect}`
    groups.set(key, [...(groups.get(key) ?? []), outcome])
  }
  for (const [key, group] of [...groups].sort(([a], [b]) => a.localeCompare(b)))
    console.log(`${key.padEnd(34)} ${savingsOf(group)}`)
}

const savingsOf = (group: readonly Outcome[]): string => {
  const less = (pick: (one: Outcome) => readonly [came: number, went: number]): string =>
    `-${share(
      total(group, (one) => pick(one)[0]),
      total(group, (one) => pick(one)[1]),
    )} %`
  const bills = group.map(({ bill }) => (bill.with / bill.without - 1) * 100)
  return [
    `${String(group.length).padStart(4)} sessions ${String(total(group, ({ turns }) => turns)).padStart(6)} turns`,
    `tokens ${less(({ tokens }) => [tokens.came, tokens.went])}`,
    `bytes ${less(({ bytes }) => [bytes.came, bytes.went])}`,
    `bill ${less(({ bill }) => [bill.without, bill.with])}, median ${percentile(bills, 0.5).toFixed(1)} %, worst ${Math.max(...bills).toFixed(1)} %`,
  ].join('  ')
}

export const printTimes = (): void =>
  console.log(
    `time to the provider: p50 ${percentile(times, 0.5).toFixed(1)} ms, p99 ${percentile(times, 0.99).toFixed(1)} ms; ready: p50 ${percentile(starts, 0.5).toFixed(0)} ms, worst ${Math.max(0, ...starts).toFixed(0)} ms`,
  )

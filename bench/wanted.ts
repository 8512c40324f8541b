// What a call of the bench asks for. A name that nothing has is a fault: it would measure nothing and look as if it had.
export const PARTS = ['text', 'time', 'workloads', 'proxy'] as const
export type Part = (typeof PARTS)[number]

export interface Wanted {
  readonly parts: readonly Part[]
  /** Undefined: every kind. */
  readonly kinds: readonly string[] | undefined
  readonly only: string
  readonly json: boolean
  readonly details: boolean
}

interface Known {
  readonly kinds: readonly string[]
  readonly workloads: readonly string[]
}

const FLAGS = ['--json', '--details']

/** What is wanted, or in words what nothing is called. */
export const wantedOf = (args: readonly string[], known: Known): Wanted | string => {
  const flag = args.find((arg) => arg.startsWith('--') && !FLAGS.includes(arg))
  if (flag !== undefined) return `no flag ${flag}; there are ${FLAGS.join(', ')}`
  const [part = 'all', kinds, only = '', more] = args.filter((arg) => !arg.startsWith('--'))
  const parts = part === 'all' ? PARTS : (part.split(',') as Part[])
  const odd = parts.find((name) => !PARTS.includes(name))
  if (odd !== undefined) return `no part "${odd}"; there are all, ${PARTS.join(', ')}`
  const list = kinds?.split(',')
  const fault = list === undefined ? undefined : kindFault(parts, list, known)
  if (fault !== undefined) return fault
  if (more !== undefined) return `"${more}" is one word too many: PARTS [KINDS] [WORD OF A FILE NAME]`
  return { parts, kinds: list, only, json: args.includes('--json'), details: args.includes('--details') }
}

const kindFault = (parts: readonly Part[], kinds: readonly string[], known: Known): string | undefined => {
  if (parts.includes('proxy')) return `proxy is measured whole; "${kinds.join(',')}" names nothing in it`
  const reads = (name: string): boolean => parts.includes(name as Part)
  const kind = reads('text') || reads('time') ? kinds.find((name) => !known.kinds.includes(name)) : undefined
  if (kind !== undefined) return `no kind "${kind}"; there are ${known.kinds.join(', ')}`
  const workload = kinds.find((name) => !known.workloads.some((one) => one.includes(name)))
  return reads('workloads') && workload !== undefined
    ? `no workload "${workload}"; there are ${known.workloads.join(', ')}`
    : undefined
}

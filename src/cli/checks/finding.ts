/** `red`: something that was promised does not work. `yellow`: it works, and you may want to know. */
export type Level = 'green' | 'yellow' | 'red'

export interface Finding {
  readonly name: string
  readonly level: Level
  readonly message: string
  readonly hint?: string
}

export const worst = (findings: readonly Finding[]): Level =>
  (['red', 'yellow'] as const).find((level) => findings.some((finding) => finding.level === level)) ?? 'green'

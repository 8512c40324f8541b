// A unified diff of two lists of lines, by longest common subsequence: small inputs only.
export const printDiff = (
  path: string,
  before: readonly string[],
  after: readonly string[],
  context: number,
): string => {
  const script = scriptOf(before, after)
  const hunks = hunksOf(script, context)
  if (hunks.length === 0) return ''
  return `diff --git a/${path} b/${path}\nindex 1234567..89abcde 100644\n--- a/${path}\n+++ b/${path}\n${hunks.join('')}`
}

interface Step {
  readonly sign: ' ' | '+' | '-'
  readonly line: string
}

const scriptOf = (before: readonly string[], after: readonly string[]): Step[] => {
  const width = after.length + 1
  const best = new Int32Array((before.length + 1) * width)
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      best[i * width + j] =
        before[i] === after[j]
          ? best[(i + 1) * width + j + 1]! + 1
          : Math.max(best[(i + 1) * width + j]!, best[i * width + j + 1]!)
  const script: Step[] = []
  let i = 0
  let j = 0
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      script.push({ sign: ' ', line: before[i]! })
      i++
      j++
    } else if (i < before.length && (j === after.length || best[(i + 1) * width + j]! >= best[i * width + j + 1]!))
      script.push({ sign: '-', line: before[i++]! })
    else script.push({ sign: '+', line: after[j++]! })
  }
  return script
}

const hunksOf = (script: readonly Step[], context: number): string[] => {
  const near = new Uint8Array(script.length)
  script.forEach((step, index) => {
    if (step.sign !== ' ') near.fill(1, Math.max(0, index - context), index + context + 1)
  })
  const hunks: string[] = []
  let oldLine = 1
  let newLine = 1
  for (let index = 0; index < script.length; ) {
    if (near[index] === 0) {
      oldLine++
      newLine++
      index++
      continue
    }
    let end = index
    while (end < script.length && near[end] === 1) end++
    const steps = script.slice(index, end)
    const olds = steps.filter(({ sign }) => sign !== '+').length
    const news = steps.filter(({ sign }) => sign !== '-').length
    const range = (start: number, count: number): string => `${count === 0 ? start - 1 : start},${count}`
    hunks.push(
      `@@ -${range(oldLine, olds)} +${range(newLine, news)} @@\n${steps.map(({ sign, line }) => `${sign}${line}\n`).join('')}`,
    )
    oldLine += olds
    newLine += news
    index = end
  }
  return hunks
}

import { describe, expect, it } from 'vitest'
import { lineTable } from '../../base/lines.js'
import { oddLines } from './odd.js'
import { parseSearch } from './parse.js'

const oddOf = (lines: readonly string[]): string[] => {
  const text = `${lines.join('\n')}\n`
  return oddLines(parseSearch(lineTable(text))).map((index) => lines[index]!)
}
const uses = Array.from(
  { length: 90 },
  (_, index) => `src/part-${index % 9}.ts:${index + 1}:  const user${index} = await loadConfig('user')`,
)
const withLine = (line: string): string[] => [...uses.slice(0, 50), line, ...uses.slice(50)]

describe('odd lines', () => {
  it.each([
    'src/part-3.ts:71:  retries += loadConfig(remoteHost).limit',
    'src/part-3.ts:71:  // FIXME loadConfig reads the password twice',
    "src/part-3.ts:71:  throw new Error('loadConfig after shutdown')",
    'src/part-3.ts:71:  警告 loadConfig 会删除数据',
  ])('are those whose words no other match has: %s (A-5)', (line) => {
    expect(oddOf(withLine(line))).toEqual([line])
  })

  it('are names of another kind and counts out of scale in lists', () => {
    const files = uses.map((_, index) => `src/part-${index}.ts`)
    expect(oddOf([...files, 'src/core.dump'])).toEqual(['src/core.dump'])
    expect(oddOf([...files, 'src/session_backdoor.ts'])).toEqual(['src/session_backdoor.ts'])
    expect(oddOf(files.map((file, index) => file.replace('part', 'abcdefghij'.slice(index % 10))))).toEqual([])
    expect(oddOf([...files.map((file) => `${file}:2`), 'src/all.ts:981'])).toEqual(['src/all.ts:981'])
  })

  it('are none where every line is unlike the others', () => {
    const words = (index: number): string =>
      [3, 7, 11, 13].map((step) => 'w'.padEnd((index * step) % 97, 'x')).join(' ')
    expect(oddOf(uses.map((_, index) => `src/a.ts:${index + 1}:${words(index)}`)).length).toBeLessThanOrEqual(3)
  })
})

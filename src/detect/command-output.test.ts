import { describe, expect, it } from 'vitest'
import { detect } from './index.js'

const many = (line: (index: number) => string): string =>
  Array.from({ length: 40 }, (_, index) => line(index)).join('\n')
const clock = (index: number): string => `2026-03-04T05:06:${String(index).padStart(2, '0')}Z`

describe('command output', () => {
  it.each([
    [
      'a log with line numbers',
      many((index) => `${String(index + 1).padStart(6)}\t${clock(index)} INFO job ${index} done`),
    ],
    [
      'a log between tabs',
      many((index) => `2026-03-04 05:06:${10 + index}\tInformation\tSpooler\t7036\tservice running`),
    ],
    ['a bundler', many((index) => `dist/assets/part${index}-1a2b.js   ${20 + index}.43 kB │ gzip: 8.19 kB`)],
    ['terraform', many((index) => `aws_instance.web${index}: Refreshing state... [id=i-0${index}]`)],
    ['ping', many((index) => `64 bytes from 10.0.0.9: icmp_seq=${index} ttl=64 time=0.3 ms`)],
    ['vmstat', many((index) => ` 1  0      0 81${index}57  90112 402112    0    0     7    36  274  500  5  0 94`)],
    ['ninja', many((index) => `[${index + 1}/400] Building CXX object lib/core.dir/part${index}.cpp.o`)],
  ])('of %s is a log', (_, text) => {
    expect(detect(text).type).toBe('log')
  })

  it('with line numbers and no times stays a file', () => {
    const source = many((index) => `${String(index + 1).padStart(6)}\tconst value${index} = compute(${index})`)
    expect(detect(source).type).not.toBe('log')
  })
})

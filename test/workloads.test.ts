// The headline workloads are what they claim: of the published size, the same bytes every time, answers in tool results only.
import { describe, expect, it } from 'vitest'
import { tokensOfMessages } from '../bench/tokens.js'
import { workloads } from '../bench/workloads/list.js'

describe.each(workloads)('workload $name', (workload) => {
  const { asked, questions, published } = workload
  const messages = workload.messages(asked)

  it('is within 2 % of the published size', () => {
    expect(Math.abs(tokensOfMessages(messages) / published.before - 1)).toBeLessThan(0.02)
  })

  it('has the same bytes every time', () => {
    expect(JSON.stringify(workload.messages(asked))).toBe(JSON.stringify(messages))
  })

  it('holds every planted answer, which no question gives away', () => {
    expect(questions.length).toBeGreaterThanOrEqual(8)
    const told = JSON.stringify(workload.messages({})).replaceAll('\\', '')
    for (const { text, answers } of questions)
      for (const answer of answers) {
        expect([answer, told.includes(answer)]).toEqual([answer, true])
        expect(text).not.toContain(answer)
      }
  })

  it('says nothing but tool results where nothing is asked', () => {
    const words = workload.messages({}).filter(({ role, content }) => role === 'user' && typeof content === 'string')
    expect(words).toEqual([])
  })
})

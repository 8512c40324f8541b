import { Script } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { dashboardPage } from './index.js'
import { script } from './script.js'

describe('the local page', () => {
  it('loads nothing from anywhere (J-4)', () => {
    expect(dashboardPage.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\/|@import|src=|url\(/)
    expect([...dashboardPage.matchAll(/href="([^"]*)"/g)].map(([, to]) => to)).toEqual(['data:,'])
  })

  it('has a script that parses, writes texts only, and finds every element it names', () => {
    expect(() => new Script(script)).not.toThrow()
    expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/)
    const ids = [...script.matchAll(/(?:\$|put|bars)\('([a-z-]+)'/g)].map(([, id]) => id)
    expect(ids.length).toBeGreaterThan(10)
    for (const id of ids) expect(dashboardPage).toContain(`id="${id}"`)
  })

  it('stays small', () => {
    expect(dashboardPage.length).toBeLessThan(24_000)
  })
})

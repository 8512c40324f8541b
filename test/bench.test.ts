import { describe, expect, it } from 'vitest'
import { PARTS, wantedOf } from '../bench/wanted.js'

const known = { kinds: ['json', 'code'], workloads: ['code search', 'incident'] }
const read = (...args: string[]): unknown => wantedOf(args, known)

describe('what a bench is asked for', () => {
  it('is everything, some parts, some kinds, some files', () => {
    expect(read()).toMatchObject({ parts: PARTS, kinds: undefined, only: '', json: false })
    expect(read('text,workloads', '--json')).toMatchObject({ parts: ['text', 'workloads'], json: true })
    expect(read('time', 'code,json', 'word')).toMatchObject({ parts: ['time'], kinds: ['code', 'json'], only: 'word' })
    expect(read('workloads', 'incident,search')).toMatchObject({ kinds: ['incident', 'search'] })
  })
  it('is a fault that names what there is, where nothing has the name', () => {
    expect(read('text,workload')).toBe('no part "workload"; there are all, text, time, workloads, proxy')
    expect(read('text', 'workloads')).toBe('no kind "workloads"; there are json, code')
    expect(read('workloads', 'incidents')).toBe('no workload "incidents"; there are code search, incident')
    expect(read('proxy', 'json')).toContain('"json" names nothing')
    expect(read('text', 'json', 'a', 'b')).toContain('"b" is one word too many')
    expect(read('--jsn')).toBe('no flag --jsn; there are --json, --details')
  })
})

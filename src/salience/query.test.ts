import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bm25 } from './bm25.js'
import { parseQuery, stem, wordParts } from './query.js'

describe('parseQuery', () => {
  it('takes quotes, identifiers, paths and numbers as literals', () => {
    expect(parseQuery('Where is `maxSessionTimeout` set in conf/zoo.cfg at line 42?').literals).toEqual(
      expect.arrayContaining(['maxSessionTimeout', 'conf/zoo.cfg', '42']),
    )
  })
  it('splits identifiers into words that a line may hold', () => {
    expect(parseQuery('maxSessionTimeout').terms.map((term) => term.text)).toEqual(
      expect.arrayContaining(['maxsessiontimeout', 'max', 'session', 'timeout']),
    )
    expect(wordParts('parse_http_request')).toEqual(['parse', 'http', 'request'])
  })
  it('drops words that every question has', () => {
    expect(parseQuery('What is the name of it?').terms).toEqual([])
    expect(parseQuery(undefined).terms).toEqual([])
  })
  it('strips plural, past and progressive endings', () => {
    expect(['errors', 'asked', 'running', 'queries', 'classes', 'process'].map(stem)).toEqual([
      'error',
      'ask',
      'runn',
      'query',
      'class',
      'process',
    ])
  })
  it('never throws and never answers an empty term', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (query) => {
        for (const term of parseQuery(query).terms) expect(term.text).not.toBe('')
      }),
    )
  })
})

describe('bm25', () => {
  it('ranks the document with the rare word first', () => {
    const scores = bm25(['get cart', 'get cart timeout', 'get user', 'get cart'], parseQuery('cart timeouts'))
    expect(scores.indexOf(Math.max(...scores))).toBe(1)
  })
  it('gives nothing where no term occurs', () => {
    expect([...bm25(['a b', 'c d'], parseQuery('zebra'))]).toEqual([0, 0])
  })
})

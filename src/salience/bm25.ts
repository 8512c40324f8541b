import type { Query } from './query.js'

// Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with idf floored above 0.
const K1 = 1.2
const B = 0.75

/** BM25 of each document to the query; terms match as case-insensitive substrings, so no index is built. O(terms × chars). */
export const bm25 = (documents: readonly string[], query: Query): Float64Array => {
  const scores = new Float64Array(documents.length)
  if (query.terms.length === 0 || documents.length === 0) return scores
  const lower = documents.map((document) => document.toLowerCase())
  const meanLength = lower.reduce((sum, document) => sum + document.length, 0) / lower.length || 1
  for (const term of query.terms) {
    const frequencies = lower.map((document) => occurrences(document, term.text))
    const holders = frequencies.reduce((sum, frequency) => sum + (frequency > 0 ? 1 : 0), 0)
    if (holders === 0) continue
    const idf = Math.log(1 + (documents.length - holders + 0.5) / (holders + 0.5))
    frequencies.forEach((frequency, index) => {
      if (frequency === 0) return
      const length = lower[index]!.length / meanLength
      scores[index]! += term.weight * idf * ((frequency * (K1 + 1)) / (frequency + K1 * (1 - B + B * length)))
    })
  }
  return scores
}

const MAX_OCCURRENCES = 8

const occurrences = (document: string, term: string): number => {
  let count = 0
  for (
    let at = document.indexOf(term);
    at !== -1 && count < MAX_OCCURRENCES;
    at = document.indexOf(term, at + term.length)
  )
    count++
  return count
}

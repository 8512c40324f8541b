// Whether the provider reads what it must have cached of a conversation. Where it does not, though nothing was changed, our
// picture of its cache is wrong, and no history is changed on the strength of it. Kept in the memory of the process.
import type { CacheBreak } from '../spec/drift.js'

/** Of one conversation; every turn that grows from another shares it. */
export interface CacheRecord {
  requests: number
  /** Numbers of the requests that the provider did not read its cache for. */
  readonly unread: number[]
}

export interface CacheWatch {
  sent(id: string, record: CacheRecord): void
  /** A loss as the explainer found it. */
  broke(event: CacheBreak): void
}

/** Requests whose record is still known when their answer comes. */
const MAX_WAITING = 2000
/** B-11 speaks of three turns; one miss is an eviction or another machine of the provider. */
const MOST_UNREAD = 3
const OF_REQUESTS = 10
/** A loss of less is told, but says nothing against the picture. Chosen. */
const LEAST_SHARE = 0.5

export const cacheWatch = (): CacheWatch => {
  const waiting = new Map<string, { readonly record: CacheRecord; readonly request: number }>()
  return {
    sent(id, record) {
      record.requests++
      waiting.set(id, { record, request: record.requests })
      if (waiting.size > MAX_WAITING) waiting.delete(waiting.keys().next().value!)
    },
    broke({ id, cause, lostTokens = 0, cachedTokens = 0 }) {
      const found = waiting.get(id)
      if (found === undefined || (cause !== 'unknown' && cause !== 'own-edit')) return
      if (cachedTokens === 0 || lostTokens < LEAST_SHARE * cachedTokens) return
      found.record.unread.push(found.request)
      if (found.record.unread.length > MOST_UNREAD) found.record.unread.shift()
    },
  }
}

/** Three of the last ten requests were not read though nothing had changed; ends by itself when the reads come back. */
export const isUnread = ({ requests, unread }: CacheRecord): boolean =>
  unread.length === MOST_UNREAD && unread[0]! > requests - OF_REQUESTS

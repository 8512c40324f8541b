// Every skip code in words, so that a zero is always explained.
import type { SkipCode } from '../spec/skip.js'

const skipWords: Readonly<Record<SkipCode, string>> = {
  'below-floor': 'too short to be worth a change',
  'no-compressor': 'no compressor for this kind of content',
  'low-confidence': 'kind of content not certain enough',
  'verbatim-material': 'file text that an agent may edit from',
  'no-way-back': 'the request gives the model no way to get an original back',
  'policy-off': 'switched off by a rule',
  'policy-lossless-only': 'only exact forms allowed here, and none was shorter',
  'gain-too-small': 'would save less than a tenth',
  'would-grow': 'would get longer',
  'near-threshold': 'too close to a limit for an estimated count',
  'not-parsable': 'not well formed',
  'no-grammar': 'the grammar for this language is not installed',
  'nothing-to-drop': 'everything in it matters',
  'contains-marker': 'already holds one of our markers',
  'retrieved-content': 'handed back on request, so left whole',
  holdout: 'this session is left alone, to measure the effect on the others',
  protected: 'signed, encrypted or reserved for the user',
  'seen-uncompressed': 'was sent as it is before, so it stays as it is',
  'must-keep-lost': 'the short form lost something that must stay',
  'verification-failed': 'the short form did not decode to the original',
  'store-unavailable': 'the original could not be stored',
  'too-large': 'larger than what is looked at',
  'within-budget': 'fits the budget as it is',
  deadline: 'the time ran out, so the original went',
  'vetoed-by-hook': 'a hook refused it',
  paused: 'compression is paused',
  'cache-unread': 'the provider does not read what it has cached, so no history is changed',
  'base-not-visible': 'what it repeats is no longer in the conversation',
  'dead-handle': 'its original is gone from the store',
  failed: 'something went wrong, so the original went',
}

/** Words for a code; a code of a newer version stands for itself. */
export const wordsFor = (code: string): string => (skipWords as Readonly<Record<string, string>>)[code] ?? code

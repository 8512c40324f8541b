import type { Skip, SkipCode } from '../spec/skip.js'

export const skip = (code: SkipCode, detail?: string): Skip =>
  detail === undefined ? { skip: code } : { skip: code, detail }

export const isSkip = (value: object): value is Skip => 'skip' in value && typeof value.skip === 'string'

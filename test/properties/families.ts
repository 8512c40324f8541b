// All families of generated tool output that the engine is held to.
import { codeFamilies } from './code-families.js'
import { commandFamilies } from './command-families.js'
import { diffFamilies } from './diff-families.js'
import { filterFamilies } from './filter-families.js'
import { htmlFamilies } from './html-families.js'
import { jsonFamilies } from './json-families.js'
import { serviceLogFamilies } from './log-families.js'
import type { Family } from './sample.js'
import { searchFamilies } from './search-families.js'
import { tableFamilies } from './table-families.js'
import { textFamilies } from './text-families.js'

export const families: readonly Family[] = [
  ...jsonFamilies,
  ...serviceLogFamilies,
  ...commandFamilies,
  ...searchFamilies,
  ...diffFamilies,
  ...htmlFamilies,
  ...tableFamilies,
  ...textFamilies,
  ...codeFamilies,
  ...filterFamilies,
]

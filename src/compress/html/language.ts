// Programming language of a code block, as the page's own highlighter marks it.
import { attribute, type Page } from './tree.js'

const MARKED =
  /(?:^|\s)(?:language-|lang-|highlight-source-|brush:\s*|sourceCode\s+|highlight-)([A-Za-z][\w+#-]{0,20})(?:\s|;|$)/
const NOT_A_LANGUAGE = /^(?:none|plain|text|plaintext|default|source|line|lines)$/i

/** Word after the fence, empty where nothing marks it. Looks at the block, its code and two elements around it. */
export const languageOf = (page: Page, pre: number): string => {
  const parent = page.parents[pre]!
  for (const element of [pre, pre + 1, parent, page.parents[parent] ?? -1]) {
    if (element < 1 || element >= page.tags.length) continue
    if (element === pre + 1 && page.parents[element] !== pre) continue
    const named = attribute(page, element, 'data-lang') ?? attribute(page, element, 'data-language')
    const marked = named ?? MARKED.exec(attribute(page, element, 'class') ?? '')?.[1]
    if (marked !== undefined && /^[\w+#-]{1,20}$/.test(marked) && !NOT_A_LANGUAGE.test(marked)) return marked
  }
  return ''
}

// What a part of a page is for, by its element, its role and the names its author gave it. A guess: main-content.ts
// decides what follows from it.
import { labelOf, type Page } from './tree.js'

/** Kinds of parts that are no content, in the words of the marker. */
export type Role =
  | 'navigation'
  | 'page header'
  | 'page footer'
  | 'sidebar'
  | 'comments'
  | 'related links'
  | 'share links'
  | 'advertising'
  | 'cookie notice'
  | 'sign-up form'
  | 'dialogs'
  | 'hidden text'
  /** A little hidden text that is worth no marker; told in the first one. */
  | 'unseen'
  | 'link list'
  | 'options'
  | 'text outside the article'

const named = (words: string): RegExp => new RegExp(`(?:^|[^a-z])(?:${words})(?![a-z])`)

/** First match wins. Matched against class names, id and role in lower case, `camelCase` written `camel-case`. */
const NAMES: readonly (readonly [Role, RegExp])[] = [
  ['cookie notice', named('cookies?|cookie-?(?:banner|notice|bar|consent)|consent|gdpr|onetrust|ccpa')],
  [
    'advertising',
    named(
      'ads?|advert\\w*|ad-?(?:slot|unit|container|wrapper|banner|box)|sponsor(?:ed|s)?|dfp|adsense|outbrain|taboola|promoted',
    ),
  ],
  ['comments', named('comments?|comment-?(?:list|section|area|thread)|disqus\\w*|respond|trackbacks?|commentlist')],
  [
    'share links',
    named(
      'share|shares|sharing|share-?(?:bar|buttons?|links?|tools?)|social|social-?\\w*|sharedaddy|addthis\\w*|a2a\\w*|follow-?us|sns',
    ),
  ],
  ['sign-up form', named('newsletters?|subscribe|subscription|sign-?up|mailchimp|mc4wp\\w*|opt-?in')],
  [
    'navigation',
    named(
      'nav|navs|navbar|navbox\\w*|navigation|site-?nav|mega-?menu|menu|menus|menubar|breadcrumbs?|pagination|pager|skip-?(?:link|to-?content|nav)|toolbar|tablist|sitemap|nextprev|prevnext|topnav|subnav|vector-?(?:menu|header|toc)\\w*|catlinks|headerlink|jump-?links?',
    ),
  ],
  [
    'related links',
    named(
      'related|related-?\\w*|recommend(?:ed|ations?)?|recirc\\w*|read-?(?:next|also)|more-?(?:stories|news|posts|articles|from|in|on)|most-?(?:read|popular|viewed|shared|commented)|trending|popular|popular-?\\w*|you-?may-?(?:also-?)?like|also-?like|latest-?(?:news|posts|stories|articles)|recent-?(?:posts|comments|articles|stories)|promos?|promo-?\\w*|teasers?|upsell|cross-?sell|editors?-?picks?|tags?-?cloud|tagcloud|blogroll|widget-?area',
    ),
  ],
  [
    'sidebar',
    named(
      'sidebars?|side-?bar\\w*|left-?(?:rail|col(?:umn)?|nav)|right-?(?:rail|col(?:umn)?|nav)|rail|complementary|secondary|side-?col(?:umn)?|aside',
    ),
  ],
  ['dialogs', named('modals?|pop-?ups?|lightbox|overlay|dialog|tooltip|interstitial')],
  [
    'page footer',
    named('footer|site-?footer|page-?footer|global-?footer|foot|colophon|contentinfo|bottom-?bar|copyright|site-?info'),
  ],
  [
    'page header',
    named(
      'masthead|site-?header|global-?header|top-?bar|top-?header|banner|site-?branding|page-?header|header|navheader',
    ),
  ],
]

const TAGS: ReadonlyMap<string, Role> = new Map([
  ['nav', 'navigation'],
  ['aside', 'sidebar'],
  ['footer', 'page footer'],
  ['header', 'page header'],
  ['dialog', 'dialogs'],
])

/** Elements whose names are looked at: those that hold parts, not words. */
const HOLDS_PARTS: ReadonlySet<string> = new Set(
  'div section aside nav header footer ul ol dl form table td dialog p span details figure menu center fieldset li'.split(
    ' ',
  ),
)
const LONGEST_LABEL = 300

export const roleOf = (page: Page, element: number): Role | undefined => {
  const tag = page.tags[element]!
  if (!HOLDS_PARTS.has(tag)) return undefined
  const attributes = page.attributes[element]!
  if (attributes.class === undefined && attributes.id === undefined && attributes.role === undefined)
    return TAGS.get(tag)
  const label = labelOf(page, element)
    .slice(0, LONGEST_LABEL)
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll('_', '-')
  return NAMES.find(([, pattern]) => pattern.test(label))?.[0] ?? TAGS.get(tag)
}

/** Says of itself that it is the main content. */
export const isMain = (page: Page, element: number): boolean => {
  const tag = page.tags[element]!
  if (tag === 'main' || tag === 'article') return true
  const { role, itemprop, id, class: names } = page.attributes[element]!
  if (role === 'main' || role === 'article' || itemprop === 'articleBody') return true
  return MAIN_NAME.test(`${id ?? ''} ${names ?? ''}`)
}

const MAIN_NAME =
  /(?:^|[\s_-])(?:article-?body|article-?content|article-?text|post-?content|post-?body|entry-?content|story-?body|story-?content|markdown-body|mw-content-text|page-?content|main-?content|hentry|maincontent|articlebody|storybody|bodytext)(?![a-z])/i

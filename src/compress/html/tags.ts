// Sets of HTML element names by what they do to a text.

const set = (names: string): ReadonlySet<string> => new Set(names.split(' '))

/** Elements without content (HTML standard, section 13.1.2). */
export const VOID: ReadonlySet<string> = set(
  'area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr',
)
/** Elements that begin and end a line of their own. */
export const BLOCK: ReadonlySet<string> = set(
  'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form frameset ' +
    'h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup option p pre search section select summary table ' +
    'tbody td textarea tfoot th thead title tr ul video audio template noscript',
)
/** Never shown as text: code, styles, drawings, embedded documents. */
export const UNSEEN: ReadonlySet<string> = set(
  'script style template svg iframe object applet canvas noembed noframes frameset link base param source track map audio video datalist rp',
)
/** What may stand in a `head`; anything else ends it. */
export const OF_HEAD: ReadonlySet<string> = set('title meta link script style base noscript template basefont bgsound')
/** A start tag of one of these ends an open paragraph (HTML standard, section 13.2.6.4.7). */
export const ENDS_PARAGRAPH: ReadonlySet<string> = set(
  'address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header ' +
    'hgroup hr main menu nav ol p pre search section summary table ul li dd dt',
)
export const HEADING: ReadonlySet<string> = set('h1 h2 h3 h4 h5 h6')
export const LIST: ReadonlySet<string> = set('ul ol menu dir')
/** Elements whose code is set in backticks. */
export const INLINE_CODE: ReadonlySet<string> = set('code tt samp')

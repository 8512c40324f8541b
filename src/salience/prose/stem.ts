// Words as terms: endings taken off, so that a question meets its answer. Not for show, only for comparison.

/** Forms that no ending explains. */
const IRREGULAR: ReadonlyMap<string, string> = new Map(
  Object.entries({
    write: 'wrote written writing writer writes',
    begin: 'began begun beginning',
    build: 'built building',
    hold: 'held',
    lead: 'led leader leading',
    win: 'won winner winning',
    take: 'took taken taking',
    make: 'made making maker',
    say: 'said says',
    go: 'went gone goes',
    give: 'gave given giving',
    grow: 'grew grown growth',
    become: 'became becoming',
    sell: 'sold selling sale',
    buy: 'bought',
    teach: 'taught teacher teaching',
    fight: 'fought',
    run: 'ran running',
    pay: 'paid payment',
    choose: 'chose chosen choice',
    know: 'knew known knowledge',
    leave: 'left leaving',
    child: 'children',
    man: 'men',
    woman: 'women',
    person: 'people persons',
    foot: 'feet',
    lose: 'lost loss losing',
    send: 'sent sending',
    speak: 'spoke spoken speaking speaker',
    break: 'broke broken breaking',
    fall: 'fell fallen',
    rise: 'rose risen',
    die: 'died dies dying death dead',
    birth: 'born',
    live: 'lived living lives life',
    strong: 'strength strongest',
    long: 'length longest longer',
    high: 'height highest higher',
    large: 'largest larger',
    deep: 'depth deepest',
    destroy: 'destruction destroyed',
    produce: 'production producer product',
    invade: 'invasion invader',
    decide: 'decision',
    include: 'inclusion including',
    explode: 'explosion',
    describe: 'description',
    see: 'saw seen seeing',
    show: 'shown showed',
    draw: 'drew drawn',
    bring: 'brought',
    think: 'thought',
    feel: 'felt',
    meet: 'met meeting',
    keep: 'kept',
    mean: 'meant meaning',
    spend: 'spent',
    set: 'setting',
    france: 'french',
    germany: 'german germans',
    britain: 'british',
    spain: 'spanish',
    china: 'chinese',
    japan: 'japanese',
    europe: 'european',
    america: 'american americans',
  }).flatMap(([stem, forms]) => forms.split(' ').map((form): [string, string] => [form, stem])),
)

const ASCII = /^[a-z]+$/
const VOWEL = /[aeiouy]/

/** Stem of a lower-case word. */
export const stemOf = (word: string): string => {
  if (word.length < 4) return word
  if (!ASCII.test(word)) return foreignStem(word)
  return IRREGULAR.get(word) ?? englishStem(word)
}

/** Deviates from Porter (1980): fewer suffixes, since a shared beginning counts as half a match anyway. */
const englishStem = (word: string): string => {
  let stem = word
  if (stem.endsWith('s')) stem = singular(stem)
  if (stem.length > 5 && stem.endsWith('ing') && VOWEL.test(stem.slice(0, -3))) stem = undouble(stem.slice(0, -3))
  else if (stem.length > 4 && stem.endsWith('ied')) stem = `${stem.slice(0, -3)}y`
  else if (stem.length > 4 && stem.endsWith('ed') && VOWEL.test(stem.slice(0, -2))) stem = undouble(stem.slice(0, -2))
  else if (stem.length > 5 && stem.endsWith('ly')) stem = stem.slice(0, -2)
  if (stem.length > 4 && stem.endsWith('e')) stem = stem.slice(0, -1)
  return stem
}

const singular = (word: string): string => {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`
  if (/(?:ss|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2)
  return /[sui]s$/.test(word) ? word : word.slice(0, -1)
}

const undouble = (stem: string): string =>
  stem.length > 3 && stem.at(-1) === stem.at(-2) && !/[lsz]$/.test(stem) ? stem.slice(0, -1) : stem

const ARABIC_ARTICLE = /^(?:[وفبك]?ال|لل)(?=..)/
const ACCENTS = /[\u0300-\u036f]/g

/** Greek accents move with the ending; Arabic articles are written on; other words stay whole. */
const foreignStem = (word: string): string => {
  const first = word.charCodeAt(0)
  if (first >= 0x370 && first <= 0x3ff) return word.normalize('NFD').replace(ACCENTS, '').replace(/ς$/, 'σ')
  if (first >= 0x600 && first <= 0x6ff) return word.replace(ARABIC_ARTICLE, '')
  return word.replaceAll('ё', 'е')
}

const PREFIX_CHARS = 5

/** Beginning that a word shares with its kin, or undefined where it is too short to tell. */
export const beginningOf = (stem: string): string | undefined => {
  if (stem.length <= PREFIX_CHARS) return undefined
  const code = stem.charCodeAt(0)
  return code >= 48 && code <= 57 ? undefined : stem.slice(0, PREFIX_CHARS)
}

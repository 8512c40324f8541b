// A question as weighted terms of the text, and the kind of answer it waits for.
import { parseQuery } from '../query.js'
import { KIN } from './kin.js'
import { eachWord, NUMBER, termsOf, Vocabulary } from './words.js'

/** What an answer looks like. */
export type Wanted = 'number' | 'date' | 'name' | 'version' | 'code'

export interface Ask {
  /** Term ids of the text with their weights. */
  readonly weights: ReadonlyMap<number, number>
  /** Pairs of terms that stand side by side in the question. */
  readonly pairs: readonly (readonly [number, number])[]
  readonly wanted: ReadonlySet<Wanted>
  /** Quoted phrases, identifiers and numbers, as written. */
  readonly literals: readonly string[]
}

const list = (words: string): readonly string[] => words.split(' ')

/** Words that make a question but not its subject. */
const STOP_WORDS: ReadonlySet<string> = new Set([
  ...list(
    'a an the of in on at to for from by with and or is are was were be been being do does did has have had having it its he she his her him they their them this that these ' +
      'those there what which who whom whose when where why how i you your me my we us our please can could would should will shall may might any all each every some than then so if as ' +
      'not no into about over after before during between only also just tell give show find get list explain describe summarise summarize summary anything something unusual check happens happen ' +
      'much many one ones such other others most more very too own same up out s t re ve ll d m name kind type sort term word was used use using get got let does thing things way ways ' +
      'important interesting relevant look looks read see wrong fine everything output result text document file content contents information info detail details',
  ),
  ...list(
    'de la le les des du un une et à au aux en est que qui quel quelle quels quelles quoi où quand comment combien pourquoi dans par sur pour il elle a été sont ' +
      'el los las del y en es que qué quién quiénes cuál cuáles cuándo dónde cómo cuánto cuánta cuántos cuántas por para con se su fue lo al una ' +
      'der die das den dem des ein eine einer einem und ist sind war wer was wann wo wie viele viel welche welcher welches warum in im von zu mit für auf wurde hat ' +
      'что кто когда где как сколько какой какая какое какие каким почему в на и с по из о к у был была было были это его ' +
      'o os as do da dos das quem qual quais quando onde como quanto quantos é foi em um uma para com il che chi quale quali dove quanti quanto di è era ' +
      'gì ai nào đâu khi bao nhiêu là của và các những trong cho được có một như thế ' +
      'ما من هو هي متى أين كيف كم هل لماذا في على إلى عن التي الذي أي ماذا و ' +
      'τι ποιος ποια ποιο ποιοι ποιες πότε πού πως πώς πόσο πόσα πόσοι γιατί το η ο τα οι του της των και σε με για από στο στη στην που είναι ήταν ένα μια ' +
      'क्या कौन कब कहाँ कैसे कितने कितना कितनी किस किसने का की के में है हैं था थी थे को से पर और ने यह ' +
      'ne kim nerede zaman nasıl kaç hangi ve bir bu için ile mi mı hangisi',
  ),
])

const WANTED: readonly (readonly [Wanted, RegExp])[] = [
  [
    'number',
    /\bhow (?:many|much|long|old|tall|big|large|far|high|deep|often|fast|wide)\b|\b(?:number|percentage|percent|proportion|population|amount|total|size|limit|maximum|minimum|default value|average|rate|enrol+ment|cost|price|distance|length|height|width|age|port|timeout|score)\b|combien|cuánt[ao]s?|wie ?viele?|сколько|bao nhiêu|كم |πόσ[οαηες]|कितन|kaç|quant[oi]s?\b|多少|几|幾|何人|いくつ|얼마|몇|เท่าไ|กี่/i,
  ],
  [
    'date',
    /\bwhen\b|\b(?:what|which|in what|on which|on what) (?:year|date|day|month|century|decade|time)\b|\bdate\b|\byear\b|quand|cuándo|qué año|wann|welche[mns]? jahr|когда|каком году|khi nào|năm nào|متى|عام|πότε|έτος|χρονιά|कब|वर्ष|ne zaman|hangi yıl|quando|什么时候|何时|哪一年|哪年|いつ|何年|언제|몇 년|เมื่อไ|เมื่อใด|ปีใด|ปีไหน/i,
  ],
  [
    'name',
    /\b(?:who|whom|whose|where)\b|\b(?:what|which) (?:\w+ )?(?:country|city|state|person|company|team|group|river|place|region|university|school|king|president|scientists?|people|organi[sz]ation|party|book|film|movie|song|band|author|director|producer|name|language|religion|island|mountain|street|airport|station|river)\b|\bname\b|\bqui\b|quién|dónde|\bwer\b|\bwo\b|кто|где|\bai\b|ở đâu|من |أين|ποι[οαες]|πού|कौन|कहाँ|kim|nerede|谁|誰|哪里|哪裡|哪个|どこ|누구|어디|ใคร|ที่ไหน/i,
  ],
  ['version', /\b(?:which|what) (?:\w+ )?(?:version|release)s?\b|\bversion\b|\bsince when\b/i],
  [
    'code',
    /\b(?:option|flag|function|method|hook|command|variable|setting|parameter|argument|class|module|property|field|key|api|event|header|environment|endpoint|switch|package|attribute|decorator|type|operator|file)s?\b/i,
  ],
]

const KIN_WEIGHT = 0.35
const BEGINNING_WEIGHT = 0.4
/** Questions are short; of a long prompt its ends are read. */
const MAX_QUESTION_CHARS = 3000

/** Undefined where the question shares no word of weight with the text. */
export const askOf = (query: string | undefined, vocabulary: Vocabulary): Ask | undefined => {
  if (query === undefined || query.trim() === '') return undefined
  const source = query.slice(0, MAX_QUESTION_CHARS)
  const own = new Vocabulary()
  const words: string[] = []
  eachWord(source, { start: 0, end: source.length }, own, (spelling) => words.push(own.texts[spelling]!))
  const weights = new Map<number, number>()
  const add = (term: string, weight: number): void => {
    const id = vocabulary.find(term)
    if (id !== undefined) weights.set(id, Math.max(weight, weights.get(id) ?? 0))
  }
  const stems: (number | undefined)[] = []
  for (const word of words) {
    if (STOP_WORDS.has(word.toLowerCase())) {
      stems.push(undefined)
      continue
    }
    const terms = termsOf(word)
    stems.push(vocabulary.find(terms[0]!))
    const isCode = /\p{Ll}\p{Lu}|[\d_]|^\p{Lu}{2,}$/u.test(word)
    terms.forEach((term, index) => {
      add(term, term.startsWith('~') ? BEGINNING_WEIGHT : index === 0 ? (isCode ? 2 : 1) : 0.6)
    })
    for (const kin of KIN.get(terms[0]!) ?? []) add(kin, KIN_WEIGHT)
  }
  if (weights.size === 0) return undefined
  const pairs: [number, number][] = []
  for (let index = 1; index < stems.length; index++) {
    const first = stems[index - 1]
    const second = stems[index]
    if (first !== undefined && second !== undefined) pairs.push([first, second])
  }
  const wanted = new Set(WANTED.filter(([, pattern]) => pattern.test(source)).map(([kind]) => kind))
  return { weights, pairs, wanted, literals: parseQuery(source).literals }
}

const MONTH =
  /\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\b(?:1\d|20)\d\d\b|\d{4}-\d\d|\b\d{1,2}(?:st|nd|rd|th) century\b|\d{1,6} ?(?:年|世纪|世紀|월|년)|ค\.ศ\.|\d{4}/i
const VERSION = /\bv?\d+\.\d+/
const SPELLED_NUMBER =
  /\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion|half|third|quarter|twice|once|single|both|several)\b/i
/** A capital inside the sentence, or a script without capitals. */
const INNER_NAME =
  /[\p{Ll}\d,;:("'“»] ["'“(«]?\p{Lu}[\p{Ll}\p{Lu}]|[\u0600-\u06ff\u0900-\u0dff\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7af]/u
const CODE_LIKE = /`|\p{Ll}\p{Lu}|\w_\w|--?\w|\(\)/u

/** How well a unit's looks fit the wanted answer: 1 for neutral, more where it has what is asked for. */
export const fitOf = (text: string, flags: number, wanted: ReadonlySet<Wanted>): number => {
  let fit = 1
  if (wanted.has('number') && ((flags & NUMBER) !== 0 || SPELLED_NUMBER.test(text))) fit += 0.25
  if (wanted.has('date') && (flags & NUMBER) !== 0 && MONTH.test(text)) fit += 0.3
  if (wanted.has('name') && INNER_NAME.test(text)) fit += 0.15
  if (wanted.has('version') && VERSION.test(text)) fit += 0.2
  if (wanted.has('code') && CODE_LIKE.test(text)) fit += 0.15
  return fit
}

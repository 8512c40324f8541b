// Words on which the sense of a sentence hangs: rules, warnings, negations, limits; in the languages we can name them in.

/** A rule or a warning. */
export const RULE = 1
/** A negation or a limit. */
export const LIMIT = 2
/** News of a release that breaks or endangers. */
export const BREAKING = 4

const list = (words: string): readonly string[] => words.split(' ')

const RULES = list(
  'must shall never unless forbidden prohibited mandatory warning caution danger beware important required requires deprecated cannot mustn shouldn ' +
    'jamás nunca debe deben deberá obligatorio prohibido advertencia salvo excepto jamais doit doivent devez interdit obligatoire sauf avertissement ' +
    'niemals nie muss müssen musst darf dürfen verboten achtung warnung außer ausser никогда должен должна должно должны нельзя запрещено запрещается обязательно кроме внимание ' +
    'devem deverá proibido exceto mai devono vietato tranne обязан asla zorunlu zorundadır yasak hariç gerekir nigdy musi zabronione nooit moet moeten verboten behalve ' +
    'phải cấm trừ يجب أبدا ممنوع إلا πρέπει ποτέ απαγορεύεται εκτός चाहिए कभी सिवाय ' +
    '必须 必須 不得 禁止 切勿 请勿 請勿 务必 除非 警告 注意 절대 반드 금지 ห้าม ต้อง ยกเว',
)
const LIMITS = list(
  'not no only except without nor neither none n\u2019t don doesn didn isn aren wasn won can\u2019t default cannot ' +
    'no solo sólo sin ningún ninguna ne pas seulement uniquement aucun aucune sans nicht nur kein keine keinen keiner keinem ohne не нет только без ' +
    'não somente apenas sem non senza değil yalnızca sadece nie tylko bez niet geen alleen không chỉ لا لم لن ليس فقط δεν μη μην μόνο नहीं मत केवल ' +
    '不能 不可 不会 不是 没有 只有 只能 仅仅 ませ ない せん のみ だけ 않습 않는 않은 없습 없는 만을 ไม่ เท่า',
)
const BREAKINGS = list(
  'breaking security vulnerability vulnerabilities cve deprecated deprecate deprecation removed incompatible backward backwards',
)

export const FORCE_OF_WORD: ReadonlyMap<string, number> = (() => {
  const forces = new Map<string, number>()
  const add = (words: readonly string[], force: number): void => {
    for (const word of words) forces.set(word, (forces.get(word) ?? 0) | force)
  }
  add(RULES, RULE)
  add(LIMITS, LIMIT)
  add(BREAKINGS, BREAKING)
  return forces
})()

// Which families of words a line may hold, told by three letters of each, so that most lines meet no pattern at all.
// A gram can only be wrong on the side of looking closer.

/** May be more than routine by its words. */
export const SEVERE = 1
/** May say how a process or job ended. */
export const ENDS = 2
/** May name what failed. */
export const NAMES = 4
/** May be one of the lines in which digits decide. */
export const COUNTS = 8
export const ANY = 15

const FAMILIES: readonly (readonly [bits: number, letters: string])[] = [
  [
    SEVERE,
    'pan cri eme ale fau dum unc unh unr kil cra evi mem san abo sev den ref ann cou can una suc und uns inv ill tim rej ' +
      'mis doe orr exh ass dep ret deg dro bac',
  ],
  [SEVERE | NAMES, 'not une fat'],
  [SEVERE | NAMES | COUNTS, 'fai err'],
  [SEVERE | COUNTS, 'war ski lev exc onf vio'],
  [SEVERE | ENDS | COUNTS, 'exi'],
  [SEVERE | ENDS, 'tra kil dum'],
  [ENDS, 'etu pro you job fin erm max tas ign sig sta'],
]

/** Bits by three letters of five bits each, which folds case. */
export const GRAMS: Uint8Array = new Uint8Array(1 << 15)
for (const [bits, letters] of FAMILIES)
  for (const gram of letters.split(' ')) {
    let key = 0
    for (let i = 0; i < gram.length; i++) key = (key << 5) | (gram.charCodeAt(i) & 31)
    GRAMS[key]! |= bits
  }

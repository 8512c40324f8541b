// Words that people ask with and words that keys are made of, where these share no stem. Lower case, stemmed.
import { stem } from '../../salience/query.js'

const GROUPS: readonly string[] = [
  'weight mass heavy heaviest light lightest weigh kg lbs',
  'email mail',
  'birth born dob birthday birthdate',
  'gender sex',
  'license licence',
  'color colour',
  'cost price amount total fee paid pay charge spent spend expensive cheap cheapest gross revenue earn salary income wage',
  'author creator committer writer wrote written owner made',
  'created creation placed made born built opened started begin',
  'updated modified changed edited',
  'time date when timestamp day at on since',
  'url link address endpoint website homepage href uri',
  'phone telephone mobile',
  'city town place location where',
  'country nation',
  'zip postcode postal postalcode',
  'host server machine node',
  'file path',
  'error failure exception reason message cause why failed fail wrong',
  'job task',
  'size bytes length large big',
  'version release tag',
  'state status condition phase',
  'repository repo project',
  'movie film title',
  'id identifier number no code key',
  'text body content description summary comment',
  'duration elapsed took long took runtime ms seconds minutes',
  'memory mem ram',
  'language lang',
  'population inhabitants people pop residents',
  'assignee assigned responsible',
  'user login username account member',
  'employee staff worker',
  'quantity qty count number many',
  'max maximum limit most highest',
  'min minimum least lowest',
  'deadline due',
  'plane aircraft airplane',
  'picture image photo avatar',
  'dependency package module library',
  'severity serious level priority critical',
  'hash checksum sha digest integrity',
  'manager head lead boss leads',
  'organization organisation company org',
  'disabled enabled active',
  'port ports',
  'env environment variable',
  'temperature temp hot cold warm hottest coldest',
  'speed fast fastest slow slowest velocity',
  'rating score stars rated rank',
  'vote votes voted',
  'mode permission permissions',
  'default standard',
  'region zone area',
  'ip address',
  'domain hostname',
  'parent owner',
  'category type kind sort class',
]

const groupsOfWord: ReadonlyMap<string, readonly number[]> = (() => {
  const groups = new Map<string, number[]>()
  GROUPS.forEach((words, group) => {
    for (const word of new Set(words.split(' ').flatMap((each) => [each, stem(each)])))
      groups.set(word, [...(groups.get(word) ?? []), group])
  })
  return groups
})()

/** Numbers of the groups that a stemmed or plain word belongs to. */
export const groupsOf = (word: string): readonly number[] => groupsOfWord.get(word) ?? []

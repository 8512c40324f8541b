import { describe, expect, it } from 'vitest'
import { outputOf } from '../../../test/conformance/compressor.js'
import { rngOf } from './generate.testkit.js'
import { json } from './index.js'

const WORDS = [
  'cache',
  'index',
  'queue',
  'shard',
  'route',
  'cart',
  'token',
  'batch',
  'bucket',
  'panel',
  'auth',
  'media',
]

/** Rows of more than a thousand characters, so that those that stay lose members. */
const databases = (seed: number) => {
  const rng = rngOf(seed)
  const hex = (chars: number): string =>
    Array.from({ length: chars }, () => Math.floor(rng() * 16).toString(16)).join('')
  return WORDS.map((word) => ({
    DBInstanceIdentifier: `${word}-db`,
    Engine: rng() < 0.5 ? 'postgres' : 'mysql',
    Endpoint: { Address: `${word}-db.${hex(12)}.example.com`, Port: 5432, HostedZoneId: hex(14) },
    VpcSecurityGroups: [{ VpcSecurityGroupId: `sg-${hex(8)}`, Status: 'active' }],
    DBSubnetGroup: {
      VpcId: `vpc-${hex(8)}`,
      Subnets: ['a', 'b', 'c'].map((zone) => ({ SubnetIdentifier: `subnet-${hex(8)}`, Zone: zone, Status: 'Active' })),
    },
    ...Object.fromEntries(Array.from({ length: 30 }, (_, setting) => [`Setting${setting}Value`, hex(40)])),
    PubliclyAccessible: false,
    StorageEncrypted: true,
    KmsKeyId: `arn:aws:kms:eu-west-1:111122223333:key/${hex(32)}`,
    ResourceId: `db-${hex(24)}`,
    TagList: [{ Key: 'team', Value: `team-${hex(3)}` }],
  }))
}
const outOf = (value: unknown, query: string): string => outputOf(json, JSON.stringify(value, null, 2), { query })

describe('large irregular rows', () => {
  it('keep their name and the value for which they stay, in every row (A-5)', () => {
    for (let odd = 0; odd < WORDS.length; odd++) {
      const rows = databases(odd)
      rows[odd] = { ...rows[odd]!, StorageEncrypted: false }
      const text = JSON.stringify({ response: { result: { page: { DBInstances: rows } } } })
      const out = outputOf(json, text, { query: 'Anything odd here?', budgetTokens: Math.ceil(text.length / 48) })
      expect(out).toContain(`"${WORDS[odd]}-db"`)
      expect(out).toContain('"StorageEncrypted":false')
      expect(out.length).toBeLessThan(text.length / 4)
    }
  })
  it('are found by a deep value, and tell one by their name (A-7)', () => {
    const rows = databases(7)
    for (const row of rows) {
      expect(outOf({ rows }, `Which database has resource id ${row.ResourceId}?`)).toContain(row.DBInstanceIdentifier)
      expect(outOf({ rows }, `In which subnets is ${row.DBInstanceIdentifier}?`)).toContain(
        row.DBSubnetGroup.Subnets[2]!.SubnetIdentifier,
      )
    }
  })
  it('show the spike in a list of pairs and whose it is', () => {
    const result = Array.from({ length: 12 }, (_, instance) => ({
      metric: { instance: `10.2.0.${instance}:9100`, job: 'api' },
      values: Array.from({ length: 40 }, (_, step) => [
        1_740_000_000 + step * 15,
        String(0.2 + ((step * 7) % 13) / 100),
      ]),
    }))
    result[7]!.values[22]![1] = '8.9312'
    const out = outputOf(json, JSON.stringify({ status: 'success', data: { result } }), { query: 'Who had a spike?' })
    expect(out).toContain('8.9312')
    expect(out).toContain('10.2.0.7:9100')
  })
})

describe('words of a question that are not those of the text (A-7)', () => {
  const birds = Array.from({ length: 120 }, (_, index) => ({
    tagCode: `N${index}A`,
    bodyMassG: index === 77 ? 9450 : 3000 + ((index * 37) % 900),
    flipperLengthMm: 170 + ((index * 31) % 60),
  }))
  it('meet keys by synonym', () => {
    expect(outOf(birds, 'Which bird has the largest weight?')).toContain('"N77A"')
  })
  it('meet the last step of a path', () => {
    const packages = Object.fromEntries(
      WORDS.flatMap((word) => [
        [`node_modules/${word}`, { version: `4.${word.length}.2`, integrity: `sha512-${word}${'x'.repeat(60)}` }],
        [`node_modules/${word}/node_modules/glob`, { version: '1.0.0', integrity: `sha512-g${word}${'y'.repeat(60)}` }],
      ]),
    )
    for (const word of WORDS)
      expect(outOf({ name: 'app', packages }, `What integrity hash has ${word}?`)).toContain(`"sha512-${word}xxx`)
  })
  it('meet names written together, and emoji', () => {
    const rows = WORDS.flatMap((word, index) => [
      {
        lib: `${word}-lib`,
        mark: String.fromCodePoint(0x1f400 + index),
        note: `${'n'.repeat(40)}${index}`,
        size: index,
      },
      {
        lib: `${word}-app`,
        mark: String.fromCodePoint(0x1f430 + index),
        note: `${'m'.repeat(40)}${index}`,
        size: index,
      },
    ])
    for (const [index, word] of WORDS.entries()) {
      expect(outOf(rows, `the note of ${word} lib`)).toContain(`${'n'.repeat(40)}${index}`)
      expect(outOf(rows, `Who has the mark ${String.fromCodePoint(0x1f430 + index)}?`)).toContain(`"${word}-app"`)
    }
  })
})

describe('what is rare or near the root', () => {
  it('keeps the one value in another case or wording among a dozen usual ones (A-5)', () => {
    const teams = ['Lagos', 'Porto', 'Oslo', 'Quito', 'Hanoi', 'Turin', 'Lima', 'Accra', 'Kyoto', 'Leeds']
    for (const odd of ['expired', 'lIMA', 'QUITO', 'zz9'])
      for (const at of [0, 13, 39]) {
        const rows = Array.from({ length: 40 }, (_, index) => ({
          player: `p-${index}-${(index * 7919) % 997}`,
          team: index === at ? odd : teams[(index * 7) % 10],
          games: 20 + ((index * 13) % 18),
        }))
        expect(outOf(rows, 'Summarise this.')).toContain(`"${rows[at]!.player}"`)
      }
  })
  it('keeps small members of a record near the root beside long lists', () => {
    const event = {
      ref: 'refs/heads/main',
      pusher: { name: 'jonas', email: 'jonas@example.com' },
      forced: true,
      head: { commit: { id: 'a1b2c3' } },
      commits: databases(3),
      sender: { login: 'octo', type: 'User' },
    }
    const out = outOf(event, '')
    for (const text of ['refs/heads/main', 'jonas@example.com', '"forced":true', 'a1b2c3', '"login":"octo"'])
      expect(out).toContain(text)
    expect(out.length).toBeLessThan(JSON.stringify(event).length / 2)
  })
})

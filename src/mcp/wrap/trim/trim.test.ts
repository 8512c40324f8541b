import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spliceBytes } from '../../../wire/edit.js'
import { tidy } from './description.js'
import { trimTools } from './index.js'

type Json = Record<string, unknown>
interface Validator {
  compile(schema: unknown): (value: unknown) => boolean
}

// The official SDK's own validator, so that a schema is judged by the dialect that it names, or by the default one.
const require = createRequire(createRequire(import.meta.url).resolve('@modelcontextprotocol/sdk/client'))
const validatorOf = (schema: Json): Validator => {
  const path = /draft-07/.test(String(schema.$schema)) ? 'ajv' : 'ajv/dist/2020.js'
  const made = require(path) as { default?: new (options: object) => Validator }
  const Ajv = (made.default ?? made) as new (options: object) => Validator
  return new Ajv({ strict: false, validateFormats: false, logger: false })
}

const trimmed = (text: string): string => {
  const bytes = Buffer.from(text)
  return Buffer.from(spliceBytes(bytes, trimTools(bytes, 0))).toString()
}
const trimmedSchema = (inputSchema: unknown, name = 'read'): Json =>
  (JSON.parse(trimmed(JSON.stringify([{ name, inputSchema }]))) as [{ inputSchema: Json }])[0].inputSchema

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean)

describe('a description with fewer blanks', () => {
  it.each([
    ['a docstring', 'Find it.\n\n    Args:\n        path: where\n    ', 'Find it.\n\nArgs:\n    path: where'],
    ['a docstring that begins below', '\n    One.\n\n\n\n    - two\n    ', 'One.\n\n- two'],
    ['runs and ends', 'One  two \r\nthree.   Four\n\n\n\nfive\n', 'One two\nthree. Four\n\nfive'],
    ['one line', '  one   two ', 'one two'],
    ['nothing but blanks', ' \n\t\n', ''],
  ])('shortens %s', (_name, text, expected) => {
    expect(tidy(text)).toBe(expected)
  })
  it.each([
    ['fenced code', 'Use:\n```py\nif  x:\n\n\n    y  \n```\nDone.'],
    ['indented code', 'Use:\n\n    a   b\n\n\n    c   d\n\nDone.'],
    ['code whose text ends with it', 'Use:\n\n    a   b'],
    ['a code span', 'splits at `a  b` only'],
    ['a quoted string', 'splits at "  " only'],
    ['a table', '| a   | b |\n|-----|---|'],
    ['nested lists', '- a\n  - b\n    - c   d'],
  ])('leaves %s alone', (_name, text) => {
    expect(tidy(text)).toBe(text)
  })
  it('keeps every word in its order and is done after one time', () => {
    const piece = fc.constantFrom(
      ...[
        'word',
        'two  words',
        '\n',
        '\n\n\n',
        '    ',
        '  ',
        '\t',
        '```',
        '~~~',
        '`x  y`',
        '"  "',
        "don't",
        '\r\n',
        '- ',
        '| ',
      ],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const text = pieces.join('')
        const once = tidy(text)
        expect(words(once)).toEqual(words(text))
        expect(tidy(once)).toBe(once)
        expect(once.length).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('a tool list that is trimmed', () => {
  it('loses dialects, titles that repeat a name and empty descriptions, and no other byte', () => {
    const list =
      '[ {"name":"read_file", "title":"read_file","description":"Reads  one","inputSchema":{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","title":"read_fileArguments","properties":{"file_path":{"title":"File Path","type":"string","description":""},"title":{"type":"number","minimum":1.0,"title":"What it is called"}}, "required":["file_path"]},"outputSchema":{"$schema":"x","title":"read_file"},"annotations":{"title":"read_file"},"_meta":{"description":"a  b"}} ]'
    expect(trimmed(list)).toBe(
      '[ {"name":"read_file", "title":"read_file","description":"Reads one","inputSchema":{"type":"object","properties":{"file_path":{"type":"string"},"title":{"type":"number","minimum":1.0,"title":"What it is called"}}, "required":["file_path"]},"outputSchema":{"$schema":"x","title":"read_file"},"annotations":{"title":"read_file"},"_meta":{"description":"a  b"}} ]',
    )
  })
  it('keeps a dialect that says something, and data that looks like a schema', () => {
    const $schema = 'http://json-schema.org/draft-07/schema#'
    const kept = [
      { $schema, items: [{ type: 'string' }] },
      { $schema, dependencies: { a: ['b'] } },
      { $schema, properties: { a: { $ref: '#/definitions/b', maxLength: 1 } } },
      { $schema: 'https://example.org/own', type: 'object' },
      { $schema, not: { unknown: true } },
      {
        default: { description: 'a  b', title: 'default' },
        properties: { x: { enum: [{ title: 'x' }], const: 'a  b' } },
      },
    ]
    for (const schema of kept) expect(trimmedSchema(schema)).toEqual(schema)
    expect(trimmedSchema({ $schema, type: 'object' })).toEqual({ type: 'object' })
  })
  it('stays as it came where a member occurs twice or it is no list', () => {
    for (const text of [
      '[{"description":"a  b","description":"c"}]',
      '{"a":1}',
      '[{"description":"a  b"',
      '[1,null,[]]',
    ])
      expect(trimmed(text)).toBe(text)
  })
  it('judges every value as before, and keeps names, order, constraints and words (K-5)', () => {
    fc.assert(
      fc.property(rootSchema, fc.array(instance, { minLength: 12, maxLength: 12 }), (schema, values) => {
        const after = trimmedSchema(schema)
        expect(bare(after)).toBe(bare(schema))
        expect(said(after)).toEqual(said(schema))
        const [judgeBefore, judgeAfter] = [validatorOf(schema).compile(schema), validatorOf(after).compile(after)]
        for (const value of values) expect(judgeAfter(value)).toBe(judgeBefore(value))
        expect(trimmedSchema(after)).toEqual(after)
      }),
      { numRuns: 150 },
    )
  })
})

/** Everything but what may go, in the order that it stands in. */
const bare = (value: unknown): string =>
  JSON.stringify(value, function (this: Json, key, inner: unknown) {
    const isText = typeof inner === 'string' && !Array.isArray(this)
    return isText && ['title', 'description', '$schema'].includes(key) ? undefined : inner
  })

/** Words of all descriptions. */
const said = (value: unknown): string[] => {
  const found: string[] = []
  JSON.stringify(value, (key, inner: unknown) => {
    if (key === 'description' && typeof inner === 'string') found.push(...words(inner))
    return inner
  })
  return found
}

const NAMES = ['a', 'b', 'title', 'description', '$schema']
const instance = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown>('x', 'long text', 0, 1, 2.5, -3, true, null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 4 }),
  ),
})).value

const annotated = fc.record(
  {
    title: fc.constantFrom('A', 'a', 'b', 'Title', 'Of its own'),
    description: fc.constantFrom('', ' ', 'two  words', 'One.\n\n    Args:\n        a: b\n    '),
    default: fc.constantFrom<unknown>(null, 1, { title: 'a' }),
  },
  { requiredKeys: [] },
)

const { schema: anySchema } = fc.letrec<{ schema: Json }>((tie) => ({
  schema: fc
    .tuple(
      annotated,
      fc.oneof(
        { depthSize: 'small' },
        fc.record({ type: fc.constantFrom('string', 'number', 'integer', 'object', 'array', ['string', 'null']) }),
        fc.record({ minimum: fc.integer({ min: 0, max: 2 }), exclusiveMaximum: fc.constant(3) }),
        fc.record({ enum: fc.constantFrom(['x', 1], [{ title: 'a' }, null]) }),
        fc.record({
          type: fc.constant('object'),
          properties: fc.dictionary(fc.constantFrom(...NAMES), tie('schema'), { maxKeys: 3 }),
          required: fc.subarray(['a', 'title']),
          additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
        }),
        fc.record({ type: fc.constant('array'), items: tie('schema'), maxItems: fc.constant(2) }),
        fc.tuple(tie('schema'), tie('schema')).map(([one, other]) =>
          Object.fromEntries([
            ['if', one],
            ['then', other],
          ]),
        ),
        fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
        fc.record({ not: tie('schema') }),
        fc.record({ $ref: fc.constant('#/definitions/a') }),
        fc.record({ $ref: fc.constant('#/definitions/a'), maxLength: fc.constant(1) }),
        fc.record({ dependencies: fc.constant({ a: ['b'] }) }),
      ),
    )
    .map(([texts, rest]) => ({ ...texts, ...rest })),
}))

const DRAFT_07 = 'http://json-schema.org/draft-07/schema#'
const rootSchema = fc
  .tuple(
    anySchema,
    fc.record({ a: fc.constantFrom<Json>({ type: 'string', title: 'A' }, { maxLength: 3 }) }),
    fc.constantFrom<Json>(
      {},
      { $schema: 'https://json-schema.org/draft/2020-12/schema' },
      { $schema: DRAFT_07 },
      // A tuple in draft-07; no schema at all in 2020-12, so that the dialect must stay.
      { $schema: DRAFT_07, items: [{ type: 'string' }] },
    ),
  )
  .map(([schema, definitions, dialect]): Json => ({ ...schema, ...dialect, definitions }))

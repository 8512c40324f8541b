// Source files as agents read them: routine functions, and one declaration that is not like the others.
import { Random } from './random.js'
import { type Family, questionOf, type Sample } from './sample.js'

const VERBS = ['load', 'merge', 'close', 'rank', 'fetch', 'prune', 'split', 'apply'] as const
const NOUNS = ['cart', 'till', 'queue', 'theme', 'order', 'export', 'ledger', 'badge'] as const

interface Names {
  readonly snake: string
  readonly camel: string
  readonly pascal: string
}

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1)

const nameOf = (random: Random): Names => {
  const parts = [random.pick(VERBS), random.pick(NOUNS), `x${random.hex(4)}`]
  const pascal = parts.map(capital).join('')
  return { snake: parts.join('_'), camel: pascal.slice(0, 1).toLowerCase() + pascal.slice(1), pascal }
}

interface CodeFamily {
  readonly name: string
  readonly path?: string
  readonly head: readonly string[]
  readonly tail?: readonly string[]
  /** One routine function; `body` holds its statements, one of them with the words asked for. */
  member(name: Names, body: readonly string[]): readonly string[]
  statement(random: Random): string
  /** A statement that names one thing. */
  detail(word: string): string
  readonly odd: readonly (readonly string[])[]
  readonly dress?: (line: string, index: number) => string
  /** A statement's indentation. */
  readonly indent: string
}

const codeFamily = (of: CodeFamily): Family => ({
  name: of.name,
  kind: 'code',
  shape: 'code',
  sample(seed, size): Sample {
    const random = new Random(seed)
    const count = size === undefined ? random.int(12, 40) : Math.max(6, Math.round(size / 10))
    const at = random.int(2, count - 2)
    const asked = random.int(0, count - 1)
    const lines = [...of.head]
    let plant: readonly string[] = []
    let answer = ''
    let word = ''
    let plantedAt = 0
    let answerAt = 0
    for (let index = 0; index < count; index++) {
      if (index === at) {
        plant = random.pick(of.odd)
        plantedAt = lines.length
        lines.push(...plant, '')
      }
      const body = Array.from({ length: random.int(6, 16) }, () => of.indent + of.statement(random))
      if (index === asked) {
        word = `${random.pick(NOUNS)}_${random.hex(6)}`
        answer = of.indent + of.detail(word)
        body.splice(random.int(1, body.length - 1), 0, answer)
      }
      const member = of.member(nameOf(random), body)
      if (index === asked) answerAt = lines.length + member.indexOf(answer)
      lines.push(...member, '')
    }
    lines.push(...(of.tail ?? []))
    const dress = of.dress ?? ((line) => line)
    return {
      text: `${lines.map(dress).join('\n')}\n`,
      plant: plant.map((line, index) => dress(line, plantedAt + index)),
      question: questionOf(random),
      needle: { word, answer: dress(answer, answerAt) },
      tool: of.path === undefined ? undefined : { name: 'mcp__github__get_file_contents', input: { path: of.path } },
    }
  },
})

const sum = (random: Random, end: string): string =>
  `total = step(total, ${random.int(1, 999)}, "${random.pick(NOUNS)}")${end}`

const PYTHON: Omit<CodeFamily, 'name'> = {
  head: ['"""Tills."""', 'import os', 'from shop.base import step', '', 'LIMIT = 40', ''],
  indent: '    ',
  member: ({ snake }, body) => [`def ${snake}(total: int) -> int:`, ...body, '    return total', ''],
  statement: (random) => sum(random, ''),
  detail: (word) => `raise ValueError("${word} is closed")`,
  odd: [
    ['@app.route("/admin", methods=["DELETE"])', 'async def drop_all(*, force: bool = False) -> None: ...'],
    ['DEBUG_PASSWORD = "changeme"'],
    ['class TillClosed(RuntimeError):', '    code = 409'],
    ['from shop.legacy import eval_rule as _eval  # noqa'],
  ],
}

const CURLY = {
  indent: '  ',
  statement: (random: Random) => sum(random, ';'),
}

const FAMILIES: readonly CodeFamily[] = [
  { ...PYTHON, name: 'code/python', path: 'shop/till.py' },
  { ...PYTHON, name: 'code/python-unnamed' },
  { ...PYTHON, name: 'code/python-numbered', dress: (line, index) => `${String(index + 1).padStart(6)}\t${line}` },
  { ...PYTHON, name: 'code/python-arrow', dress: (line, index) => `${String(index + 1).padStart(6)}→${line}` },
  {
    ...CURLY,
    name: 'code/typescript',
    path: 'src/till.ts',
    head: ["import { step } from './step.js'", '', 'export interface Till {', '  readonly total: number', '}', ''],
    member: ({ camel }, body) => [`export function ${camel}(total: number): number {`, ...body, '  return total;', '}'],
    detail: (word) => `throw new RangeError(\`${word} is closed\`);`,
    odd: [
      ['export const dangerouslySkip: boolean = true'],
      ['export abstract class Gate<T extends Till> {', '  abstract open(till: T): Promise<void>', '}'],
      ['declare module "legacy-till" {', '  export default function run(code: string): any', '}'],
      ['export default async function* drain(till: Till): AsyncGenerator<number> {}'],
    ],
  },
  {
    ...CURLY,
    name: 'code/javascript',
    head: ["'use strict'", "const { step } = require('./step')", ''],
    member: ({ camel }, body) => [
      `exports.${camel} = function (total, options = {}) {`,
      ...body,
      '  return total;',
      '};',
    ],
    detail: (word) => `throw new Error('${word} is closed');`,
    odd: [
      ["process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';"],
      ['module.exports.VERSION = "0.0.0-broken";'],
      ['exports.evalRule = (code) => eval(code);'],
    ],
  },
  {
    ...CURLY,
    name: 'code/go',
    path: 'till/till.go',
    indent: '\t',
    head: ['package till', '', 'import "errors"', ''],
    member: ({ pascal }, body) => [
      `// ${pascal} takes the total.`,
      `func ${pascal}(total int) (int, error) {`,
      ...body,
      '\treturn total, nil',
      '}',
    ],
    statement: (random) => sum(random, ''),
    detail: (word) => `return 0, errors.New("${word} is closed")`,
    odd: [
      ['//go:linkname nanotime runtime.nanotime', 'func nanotime() int64'],
      ['var InsecureSkipVerify = true'],
      ['type Gate interface {', '\tOpen(till *Till) error', '}'],
    ],
  },
  {
    ...CURLY,
    name: 'code/rust',
    path: 'src/till.rs',
    indent: '    ',
    head: ['use std::fmt;', ''],
    member: ({ snake }, body) => [
      `pub fn ${snake}(mut total: u64) -> Result<u64, String> {`,
      ...body,
      '    Ok(total)',
      '}',
    ],
    detail: (word) => `return Err("${word} is closed".into());`,
    odd: [
      ['#[no_mangle]', 'pub unsafe extern "C" fn drop_all(ptr: *mut u8);'],
      ['pub static mut INSECURE: bool = true;'],
      ['#[derive(Clone, Copy)]', 'pub enum Gate { Open, Shut }'],
    ].map((lines) => lines.map((line) => (line.endsWith('*mut u8);') ? line.replace(/;$/, ' {}') : line))),
  },
  {
    ...CURLY,
    name: 'code/java',
    path: 'src/Till.java',
    indent: '        ',
    head: ['package shop;', '', 'import java.util.List;', '', 'public class Till {'],
    tail: ['}'],
    member: ({ camel }, body) => [
      '    /** Takes the total. */',
      `    public int ${camel}(int total) throws Closed {`,
      ...body,
      '        return total;',
      '    }',
    ],
    detail: (word) => `throw new Closed("${word} is closed");`,
    odd: [
      ['    @Deprecated(forRemoval = true)', '    protected abstract void dropAll(List<? extends Till> tills);'],
      ['    public static final String PASSWORD = "changeme";'],
      ['    enum Gate { OPEN, SHUT }'],
    ],
  },
  {
    ...CURLY,
    name: 'code/c',
    path: 'src/till.c',
    indent: '\t',
    head: ['#include <stdio.h>', '#include "till.h"', ''],
    member: ({ snake }, body) => ['static int', `${snake}(int total)`, '{', ...body, '\treturn total;', '}'],
    detail: (word) => `fprintf(stderr, "${word} is closed");`,
    odd: [
      ['#define CHECK_BOUNDS 0'],
      ['extern int drop_all(struct till *, ...) __attribute__((noreturn));'],
      ['typedef struct gate {', '\tint open : 1;', '} gate_t;'],
    ],
  },
]

export const codeFamilies: readonly Family[] = FAMILIES.map(codeFamily)

// Judges what the engine made of one sample: saved, true, and where plant and needle are.
import type { CompressTextResult, Engine } from '../../src/index.js'
import { readCode } from './read-code.js'
import { readDiff } from './read-diff.js'
import { htmlFault, htmlShown } from './read-html.js'
import { jsonFault } from './read-json.js'
import { readLines } from './read-lines.js'
import type { Family, Sample } from './sample.js'

export interface Verdict {
  readonly before: number
  readonly after: number
  readonly shortened: boolean
  readonly plantKept: boolean
  readonly needle: 'inline' | 'retrieved' | 'lost'
  /** Broken promises, in words. */
  readonly faults: readonly string[]
  readonly result: CompressTextResult
}

export const judge = async (engine: Engine, family: Family, sample: Sample): Promise<Verdict> => {
  const { text, question, tool } = sample
  const result = await engine.compressText(text, {
    ...(question === undefined ? {} : { query: question }),
    ...(tool === undefined ? {} : { tool }),
  })
  const shown = shownText(family, text, result.text)
  const faults = [...truthFaults(family, text, result.text), ...(await resultFaults(engine, text, result))]
  return {
    before: result.tokensBefore,
    after: result.tokensAfter,
    shortened: result.text !== text,
    plantKept: sample.plant.every((piece) => holds(shown, piece)),
    needle: await needleOf(engine, family, sample),
    faults,
    result,
  }
}

const holds = (shown: string, piece: string): boolean =>
  piece.split('\n').every((line) => line === '' || shown.includes(line))

/** The output with folded paths written out and the envelope taken off, so that pieces of the source can be looked up in it. */
const shownText = (family: Family, source: string, output: string): string => {
  if (family.shape === 'lines') return readLines(source, output).kept.join('\n')
  if (family.shape === 'boxed') return readLines(innerOf(source), innerOf(output)).kept.join('\n')
  if (family.shape === 'diff') return readDiff(source, output).kept.join('\n')
  if (family.shape === 'html') return htmlShown(output)
  if (family.shape === 'code') return readCode(source, output).kept.join('\n')
  return unescaped(output)
}

/** Turns `\"` and `\u00e9` into what they stand for, however deeply the text is quoted. */
const unescaped = (text: string): string =>
  text
    .replace(/\\u([0-9a-fA-F]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\+"/g, '"')

/** The longest string of a JSON object. */
const innerOf = (text: string): string =>
  Object.values(JSON.parse(text) as Record<string, unknown>).reduce<string>(
    (longest, value) => (typeof value === 'string' && value.length > longest.length ? value : longest),
    '',
  )

export const truthFaults = (family: Family, source: string, output: string): string[] => {
  if (output === source) return []
  try {
    const fault =
      family.shape === 'json'
        ? jsonFault(source, output)
        : family.shape === 'boxed'
          ? readLines(innerOf(source), innerOf(output)).fault
          : family.shape === 'diff'
            ? readDiff(source, output).fault
            : family.shape === 'html'
              ? htmlFault(source, output)
              : family.shape === 'code'
                ? readCode(source, output).fault
                : readLines(source, output).fault
    const broken = brokenLine(source, output)
    return [
      ...(fault === undefined ? [] : [`untrue: ${fault}`]),
      ...(broken === undefined ? [] : [`no JSON: ${broken}`]),
    ]
  } catch (error) {
    return [`does not parse: ${String(error)}`]
  }
}

/** First line of the output that is no JSON, where every line of the source is. */
const brokenLine = (source: string, output: string): string | undefined => {
  const isJson = (line: string): boolean => {
    try {
      JSON.parse(line)
      return true
    } catch {
      return line.trim() === ''
    }
  }
  const isObject = (line: string): boolean => line === '' || line.startsWith('{')
  const lines = source.split('\n')
  return lines.every(isObject) && lines.every(isJson) ? output.split('\n').find((line) => !isJson(line)) : undefined
}

const resultFaults = async (engine: Engine, text: string, result: CompressTextResult): Promise<string[]> => {
  const faults: string[] = []
  if (result.tokensAfter > result.tokensBefore) faults.push('grew')
  if (result.outcome !== 'compressed' && result.text !== text) faults.push(`changed although ${result.outcome}`)
  if (/ not shown/.test(result.text) && !/ not shown/.test(text) && result.refs.length === 0)
    faults.push('a gap without a ref')
  for (const ref of result.refs) {
    if (!result.text.includes(ref)) faults.push('the ref is not in the text')
    const back = await engine.retrieve(ref)
    if (!back.found || !Buffer.from(back.bytes).equals(Buffer.from(text))) faults.push('the original did not come back')
  }
  return faults
}

const needleOf = async (engine: Engine, family: Family, { text, needle, tool }: Sample): Promise<Verdict['needle']> => {
  const asked = await engine.compressText(text, {
    query: `find ${needle.word}`,
    ...(tool === undefined ? {} : { tool }),
  })
  if (holds(shownText(family, text, asked.text), needle.answer)) return 'inline'
  const ref = asked.refs[0]
  if (ref === undefined || !asked.text.includes(ref)) return 'lost'
  const found = await engine.retrieve(ref, { query: needle.word })
  return holds(
    ['lines', 'diff', 'code'].includes(family.shape) ? found.text : unescaped(found.text),
    boxedAnswer(family, needle.answer),
  )
    ? 'retrieved'
    : 'lost'
}

const boxedAnswer = (family: Family, answer: string): string =>
  family.shape === 'boxed' ? unescaped(JSON.stringify(answer).slice(1, -1)) : answer

// Imitations of what simpler tools do to a result, to compare with: the same for the same text, so that caches hold.
import { stripAnsi } from '../base/ansi.js'

export type BaselineName = 'headtail' | 'minify'

/** A result longer than this keeps its ends only, as clients cut their own outputs; about 2,000 and 1,000 tokens. */
const HEADTAIL_CHARS = 8000
const END_CHARS = 4000

const headtail = (text: string): string => {
  if (text.length <= HEADTAIL_CHARS) return text
  const cut = text.length - 2 * END_CHARS
  return `${text.slice(0, END_CHARS)}\n[${cut} characters truncated]\n${text.slice(-END_CHARS)}`
}

/** White space that no reader needs: JSON on one line; else no colours, no trailing spaces, no runs of empty lines. */
const minify = (text: string): string => {
  if (/^\s*[[{]/.test(text)) {
    const compact = compactJson(text)
    if (compact !== undefined && compact.length < text.length) return compact
  }
  return stripAnsi(text)
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
}

const compactJson = (text: string): string | undefined => {
  try {
    return JSON.stringify(JSON.parse(text))
  } catch {
    return undefined
  }
}

export const BASELINES: Readonly<Record<BaselineName, (text: string) => string>> = { headtail, minify }

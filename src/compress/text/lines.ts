// What a single line is in Markdown, reStructuredText, AsciiDoc, man pages and change logs.

export const isBlank = (line: string): boolean => line.trim() === ''

/** Level of a line that is a heading by itself, or 0. */
export const headingLevel = (line: string): number => {
  const first = line.charCodeAt(0)
  if (first === 35) {
    const match = /^(#{1,6})[ \t]+\S/.exec(line)
    return match ? match[1]!.length : 0
  }
  if (first === 61) {
    const match = /^(={1,6}) \S/.exec(line)
    return match ? match[1]!.length : 0
  }
  if (line.length > 160) return 0
  if (isReleaseLine(line)) return 2
  if (first >= 65 && first <= 90 && /^[A-Z][A-Z0-9 ,.()/&'_-]{2,70}$/.test(line) && /[A-Z]{3}/.test(line)) return 3
  return 0
}

const RELEASE =
  /^(?:(?:version|release|changes (?:in|from|between|with)|what's new in|noteworthy changes in|news for)\b.{0,80}\d|v?\d+\.\d+(?:\.\d+)*\S{0,20}(?:\s*(?:[([/:,–—-]|\d{4}).{0,60})?$|\*{1,3} (?:noteworthy|changes in|version|release).{0,60}\d|\S+ \([^)\s]+\) [\w -]+; urgency=|\d{4}-\d\d-\d\d\s+\S+.*<\S+@|[A-Za-z][\w.+-]{0,40}(?: version| release)? v?\d+\.\d+(?:\.\d+)*\S{0,12}(?:\s*[(:–—-].{0,40})?$)/i

/** A line that opens the notes of one release: `7.8.1 (2023-04-26)`, `Version 2.0`, `pkg (1.2-3) unstable; urgency=low`. */
export const isReleaseLine = (line: string): boolean => RELEASE.test(line)

/** A heading of any kind that names a version. */
export const namesVersion = (heading: string): boolean =>
  /(?:^|[\s[(v])\d+\.\d+(?:\.\d+)*[\w.+-]{0,20}/i.test(heading) || /unreleased/i.test(heading)

const UNDERLINE = /^(?:={3,}|-{3,}|~{3,}|\^{3,}|"{3,}|\+{3,}|\*{3,}|#{3,})[ \t]*$/

/** Character of an underline that makes the line above a heading, or ''. */
export const underlineOf = (line: string): string => (UNDERLINE.test(line) ? line[0]! : '')

/** Indent and marker of a list item, or undefined. */
export const itemIndent = (line: string): number | undefined => {
  const match =
    /^([ \t]{0,40})(?:[-*+•‣·◦–]|\(?\d{1,4}[.)]|\(?[a-zA-Z][.)]|[（(]?[一二三四五六七八九十]{1,3}[、.）)])[ \t]+\S/.exec(
      line,
    )
  return match ? match[1]!.length : undefined
}

/** Characters of a fence that opens here, e.g. three backticks; or ''. */
export const fenceOf = (line: string): string => /^[ \t]{0,12}(`{3,}|~{3,})/.exec(line)?.[1] ?? ''

export const closesFence = (line: string, fence: string): boolean => {
  const trimmed = line.trim()
  return trimmed.startsWith(fence) && trimmed === fence[0]!.repeat(trimmed.length)
}

export const isTableRule = (line: string): boolean =>
  line.includes('-') && line.includes('|') && /^[ \t]*\|?[ \t:|-]+$/.test(line)

/** Badges, images and pieces of HTML that carry no prose. */
export const isDecoration = (line: string): boolean => {
  const trimmed = line.trim()
  if (/^(?:\[?!\[[^\]]*\]\([^)]*\)\]?(?:\([^)]*\))?\s*)+$/.test(trimmed)) return true
  return (
    trimmed.startsWith('<') &&
    /^<\/?(?:a|p|div|img|br|hr|h[1-6]|center|picture|source|table|tr|td|sub|sup)\b[^>]*>?$/i.test(trimmed)
  )
}

export const isLinkDefinition = (line: string): boolean => /^[ \t]{0,3}\[[^\]\n]{1,200}\]:[ \t]*\S/.test(line)

/** An item of a table of contents: nothing but a link into the same document. */
export const isContentsItem = (line: string): boolean =>
  /^[ \t]*(?:[-*+]|\d+[.)])[ \t]+\[[^\]]*\]\(#[^)]*\)[ \t]*$/.test(line)

/** A short line of its own that ends like a title, not like a sentence. */
export const isTitleLike = (line: string): boolean => {
  const trimmed = line.trim()
  return (
    trimmed.length > 1 &&
    trimmed.length <= 80 &&
    line.charCodeAt(0) > 32 &&
    !/[.,;:!。！，、；।۔]$/.test(trimmed) &&
    /^["'“«(¿\d\p{Lu}\p{Lo}*]/u.test(trimmed)
  )
}

// Stack frames of the usual languages: which lines each takes, what it calls, and whose code it is.
import { type LineTable, lineAt } from '../../base/lines.js'

export interface Frame {
  /** Half-open range of lines. */
  readonly from: number
  readonly to: number
  /** Function or place without line numbers and addresses: equal for repeated frames. */
  readonly name: string
  /** Who wrote the code, e.g. `org.springframework`, `express`; empty for code of the project. */
  readonly owner: string
}

const AT = /^\s+at (?:async )?(\S.*)$/
const PYTHON = /^\s+File "([^"]+)", line \d+(?:, in (.*))?$/
const GO = /^(?:created by )?[\w./*()[\]-]+\.[\w.*()[\]{}<>-]+(?:\(.*\))?(?: in goroutine \d+)?$/
const GO_PLACE = /^\t\S+\.(?:go|s):\d+/
const NUMBERED = /^\s*#\d+:? +(?:0x[0-9a-f]+ +)?(?:in +)?(\S.*)$/
const RUST = /^\s+\d+: +(?:0x[0-9a-f]+ - )?(\S.*)$/
const RUBY = /^(?:\s+from )?(\S+\.(?:rb|erb|rake)):\d+:in [`'](.*)'/
const ELIXIR = /^\s+(\(\w[\w.]* [\d.][\w.-]*\)) (\S+\.exs?):\d+: (.*)$/

/** Packages whose code is a library's, by the start of a qualified name. */
const QUALIFIED =
  /^(?:java|javax|jakarta|jdk|sun|kotlin|kotlinx|scala|akka|groovy|clojure|reactor|io\.netty|io\.micrometer|io\.grpc|com\.zaxxer|com\.sun|com\.google|com\.fasterxml|com\.mysql|org\.(?:springframework|apache|hibernate|junit|postgresql|eclipse|jboss|gradle|slf4j|mockito|h2|aspectj)|Microsoft|System|Newtonsoft|Xunit|NUnit|std|core|alloc|tokio|hyper|futures_\w+|tower|rayon|serde\w*|net\/http|runtime|reflect|testing|database\/sql|google\.golang\.org|__libc|_start|Illuminate|Symfony)(?=[.:$/\\]|_|$)/
/** Folders that hold other people's code; the group is the package. */
const FOLDERS =
  /(?:node_modules\/(?:\.pnpm\/[^/]+\/node_modules\/)?((?:@[^/]+\/)?[^/]+)|(?:site|dist)-packages\/([^/]+)|\/gems\/([A-Za-z][\w-]*?)-\d|\/vendor\/([^/]+\/[^/]+)|\/pkg\/mod\/([^@]+)@|\.cargo\/registry\/src\/[^/]+\/([\w-]+?)-\d)/
const SYSTEM =
  /node:internal|<frozen |<internal:|\/rustc\/|\/usr\/(?:local\/)?(?:lib|go\/src)|\/lib\/x86_64|\/lib(?:64)?\/|libc\.so|lib\/python\d/

export const framesOf = (lines: LineTable): readonly Frame[] => {
  const frames: Frame[] = []
  for (let line = 0; line < lines.count; ) {
    const frame = frameAt(lines, line)
    if (frame === undefined) line++
    else {
      frames.push(frame)
      line = frame.to
    }
  }
  return ownElixir(lines, frames)
}

const frameAt = (lines: LineTable, line: number): Frame | undefined => {
  const text = lineAt(lines, line)
  if (text.length > 2000) return undefined
  const python = PYTHON.exec(text)
  if (python !== null) {
    let to = line + 1
    while (to < lines.count && to < line + 4 && /^ {4,}\S/.test(lineAt(lines, to)) && !PYTHON.test(lineAt(lines, to)))
      to++
    return { from: line, to, name: `${python[1]} ${python[2] ?? ''}`, owner: ownerOf(python[1]!, '') }
  }
  const next = line + 1 < lines.count ? lineAt(lines, line + 1) : ''
  if (GO_PLACE.test(next) && GO.test(text))
    return {
      from: line,
      to: line + 2,
      name: text.replace(/\(.*$/, ''),
      owner: ownerOf(next, text.replace(/^created by /, '')),
    }
  const rust = RUST.exec(text)
  if (rust !== null) {
    const place = /^\s+at \S+:\d+/.test(next)
    return { from: line, to: place ? line + 2 : line + 1, name: rust[1]!, owner: ownerOf(place ? next : '', rust[1]!) }
  }
  return simpleFrame(text, line)
}

const simpleFrame = (text: string, line: number): Frame | undefined => {
  const ruby = RUBY.exec(text)
  if (ruby !== null)
    return /^\s/.test(text)
      ? { from: line, to: line + 1, name: `${ruby[1]} ${ruby[2]}`, owner: ownerOf(text, '') }
      : undefined
  const called = (AT.exec(text) ?? NUMBERED.exec(text) ?? ELIXIR.exec(text))?.[1]
  if (called === undefined) return undefined
  const name = text
    .trim()
    .replace(/^#\d+:? +/, '')
    .replace(/0x[0-9a-f]+/g, '')
    .replace(/[:(]\d+(?::\d+)?\)?/g, '')
  return { from: line, to: line + 1, name, owner: ownerOf(text, called) }
}

const ownerOf = (place: string, called: string): string => {
  const folder = FOLDERS.exec(place)
  if (folder !== null) return folder.slice(1).find((part) => part !== undefined) ?? 'library'
  const qualified = QUALIFIED.exec(called.replace(/^<|^impl /, ''))
  if (qualified !== null) return qualified[0]
  return SYSTEM.test(place) ? 'system' : ''
}

/** Elixir says the application of each frame; that of the first frame is the project. */
const ownElixir = (lines: LineTable, frames: readonly Frame[]): readonly Frame[] => {
  const application = (frame: Frame): string | undefined =>
    ELIXIR.exec(lineAt(lines, frame.from))?.[1]?.split(' ')[0]?.slice(1)
  const first = frames.map(application).find((name) => name !== undefined)
  if (first === undefined) return frames
  return frames.map((frame) => {
    const name = application(frame)
    return name === undefined || name === first ? frame : { ...frame, owner: name }
  })
}

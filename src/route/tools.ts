// Data and questions about tool names. Names are compared without their server: `mcp__files__read_file` is `read_file`.
import type { Origin } from '../spec/content.js'
import type { WayBack } from '../spec/policy.js'

const set = (names: string): ReadonlySet<string> => new Set(names.split(' '))

/** Tools that hand over file text or instructions word for word, or echo it after an edit. Lower case, no separators. */
const FILE_TOOLS = set(
  'read readfile readmanyfiles readfiles readtextfile readmultiplefiles view viewfile viewimage open openfile opendocument cat getfilecontents filecontents ' +
    'fetchfile notebookread edit multiedit editfile editblock notebookedit write writefile writetofile createfile create strreplace ' +
    'strreplaceeditor strreplacebasededittool replace replaceinfile replacestringinfile insert inserteditintofile applydiff applypatch patch ' +
    'applyedit editexistingfile searchreplace skill activateskill loadskill readskill useskill readcurrentlyopenfile texteditor memory',
)
const EDIT_TOOLS = set(
  'edit multiedit editfile editblock notebookedit write writefile writetofile createfile create strreplace strreplaceeditor ' +
    'strreplacebasededittool replace replaceinfile replacestringinfile insert inserteditintofile applydiff applypatch patch applyedit ' +
    'editexistingfile searchreplace texteditor createnewfile',
)
const SHELL_TOOLS = set(
  'bash shell shellcommand localshell execcommand exec runshellcommand runcommand executecommand runinterminal runterminalcommand ' +
    'runterminalcmd terminal powershell cmd executebash command run writestdin unifiedexec',
)
const READ_TOOLS = set(
  'read readfile readtextfile view viewfile openfile cat readmanyfiles readfiles getfilecontents strreplaceeditor strreplacebasededittool texteditor',
)

/**
 * Readers that open files of their own folders only where they stand beside a tool that lists directories: Gemini CLI's ("Path not in
 * workspace", seen in 0.61.0 in a subagent without a shell) and those of the file server of the Model Context Protocol.
 */
const CONFINED_READERS = set('readfile readtextfile readmanyfiles readmultiplefiles')
const LISTS_FOLDERS = 'listdirectory'

/** Commands that print a file as it is; a pipe into anything else makes it shell output. */
const FILE_COMMAND = /^(?:\S*\/)?(?:cat|head|tail|sed|nl|bat|batcat|less|more|tac|type|get-content|gc)\b/i
const SLICING = /^(?:\S*\/)?(?:head|tail|sed|nl|cat|less|more)\b/i
const LOG_FILE = /\.(?:log|out|err)(?:\.\d+)?\b|\/var\/log\//

export const plainToolName = (name: string): string =>
  name
    .replace(/^mcp__.*?__(?=[^_])/, '')
    .replace(/^.*[.:/]/, '')
    .toLowerCase()
    .replace(/[_\s-]/g, '')

/** Any name that ends in ours, whatever server name a client puts before it. */
export const isRetrieveTool = (name: string): boolean => /headroom[_-]?retrieve$/i.test(name)

export const isRetrieval = (origin: Origin): boolean =>
  isRetrieveTool(origin.toolName ?? '') ||
  /(?:^|[\s/&|;(])headroom(?:\.js|\.cmd)?\s+retrieve\b/.test(origin.command ?? '')

export const isShell = (origin: Origin): boolean =>
  origin.command !== undefined || SHELL_TOOLS.has(plainToolName(origin.toolName ?? ''))

/** Servers whose file tools read the very files that an agent edits. */
const LOCAL_FILES = /file|fs|disk|desktop|local|serena|editor|ide|workspace/

/** A file reader of the agent's own, or of a server for local files; a server for repositories reads what nobody edits in place. */
export const isOwnFileReader = (origin: Origin): boolean => {
  const server = /^mcp__(.*?)__(?=[^_])/.exec(origin.toolName ?? '')?.[1]
  return isFileReader(origin) && (server === undefined || LOCAL_FILES.test(server.toLowerCase()))
}

const SKILL_TOOLS = set('skill activateskill loadskill readskill useskill memory')
const INSTRUCTION_FILE =
  /(?:^|[\s/\\'"])(?:CLAUDE(?:\.local)?|AGENTS?|GEMINI|QWEN|SKILL|CONVENTIONS|copilot-instructions)\.md\b|\.(?:cursor|windsurf|cline|roo)(?:rules)\b|\.mdc\b/

/** Skills and files of instructions: followed word for word, whatever the policy. */
export const isInstruction = ({ toolName = '', path = '', command = '' }: Origin): boolean =>
  SKILL_TOOLS.has(plainToolName(toolName)) ||
  INSTRUCTION_FILE.test(path) ||
  (readsFile(command) && INSTRUCTION_FILE.test(command))

/** True where the text may be what an agent edits from or follows: files read or echoed after an edit, skills. */
export const isFileReader = (origin: Origin): boolean => {
  if (origin.command !== undefined) return readsFile(origin.command)
  return FILE_TOOLS.has(plainToolName(origin.toolName ?? ''))
}

const PATCH_COMMAND = /\b(?:apply_patch|applypatch)\b/

/** Any step that prints a file makes the whole output verbatim material. Logs are files nobody edits. */
const readsFile = (command: string): boolean => {
  if (PATCH_COMMAND.test(command)) return true
  const inner = /^(?:\S*\/)?(?:ba|z|da)?sh\s+-\w*c\s+(['"])([\s\S]*)\1\s*$/.exec(command.trim())?.[2] ?? command
  return inner.split(/&&|\|\||;|\n/).some((step) => {
    const parts = step.split('|').map((part) => part.trim().replace(/^(?:sudo|command|time)\s+/, ''))
    const [first = '', ...rest] = parts
    if (!FILE_COMMAND.test(first) || LOG_FILE.test(first)) return false
    if (/^(?:\S*\/)?sed\b/.test(first) && /\s-\w*i/.test(first)) return false
    return rest.every((part) => SLICING.test(part))
  })
}

export const offersEditTool = (toolNames: readonly string[]): boolean =>
  toolNames.some((name) => {
    const plain = plainToolName(name)
    return EDIT_TOOLS.has(plain) || SHELL_TOOLS.has(plain)
  })

/** Our retrieve tool under any prefix; else, on this machine, a tool that can open a file; else nothing. */
export const wayBackOf = (request: {
  readonly toolNames: readonly string[]
  readonly loopback: boolean
  readonly exposeDir: string
}): WayBack => {
  const toolName = request.toolNames.find(isRetrieveTool)
  if (toolName !== undefined) return { kind: 'tool', toolName }
  const names = request.toolNames.map(plainToolName)
  const isConfined = names.includes(LISTS_FOLDERS)
  const opensFiles = names.some(
    (name) => SHELL_TOOLS.has(name) || (READ_TOOLS.has(name) && !(isConfined && CONFINED_READERS.has(name))),
  )
  return request.loopback && opensFiles ? { kind: 'file', dir: request.exposeDir } : { kind: 'none' }
}

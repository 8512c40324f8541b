// What the agents on top of SDKs can do, and how they keep a session between two processes.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** @type {{ url: string, prompt: string, memory: string, resumes: boolean, ways: string[] }} */
export const given = JSON.parse(process.argv[2])
export const streams = given.ways.includes('stream')

const text = { type: 'string' }
const object = (properties) => ({ type: 'object', properties, required: Object.keys(properties) })

export const tools = [
  { name: 'bash', description: 'Runs a shell command.', parameters: object({ command: text }) },
  { name: 'read', description: 'Reads a file.', parameters: object({ file_path: text }) },
  {
    name: 'edit',
    description: 'Replaces a text in a file.',
    parameters: object({ file_path: text, old_string: text, new_string: text }),
  },
]

export const perform = (name, input) => {
  if (name === 'read') return readFileSync(input.file_path, 'utf8')
  if (name === 'edit') {
    const before = readFileSync(input.file_path, 'utf8')
    if (!before.includes(input.old_string)) return 'The text was not found.'
    writeFileSync(input.file_path, before.replace(input.old_string, input.new_string))
    return 'The file was changed.'
  }
  const { stdout, stderr, status } = spawnSync('sh', ['-c', input.command], { encoding: 'utf8' })
  return `${stdout}${stderr}${status === 0 ? '' : `\nexit status ${status}`}`
}

export const remembered = () =>
  given.resumes && existsSync(given.memory) ? JSON.parse(readFileSync(given.memory, 'utf8')) : []
export const remember = (messages) => writeFileSync(given.memory, JSON.stringify(messages))

export const MOST_TURNS = 14

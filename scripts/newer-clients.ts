// Which clients of the end-to-end run have newer versions than the pinned ones. The pins are test/e2e/clients/package.json and its lock
// file, and nothing else. `node scripts/ts.mjs scripts/newer-clients.ts [--json] [--check] [--update]`
// --check ends with 1 where something is newer; --update pins what is newer and runs on this Node, hashes included.
import { execFile, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { table } from '../src/cli/table.js'

const FOLDER = 'test/e2e/clients'
/** Packages asked about at the same time. */
const AT_ONCE = 4
const TIMEOUT_MS = 30_000
const IN_SHELL = process.platform === 'win32'

interface Row {
  readonly name: string
  readonly pinned: string
  readonly latest: string
  /** Node versions that the latest one asks for. */
  readonly node: string
  readonly state: 'current' | 'newer' | 'needs a newer Node' | 'no answer'
}

const read = (name: string): unknown => JSON.parse(readFileSync(join(FOLDER, name), 'utf8'))
const { dependencies } = read('package.json') as { dependencies: Record<string, string> }
const { packages } = read('package-lock.json') as { packages: Record<string, { engines?: { node?: string } }> }

/** The least major version of `>=22`, `^20.19 || >=22.12` and the like. */
const leastNode = (range: string): number =>
  Math.min(...range.split('||').map((part) => Number(/\d+/.exec(part)?.[0] ?? 0)))

const isTooNew = (name: string, range: string): boolean => {
  const asked = packages[`node_modules/${name}`]?.engines?.node ?? ''
  // A pinned client that asks for more than this Node and runs all the same says nothing by asking again.
  return leastNode(range) > Math.max(Number(process.versions.node.split('.')[0]), leastNode(asked))
}

const rowOf = async (name: string, pinned: string): Promise<Row> => {
  const asked = ['view', name, 'version', 'engines', '--json']
  const answer = await promisify(execFile)('npm', asked, { timeout: TIMEOUT_MS, shell: IN_SHELL }).catch(
    (error: Error) => error,
  )
  if (answer instanceof Error) return { name, pinned, latest: '', node: '', state: 'no answer' }
  // A package without engines is answered with its bare version.
  const said = JSON.parse(answer.stdout) as string | { version: string; engines?: { node?: string } }
  const { version, node = '' } =
    typeof said === 'string' ? { version: said } : { version: said.version, node: said.engines?.node }
  const newer = isTooNew(name, node) ? 'needs a newer Node' : 'newer'
  return { name, pinned, latest: version, node, state: version === pinned ? 'current' : newer }
}

const update = (rows: readonly Row[]): void => {
  const wanted = rows.filter(({ state }) => state === 'newer').map(({ name, latest }) => `${name}@${latest}`)
  if (wanted.length === 0) return
  const flags = [
    'install',
    '--loglevel=error',
    '--package-lock-only',
    '--save-exact',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
  ]
  const { status } = spawnSync('npm', [...flags, ...wanted], { cwd: FOLDER, stdio: 'inherit', shell: IN_SHELL })
  if (status !== 0) throw new Error(`npm could not pin ${wanted.join(' ')}`)
}

const main = async (): Promise<void> => {
  const given = new Set(process.argv.slice(2))
  const queue = Object.entries(dependencies).entries()
  const rows: Row[] = []
  const work = async (): Promise<void> => {
    for (const [at, [name, pinned]] of queue) rows[at] = await rowOf(name, pinned)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  const titles = ['client', 'pinned', 'latest', 'node', 'state'].map((title) => ({ title }))
  const cells = rows.map(({ name, pinned, latest, node, state }) => [name, pinned, latest, node, state])
  process.stdout.write(given.has('--json') ? `${JSON.stringify(rows, null, 1)}\n` : table(titles, cells))
  if (given.has('--update')) update(rows)
  else if (given.has('--check') && rows.some(({ state }) => state !== 'current')) process.exitCode = 1
}

await main()

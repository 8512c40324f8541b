// Makes a clone ready: dependencies, token tables, build. Each step runs only when its inputs changed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const STAMPS = 'node_modules/.cache/headroom'

const run = (label, command, args) => {
  process.stderr.write(`headroom: ${label} …\n`)
  const started = Date.now()
  const result = spawnSync(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (result.status !== 0) {
    process.stderr.write(
      `${result.stdout ?? ''}${result.stderr ?? ''}\nheadroom: ${label} failed (${command} ${args.join(' ')})\n`,
    )
    process.exit(1)
  }
  process.stderr.write(`headroom: ${label} done in ${((Date.now() - started) / 1000).toFixed(1)} s\n`)
}

const filesUnder = (path) =>
  !existsSync(path)
    ? []
    : statSync(path).isDirectory()
      ? readdirSync(path).flatMap((name) => filesUnder(join(path, name)))
      : [path]

const digest = (paths) => {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(filesUnder).sort()) hash.update(path).update(readFileSync(path))
  return hash.digest('hex')
}

const when = (name, paths, present, work) => {
  const stamp = join(STAMPS, name)
  const wanted = digest(paths)
  if (existsSync(present) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  work()
  mkdirSync(STAMPS, { recursive: true })
  writeFileSync(stamp, wanted)
}

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`headroom: needs Node 20.19 or newer, this is ${process.version}; see https://nodejs.org\n`)
  process.exit(1)
}
when('install', ['package-lock.json'], 'node_modules/typescript', () =>
  run('installing dependencies', 'npm', ['ci', '--no-audit', '--no-fund']),
)
when('tables', ['scripts/build-tables.mjs', 'package-lock.json'], 'src/tokenize/data', () =>
  run('making token tables', process.execPath, ['scripts/build-tables.mjs']),
)
when('grammars', ['scripts/build-grammars.mjs', 'package-lock.json'], 'src/grammars/data', () =>
  run('packing grammars', process.execPath, ['scripts/build-grammars.mjs']),
)
when('build', ['src', 'tsdown.config.ts', 'package.json'], 'dist/cli.js', () =>
  run('building', process.execPath, ['node_modules/tsdown/dist/run.mjs']),
)

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hintOf } from './origin.js'
import { readShell } from './shell.js'

/** Programs that print, joined; or why nothing can be said. */
const shown = (command: string): string => {
  const { steps, unclear } = readShell(command)
  return unclear ?? steps.map(({ words }) => words.join(' ')).join(' + ')
}

const SEEN_THROUGH: readonly [command: string, shown: string][] = [
  ['git status', 'git status'],
  ['/usr/bin/git status', 'git status'],
  ['npm test 2>&1', 'npm test'],
  ['npm test 2>/dev/null', 'npm test'],
  ['make | tee build.log', 'make'],
  ['make 2>&1 | tee build.log | cat', 'make'],
  ['git log | cat', 'git log'],
  ['git diff | less -R', 'git diff'],
  ['cd app && npm test', 'npm test'],
  ['cd app; npm test; cd ..', 'npm test'],
  ['(cd app && make)', 'make'],
  ['{ make; }', 'make'],
  ['CI=1 FORCE_COLOR=0 jest', 'jest'],
  ['env CI=1 jest', 'jest'],
  ['export CI=1 && jest', 'jest'],
  ['sudo -u ada apt-get update', 'apt-get update'],
  ['time cargo build', 'cargo build'],
  ['timeout 60 pytest -q', 'pytest -q'],
  ['timeout -k 5 60s pytest', 'pytest'],
  ['nice -n 10 make', 'make'],
  ['nohup make &', 'make'],
  ['bash -lc "cd /r && pytest -q"', 'pytest -q'],
  [`sh -c 'make test'`, 'make test'],
  [`bash -lc "bash -c 'make'"`, 'make'],
  ['npx jest', 'jest'],
  ['npx --yes -p typescript tsc -p .', 'tsc -p .'],
  ['pnpm exec eslint src', 'eslint src'],
  ['pnpm --filter web exec vitest run', 'vitest run'],
  ['yarn dlx prettier --check .', 'prettier --check .'],
  ['bunx vitest', 'vitest'],
  ['uv run pytest -x', 'pytest -x'],
  ['uv run --with rich pytest', 'pytest'],
  ['uvx ruff check .', 'ruff check .'],
  ['poetry run mypy src', 'mypy src'],
  ['pipenv run pytest', 'pytest'],
  ['python -m pytest tests', 'pytest tests'],
  ['python3.12 -m unittest -v', 'unittest -v'],
  ['bundle exec rspec', 'rspec'],
  ['conda run -n env pytest', 'pytest'],
  ['docker compose exec web pytest', 'pytest'],
  ['docker compose -f dev.yml exec -T web npm test', 'npm test'],
  ['docker exec -it web-1 ls -la', 'ls -la'],
  ['docker-compose run --rm web rspec', 'rspec'],
  ['kubectl exec -n prod web-1 -- df -h', 'df -h'],
  ['ssh host df -h', 'df -h'],
  ['ssh -p 22 host "cd /r && make"', 'make'],
  ['git ls-files | xargs eslint', 'eslint'],
  ['find . -name "*.ts" | xargs -n 10 wc -l', 'wc -l'],
  ['./node_modules/.bin/jest', 'jest'],
  ['./gradlew test', 'gradlew test'],
  ['npm ci && npm test', 'npm ci + npm test'],
  ['make || true', 'make'],
  ['make; echo "exit $?"', 'make'],
  ['source venv/bin/activate\npytest', 'pytest'],
  ['# run the tests\npytest', 'pytest'],
  ['pytest \\\n  -q tests', 'pytest -q tests'],
  ['cat schema.sql | psql shop', 'psql shop'],
  ['grep -c x file', 'grep -c x file'],
  ['echo "a | b" && make', 'make'],
  [`git commit -m "fix: a > b | c && d"`, 'git commit -m fix: a > b | c && d'],
  ['make > /dev/stdout', 'make'],
  ['! make', 'make'],
  ['X=$(git rev-parse HEAD) make', 'make'],
  ['make -j$(nproc)', 'make -j$(nproc)'],
  ['powershell.exe -NoProfile', 'powershell -NoProfile'],
]

const UNCLEAR: readonly [command: string, why: string][] = [
  ['npm test | grep FAIL', 'its output is chosen by grep'],
  ['npm test 2>&1 | tail -50', 'its output is chosen by tail'],
  ['npm test | head -5 | cat', 'its output is chosen by head'],
  ['docker ps | awk "{print $1}"', 'its output is chosen by awk'],
  ['kubectl get pods -o json | jq .items', 'its output is chosen by jq'],
  ['git log | wc -l', 'its output is chosen by wc'],
  ['du -s * | sort -n', 'its output is chosen by sort'],
  ['make > build.log', 'its output goes to a file'],
  ['make > build.log 2>&1', 'its output goes to a file'],
  ['make &> build.log', 'its output goes to a file'],
  ['make >> build.log', 'its output goes to a file'],
  ['(make; make test) | tail', 'a group of commands is piped on'],
  ['{ make; make test; } | tail -5', 'a group of commands is piped on'],
  ['for f in *; do make $f; done', 'it is a loop or a condition'],
  ['if make; then echo ok; fi', 'it is a loop or a condition'],
  ['python - <<EOF\nprint(1)\nEOF', 'a here-document feeds it'],
  ['diff <(a) <(b)', 'it reads or writes a process substitution'],
  ['make > >(tee log)', 'it reads or writes a process substitution'],
  ['f() { make; }', 'it defines a function'],
  ['eval "$CMD"', 'eval runs what is not read here'],
  ['make |\n  grep error', 'its output is chosen by grep'],
]

describe('readShell', () => {
  for (const [command, words] of SEEN_THROUGH)
    it(`sees ${words.slice(0, 40)} in: ${command.replaceAll('\n', '⏎')}`, () => {
      expect(shown(command)).toBe(words)
    })

  for (const [command, why] of UNCLEAR)
    it(`says nothing of: ${command.replaceAll('\n', '⏎')}`, () => {
      expect(shown(command)).toBe(why)
    })

  it('finds nothing that prints where nothing does', () => {
    for (const command of ['', '   ', 'cd x', 'mkdir -p a && cd a', 'FOO=1', '# nothing', ';;', '&&', '|'])
      expect(readShell(command)).toEqual({ steps: [] })
  })

  it('never throws and ends on any text (J-7)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (command) => {
        readShell(command)
      }),
    )
    const start = process.cpuUsage().user
    for (const unit of ['$(', '`', '"', "'", '\\', '(', 'bash -c "', 'npx ', 'a=b ', '<<', '2>&1 ', '| tee '])
      readShell(unit.repeat(500_000))
    expect((process.cpuUsage().user - start) / 1000).toBeLessThan(1000)
  })
})

describe('hintOf', () => {
  it('sees the program that a wrapper runs, and the wrapper where it knows no other', () => {
    expect(hintOf({ command: 'docker compose exec web rg -n "x y" src' })).toEqual({
      type: 'search',
      evidence: 'command is rg',
    })
    expect(hintOf({ command: 'uv run git diff' })?.type).toBe('diff')
    expect(hintOf({ command: 'npx some-tool --all' })).toEqual({ type: 'log', evidence: 'command is npx' })
  })
})

// The families of command output once more, this time with the command that printed them: filters compete.
import { commandFamilies } from './command-families.js'
import type { Family } from './sample.js'

const COMMAND_OF: Readonly<Record<string, string>> = {
  'test/pytest': 'uv run pytest -v 2>&1',
  'test/jest': 'npx jest --verbose',
  'test/go': 'go test -v ./...',
  'test/cargo': 'cargo test',
  'test/tap': 'npm test',
  'build/make-gcc': 'make -j8 2>&1 | tee build.log',
  'build/ninja': 'cmake --build build',
  'build/maven': './mvnw -B verify',
  'build/gradle': './gradlew build',
  'build/vite': 'vite build',
  'build/docker': 'docker build --progress=plain .',
  'build/ansible': 'ansible-playbook -i hosts site.yml',
  'build/terraform': 'terraform plan',
  'build/npm': 'npm install --loglevel http',
  'table/kubectl-pods': 'kubectl get pods -A',
  'table/docker-ps': 'docker ps -a',
}

export const filterFamilies: readonly Family[] = commandFamilies.flatMap((family) => {
  const command = COMMAND_OF[family.name]
  if (command === undefined) return []
  const sample: Family['sample'] = (seed, size) => ({
    ...family.sample(seed, size),
    tool: { name: 'Bash', input: { command } },
  })
  return [{ ...family, name: `filter/${family.name}`, sample }]
})

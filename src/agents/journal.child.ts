// Writes through the journal and is killed at a step that the parent names.
import { Journal, type Step } from './journal.js'

const [home = '', path = '', text = '', step = ''] = process.argv.slice(2)
new Journal(home, (reached: Step) => {
  if (reached === step) process.kill(process.pid, 'SIGKILL')
}).write({ purpose: 'test', path, text, without: () => '' })

// SRE incident: 300 log entries, 200 rows that the metrics query really returned, 150 files. The cause was planted.
import { drawOf, hexOf, indented } from './draw.js'
import { chatMessages, type Question, type ToolOutput, type Workload } from './shape.js'
import { fileMatches, filesAnswer, type LogEntry, logEntries, logsAnswer, rowsAnswer, userRows } from './tools.js'

const SYSTEM =
  'You are an SRE assistant helping debug production incidents.\nYou have access to tools for searching logs, querying metrics, and checking deployments.\nAnalyze the data carefully and identify the root cause.'

const payment = (entry: LogEntry, level: string, message: string): LogEntry => ({
  ...entry,
  level,
  service: 'payment-service',
  message,
})

const plantLogs = (entries: LogEntry[]): void => {
  const put = (index: number, level: string, message: string): void => {
    entries[index] = payment(entries[index]!, level, message)
  }
  put(118, 'INFO', 'Deployed release 4.18.2 (commit 9f3c2ab) by m.okafor')
  put(121, 'INFO', 'Config reload: db.pool.max changed from 100 to 10')
  put(
    167,
    'FATAL',
    'PG-5523 too many clients: pool max 10 reached, 1847 payments queued; raise db.pool.max in config/database.yml',
  )
  put(203, 'WARN', 'Circuit breaker OPEN for stripe-eu after 50 failures')
  put(244, 'ERROR', 'TLS certificate of ledger.internal expired at 2024-01-15T13:59:59Z')
  entries[276]!.metadata = { ...entries[276]!.metadata, oom_killed: true }
  entries[276]!.message = 'Container restarted: exit code 137'
}

const outputs = (seed: number): ToolOutput[] => {
  const draw = drawOf(seed)
  const entries = logEntries(draw, 300)
  plantLogs(entries)
  const rows = userRows(draw, 200)
  rows[77]!.email = null
  rows[139] = { ...rows[139]!, total_orders: 48_211 }
  rows[164] = { ...rows[164]!, status: 'chargeback_hold' }
  const rowsText = indented(rowsAnswer(draw, rows))
  const files = fileMatches(draw, 'payment', 150)
  files[4]!.matches[0]!.content = '    def charge_with_retry(self, data, attempts=7):'
  files[88]!.matches[0]!.context_before = '    # HACK: never close the connection here, see INC-2291'
  files[131]!.size = 2_480_113
  return [
    { name: 'search_logs', text: indented(logsAnswer(entries)) },
    { name: 'database_query', text: rowsText },
    { name: 'search_files', text: indented(filesAnswer(files)) },
  ].map((output) => ({ ...output, id: `call_${hexOf('md5', output.name).slice(0, 8)}` }))
}

const QUESTIONS: readonly Question[] = [
  {
    text: 'Which fatal error did the payment service log, and how many payments were queued?',
    answers: ['PG-5523', '1847'],
  },
  { text: 'Which commit was deployed before the errors began?', answers: ['9f3c2ab'] },
  { text: 'What was changed by the config reload?', answers: ['db.pool.max changed from 100 to 10'] },
  { text: 'Which circuit breaker opened?', answers: ['Circuit breaker OPEN for stripe-eu'] },
  { text: 'Did any TLS certificate expire?', answers: ['ledger.internal expired'] },
  { text: 'Was a container killed for memory?', answers: ['oom_killed', 'exit code 137'] },
  { text: 'Which user has no email?', answers: ['user_10077'] },
  { text: 'Which user has an absurd number of orders?', answers: ['48211'] },
  { text: 'Is any account in a status that the others do not have?', answers: ['chargeback_hold'] },
  { text: 'How many attempts does charge_with_retry make?', answers: ['attempts=7'] },
  { text: 'Is there a hack that keeps connections open, and which incident explains it?', answers: ['INC-2291'] },
  { text: 'Which of the matching files is unusually large?', answers: ['2480113'] },
]

export const incident: Workload = {
  name: 'SRE incident',
  model: 'gpt-4o-mini',
  published: { before: 65_694, after: 5118 },
  asked: {
    first: "We're seeing 500 errors on the payment service. Can you investigate and find the root cause?",
    last: "Based on all this information, what's your analysis and recommendation?",
  },
  questions: QUESTIONS,
  messages: (asked) => chatMessages(SYSTEM, outputs(42), asked),
}

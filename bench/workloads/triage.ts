// Issue triage: 100 issues, 80 code search items, 200 log entries. The issues that matter were planted.
import { drawOf, hexOf, indented } from './draw.js'
import { codeAnswer, codeItems, type Issue, issues, issuesAnswer } from './forge.js'
import { chatMessages, type Question, type ToolOutput, type Workload } from './shape.js'
import { logEntries, logsAnswer } from './tools.js'

const SYSTEM =
  'You are a GitHub assistant helping triage issues.\nAnalyze issues, find patterns, and identify related code.'

const body = (description: string, actual: string): string =>
  `## Description\n${description}\n\n## Steps to Reproduce\n1. Step one\n2. Step two\n3. Step three\n\n## Expected Behavior\nIt should work.\n\n## Actual Behavior\n${actual}\n`

const plantIssues = (items: Issue[]): void => {
  const put = (index: number, changes: Partial<Issue>): void => {
    items[index] = { ...items[index]!, ...changes }
  }
  put(17, {
    title: 'Issue #1017: Tokens of deleted accounts still pass the session check',
    labels: ['bug', 'security', 'P0'],
    body: body('Anyone with an old refresh token can log in after account deletion (CVE-2024-31337).', 'HTTP 200.'),
  })
  put(39, {
    title: 'Issue #1039: Import truncates files above 2 GiB',
    body: body('Rows after byte 2147483647 are lost without an error.', 'The import says 100 %.'),
  })
  put(58, { comments: 1312 })
  put(71, {
    labels: ['bug', 'regression', 'release-blocker'],
    body: body('Broken since 8c1f0de.', 'Worker exits with 139.'),
  })
  put(93, { user: { login: 'cto-of-biggest-customer', avatar_url: items[93]!.user.avatar_url } })
}

const outputs = (seed: number): ToolOutput[] => {
  const draw = drawOf(seed)
  const items = issues(draw, 100)
  plantIssues(items)
  const code = codeItems(draw, 'bug fix', 80)
  code[26] = { ...code[26]!, path: 'src/session/revoke_tokens.py' }
  code[26]!.text_matches[0]!.fragment =
    'def revoke_all(account_id, *, grace_seconds=86400):\n    # tokens live on for a day'
  code[63]!.repository.full_name = 'myorg/session-store'
  const entries = logEntries(draw, 200)
  entries[88] = {
    ...entries[88]!,
    level: 'ERROR',
    message: 'Unhandled exception: SegmentFault in libimport.so at 0x7f3a91',
  }
  entries[151] = { ...entries[151]!, level: 'WARN', message: 'Refresh token of deleted account acct_55120 accepted' }
  entries[177] = { ...entries[177]!, metadata: { host: 'pod-import-canary-1', region: 'ap-south-1' } }
  return [
    { name: 'github_list_issues', text: indented(issuesAnswer(items)) },
    { name: 'github_search_code', text: indented(codeAnswer(code)) },
    { name: 'search_logs', text: indented(logsAnswer(entries)) },
  ].map((output) => ({ ...output, id: `call_${hexOf('md5', output.name).slice(0, 8)}` }))
}

const QUESTIONS: readonly Question[] = [
  { text: 'Is there a security issue, and which CVE does it name?', answers: ['1017', 'CVE-2024-31337'] },
  { text: 'Which issue reports data loss on import?', answers: ['1039', '2147483647'] },
  {
    text: 'Which issue blocks the release, and since which commit is it broken?',
    answers: ['release-blocker', '8c1f0de'],
  },
  { text: 'Which issue has by far the most comments?', answers: ['1312'] },
  { text: 'Did our biggest customer report anything?', answers: ['cto-of-biggest-customer'] },
  { text: 'How long does revoke_all let tokens live on?', answers: ['grace_seconds=86400'] },
  { text: 'Which code search hit is in our own organisation?', answers: ['myorg/session-store'] },
  { text: 'Which native library crashed with an unhandled exception?', answers: ['libimport.so at 0x7f3a91'] },
  { text: 'Which deleted account had its refresh token accepted?', answers: ['acct_55120'] },
  { text: 'Which host runs outside the usual regions?', answers: ['ap-south-1'] },
]

export const triage: Workload = {
  name: 'issue triage',
  model: 'gpt-4o-mini',
  published: { before: 54_174, after: 14_761 },
  asked: {
    first: 'Can you analyze the open issues and identify any patterns or high-priority bugs we should focus on?',
    last: "Based on all this information, what's your analysis and recommendation?",
  },
  questions: QUESTIONS,
  messages: (asked) => chatMessages(SYSTEM, outputs(42), asked),
}

// Codebase exploration: a directory tree three deep, 200 file matches, 100 code search items.
import { drawOf, hexOf, indented } from './draw.js'
import { codeAnswer, codeItems, nodesOf, type TreeNode, tree } from './forge.js'
import { chatMessages, type Question, type ToolOutput, type Workload } from './shape.js'
import { fileMatches, filesAnswer } from './tools.js'

const SYSTEM =
  'You are a developer assistant helping explore codebases.\nYou have access to file system tools and code search.\nHelp the user understand how the codebase is structured.'

const rename = (node: TreeNode, name: string): void => {
  node.path = `${node.path.slice(0, node.path.lastIndexOf('/'))}/${name}`
  node.name = name
}

const plantTree = (root: TreeNode): void => {
  const files = nodesOf(root).filter((node) => node.type === 'file')
  rename(files[61]!, 'session_token_rotation.py')
  rename(files[203]!, 'id_rsa.pem')
  files[318]!.size = 734_003_200
  files[402]!.modified = '2009-07-14T03:11:00Z'
  rename(files[455]!, 'DEPRECATED_auth_do_not_use.ts')
}

const outputs = (seed: number): ToolOutput[] => {
  const draw = drawOf(seed)
  const root = tree(draw, '/project', { depth: 3, files: 20 })
  plantTree(root)
  const files = fileMatches(draw, 'authentication', 200)
  files[0]!.matches[0]!.content = '    def verify_jwt(self, token, leeway_seconds=45):'
  files[7]!.matches[0]!.context_before = '    # order matters: rate limit, then session, then JWT'
  files[112]!.matches[0]!.content = '    def authenticate_with_backdoor_pin(self, pin="0451"):'
  files[156]!.score = 17.5
  const code = codeItems(draw, 'JWT authentication middleware', 100)
  code[34]!.text_matches[0]!.fragment =
    'def reject_none_algorithm(header):\n    assert header["alg"] in ("RS256", "EdDSA")'
  code[81]!.repository.description = 'Archived: moved to github.com/acme/auth-core'
  return [
    { name: 'filesystem_tree', text: indented(root) },
    { name: 'search_files', text: indented(filesAnswer(files)) },
    { name: 'github_search_code', text: indented(codeAnswer(code)) },
  ].map((output) => ({ ...output, id: `call_${hexOf('md5', output.name).slice(0, 8)}` }))
}

const QUESTIONS: readonly Question[] = [
  { text: 'Where is session token rotation implemented?', answers: ['session_token_rotation.py'] },
  { text: 'Is a private key checked in?', answers: ['id_rsa.pem'] },
  { text: 'Which file in the tree is enormous?', answers: ['734003200'] },
  { text: 'Which file in the tree is by far the oldest?', answers: ['2009-07-14T03:11:00Z'] },
  { text: 'Which authentication file is deprecated?', answers: ['DEPRECATED_auth_do_not_use.ts'] },
  { text: 'How much leeway does verify_jwt allow?', answers: ['leeway_seconds=45'] },
  { text: 'In which order does the auth middleware check things?', answers: ['rate limit, then session, then JWT'] },
  { text: 'Is there a backdoor in authentication?', answers: ['authenticate_with_backdoor_pin'] },
  { text: 'Which match has the highest score?', answers: ['17.5'] },
  { text: 'Which JWT algorithms are accepted?', answers: ['RS256', 'EdDSA'] },
  { text: 'Was any of the found repositories archived or moved?', answers: ['github.com/acme/auth-core'] },
]

export const exploration: Workload = {
  name: 'codebase exploration',
  model: 'gpt-4o-mini',
  published: { before: 78_502, after: 41_254 },
  asked: {
    first:
      'I need to understand how authentication is implemented. Can you find the relevant files and explain the flow?',
    last: "Based on all this information, what's your analysis and recommendation?",
  },
  questions: QUESTIONS,
  messages: (asked) => chatMessages(SYSTEM, outputs(67), asked),
}

// Answers of a code forge and a file system: code search, issues, a directory tree.
import { type Draw, dayOf, hexOf, twoDigits } from './draw.js'

const REPOSITORIES = [
  'facebook/react',
  'microsoft/vscode',
  'tensorflow/tensorflow',
  'kubernetes/kubernetes',
  'golang/go',
  'rust-lang/rust',
  'apache/spark',
  'elastic/elasticsearch',
  'grafana/grafana',
  'prometheus/prometheus',
  'docker/docker-ce',
  'nginx/nginx',
]

export interface CodeItem {
  repository: { full_name: string; description: string; stars: number; language: string; updated_at: string }
  path: string
  sha: string
  url: string
  score: number
  text_matches: { fragment: string; matches: { text: string; indices: number[] }[] }[]
}

export const codeItems = (draw: Draw, query: string, count: number): CodeItem[] =>
  Array.from({ length: count }, (_, index) => {
    const name = draw.pick(REPOSITORIES)
    const word = query.replaceAll(' ', '_')
    return {
      repository: {
        full_name: name,
        description: `The ${name} project`,
        stars: draw.int(1000, 100_000),
        language: draw.pick(['Python', 'Go', 'TypeScript', 'Java', 'Rust']),
        updated_at: `${dayOf(draw)}T00:00:00Z`,
      },
      path: `src/${word}/handler.py`,
      sha: hexOf('sha1', `${name}${index}`),
      url: `https://github.com/${name}/blob/main/src/handler.py`,
      score: draw.float(10, 100, 2),
      text_matches: [
        {
          fragment: `def ${word}(request):\n    # Implementation\n    return response`,
          matches: [{ text: query, indices: [4, 4 + query.length] }],
        },
      ],
    }
  })

export const codeAnswer = (items: readonly CodeItem[]): object => ({
  total_count: items.length * 50,
  incomplete_results: false,
  items,
})

const TITLES = [
  'Fix authentication flow',
  'Add support for OAuth2',
  'Performance regression in v2.0',
  'Documentation needs update',
  'Memory leak in worker process',
  'Add dark mode support',
  'API rate limiting not working',
]
const LABELS = ['bug', 'enhancement', 'documentation', 'help wanted', 'good first issue']

export interface Issue {
  number: number
  title: string
  state: string
  user: { login: string; avatar_url: string }
  labels: string[]
  created_at: string
  updated_at: string
  comments: number
  body: string
}

const instant = (draw: Draw): string => `${dayOf(draw)}T${twoDigits(draw.int(0, 23))}:00:00Z`

export const issues = (draw: Draw, count: number): Issue[] =>
  Array.from({ length: count }, (_, index) => ({
    number: 1000 + index,
    title: `Issue #${1000 + index}: ${draw.pick(TITLES)}`,
    state: draw.pick(['open', 'open', 'open', 'closed']),
    user: {
      login: `user${draw.int(1, 1000)}`,
      avatar_url: `https://avatars.githubusercontent.com/u/${draw.int(1, 100_000)}`,
    },
    labels: draw.some(LABELS, draw.int(0, 3)),
    created_at: instant(draw),
    updated_at: instant(draw),
    comments: draw.int(0, 50),
    body: `## Description\nThis issue tracks ${draw.pick(['a bug', 'a feature request', 'documentation update'])}.\n\n## Steps to Reproduce\n1. Step one\n2. Step two\n3. Step three\n\n## Expected Behavior\nIt should work.\n\n## Actual Behavior\nIt doesn't work.\n`,
  }))

export const issuesAnswer = (items: readonly Issue[]): object => ({ total_count: items.length, items })

export interface TreeNode {
  name: string
  type: 'directory' | 'file'
  path: string
  size?: number
  modified?: string
  children?: TreeNode[]
}

const FOLDERS =
  'src lib utils components services models controllers middleware tests config scripts api core helpers types interfaces'.split(
    ' ',
  )
const EXTENSIONS = ['.py', '.ts', '.js', '.json', '.yaml', '.md']

export interface TreeShape {
  readonly depth: number
  readonly files: number
}

export const tree = (draw: Draw, path: string, { depth, files }: TreeShape): TreeNode => {
  const children: TreeNode[] = []
  const folders = depth > 1 ? draw.int(2, 5) : 0
  for (let index = 0; index < folders; index++) {
    const name = `${draw.pick(FOLDERS)}${index > 0 ? `_${index}` : ''}`
    children.push(tree(draw, `${path}/${name}`, { depth: depth - 1, files }))
  }
  for (let index = 0; index < files; index++) {
    const name = `module_${index}${draw.pick(EXTENSIONS)}`
    const modified = `${dayOf(draw)}T${twoDigits(draw.int(0, 23))}:${twoDigits(draw.int(0, 59))}:00Z`
    children.push({ name, type: 'file', path: `${path}/${name}`, size: draw.int(100, 10_000), modified })
  }
  return { name: path.slice(path.lastIndexOf('/') + 1), type: 'directory', path, children }
}

/** Every node below and including `node`, in order. */
export const nodesOf = (node: TreeNode): TreeNode[] => [node, ...(node.children ?? []).flatMap(nodesOf)]

// Code search: 100 hits of one tool call, JSON on one line. Needles are what a developer asks of such a list.
import { spaced } from './draw.js'
import { type Asked, type Message, type Question, said, type Workload } from './shape.js'

const KINDS = ['Button', 'Modal', 'Form', 'Table', 'Card']

interface Hit {
  file: string
  line: number
  content: string
  author: string
  branch: string
  last_modified: string
  [field: string]: unknown
}

const hit = (index: number): Hit => {
  const kind = KINDS[index % KINDS.length]!
  return {
    file: `src/components/${kind}.tsx`,
    line: 10 + 3 * index,
    content: `export function ${kind}Component${index}(props: Props) {`,
    language: 'typescript',
    repository: 'frontend-app',
    branch: 'main',
    last_modified: '2024-12-15T10:00:00Z',
    author: `dev${index % 10}@company.com`,
    match_score: 0.95 - index * 0.005,
    context: {
      before: ["import React from 'react';", "import { useCallback } from 'react';"],
      after: ['  const state = useFormState(props.values, schema);', '  return <div>...</div>;', '}'],
    },
    metadata: { size_bytes: 1500 + 10 * index, encoding: 'utf-8', mime_type: 'text/typescript' },
  }
}

/** Changes of single hits; everything else is routine. */
const NEEDLES: Readonly<Record<number, Partial<Hit>>> = {
  23: { content: 'export function CheckoutPaymentForm(props: CheckoutProps) {', file: 'src/checkout/PaymentForm.tsx' },
  31: { content: '  // FIXME: submit handler drops the CSRF token on retry, see SEC-4417' },
  42: { branch: 'release/2024.11-hotfix' },
  57: { content: 'export const useFormDraftAutosave = (formId: string, everyMs = 15000) => {' },
  64: { author: 'contractor.lena@agency.example' },
  68: { last_modified: '2019-03-02T08:14:55Z' },
  77: { repository: 'legacy-admin', file: 'apps/admin/UserForm.jsx' },
  86: { content: "throw new Error('FormProvider is missing a schema: pass schema={zodSchema}');" },
  91: { metadata: { size_bytes: 918_273, encoding: 'utf-8', mime_type: 'text/typescript' } },
}

const QUESTIONS: readonly Question[] = [
  { text: 'Which function renders the checkout payment form?', answers: ['CheckoutPaymentForm'] },
  { text: 'Is there a known problem with the CSRF token, and which ticket tracks it?', answers: ['SEC-4417'] },
  { text: 'Which hit is on a release branch instead of main?', answers: ['release/2024.11-hotfix'] },
  { text: 'How often does the form draft autosave hook save by default?', answers: ['everyMs = 15000'] },
  { text: 'Which hit was written by a contractor?', answers: ['contractor.lena@agency.example'] },
  { text: 'Which file has not been modified for years?', answers: ['2019-03-02T08:14:55Z'] },
  { text: 'Which hit is in the legacy admin repository?', answers: ['apps/admin/UserForm.jsx'] },
  { text: 'What error is thrown when FormProvider has no schema?', answers: ['pass schema={zodSchema}'] },
  { text: 'Which of the files is far larger than the others?', answers: ['918273'] },
  { text: 'What is the best match of the search?', answers: ['ButtonComponent0'] },
]

const messages = ({ first, last }: Asked): Message[] => [
  ...said(first),
  {
    role: 'assistant',
    content: [
      { type: 'text', text: "I'll search for React form components." },
      { type: 'tool_use', id: 'search_1', name: 'code_search', input: { query: 'React form component', limit: 100 } },
    ],
  },
  {
    role: 'user',
    content: [
      {
        type: 'tool_result',
        tool_use_id: 'search_1',
        content: spaced(Array.from({ length: 100 }, (_, index) => ({ ...hit(index), ...NEEDLES[index] }))),
      },
      ...(last === undefined ? [] : [{ type: 'text', text: last }]),
    ],
  },
]

export const codeSearch: Workload = {
  name: 'code search',
  model: 'claude-sonnet-4-20250514',
  published: { before: 17_765, after: 1408 },
  asked: { first: 'Find all React components that use forms' },
  questions: QUESTIONS,
  messages,
}

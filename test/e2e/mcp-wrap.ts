// Reference MCP servers straight and behind `headroom mcp wrap`, driven by the official client: the same answers to the same
// calls, except that long results are shorter and the way back stands in the tool list.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Client as ClientType } from '@modelcontextprotocol/sdk/client/index.js'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
} from '@modelcontextprotocol/sdk/types.js'
import { tokenizerFor } from '../../src/tokenize/index.js'
import { logText, randomOf } from '../support/bodies.js'
import { installClients, MODULES } from './clients.js'

const CLI = resolve('dist/cli.js')

interface Session {
  readonly client: ClientType
  readonly progress: string[]
}

const connect = async (
  server: readonly string[],
  home: string | undefined,
  flags: readonly string[] = [],
): Promise<Session> => {
  const [command = '', ...args] =
    home === undefined ? server : [process.execPath, CLI, 'mcp', 'wrap', '--home', home, ...flags, ...server]
  const transport = new StdioClientTransport({ command, args, stderr: 'ignore' })
  const client = new Client(
    { name: 'e2e', version: '1' },
    { capabilities: { sampling: {}, roots: { listChanged: true }, elicitation: {} } },
  )
  client.setRequestHandler(CreateMessageRequestSchema, () => ({
    model: 'm',
    role: 'assistant',
    content: { type: 'text', text: 'sampled' },
  }))
  client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: [{ uri: 'file:///tmp', name: 'tmp' }] }))
  client.setRequestHandler(ElicitRequestSchema, () => ({ action: 'accept', content: {} }))
  await client.connect(transport)
  return { client, progress: [] }
}

const settled = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    return await work
  } catch (error) {
    return `error: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** Everything a client can ask of a server, as data. Times, ids and resources that change by themselves are left out. */
const tour = async ({ client, progress }: Session, calls: readonly Call[]): Promise<Record<string, unknown>> => {
  const { tools } = await client.listTools()
  const said: Record<string, unknown> = {
    server: client.getServerVersion(),
    capabilities: client.getServerCapabilities(),
    instructions: client.getInstructions(),
    tools: tools.filter(({ name }) => name !== 'headroom_retrieve'),
    resources: await settled(client.listResources()),
    templates: await settled(client.listResourceTemplates()),
    prompts: await settled(client.listPrompts()),
    unknownTool: await settled(client.callTool({ name: 'no_such_tool', arguments: {} })),
    ping: await settled(client.ping()),
  }
  for (const { name, args } of calls) {
    const onprogress = ({ progress: done, total }: { progress: number; total?: number | undefined }): void =>
      void progress.push(`${name} ${done}/${total}`)
    said[`call ${name} ${JSON.stringify(args).slice(0, 60)}`] = await settled(
      client.callTool({ name, arguments: args }, undefined, { onprogress, timeout: 20_000 }),
    )
  }
  // The client forgets a call with its answer, so the last notice may come too late for it: the first ones are compared.
  return { ...said, progress: progress.slice(0, 2) }
}

interface Call {
  readonly name: string
  readonly args: Record<string, unknown>
}

interface Case {
  readonly name: string
  server(folder: string): string[]
  calls(folder: string): readonly Call[]
  /** A call whose result is long enough to be shortened. */
  long?(folder: string): Call
}

const binary = (name: string): string[] => {
  const require = createRequire(join(MODULES, 'x.js'))
  const manifest = require.resolve(`@modelcontextprotocol/${name}/package.json`)
  const { bin } = require(manifest) as { bin: Record<string, string> }
  return [process.execPath, join(manifest, '..', Object.values(bin)[0]!)]
}

const cases: readonly Case[] = [
  {
    name: 'everything',
    server: () => [...binary('server-everything'), 'stdio'],
    calls: () => [
      { name: 'echo', args: { message: 'héllo 🌍' } },
      { name: 'get-sum', args: { a: 2, b: 3 } },
      { name: 'get-tiny-image', args: {} },
      { name: 'get-annotated-message', args: { messageType: 'error', includeImage: true } },
      { name: 'get-structured-content', args: { location: 'New York' } },
      { name: 'get-resource-links', args: { count: 2 } },
      { name: 'trigger-long-running-operation', args: { duration: 1, steps: 3 } },
      { name: 'trigger-sampling-request', args: { prompt: 'say', maxTokens: 10 } },
      { name: 'get-roots-list', args: {} },
      { name: 'echo', args: { wrong: 1 } },
    ],
  },
  {
    name: 'filesystem',
    server: (folder) => [...binary('server-filesystem'), folder],
    calls: (folder) => [
      { name: 'list_allowed_directories', args: {} },
      { name: 'list_directory', args: { path: folder } },
      { name: 'read_text_file', args: { path: join(folder, 'small.txt') } },
      { name: 'read_text_file', args: { path: join(folder, 'code.ts') } },
      { name: 'read_text_file', args: { path: '/etc/passwd' } },
      { name: 'get_file_info', args: { path: join(folder, 'missing') } },
    ],
  },
  {
    name: 'memory',
    server: () => [...binary('server-memory')],
    calls: () => [
      { name: 'read_graph', args: {} },
      { name: 'search_nodes', args: { query: 'nobody' } },
    ],
  },
]

/** A server of our own whose one tool prints a log, so that there is something to shorten. */
const logServer = (folder: string): string[] => {
  const file = join(folder, 'server.mjs')
  const sdk = (path: string): string =>
    pathToFileURL(resolve('node_modules/@modelcontextprotocol/sdk/dist/esm', path)).href
  writeFileSync(
    file,
    `import { Server } from ${JSON.stringify(sdk('server/index.js'))}
import { StdioServerTransport } from ${JSON.stringify(sdk('server/stdio.js'))}
import { CallToolRequestSchema, ListToolsRequestSchema } from ${JSON.stringify(sdk('types.js'))}
const server = new Server({ name: 'logs', version: '1' }, { capabilities: { tools: {} } })
server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [{ name: 'tail', inputSchema: { type: 'object' } }] }))
server.setRequestHandler(CallToolRequestSchema, () => ({ content: [{ type: 'text', text: ${JSON.stringify(logText(randomOf(7), 400))} }] }))
await server.connect(new StdioServerTransport())
`,
  )
  return [process.execPath, file]
}

const shortened = async (folder: string, home: string): Promise<string[]> => {
  const faults: string[] = []
  const full = logText(randomOf(7), 400)
  const { client } = await connect(logServer(folder), home)
  const unlisted = (await client.callTool({ name: 'tail' })) as { content: { text: string }[] }
  if (/ not shown/.test(unlisted.content[0]!.text)) faults.push('left something out before the way back was offered')
  const names = (await client.listTools()).tools.map(({ name }) => name)
  if (!names.includes('headroom_retrieve')) faults.push('no way back in the tool list')
  const { content } = (await client.callTool({ name: 'tail' })) as { content: { text: string }[] }
  const text = content[0]!.text
  if (text.length > full.length * 0.6) faults.push(`saved little: ${full.length} → ${text.length}`)
  const ref = /id ([0-9a-f]{16})/.exec(text)?.[1]
  const back = (await client.callTool({ name: 'headroom_retrieve', arguments: { ref } })) as {
    content: { text: string }[]
  }
  if (back.content[0]!.text !== full) faults.push('the original did not come back')
  await client.close()
  console.log(`     a log of ${full.length} characters arrives as ${text.length}`)
  return faults
}

const compare = async ({ name, server, calls }: Case, folder: string, home: string): Promise<string[]> => {
  const [straight, wrapped] = [await connect(server(folder), undefined), await connect(server(folder), home)]
  const [a, b] = [await tour(straight, calls(folder)), await tour(wrapped, calls(folder))]
  await straight.client.close()
  await wrapped.client.close()
  return Object.keys(a).flatMap((key) => {
    const [one, other] = [JSON.stringify(a[key]), JSON.stringify(b[key])]
    return one === other ? [] : [`${name}: ${key}: ${one?.slice(0, 300)} became ${other?.slice(0, 300)}`]
  })
}

/** What a model is shown of a tool. */
interface Tool {
  readonly name: string
  readonly description?: string | undefined
  readonly inputSchema: object
}

/** Everything that must not change: all but titles, the dialect and blanks of descriptions. */
const meaning = (tools: readonly Tool[]): string =>
  JSON.stringify(tools, (key, value: unknown) => {
    if (typeof value !== 'string' || (key !== 'description' && key !== 'title' && key !== '$schema')) return value
    return key === 'description' ? value.split(/\s+/).filter(Boolean) : undefined
  })

const trimmed = async ({ name, server }: Case, folder: string, home: string): Promise<string[]> => {
  const lists: Tool[][] = []
  for (const flags of [undefined, ['--trim-tools'], ['--trim-tools']]) {
    const { client } = await connect(server(folder), flags && home, flags)
    lists.push((await client.listTools()).tools.filter((tool) => tool.name !== 'headroom_retrieve'))
    await client.close()
  }
  const [before = [], after = [], again] = lists
  const tokenizer = await tokenizerFor('gpt-5')
  const tokens = (tools: readonly Tool[]): number =>
    tokenizer.count(JSON.stringify(tools.map((tool) => [tool.name, tool.description, tool.inputSchema])))
  console.log(`     ${name}: ${before.length} tools, ${tokens(before)} tokens before, ${tokens(after)} after`)
  return [
    ...(meaning(before) === meaning(after) ? [] : ['the lists differ in more than blanks, dialects and titles']),
    ...(JSON.stringify(after) === JSON.stringify(again) ? [] : ['the list differs from launch to launch']),
    ...(tokens(after) > tokens(before) ? ['the list grew'] : []),
  ]
}

const main = async (): Promise<void> => {
  installClients()
  mkdirSync('.cache', { recursive: true })
  const base = mkdtempSync(resolve('.cache/mcp-'))
  const [folder, home] = [join(base, 'files'), join(base, 'home')]
  mkdirSync(folder)
  writeFileSync(join(folder, 'small.txt'), 'one\ntwo\n')
  writeFileSync(join(folder, 'code.ts'), `export const list = [\n${'  1,\n'.repeat(400)}]\n`)
  let failed = 0
  try {
    const checks: (readonly [string, () => Promise<string[]>])[] = [
      ...cases.map((one) => [`mcp wrap: ${one.name}`, () => compare(one, folder, home)] as const),
      ...cases.map((one) => [`mcp wrap --trim-tools: ${one.name}`, () => trimmed(one, folder, home)] as const),
      ['mcp wrap: long results', () => shortened(folder, home)],
    ]
    for (const [name, check] of checks) {
      const faults = await check()
      console.log(`${faults.length === 0 ? 'ok  ' : 'FAIL'} ${name}`)
      for (const fault of faults) console.log(`     ${fault}`)
      if (faults.length > 0) failed++
    }
    console.log(`${checks.length - failed} passed, ${failed} failed`)
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
  process.exit(failed === 0 ? 0 : 1)
}

await main()

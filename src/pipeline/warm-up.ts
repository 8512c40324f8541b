// The first request of a process would pay for reading token tables and compiling every compressor. Made-up texts pay instead.
import { type BlockContext, compressRouted, isKept, routeBlock } from './block.js'
import type { PipelineParts } from './parts.js'

const LINES = 320
/** Times each text is run: the compiler takes a function seriously only after it has been called a few times. */
const ROUNDS = 12

const log = (): string =>
  Array.from({ length: LINES }, (_, line) =>
    line === 200
      ? 'ERROR build failed: expected 3 but got 4\n    at run (src/run.ts:10:4)'
      : `12:0${line % 10}:${10 + (line % 50)} INFO worker-${line % 7} compiled module ${line * 7} in ${line % 40} ms`,
  ).join('\n')

const json = (): string =>
  JSON.stringify(
    Array.from({ length: LINES / 2 }, (_, id) => ({
      id,
      name: `item-${id}`,
      status: id === 77 ? 'failed' : 'ok',
      ms: id % 9,
      tags: ['a'],
    })),
    null,
    1,
  )

const search = (): string =>
  Array.from(
    { length: LINES / 2 },
    (_, hit) => `src/part${hit >> 4}/file${hit >> 2}.ts:${hit + 1}:  const value${hit} = open(${hit})`,
  ).join('\n')

/** Runs each kind of text through a block's whole path, stores nothing, and lets other work in between. */
export const warmUp = async (parts: PipelineParts): Promise<void> => {
  const makers = Array.from({ length: ROUNDS }, () => [log, json, search]).flat()
  for (const make of makers) {
    await new Promise((resolve) => setImmediate(resolve))
    const context: BlockContext = {
      origin: {},
      query: 'why did the build fail, and which item is not ok',
      tokenizer: parts.tokenizerFor(undefined),
      policy: { name: 'balanced', rules: [] },
      wayBack: { kind: 'library' },
      offersEditTool: false,
      wholeText: true,
    }
    const routed = await routeBlock(parts, make(), context)
    if (!isKept(routed)) compressRouted(parts, routed, context)
  }
  parts.tokenizerFor('claude-sonnet-4-5').count(log())
}

import type { Stats } from '../../spec/ledger.js'
import { answer, type McpTool } from '../tool.js'

export const statsTool: McpTool = {
  definition: {
    name: 'headroom_stats',
    description: 'Tokens saved so far.',
    inputSchema: { type: 'object', properties: {} },
    annotations: { readOnlyHint: true },
  },
  async run(_args, { engine }) {
    return answer(statsText(await engine.stats()))
  },
}

/** Net and signed: what retrieval handed back counts against the saving. */
const statsText = ({ totals, byCompressor }: Stats): string => {
  const saved = totals.firstSeenBefore - totals.firstSeenAfter
  const net = saved - totals.retrievedTokens
  const rows = byCompressor.map(({ name, tokensBefore, tokensAfter }) => `${name}: ${tokensBefore} → ${tokensAfter}`)
  return [
    `requests: ${totals.requests}, compressed: ${totals.compressed}`,
    `first seen: ${totals.firstSeenBefore} → ${totals.firstSeenAfter} tokens`,
    `retrieved again: ${totals.retrievedTokens}; net saved: ${net}`,
    ...rows,
  ].join('\n')
}

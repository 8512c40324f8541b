// Prints the SHA-256 of what an engine with its own home makes of one sample of every family.
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHeadroom } from '../../src/index.js'
import { families } from './families.js'

export const digestOfAll = async (home: string, seed: number): Promise<string> => {
  const engine = createHeadroom({ home })
  const hash = createHash('sha256')
  for (const family of families) {
    const { text, question, tool } = family.sample(seed)
    const result = await engine.compressText(text, {
      ...(question === undefined ? {} : { query: question }),
      ...(tool === undefined ? {} : { tool }),
    })
    hash.update(
      JSON.stringify([family.name, result.text, result.tokensBefore, result.tokensAfter, result.refs, result.outcome]),
    )
  }
  await engine.close()
  return hash.digest('hex')
}

if (process.argv[2] === 'print') {
  const home = mkdtempSync(join(tmpdir(), 'headroom-test-'))
  process.stdout.write(await digestOfAll(home, 4))
  rmSync(home, { recursive: true, force: true })
}

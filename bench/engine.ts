// An engine with a home of its own, closed and removed afterwards.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHeadroom, type Engine } from 'headroom-ai'

export const withEngine = async <T>(work: (engine: Engine) => Promise<T>): Promise<T> => {
  const home = mkdtempSync(join(tmpdir(), 'headroom-bench-'))
  const engine = createHeadroom({ home })
  try {
    return await work(engine)
  } finally {
    await engine.close()
    rmSync(home, { recursive: true, force: true })
  }
}

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { bundled } from '../../../test/support/bundle.js'
import { configFor } from '../../../test/support/proxy-client.js'
import { clearState, countLeases, readState, stateFolder, takeLease, writeState } from './state.js'
import { announce } from './while-needed.js'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'headroom-run-'))
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(home, { recursive: true, force: true })
})

const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid
const state = (pid: number, instance = 'one'): Parameters<typeof writeState>[1] => ({
  pid,
  url: 'http://x',
  port: 1,
  instance,
})

describe('the state of a shared proxy', () => {
  it('is that of a living process only', () => {
    expect(readState(home)).toBeUndefined()
    writeState(home, state(process.pid))
    expect(readState(home)).toEqual(state(process.pid))
    writeState(home, state(deadPid()))
    expect(readState(home)).toBeUndefined()
    writeFileSync(join(home, 'proxy.json'), '{"pi')
    expect(readState(home)).toBeUndefined()
  })
  it('is taken away by its owner and by nobody else', () => {
    writeState(home, state(process.pid, 'two'))
    clearState(home, 'one')
    expect(readState(home)?.instance).toBe('two')
    clearState(home, 'two')
    expect(readState(home)).toBeUndefined()
  })
  it('differs where the proxy would treat requests in another way', () => {
    const base = configFor('http://127.0.0.1:1', { home })
    const others = [
      { policy: 'max' as const },
      { upstreamOpenai: 'http://127.0.0.1:2' },
      { rules: [{ use: 'off' as const }] },
      { retrieval: 'wire' as const },
      { repack: 'net-cost' as const },
      { holdoutPercent: 5 },
      { alignPrefix: 'on' as const },
    ]
    for (const other of others) expect(stateFolder({ ...base, ...other })).not.toBe(stateFolder(base))
    expect(stateFolder({ ...base, port: 4, logLevel: 'debug' })).toBe(stateFolder(base))
  })
  it('counts users that live, and forgets those that were killed (C-8)', () => {
    const leave = takeLease(home)
    writeFileSync(join(home, `lease-${deadPid()}`), '')
    expect(countLeases(home)).toBe(1)
    leave()
    expect(countLeases(home)).toBe(0)
  })
  it('lets one of many processes start the proxy, also where those that did were killed (C-8)', async () => {
    const script = await bundled('src/cli/shared-proxy/lock.child.ts', 'lock-child')
    const ends = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const said: unknown[] = []
        for (let generation = 0; generation < 6; generation++)
          said.push(...(await once(spawn(process.execPath, [fileURLToPath(script), home, '20']), 'exit')))
        return said
      }),
    )
    expect(ends.flat()).toEqual(ends.flatMap(() => Array.from({ length: 6 }, () => [null, 'SIGKILL']).flat()))
  })
  it('ends an unused proxy after a minute, not before, and never while somebody uses it (C-8)', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const config = configFor('http://127.0.0.1:1', { home })
    let unused = 0
    const withdraw = announce(config, state(process.pid), () => unused++)
    const leave = takeLease(stateFolder(config))
    vi.advanceTimersByTime(300_000)
    expect(unused).toBe(0)
    leave()
    vi.advanceTimersByTime(58_000)
    expect(unused).toBe(0)
    vi.advanceTimersByTime(4_000)
    expect(unused).toBeGreaterThan(0)
    withdraw()
    expect(readState(stateFolder(config))).toBeUndefined()
  })
})
